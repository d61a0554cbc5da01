"""Counts of a rehearsal: how many tickets went how, per department, priority, kind and deadline."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tickets.time.rehearsal import Clock, Difference, Fate


@dataclass(slots=True)
class Count:
    """How many there are, how many late and warned now and then, how many sent elsewhere."""

    all: int = 0
    late_now: int = 0
    late_then: int = 0
    warned_now: int = 0
    warned_then: int = 0
    elsewhere: int = 0

    def add(self, now: Fate | Clock | None, then: Fate | Clock | None, *, elsewhere: bool) -> None:
        """Count one ticket or deadline; None: not owed there."""
        self.all += 1
        self.late_now += bool(now and now.is_late)
        self.late_then += bool(then and then.is_late)
        self.warned_now += bool(now and now.was_warned)
        self.warned_then += bool(then and then.was_warned)
        self.elsewhere += elsewhere


@dataclass(slots=True)
class Tally:
    """Counts by heading and name; tickets under the department and priority they have now."""

    total: Count = field(default_factory=Count)
    by: dict[str, dict[str, Count]] = field(default_factory=dict)

    def add(self, one: Difference) -> None:
        """Count one ticket."""
        elsewhere = one.is_sent_elsewhere
        self.total.add(one.now, one.then, elsewhere=elsewhere)
        for heading, name in _headings(one.now):
            self._count(heading, name).add(one.now, one.then, elsewhere=elsewhere)
        for place in {**one.now.clocks, **one.then.clocks}:
            now, then = one.now.clocks.get(place), one.then.clocks.get(place)
            self._count("deadline", place[0]).add(now, then, elsewhere=False)

    def _count(self, heading: str, name: str) -> Count:
        return self.by.setdefault(heading, {}).setdefault(name, Count())


def _headings(fate: Fate) -> Iterator[tuple[str, str]]:
    yield "department", fate.department or "supervisors"
    yield "priority", fate.priority
    yield "kind", fate.kind
