"""A desk run through days of ordinary work and outages, and what it said held against the oracle."""

import heapq
import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from tests.year.house import TICK, TIMES_KINDS, House, a_house
from tests.year.oracle import Minutes, Oracle, Saying
from tests.year.stories import Outages, Story, awake_in, story
from tickets.case.values import Number
from tickets.notices import PlaceKind

Ahead = list[tuple[datetime, int, Callable[[], None]]]
"""What people will do, the next first: when, in which order, what."""


@dataclass(slots=True)
class Report:
    """How it came out."""

    tickets: int = 0
    expected: int = 0
    missed: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    early: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    unforeseen: list[str] = field(default_factory=list)

    def wrong(self) -> list[str]:
        """List everything that should not have been."""
        kinds = {
            "missed": self.missed,
            "doubled": self.doubled,
            "early": self.early,
            "late": self.late,
            "unforeseen": self.unforeseen,
        }
        return [f"{name}: {line}" for name, lines in kinds.items() for line in lines]

    def __str__(self) -> str:
        counts = {
            "tickets": self.tickets,
            "expected": self.expected,
            "missed": len(self.missed),
            "doubled": len(self.doubled),
            "early": len(self.early),
            "late": len(self.late),
            "unforeseen": len(self.unforeseen),
        }
        return ", ".join(f"{name} {count:,}" for name, count in counts.items())


def simulate(
    folder: Path,
    *,
    first: datetime,
    days: int,
    a_day: int,
    outages: Outages,
    seed: int,
    told: Callable[[str], None] = lambda _line: None,
    by_the_minute: bool = True,
) -> Report:
    """Run so many days with so many cases each, and hold what was said against the oracle.

    Time passes minute by minute, or from one moment to the next at which somebody does something or time asks
    for something, as a trial's clock is moved.
    """
    house, dice = a_house(folder, first), Random(seed)
    end = first + timedelta(days=days)
    ahead = _planned(house, dice, awake_in(outages), first=first, end=end, a_day=a_day)
    following = _next_minute if by_the_minute else _next_moment
    while house.time.at < end:
        _go_on(house, ahead, outages, following(house, ahead))
        if house.time.at.hour == 0 and house.time.at.minute == 0:
            told(
                f"{house.time.at:%Y-%m-%d}: {len(house.numbers):,} cases, {len(house.slack.came):,} posts"
            )
    oracle = Oracle(
        Minutes((first - timedelta(days=2)).date(), (end + timedelta(days=60)).date()), outages
    )
    return compare(house, oracle, end)


def _planned(
    house: House,
    dice: Random,
    awake: Callable[[datetime], datetime],
    *,
    first: datetime,
    end: datetime,
    a_day: int,
) -> Ahead:
    """Throw the cases of all days; what is done with each is planned once it is logged."""
    ahead: Ahead = []
    order = itertools.count()

    def plan(at: datetime, deed: Callable[[], None]) -> None:
        if at < end:
            heapq.heappush(ahead, (at, next(order), deed))

    def begin(told_story: Story) -> Callable[[], None]:
        def log() -> None:
            number = house.log(told_story)
            for at, deed, one in told_story.deeds():
                plan(at, lambda deed=deed, one=one: house.do(number, deed, one))  # type: ignore[misc]

        return log

    for day in range((end - first).days):
        for _ in range(a_day):
            case = story(dice, first + timedelta(days=day), awake)
            plan(case.logged, begin(case))
    return ahead


def _next_minute(house: House, _ahead: Ahead) -> datetime:
    return house.time.at + TICK


def _next_moment(house: House, ahead: Ahead) -> datetime:
    """The first minute behind the next deed, or the first at which time asks for something."""
    coming = [moment + TICK for moment, _, _ in ahead[:1]]
    if asked := house.next_moment():
        coming.append(asked + timedelta(microseconds=TICK.total_seconds() * 1_000_000 - 1))
    soonest = min(coming, default=house.time.at).replace(second=0, microsecond=0)
    return max(house.time.at + TICK, soonest)


def _go_on(house: House, ahead: Ahead, outages: Outages, following: datetime) -> None:
    """Do what people do until then, and let time do its work; where the desk is down, once it is up again."""
    while ahead and ahead[0][0] < following:
        house.time.at, _, deed = heapq.heappop(ahead)
        deed()
    house.time.at = next(
        (ends for begins, ends in outages if begins <= following < ends), following
    )
    house.pass_minute()


def compare(house: House, oracle: Oracle, end: datetime) -> Report:
    """Hold what was said against what had to be said."""
    report = Report(tickets=len(house.numbers))
    report.doubled = [mark for mark, count in house.slack.marks.items() if count > 1]
    # What is said at the very end is beyond what the oracle foretells.
    when = {(number, said): said.at for number, said in said_of(house) if said.at < end}
    for number, told in house.numbers.items():
        for saying in oracle.expected(told.logged, told.rounds, end - TICK):
            report.expected += 1
            at = when.pop((number, saying), None)
            line = f"{number} {saying} said {at}"
            if at is None:
                report.missed.append(line)
            elif at < saying.at:
                report.early.append(line)
            elif at > saying.at + 2 * TICK:
                report.late.append(line)
    report.unforeseen = [f"{number} {saying}" for number, saying in when]
    return report


def said_of(house: House) -> list[tuple[Number, Saying]]:
    """Read what became visible in tickets' threads, by itself or in a roll-up: which stage, when."""
    with house.database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT key, number, params, message_ts FROM notices WHERE message_ts IS NOT NULL"
            f" AND place_kind = '{PlaceKind.THREAD}' AND kind IN {TIMES_KINDS}"
        ).all()
    return [
        (
            Number(row.number),
            _saying(row.key, json.loads(row.params), house.slack.came[row.message_ts]),
        )
        for row in rows
    ]


def _saying(key: str, told: dict[str, object], at: datetime) -> Saying:
    due_at = datetime.fromisoformat(str(told["due_at"])).astimezone(UTC)
    return Saying(
        int(key.split(":")[2]), str(told["deadline"]), int(str(told["stage"])), due_at, at
    )


def some_outages(
    dice: Random, first: datetime, days: int, count: int
) -> Sequence[tuple[datetime, datetime]]:
    """Throw outages of ten minutes to two days, apart from each other, on whole minutes."""
    found: list[tuple[datetime, datetime]] = []
    stretch = days / count
    for place in range(count):
        begins = first + timedelta(days=stretch * place, minutes=dice.randrange(int(stretch * 700)))
        lasts = min(10 * 2 ** (dice.random() * 8), stretch * 500)
        found.append((begins, begins + timedelta(minutes=int(lasts))))
    return found
