"""The watchdog: what should have been posted against what was; tells of a trouble once, and when it is over."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event

import structlog

from tickets.case.values import PersonId
from tickets.delivery import Ledger, Standing
from tickets.notices import Notice, NoticeKind, Plain, Urgency, to_person
from tickets.ports import Alarm, Clock, Records, Unit
from tickets.ports.watching import Mark

log = structlog.get_logger(__name__)

EVERY = timedelta(minutes=5)  # RELIABILITY.md 3.1, rule 14: found within ten minutes
LATE = timedelta(minutes=5)
SKEW = timedelta(minutes=1)  # between clocks that should agree (F30); Slack refuses at five
JUMP = timedelta(minutes=1)  # more than that between desk time and real time: the clock was moved
ROOM_MB = 200  # less than that on the disk is told before it is full
UNUSABLE = "records_unusable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that should not be: a code, its figures, its sentence is `watchdog.<code>`."""

    code: str
    figures: Mapping[str, Plain] = field(default_factory=dict)


Check = Callable[[datetime], Iterable[Trouble]]
"""Looks for troubles at a moment of the desk's time."""


class LoudLog:
    """Satisfies Alarm where no other way out of Slack is configured: operators watch the log."""

    def raise_alarm(self, code: str, **what: Plain) -> None:
        """Write a line that operators' tools wake them by."""
        log.critical("watchdog alarm", code=code, **what)

    def clear(self, code: str) -> None:
        """Write that it is over."""
        log.warning("watchdog alarm over", code=code)


@dataclass(slots=True, kw_only=True)
class Watchdog:
    """Looks every five minutes, in a thread of its own; several processes tell of one trouble once."""

    checks: Sequence[Check]
    records: Records
    admins: Callable[[], Iterable[PersonId]]
    alarm: Alarm
    clock: Clock
    real: Clock
    wake: Callable[[], None]  # the courier, which tells the admins
    seen: Callable[[Sequence[Trouble]], None] = lambda _troubles: None  # the metrics
    _offset: timedelta | None = None
    _told_unusable: bool = False

    def run(self, stop: Event) -> None:
        """Look again and again until told to stop."""
        while not stop.wait(EVERY.total_seconds()):
            self.look()

    def look(self) -> Sequence[Trouble]:
        """Look once; give the troubles there are."""
        now = self.clock.now()
        if self._was_moved(now):
            return ()  # everything that fell due on the way looks late, and is not
        try:
            troubles = tuple(trouble for check in self.checks for trouble in check(now))
            self._tell(troubles)
            self._clear_unusable()
        except Exception as broken:
            log.exception("watchdog cannot look")
            troubles = (Trouble(code=UNUSABLE, figures={"why": type(broken).__name__}),)
            self._told_unusable = True
        for trouble in troubles:
            self.alarm.raise_alarm(trouble.code, **trouble.figures)
        self.seen(troubles)
        return troubles

    def _was_moved(self, now: datetime) -> bool:
        offset, known = now - self.real.now(), self._offset
        self._offset = offset
        return known is not None and abs(offset - known) > JUMP

    def _tell(self, troubles: Sequence[Trouble]) -> None:
        present = {trouble.code: trouble for trouble in troubles}
        with self.records.read() as unit:
            known = set(unit.troubles.all())
        if present.keys() == known:
            return
        with self.records.write() as unit:
            for code in sorted(present.keys() - known):
                self._begin(unit, present[code])
            for code in sorted(known - present.keys()):
                self._end(unit, code)
        self.wake()

    def _begin(self, unit: Unit, trouble: Trouble) -> None:
        at = self.real.now()
        if not unit.troubles.begun(trouble.code, at=at):
            return
        log.error("trouble", code=trouble.code, **trouble.figures)
        params = {"message": f"watchdog.{trouble.code}", **trouble.figures}
        unit.notices.plan([*self._to_admins(trouble.code, at, params)])

    def _end(self, unit: Unit, code: str) -> None:
        since = unit.troubles.over(code)
        if since is None:
            return
        log.warning("trouble over", code=code)
        self.alarm.clear(code)
        params = {"message": "watchdog.over", "trouble": code}
        unit.notices.plan([*self._to_admins(f"{code}:over", since, params)])

    def _clear_unusable(self) -> None:
        if self._told_unusable:
            self._told_unusable = False
            self.alarm.clear(UNUSABLE)

    def _to_admins(
        self, about: str, since: datetime, params: Mapping[str, Plain]
    ) -> Iterator[Notice]:
        for admin in sorted(self.admins()):
            yield Notice(
                key=f"{NoticeKind.OPERATOR}:watchdog:{about}:{since.isoformat()}:{admin}",
                kind=NoticeKind.OPERATOR,
                place=to_person(admin),
                urgency=Urgency.WARNING,
                due_at=self.clock.now(),
                params=params,
            )


def deliveries(
    ledger: Ledger, real: Clock, seen: Callable[[Standing], None] = lambda _: None
) -> Check:
    """Look for what should have been posted and was not, and for what nobody was told."""

    def check(now: datetime) -> Iterator[Trouble]:
        standing = ledger.standing(now=now, at=real.now())
        seen(standing)
        counts = {
            "deliveries_late": standing.overdue,
            "deliveries_unclear": standing.unclear,
            "deliveries_stranded": standing.stranded,
        }
        for code, count in counts.items():
            if count:
                yield Trouble(code=code, figures={"count": count})

    return check


def moments(code: str, oldest: Callable[[datetime], datetime | None]) -> Check:
    """Look whether the oldest thing to do has been due for too long."""

    def check(now: datetime) -> Iterator[Trouble]:
        due_at = oldest(now)
        if due_at is not None and due_at <= now - LATE:
            yield Trouble(code=code, figures={"since": due_at.isoformat()})

    return check


def beats(late: Callable[[timedelta], Sequence[str]]) -> Check:
    """Look whether time stands still: a beat that has not come for too long."""

    def check(_now: datetime) -> Iterator[Trouble]:
        names = late(LATE)
        if names:
            yield Trouble(code="beats_late", figures={"names": ", ".join(names)})

    return check


def keys(are_kept: Callable[[], bool]) -> Check:
    """Look whether Slack still keeps the keys by which unclear messages are found (F54)."""

    def check(_now: datetime) -> Iterator[Trouble]:
        if not are_kept():
            yield Trouble(code="keys_lost")

    return check


def clocks(ahead: Mapping[str, Callable[[], timedelta | None]]) -> Check:
    """Look whether this machine's clock agrees with others, by whose they are (F29, F30); None: not known."""

    def check(_now: datetime) -> Iterator[Trouble]:
        found = {whose: by for whose, tell in ahead.items() if (by := tell()) is not None}
        whose, by = max(found.items(), key=lambda one: abs(one[1]), default=("", timedelta(0)))
        if abs(by) > SKEW:
            seconds = round(abs(by).total_seconds())
            yield Trouble(code="clock_off", figures={"whose": whose, "seconds": seconds})

    return check


def room(free_mb: Callable[[], int | None]) -> Check:
    """Look whether the disk fills up; None: it is not this machine's (F42)."""

    def check(_now: datetime) -> Iterator[Trouble]:
        left = free_mb()
        if left is not None and left < ROOM_MB:
            yield Trouble(code="disk_low", figures={"free_mb": left})

    return check


def writing(records: Records, real: Clock) -> Check:
    """Write a word, for reading works on a full disk too; what it raises makes the records unusable (F42)."""

    def check(_now: datetime) -> Iterator[Trouble]:
        with records.write() as unit:
            unit.watch.keep_mark("watchdog", Mark(real.now()))
        return iter(())

    return check
