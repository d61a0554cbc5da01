"""Working-time arithmetic a second beside its peers: additions and differences with aware moments."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import businesstimedelta

from benchmarks import peers
from benchmarks.ground import Place, handbook
from benchmarks.measure import Series, Variant, per_second, take_turns
from benchmarks.report import Figure, Report, at_least
from benchmarks.scale import Scale
from tickets.handbook import CalendarPlan
from tickets.time.calendar import Calendar

LENGTH = timedelta(hours=16)
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
MINUTES = 700 * 24 * 60  # two decreed years but for the last weeks, where sums would leave them
FARTHEST = 30 * 24 * 60  # minutes of a difference
PEER_SHARE = 100  # the peer is given so many times fewer sums
_PEER = "businesstimedelta 1.0.1"
_DESK = "the desk's calendar"
_OTHERS = "others"


def run(_stock: Place, scale: Scale) -> Report:
    """Add 16 hours and take differences up to 30 days, the peer without make-up days, which it lacks."""
    plan = handbook().calendar
    calendar = Calendar(plan)
    pairs = _pairs(scale.sums)
    for start, end in pairs:  # the table grows by whole years as it is asked for them
        calendar.working_between(start, end)
    few = pairs[: max(1, scale.sums // PEER_SHARE)]
    rules, zone = _peer(plan), ZoneInfo(plan.timezone)
    local = [(start.astimezone(zone), end.astimezone(zone)) for start, end in few]
    length = businesstimedelta.BusinessTimeDelta(rules, hours=16)
    variants: dict[str, Variant] = {
        _DESK: _both(
            pairs, lambda start: calendar.add_working(start, LENGTH), calendar.working_between
        ),
        _PEER: _both(local, lambda start: start + length, rules.difference),
    }
    if peers.are_installed():
        variants[_OTHERS] = lambda: _others(plan, pairs)
    found = take_turns(scale.rounds, variants)
    figures = []
    for what, least, times in (("add", 200_000, 150), ("between", 150_000, 150)):
        ours, its = found[_DESK, what], found[_PEER, what]
        figures += [
            Figure(f"{_DESK}: {what}", ours, "/s", at_least(least)),
            Figure(f"{_PEER}: {what}", its, "/s"),
            Figure("  times the peer", ours.over(its), "x", at_least(times)),
            *_beside(ours, found, what),
        ]
    title = "calendar: 16 working hours on, and working time between two moments"
    return Report(
        title, figures, () if peers.are_installed() else (f"other peers {peers.NOT_HERE}",)
    )


Found = Mapping[tuple[str, str], Series]


def _beside(ours: Series, found: Found, what: str) -> Iterator[Figure]:
    """Give the peers that can do this sum, slower ones with the bar they have to stand."""
    ending = f": {what}"
    for (variant, figure), its in found.items():
        if variant == _OTHERS and figure.endswith(ending):
            yield Figure(figure, its, "/s")
            if figure.startswith("pandas"):
                yield Figure("  times the peer", ours.over(its), "x", at_least(10))


def _others(plan: CalendarPlan, pairs: "Pairs") -> Mapping[str, float]:
    """Run the peers of the other environment once."""
    told = {
        "zone": plan.timezone,
        "spans": [(span.start, span.end) for span in plan.hours[0]],
        "holidays": sorted(day.isoformat() for day in plan.holidays | plan.closed),
        "makeup": sorted(day.isoformat() for day in plan.makeup_days),
        "pairs": [(start.timestamp(), end.timestamp()) for start, end in pairs],
    }
    done = peers.run("arithmetic.py", told=told)
    return {f"{peer}: {what}": rate for peer, rates in done.items() for what, rate in rates.items()}


Pairs = Sequence[tuple[datetime, datetime]]


def _pairs(number: int) -> Pairs:
    choose = Random(20251123)
    starts = [FIRST + timedelta(minutes=choose.randrange(MINUTES)) for _ in range(number)]
    return [(start, start + timedelta(minutes=choose.randrange(1, FARTHEST))) for start in starts]


def _both(
    pairs: Pairs,
    add: Callable[[datetime], object],
    between: Callable[[datetime, datetime], object],
) -> Variant:
    return lambda: {
        "add": per_second(len(pairs), lambda: [add(start) for start, _ in pairs]),
        "between": per_second(len(pairs), lambda: [between(start, end) for start, end in pairs]),
    }


def _peer(plan: CalendarPlan) -> businesstimedelta.Rules:
    """Give the peer the same hours and holidays."""
    spans = [(span.start, span.end) for span in plan.hours[0]]
    shifts = [
        businesstimedelta.WorkDayRule(
            start_time=_time(start), end_time=_time(end), working_days=[0, 1, 2, 3, 4]
        )
        for start, end in spans
    ]
    days_off = businesstimedelta.HolidayRule(sorted(plan.holidays | plan.closed))
    return businesstimedelta.Rules([*shifts, days_off])


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
