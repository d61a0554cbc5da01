"""Every figure once more, by loops over the event logs and the clocks that follow from them; nothing of storage or of rounds.py."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from tests.tickets.desk.desks import Trial
from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.values import ContactOutcome, Number
from tickets.insight.figures import By, Figure
from tickets.time.deadline import Deadline, DeadlineKind
from tickets.time.deadlines import owed

Lengths = list[tuple[Fraction, Fraction]]  # seconds, by the clock and in opening hours


@dataclass
class Round:
    """What the log says of one round."""

    events: list[Event]
    begun: datetime
    clocks: list[Deadline]
    is_last: bool

    def last(self, kind: type[f.Fact]) -> Event | None:
        return next((one for one in reversed(self.events) if isinstance(one.fact, kind)), None)

    def clock(self, kind: DeadlineKind) -> Deadline | None:
        return next((one for one in self.clocks if one.kind is kind), None)


@dataclass
class Case:
    """A ticket's log, cut into rounds."""

    number: Number
    log: Sequence[Event]
    rounds: list[Round]
    received: datetime

    @property
    def turned(self) -> str:
        """Whether it is open, solved, no case, or went on elsewhere, by what happened last."""
        names = {
            f.Resolved: "solved",
            f.RoundBegun: "open",
            f.MarkedInvalid: "invalid",
            f.InvalidTakenBack: "open",
            f.Merged: "merged",
        }
        turns = [names[type(one.fact)] for one in self.log if type(one.fact) in names]
        return turns[-1] if turns else "open"

    @property
    def is_counted(self) -> bool:
        return self.turned in {"open", "solved"}


def cases(trial: Trial, numbers: Sequence[Number]) -> list[Case]:
    """Read all logs; clocks as they follow from them."""
    book, calendar = trial.desk.handbook(), trial.desk.calendar()
    found = []
    with trial.desk.records.read() as unit:
        for number in numbers:
            log = unit.tickets.events(number)
            clocks = owed(log, book.policies, calendar, pauses=book.pauses)
            found.append(_case(number, log, clocks))
    return found


def _reached(one: Round) -> datetime | None:
    """When the customer first heard of somebody in a round without a clock for it."""
    for event in one.events:
        match event.fact:
            case f.Contacted(outcome=ContactOutcome.REACHED, happened_at=moment):
                return moment
            case f.CustomerTold(happened_at=moment):
                return moment
            case f.WorkaroundGiven(told=True) | f.Resolved(on_the_spot=True):
                return event.at
            case _:
                continue
    return None


def _case(number: Number, log: Sequence[Event], clocks: Sequence[Deadline]) -> Case:
    first = log[0].fact
    assert isinstance(first, f.Logged)
    absorbed = [one.fact.received_at for one in log if isinstance(one.fact, f.Absorbed)]
    received = min([first.received_at, *absorbed])
    rounds: list[Round] = []
    for event in log:
        if event is log[0]:
            rounds.append(Round([], received, [], is_last=False))
        if isinstance(event.fact, f.RoundBegun):
            begun = event.at.replace(second=0, microsecond=0)
            rounds.append(Round([], begun, [], is_last=False))
        rounds[-1].events.append(event)
    for place, one in enumerate(rounds, start=1):
        one.clocks = [clock for clock in clocks if clock.round == place]
    rounds[-1].is_last = True
    return Case(number, log, rounds, received)


