"""What must have been said when: an oracle of its own, minute by minute, that shares no code with the desk.

It reads the story of one case (what people did at which moment) and tells every warning, breach and
rung of the ladder with the moment at which it was to become visible. Its calendar is one byte a
minute, its holidays are another library's, its policy is written down here a second time.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from math import ceil
from zoneinfo import ZoneInfo

import chinese_calendar

ZONE = ZoneInfo("Asia/Shanghai")
MINUTE = timedelta(minutes=1)
HOUR, DAY = 60, 24 * 60
USUAL = ((8 * 60, 12 * 60), (14 * 60, 18 * 60))
CLOSED, SHORT = {date(2026, 12, 31)}, {date(2026, 12, 26): ((9 * 60, 12 * 60),)}

# (hours by the clock, working days) of each clock; from the file of the trial desk, written anew.
HOURS = {"P1": (1, 24), "P2": (4, 72), "P3": (24, None)}  # response, resolution
RESOLUTION_DAYS = {"P3": 5}
ACCEPT, FEEDBACK, SUPERVISOR = 2, 24, 24
PLAN_DAYS, WORKAROUND_DAYS, CALLBACK_DAYS = 1, 1, 1
LEAD, RUNG = 2 * HOUR, 4 * HOUR  # the warning before the end; the directors after the breach
AGAIN = 60  # a due that moved by so many minutes is warned of anew


@dataclass(slots=True)
class Round:
    """What people did in one round; moments in UTC, None where they did not."""

    number: int
    begun: datetime
    priority: str
    accepted: datetime | None = None
    contacted: datetime | None = None
    workaround: datetime | None = None
    planned: datetime | None = None
    paused: datetime | None = None
    resumed: datetime | None = None
    resolved: datetime | None = None
    told: datetime | None = None
    scored: datetime | None = None
    low_score_at: datetime | None = None  # of the round before: a supervisor owes a call
    called: datetime | None = None
    ended: datetime | None = None


@dataclass(frozen=True, slots=True, order=True)
class Saying:
    """One thing that must become visible: stage 0 is the warning, 1 the breach, 2 the rung."""

    round: int
    kind: str
    stage: int
    due: datetime
    at: datetime = field(compare=False)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in which a clock has one due moment; all in minutes of the calendar."""

    since: int
    until: float
    due: int
    warn: int | None
    rung: int
    urgent: bool


