"""The roll-up: over twenty notices that wait for one conversation become one message that lists their tickets."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from tickets.notices import Notice, NoticeKind, Place, Urgency

MOST_WAITING = 20  # RELIABILITY.md 3.1, rule 13
MOST_LISTED = 40  # lines of one message: well inside the 12,000 characters of F56
ALONE = ""  # stands for the roll-up of a notice whose roll-up was refused: it goes by itself

ROLLED_UP = frozenset(
    {
        NoticeKind.WARNING,
        NoticeKind.BREACH,
        NoticeKind.ESCALATION,
        NoticeKind.LOGGED,
        NoticeKind.RESOLVED,
        NoticeKind.NEXT_STEP,
        NoticeKind.LOW_SCORE,
        NoticeKind.PASSED_ON,
        NoticeKind.HANDED_BACK,
        NoticeKind.REOPENED,
        NoticeKind.COLLABORATION,
    }
)
"""What a line with a link can say; an assignment, a card or a high risk never stands in a list."""


def may_be_rolled_up(notice: Notice) -> bool:
    """Tell whether a notice may stand as a line in a roll-up; the first priority never does."""
    return notice.kind in ROLLED_UP and notice.number is not None and notice.urgency > Urgency.P1


def bundle(
    place: Place, waiting: Sequence[Notice], *, at: datetime
) -> Iterator[tuple[Notice, Sequence[Notice]]]:
    """Put what waits for one place into as few roll-ups as it takes, the most urgent first."""
    ordered = sorted(waiting, key=lambda one: (one.urgency, one.due_at))
    for start in range(0, len(ordered), MOST_LISTED):
        covered = ordered[start : start + MOST_LISTED]
        yield _roll_up(place, covered, at), covered


def _roll_up(place: Place, covered: Sequence[Notice], at: datetime) -> Notice:
    # The moment is part of it: the same notices may be put together again after a roll-up was dissolved.
    members = "\n".join([at.isoformat(), *sorted(one.key for one in covered)])
    named = hashlib.sha256(members.encode()).hexdigest()[:24]
    key = f"{NoticeKind.ROLL_UP}:{place.kind}:{place.key}:{named}"
    return Notice(
        key=key,
        kind=NoticeKind.ROLL_UP,
        place=place,
        urgency=min(one.urgency for one in covered),
        due_at=max(one.due_at for one in covered),
        params={"group": key, "count": len(covered)},  # a group of its own: it waits for nobody
    )