@dataclass
class Oracle:
    """Counts for one period, at one moment."""

    trial: Trial
    told: list[Case]
    start: datetime
    end: datetime
    now: datetime
    by: By | None

    def counted(self, figure: Figure) -> dict[str, tuple[int, int]]:
        """What counts and what it is of, for each group."""
        part: Counter[str] = Counter()
        whole: Counter[str] = Counter()
        for group, counts in self._taken(figure):
            whole[group] += 1
            part[group] += counts
        return {group: (part[group], n) for group, n in whole.items()}

    def lengths(self, name: str) -> dict[str, Lengths]:
        """All lengths of a kind, for each group."""
        found: dict[str, Lengths] = {}
        for case in self._cohort():
            for place, one in enumerate(case.rounds):
                between = self._length(name, case, one, place)
                if between and between[0] <= between[1]:
                    found.setdefault(self._group(case, one), []).append(self._both(*between))
        return found

    def answering(self) -> dict[str, Lengths]:
        """How long other departments took to answer."""
        found: dict[str, Lengths] = {}
        for case, one, clock in self._errands(DeadlineKind.INTERNAL):
            if clock.met_at:
                group = self._errand_group(case, one, clock)
                found.setdefault(group, []).append(self._both(clock.starts_at, clock.met_at))
        return found

    def _both(self, start: datetime, end: datetime) -> tuple[Fraction, Fraction]:
        working = self.trial.desk.calendar().working_between(start, end)
        seconds = [one.days * 86400 + one.seconds for one in (end - start, working)]
        return Fraction(seconds[0]), Fraction(seconds[1])

    def _length(
        self, name: str, case: Case, one: Round, place: int
    ) -> tuple[datetime, datetime] | None:
        solved = self._solved_at(case, one)
        if name == "response":
            clock = one.clock(DeadlineKind.RESPONSE)
            reached = clock.met_at if clock else _reached(one)
            return (one.begun, reached) if reached and place == 0 else None
        if name == "expected":
            return self._given(one) if place == 0 else None
        if name == "handling":
            return (one.begun, solved) if solved else None
        clock = one.clock(DeadlineKind.RESOLUTION)
        if solved and clock and clock.due_at and one.begun <= solved:
            return clock.starts_at, clock.due_at
        return None

    @staticmethod
    def _given(one: Round) -> tuple[datetime, datetime] | None:
        """What was given to the first contact, of those that came about."""
        clock = one.clock(DeadlineKind.RESPONSE)
        if clock is None or clock.due_at is None or clock.met_at is None:
            return None
        return (clock.starts_at, clock.due_at) if clock.met_at >= one.begun else None

    def _solved_at(self, case: Case, one: Round) -> datetime | None:
        solved = one.last(f.Resolved)
        if solved is None or (one.is_last and case.turned != "solved"):
            return None
        return solved.at

    def _cohort(self) -> Iterator[Case]:
        for case in self.told:
            if case.is_counted and self.start <= case.log[0].at < self.end:
                yield case

    def _taken(self, figure: Figure) -> Iterator[tuple[str, bool]]:
        if figure is Figure.OVERDUE:
            yield from self._late()
            return
        if figure in {Figure.PROMISES, Figure.ANSWERS}:
            internal = figure is Figure.ANSWERS
            kind = DeadlineKind.INTERNAL if internal else DeadlineKind.PROMISE
            for case, one, clock in self._errands(kind):
                in_time = clock.met_at is not None and (
                    clock.due_at is None or clock.met_at <= clock.due_at
                )
                yield self._errand_group(case, one, clock), in_time
            return
        for case in self._cohort():
            for place, one in enumerate(case.rounds, start=1):
                counts = self._counts(figure, case, one, place)
                if counts is not None:
                    yield self._group(case, one), counts

    def _counts(self, figure: Figure, case: Case, one: Round, place: int) -> bool | None:
        """Whether a round counts towards a figure; None where it is not among what the figure is of."""
        scored = one.last(f.Scored)
        score = scored.fact.score if scored and isinstance(scored.fact, f.Scored) else None
        again = any(self._comes_again(case, event) for event in case.log)
        clock = one.clock(DeadlineKind.RESPONSE)
        in_time = clock and clock.met_at and (not clock.due_at or clock.met_at <= clock.due_at)
        among, counts = {
            Figure.TOTAL: (one.is_last, True),
            Figure.SOLVED: (one.is_last, case.turned == "solved"),
            Figure.REPEATS: (one.is_last, again),
            Figure.FIRST_RESPONSE: (place == 1 and clock is not None, bool(in_time)),
            Figure.SATISFACTION: (score is not None, score in {4, 5}),
            Figure.RECOVERY: (one.is_last and place > 1 and score is not None, score in {4, 5}),
        }[figure]
        return counts if among else None

    def _comes_again(self, case: Case, event: Event) -> bool:
        """Whether its customer came about the same again: told again, linked while it was logged, or merged in."""
        match event.fact:
            case f.ToldAgain():
                return True
            case f.Linked(other=number) if event.at == case.log[0].at:
                return self._is_the_same(case, number)
            case f.Absorbed(other=number, received_at=received):
                before = case.log[: list(case.log).index(event)]
                taken = [one.fact.received_at for one in before if isinstance(one.fact, f.Absorbed)]
                own = min([self._first(case).received_at, *taken])
                return received != own and self._is_the_same(case, number)
        return False

    def _is_the_same(self, case: Case, number: Number) -> bool:
        other = next(one for one in self.told if one.number == number)
        mine, theirs = self._first(case), self._first(other)
        apart = abs(mine.received_at - theirs.received_at)
        who, what = mine.customer_id, mine.category
        return (who, what) == (theirs.customer_id, theirs.category) and apart <= timedelta(days=14)

    @staticmethod
    def _first(case: Case) -> f.Logged:
        first = case.log[0].fact
        assert isinstance(first, f.Logged)
        return first

    def _late(self) -> Iterator[tuple[str, bool]]:
        found: set[tuple[str, Number]] = set()
        until = min(self.end, self.now)
        for case in self.told:
            for one in case.rounds if case.turned != "merged" else ():
                missed = [
                    clock.breached_at or (clock.due_at if clock.is_owed else None)
                    for clock in one.clocks
                ]
                if any(moment and self.start <= moment < until for moment in missed):
                    found.add((self._group(case, one), case.number))
        yield from ((group, True) for group, _ in found)

    def _errands(self, kind: DeadlineKind) -> Iterator[tuple[Case, Round, Deadline]]:
        for case in self.told:
            for one in case.rounds if case.is_counted else ():
                for clock in one.clocks:
                    if clock.kind is kind and self._falls_in(clock):
                        yield case, one, clock

    def _falls_in(self, clock: Deadline) -> bool:
        if clock.void and clock.breached_at is None:
            return False
        if clock.met_at is None and not (clock.due_at and clock.due_at <= self.now):
            return False
        moment = clock.due_at if clock.kind is DeadlineKind.PROMISE else clock.starts_at
        return moment is not None and self.start <= moment < self.end

    def _group(self, case: Case, one: Round) -> str:
        first = case.log[0].fact
        assert isinstance(first, f.Logged)
        changes = [e.fact.now for e in case.log if isinstance(e.fact, f.PriorityChanged)]
        local = self.trial.desk.calendar().local(case.received)
        busy = 8 <= local.hour < 12 or 14 <= local.hour < 18  # R4
        department, person = self._hands(case, one)
        return {
            By.DEPARTMENT: department,
            By.PERSON: person,
            By.CATEGORY: first.category,
            By.KIND: str(first.kind),
            By.PRIORITY: str(changes[-1] if changes else first.priority),
            By.CHANNEL: str(first.contact_channel),
            By.CUSTOMER: str(first.customer_type),
            By.BAND: "peak" if busy else "idle",
            None: "",
        }[self.by]

    def _hands(self, case: Case, one: Round) -> tuple[str, str]:
        """Where the case was when the round ended: a department lasts into the next round, a person does not."""
        until = list(case.log).index(one.events[-1]) + 1
        given = [e.fact for e in case.log[:until] if isinstance(e.fact, f.Assigned)]
        mine = [e.fact for e in one.events if isinstance(e.fact, f.Assigned)]
        return given[-1].department if given else "", (mine[-1].assignee or "") if mine else ""

    def _errand_group(self, case: Case, one: Round, clock: Deadline) -> str:
        asking = f.Asked if clock.kind is DeadlineKind.INTERNAL else f.Promised
        event = next(
            e for e in one.events if isinstance(e.fact, asking) and e.fact.key == clock.detail
        )
        asked = event.fact.department if isinstance(event.fact, f.Asked) else ""
        return self._by_errand(case, one, asked or self._hands(case, one)[0], event.by)

    def _by_errand(self, case: Case, one: Round, department: str, person: str) -> str:
        if self.by is By.DEPARTMENT:
            return department
        return person if self.by is By.PERSON else self._group(case, one)
