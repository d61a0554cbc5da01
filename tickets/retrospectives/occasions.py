"""Which events are an occasion for a retrospective; each is offered once (DESK.md 8)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tickets.case.values import Number, Priority
from tickets.retrospectives.retrospective import Occasion
from tickets.retrospectives.rules import RetrospectiveRules


class SignKind(StrEnum):
    """What happened to a case that may be worth one; as the log names it."""

    CLOSED = "Closed"
    SCORED = "Scored"
    TOLD_AGAIN = "ToldAgain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Something that happened to a case."""

    kind: SignKind
    number: Number
    at: datetime
    priority: Priority
    round: int
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """An occasion; its key is what it is offered once for."""

    occasion: Occasion
    key: str
    number: Number | None = None


def offers(signs: Iterable[Sign], rules: RetrospectiveRules) -> Iterator[Offer]:
    """Tell what is to be offered for what happened; of one case one thing, whichever came first."""
    for sign in signs:
        occasion = _occasion(sign, rules)
        if occasion:
            yield Offer(occasion, f"case:{sign.number}", sign.number)


def _occasion(sign: Sign, rules: RetrospectiveRules) -> Occasion | None:
    match sign.kind:
        case SignKind.CLOSED if sign.priority in rules.priorities:
            return Occasion.MAJOR
        case SignKind.SCORED if sign.score is not None and sign.score <= rules.low_score:
            return Occasion.LOW_SCORE
        case SignKind.TOLD_AGAIN if rules.repeats:
            return Occasion.REPEAT
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Liked:
    """How a month was liked: percent of scores that are 4 or 5, of how many."""

    share: int | None
    scored: int


def falls(before: Liked, now: Liked, rules: RetrospectiveRules) -> bool:
    """Tell whether satisfaction falls by as much as the desk minds, on enough scores to say so."""
    if not rules.falling or before.share is None or now.share is None:
        return False
    if min(before.scored, now.scored) < rules.fewest:
        return False
    return before.share - now.share >= rules.falling


def month_key(day: date) -> str:
    """Name the falling satisfaction of a month."""
    return f"falling:{day:%Y-%m}"


def quarter_key(day: date) -> str:
    """Name a quarter's own retrospective."""
    return f"quarter:{day.year}-Q{quarter_of(day)}"


def quarter_of(day: date) -> int:
    """Tell which quarter a day is in."""
    return (day.month - 1) // 3 + 1


def start_of_quarter(day: date) -> date:
    """Give the first day of a day's quarter."""
    return date(day.year, 3 * quarter_of(day) - 2, 1)
