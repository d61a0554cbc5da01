"""Occasions are offered once each, however many signs lie how close together and however late one is committed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select

from storage.records import SqlRecords
from storage.tables import events, marks, notices, retrospectives
from tests.storage.cases import ENGINEER, NINE, keep_case
from tests.tickets.desk.desks import Trial, a_desk
from tickets.case.ticket import Ticket
from tickets.retrospectives.occasions import SignKind
from tickets.watch import retro_offers

CASES = 12
READ, AGAIN = 3, 10  # signs at a time and places read twice, small enough for many turns


@dataclass(slots=True)
class Log:
    """The desk's log as processes write it: a place may be taken before it can be read."""

    trial: Trial = field(repr=False)
    cases: Sequence[Ticket] = field(repr=False)
    place: Iterator[int] = field(default_factory=lambda: count(1000))

    def take_places(self, many: int) -> None:
        for _ in range(many):
            next(self.place)

    def row(self, case: int) -> dict[str, object]:
        """Take the next place for a score of 1."""
        place, ticket = next(self.place), self.cases[case]
        return {
            "id": place,
            "ticket_id": ticket.id,
            "number": ticket.number,
            "seq": place,
            "at": self.trial.clock.at,
            "actor": ENGINEER,
            "kind": SignKind.SCORED,
            "plain": {"score": 1},
            "words": None,
        }

    def commit(self, rows: Sequence[dict[str, object]]) -> None:
        if rows:
            with self._database().writing(retro_offers.EVERY) as connection:
                connection.execute(insert(events), list(rows))

    def look(self) -> int:
        self.trial.clock.move(minutes=10)
        return retro_offers.work(self.trial.desk, now=self.trial.clock.at)

    def offered(self) -> list[str]:
        with self._database().reading() as connection:
            return sorted(connection.execute(select(retrospectives.c.key)).scalars())

    def said(self) -> int:
        with self._database().reading() as connection:
            return connection.execute(select(func.count()).select_from(notices)).scalar_one()

    def begin_anew(self) -> None:
        """Forget what was offered; what happened before lies hours back."""
        self.trial.clock.move(hours=3)
        with self._database().writing(retro_offers.EVERY) as connection:
            for table in (notices, retrospectives, marks):
                connection.execute(delete(table))
        self.look()

    def _database(self):  # type: ignore[no-untyped-def]
        return self.trial.desk.records.database  # type: ignore[attr-defined]


@pytest.fixture
def log(either_records: SqlRecords) -> Log:
    trial = a_desk(either_records)
    trial.clock.at = NINE
    with either_records.write() as unit:
        cases = [keep_case(unit) for _ in range(CASES)]
    return Log(trial, cases)


Sign = tuple[int, int, bool]
"""So many places of something else, then a sign of this case; True: it cannot be read until after the next look."""

_SIGNS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, CASES - 1), st.booleans()), max_size=9
)


@pytest.mark.requirement(118)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(turns=[[(0, case, False) for case in range(READ)]])
@example(turns=[[(0, case, True) for case in range(CASES)], [(0, 0, False)] * 2 * READ])
@given(turns=st.lists(_SIGNS, max_size=6))
def test_whatever_the_order_and_number_of_signs_each_occasion_is_offered_once(
    log: Log, turns: list[list[Sign]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(retro_offers, "AT_A_TIME", READ)
        patch.setattr(retro_offers, "OVERLAP", AGAIN)
        log.begin_anew()
        seen: set[str] = set()
        late: list[dict[str, object]] = []
        for turn in [*turns, []]:
            rows, held = [], []
            for gap, case, is_late in turn:
                log.take_places(gap)
                (held if is_late else rows).append(log.row(case))
            end = max((int(str(row["id"])) for row in [*rows, *held]), default=0)
            # A place is read twice as far back as the overlap; nothing is open for longer.
            rows += [row for row in held if int(str(row["id"])) <= end - AGAIN]
            held = [row for row in held if row not in rows]
            log.commit(sorted([*late, *rows], key=lambda row: str(row["id"])))
            found = {f"case:{row['number']}" for row in [*late, *rows]} - seen
            late, seen = held, seen | found

            assert log.look() == len(found)
            assert log.offered() == sorted(seen)
            assert log.look() == 0
        assert log.said() == len(seen)


@pytest.mark.requirement(118)
def test_an_occasion_behind_more_signs_than_are_read_at_a_time_is_offered(log: Log) -> None:
    log.begin_anew()
    log.commit([log.row(0) for _ in range(2 * retro_offers.AT_A_TIME + 50)])
    first = log.look()

    log.commit([log.row(1)])

    assert (first, log.look()) == (1, 1)
    assert log.offered() == [f"case:{log.cases[0].number}", f"case:{log.cases[1].number}"]


@pytest.mark.requirement(118)
def test_a_look_that_is_cut_off_is_gone_on_with(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not read before it broke off is not too old afterwards."""
    log.begin_anew()
    monkeypatch.setattr(retro_offers, "AT_A_TIME", READ)
    log.commit([log.row(case) for case in range(CASES)])
    offer, told = retro_offers._offer, count()

    def breaks_off(*args: object, **named: object) -> int:
        if next(told) == 2 * READ + 1:
            raise ConnectionError
        return offer(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(retro_offers, "_offer", breaks_off)
    with pytest.raises(ConnectionError):
        log.look()
    before = len(log.offered())
    log.trial.clock.move(hours=5)

    log.look()

    assert before == 2 * READ
    assert len(log.offered()) == log.said() == CASES
