"""What a month brought up besides its figures: customers' advice, and problems that are new (R84)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tickets.case.values import Number
from tickets.insight.control import FALSE_ALARMS, chart

MOST_ADVICE = 100  # the newest; a meeting reads no more
MONTHS = 3  # before this one, which say what is usual
LEAST = 3  # cases, below which nothing is a problem of its own
_NOTHING = frozenset({"无", "無", "没有", "沒有", "暂无", "暫無", "no", "none", "nothing", "n/a"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """改进建议 of a callback; its words are read where it is shown, so that what is erased is gone."""

    number: Number
    category: str
    seq: int  # of the event
    at: datetime
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProblem:
    """A kind with more cases than its months before explain, or a parent case opened in the month."""

    category: str
    count: int
    usual: float  # a month, by those before; of a parent case 0
    parent: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Both, frozen with the report; the newest advice first, the largest problem first."""

    advice: tuple[Advice, ...] = ()
    problems: tuple[NewProblem, ...] = ()
    before: tuple[str, ...] = ()  # the ids of what earlier meetings decided and is still looked at


def says_nothing(words: str) -> bool:
    """Tell whether a customer's advice is that they have none."""
    return words.strip().strip("。.!！").casefold() in _NOTHING


def new_problems(
    now: Mapping[str, int], months: Sequence[Mapping[str, int]], parents: Sequence[NewProblem]
) -> tuple[NewProblem, ...]:
    """Find the kinds that come more often than usual, by the control chart of complaints (R29).

    `months` are the counts by category of those before; one without any case says nothing of what is usual.
    """
    known = [month for month in months if sum(month.values())]
    found = list(parents)
    for category, count in now.items() if known else ():
        before = sum(month.get(category, 0) for month in known)
        held = chart(count, before, len(known), least=LEAST, alpha=FALSE_ALARMS / len(now))
        if held.is_signal:
            found.append(NewProblem(category=category, count=count, usual=held.usual))
    return tuple(sorted(found, key=lambda one: (-one.count, one.category, one.parent or "")))