class Minutes:
    """A calendar of single minutes."""

    def __init__(self, first: date, last: date) -> None:
        self.start = datetime(first.year, first.month, first.day, tzinfo=ZONE).astimezone(UTC)
        self.first = first
        days = (last - first).days
        self.working = [_is_working(first + timedelta(days=n)) for n in range(days)]
        self.open = bytearray(days * DAY)
        for place in range(days):
            for begins, ends in self.hours(place):
                self.open[place * DAY + begins : place * DAY + ends] = b"\1" * (ends - begins)
        self.passed = [0, *accumulate(self.open)]  # open minutes before each minute

    def hours(self, place: int) -> tuple[tuple[int, int], ...]:
        day = self.first + timedelta(days=place)
        if day in CLOSED:
            return ()
        if day in SHORT:
            return SHORT[day]
        return USUAL if self.working[place] else ()

    def minute(self, at: datetime) -> int:
        """Cut a moment to its minute."""
        return (at - self.start) // MINUTE

    def up(self, at: datetime) -> int:
        return -((self.start - at) // MINUTE)

    def moment(self, minute: int) -> datetime:
        return self.start + minute * MINUTE

    def between(self, since: int, until: int) -> int:
        return self.passed[max(since, until)] - self.passed[since]

    def forward(self, minute: int, length: int) -> int:
        """Walk so many open minutes; an end at closing time is closing time."""
        return (
            bisect_left(self.passed, self.passed[minute] + length, lo=minute) if length else minute
        )

    def back(self, minute: int, length: int) -> int:
        """Walk back; a start at an opening is that opening."""
        return bisect_right(self.passed, self.passed[minute] - length) - 1 if length else minute

    def opening(self, minute: int) -> int:
        return self.open.index(1, minute)

    def last_open(self, minute: int) -> int:
        return self.open.rindex(1, 0, minute)

    def days(self, minute: int, count: int) -> list[int]:
        """Give the places of the next working days after the local day of a minute."""
        found, place = [], minute // DAY
        while len(found) < count:
            place += 1
            if self.working[place]:
                found.append(place)
        return found

    def close(self, place: int) -> int:
        hours = self.hours(place)
        return place * DAY + (hours[-1][1] if hours else DAY)


def _is_working(day: date) -> bool:
    if day in CLOSED:
        return False
    if day in SHORT:
        return True
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # a year not decreed yet counts plain weekdays
        return day.weekday() < 5


@dataclass(frozen=True, slots=True)
class Oracle:
    """Foretells what the desk must say of a case; `ups` are the stretches in which it ran."""

    minutes: Minutes
    outages: Sequence[tuple[datetime, datetime]]

    def expected(self, logged: datetime, rounds: Sequence[Round], until: datetime) -> list[Saying]:
        """Give everything that must be visible of one case by a moment."""
        return [saying for one in rounds for saying in self._of(logged, one) if saying.at <= until]

    def _of(self, logged: datetime, one: Round) -> Iterator[Saying]:
        for kind, start, hours, days, end, stops in self._clocks(one):
            spans = list(self._spans(logged, one, start, hours, days, end, stops))
            if kind == "callback" and one.told:  # until then it ran from the solution
                spans.insert(0, self._until_told(logged, one))
            for stage, due, at in self._said(spans):
                yield Saying(one.number, kind, stage, self.minutes.moment(due), at)

    def _clocks(
        self, one: Round
    ) -> Iterator[tuple[str, datetime, int, int, datetime | None, bool]]:
        """Name each clock: its start, hours or days, what met or ended it, whether a pause stops it."""
        response, resolution = HOURS[one.priority]
        done = one.resolved or one.ended
        yield "accept", one.begun, ACCEPT, 0, _first(one.accepted, done), False
        yield "response", one.begun, response, 0, _first(one.contacted, one.ended), False
        if one.priority != "P3":
            yield "workaround", one.begun, 0, WORKAROUND_DAYS, _first(one.workaround, done), True
        yield "plan", one.begun, 0, PLAN_DAYS, _first(one.planned, done), True
        days = RESOLUTION_DAYS.get(one.priority, 0)
        yield "resolution", one.begun, resolution or 0, days, done, True
        if one.resolved:
            yield (
                "customer_feedback",
                one.resolved,
                FEEDBACK,
                0,
                _first(one.told, one.ended),
                False,
            )
            began, answered = one.told or one.resolved, _first(one.scored, one.ended)
            yield "callback", began, 0, CALLBACK_DAYS, answered, False
        if one.low_score_at:
            yield (
                "supervisor_callback",
                one.low_score_at,
                SUPERVISOR,
                0,
                one.called,  # the end of the case does not end it
                False,
            )

    def _spans(
        self,
        logged: datetime,
        one: Round,
        start: datetime,
        hours: int,
        days: int,
        end: datetime | None,
        stops: bool,
    ) -> Iterator[Span]:
        m = self.minutes
        begin = m.minute(start)
        until = float("inf") if end is None else (end - m.start) / MINUTE
        planned = m.close(m.days(begin, days)[-1]) if days else begin + hours * HOUR
        came = (start - m.start) / MINUTE
        first = self._span(logged, one, begin, planned, planned, days, came, until)
        paused = m.minute(one.paused) if stops and one.paused else None
        if paused is None or paused >= planned or paused >= until:
            yield first
            return
        pause_at = (one.paused - m.start) / MINUTE  # type: ignore[operator]
        yield self._span(logged, one, begin, planned, planned, days, came, pause_at)
        if one.resumed is None or (one.resumed - m.start) / MINUTE >= until:
            return
        resumed = m.minute(one.resumed)
        if days:
            counted = m.days(begin, days)
            inside = sum(
                m.between(max(paused, p * DAY), min(resumed, planned, (p + 1) * DAY))
                for p in counted
                if max(paused, p * DAY) < min(resumed, planned, (p + 1) * DAY)
            )
            if resumed > planned:
                inside += m.between(planned, resumed)
            due = m.forward(planned, inside)
        else:
            due = planned + resumed - paused
        since = (one.resumed - m.start) / MINUTE
        yield self._span(logged, one, begin, planned, due, days, since, until)

    def _until_told(self, logged: datetime, one: Round) -> Span:
        assert one.resolved
        assert one.told
        begin = self.minutes.minute(one.resolved)
        due = self.minutes.close(self.minutes.days(begin, CALLBACK_DAYS)[-1])
        told = (one.told - self.minutes.start) / MINUTE
        came = (one.resolved - self.minutes.start) / MINUTE
        return self._span(logged, one, begin, due, due, CALLBACK_DAYS, came, told)

    def _span(
        self,
        logged: datetime,
        one: Round,
        begin: int,
        planned: int,
        due: int,
        days: int,
        since: float,
        until: float,
    ) -> Span:
        m, urgent = self.minutes, one.priority == "P1"
        whole = m.between(begin, planned) if days else planned - begin
        lead = min(LEAD, whole // 2)
        warn = m.back(due, lead) if days else due - lead
        if not urgent and not m.open[warn]:
            warn = m.last_open(warn)
        warn = max(warn, begin, m.up(logged))
        rung = m.forward(due, RUNG)
        return Span(ceil(since), until, due, warn if warn < due else None, rung, urgent)

    def _said(self, spans: Sequence[Span]) -> Iterator[tuple[int, int, datetime]]:
        """Reach each stage once, at the first minute at which the desk runs, and say it when people are there.

        What still waits for people when the next stage is reached is said with that one.
        """
        said, said_due = -1, 0
        waiting: tuple[int, int, int] | None = None
        for span in spans:
            if said >= 0 and abs(span.due - said_due) >= AGAIN:
                said = -1
            stages = {0: span.warn, 1: span.due, 2: span.rung}
            while said < 2:
                ahead = [at for stage, at in stages.items() if stage > said and at is not None]
                seen = self._awake(max(min(ahead), span.since))
                if seen >= span.until:
                    break
                if waiting and waiting[2] < seen:
                    yield waiting[0], waiting[1], self.minutes.moment(waiting[2])
                waiting = None
                passed = [stage for stage, at in stages.items() if at is not None and at <= seen]
                said, said_due = max(passed), span.due
                shown = self._awake(self._disturbing(seen, said, span))
                if shown < span.until:
                    waiting = said, said_due, shown
        if waiting:
            yield waiting[0], waiting[1], self.minutes.moment(waiting[2])

    def _disturbing(self, minute: int, stage: int, span: Span) -> int:
        """Give when people may be told: a warning and the most urgent at once, the rest when they are in."""
        return minute if span.urgent or stage == 0 else self.minutes.opening(minute)

    def _awake(self, minute: int) -> int:
        """Give the first minute from here on at which the desk runs."""
        at = self.minutes.moment(minute)
        for begins, ends in self.outages:
            if begins <= at < ends:
                return self.minutes.up(ends)
        return minute


def _first(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)
