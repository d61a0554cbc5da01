"""What people do with a case, thrown by dice: on time, late, paused, badly scored."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from tests.year.oracle import Round

Outages = Sequence[tuple[datetime, datetime]]
WITHIN = {"P1": 24, "P2": 72, "P3": 168}  # hours in which most are solved
BUSY = timedelta(minutes=30)  # after an outage, until everybody has caught up
LOW_SCORES, PAUSES, WORKAROUNDS, FORGOTTEN = 0.05, 0.15, 0.6, 0.03


@dataclass(frozen=True, slots=True)
class Story:
    """One case: when it was logged, and its rounds."""

    logged: datetime
    category: str
    rounds: tuple[Round, ...]

    def deeds(self) -> Iterator[tuple[datetime, str, Round]]:
        """Tell what is done when, in order."""
        for one in self.rounds:
            done = [(at, name, one) for name in DEEDS if (at := getattr(one, name)) is not None]
            yield from sorted(done, key=lambda deed: deed[0])


DEEDS = (
    "accepted", "contacted", "workaround", "planned", "paused", "resumed", "resolved", "told", "called", "scored",
)  # fmt: skip


def story(dice: Random, day: datetime, awake: Callable[[datetime], datetime]) -> Story:
    """Throw one case of a day; `awake` moves what falls into an outage behind it, in order."""
    hour = (
        dice.choice((8, 9, 10, 11, 14, 15, 16, 17)) if dice.random() < 0.8 else dice.randrange(24)
    )
    logged = day + timedelta(hours=hour, minutes=dice.randrange(60), seconds=dice.randrange(1, 59))
    priority = dice.choices(("P1", "P2", "P3"), (1, 5, 4))[0]
    first = _round(dice, 1, logged, priority)
    rounds = [first]
    if first.scored and dice.random() < LOW_SCORES:
        first.ended = first.scored
        again = _round(dice, 2, first.scored, {"P1": "P1", "P2": "P1", "P3": "P2"}[priority])
        again.low_score_at = first.scored
        call = first.scored + timedelta(hours=dice.expovariate(1 / 12))
        again.called = None if again.scored and call >= again.scored else call
        rounds.append(again)
    rounds[-1].ended = rounds[-1].scored
    for one in rounds:
        for name in ("begun", *DEEDS, "low_score_at", "ended"):
            if at := getattr(one, name):
                setattr(one, name, awake(at))
    return Story(awake(logged), dice.choice(("after_sales/fault", "inquiry/usage")), tuple(rounds))


def _round(dice: Random, number: int, begun: datetime, priority: str) -> Round:
    one = Round(number, begun, priority)
    if dice.random() < FORGOTTEN:
        return one
    at = begun

    def later(hours: float) -> datetime:
        """Some whole seconds on, never on a whole minute, so that nothing happens at a tick."""
        nonlocal at
        at += timedelta(seconds=61 + int(dice.expovariate(1 / (hours * 3600))))
        if at.second == 0:
            at += timedelta(seconds=1)
        return at

    one.accepted = later(1)
    one.contacted = later(1 if priority == "P1" else 3)
    if priority != "P3" and dice.random() < WORKAROUNDS:
        one.workaround = later(4)
    one.planned = later(6)
    if dice.random() < PAUSES:
        one.paused = later(6)
        one.resumed = later(15)
    one.resolved = later(WITHIN[priority] / 2)
    one.told = later(8)
    one.scored = later(10)
    return one


def awake_in(outages: Outages) -> Callable[[datetime], datetime]:
    """Give the rule by which deeds of an outage are done behind it: nobody can, before."""

    def moved(at: datetime) -> datetime:
        for begins, ends in outages:
            if begins <= at < ends + BUSY:
                return ends + BUSY * ((at - begins) / (ends + BUSY - begins))
        return at

    return moved
