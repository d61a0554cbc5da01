"""What a retrospective is made of and how it goes from an occasion to approved minutes (R118–R122)."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from tickets.case.values import Number, PersonId, Text
from tickets.errors import IllegalMove
from tickets.message import Word
from tickets.retrospectives.causes import UNSAID, Cause


class Occasion(StrEnum):
    """Why it is worth one (DESK.md 8)."""

    CALLED = "called"  # somebody thought so
    MAJOR = "major"  # a case of the gravest grades ended
    LOW_SCORE = "low_score"
    REPEAT = "repeat"  # the customer called again
    FALLING = "falling"  # satisfaction falls
    QUARTER = "quarter"


class Standing(StrEnum):
    """How far it has come."""

    OFFERED = "offered"  # by the desk
    PROPOSED = "proposed"  # by a lead
    DECLINED = "declined"  # not needed, with a reason; or called off
    CALLED = "called"
    RUNNING = "running"
    HELD = "held"  # its minutes are owed
    SUBMITTED = "submitted"  # and wait for a director
    RETURNED = "returned"  # owed once more, with a reason
    APPROVED = "approved"  # and distributed


S = Standing
OPEN = frozenset({S.CALLED, S.RUNNING, S.HELD, S.SUBMITTED, S.RETURNED})
"""Under way: somebody has the next step."""

RECORDED_IN = frozenset({S.CALLED, S.RUNNING, S.HELD, S.RETURNED})
"""What was said may be written down: also beforehand, and until the minutes are sent in."""

OWING_MINUTES = frozenset({S.HELD, S.RETURNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What people said in it and about it; every text is redacted before it is kept."""

    theme: Text = UNSAID  # of one that is about no single case
    goal: Text = UNSAID
    why_sooner: Text = UNSAID  # fewer than three working days ahead
    why_not: Text = UNSAID  # declined, called off
    why_back: Text = UNSAID  # the minutes were sent back
    review: Text = UNSAID  # 回顾
    highlights: Text = UNSAID  # 亮点
    shortfalls: Text = UNSAID  # 不足
    process: Text = UNSAID  # directions: 流程
    system: Text = UNSAID  # 制度
    training: Text = UNSAID  # 培训
    conclusion: Text = UNSAID
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrospective:
    """One retrospective; its occasion's key is given once for ever."""

    id: str
    occasion: Occasion
    key: str
    standing: Standing
    made_at: datetime
    made_by: PersonId | None = None  # None: the desk offered it
    number: Number | None = None  # the case; None: a period or a theme
    starts_at: datetime | None = None  # of the period looked back on, half-open
    ends_at: datetime | None = None
    held_at: datetime | None = None
    chair: PersonId | None = None
    recap: PersonId | None = None  # who looks back, and writes the minutes
    people: tuple[PersonId, ...] = ()
    record: Record = field(default_factory=Record)
    started_at: datetime | None = None
    closed_at: datetime | None = None
    submitted_by: PersonId | None = None
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    calls: int = 0  # how often it was called: more than once where it was called off between
    packed_at: datetime | None = None  # the reading pack of this call went out
    asked: int = 0  # how often the minutes were asked for
    caused: int = (
        0  # the newest place given to a cause: a form that is open still means the one it showed
    )
    changes: int = 0
    look_at: datetime | None = None

    @property
    def everybody(self) -> tuple[PersonId, ...]:
        """List the chair, who looks back, and all others, each once."""
        some = (self.chair, self.recap, *self.people)
        return tuple(dict.fromkeys(one for one in some if one))


def require(retro: Retrospective, *allowed: Standing) -> None:
    """Raise IllegalMove, in words that say how far it has come."""
    if retro.standing not in allowed:
        raise IllegalMove("retro.not_now", standing=Word(f"retro_standing.{retro.standing}"))


def moved(retro: Retrospective, to: Standing, **more: object) -> Retrospective:
    """Bring it to another standing."""
    return replace(retro, standing=to, **more)  # type: ignore[arg-type]  # names are the dataclass's own
