from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from scheduler.watchdog import Trouble, Watchdog, beats, clocks, deliveries, keys, moments
from storage.outbox import SqlOutbox
from storage.records import SqlRecords
from tests.scheduler.fake_voice import START, Time, a_notice
from tickets.case.values import PersonId
from tickets.delivery import Never, Unclear
from tickets.notices import Plain

ADA = PersonId("U0ADMIN")
A_MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Siren:
    """An alarm outside Slack that remembers."""

    raised: list[str] = field(default_factory=list)
    cleared: list[str] = field(default_factory=list)

    def raise_alarm(self, code: str, **what: Plain) -> None:
        self.raised.append(code)

    def clear(self, code: str) -> None:
        self.cleared.append(code)


@dataclass(slots=True)
class Kennel:
    """A watchdog over real records, with a trouble that can be switched on."""

    records: SqlRecords
    clock: Time = field(default_factory=Time)
    real: Time = field(default_factory=Time)
    siren: Siren = field(default_factory=Siren)
    troubled: bool = False

    def dog(self) -> Watchdog:
        outbox = SqlOutbox(self.records.database)
        return Watchdog(
            checks=(deliveries(outbox, self.real), self.check),
            records=self.records,
            admins=lambda: [ADA],
            alarm=self.siren,
            clock=self.clock,
            real=self.real,
            wake=lambda: None,
        )

    def check(self, _now: datetime) -> Iterator[Trouble]:
        if self.troubled:
            yield Trouble(code="keys_lost")

    def pass_by(self, **length: float) -> None:
        self.clock.at += timedelta(**length)
        self.real.at += timedelta(**length)

    def told(self) -> list[str]:
        """Give what the admins are told, in order."""
        with self.records.database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT key FROM notices WHERE kind = 'operator' ORDER BY id"
            ).scalars()
            return [str(key).split(":")[2] + (":over" * (":over:" in str(key))) for key in rows]


@pytest.fixture
def kennel(records: SqlRecords) -> Kennel:
    return Kennel(records)


def codes(troubles: object) -> list[str]:
    return [trouble.code for trouble in troubles]  # type: ignore[attr-defined]


def test_a_stuck_notice_is_found_within_ten_minutes(kennel: Kennel) -> None:
    dog, looks = kennel.dog(), 0
    with kennel.records.write() as unit:
        unit.notices.plan([a_notice("stuck")])

    while not kennel.siren.raised:
        dog.look()
        kennel.pass_by(minutes=5)
        looks += 1

    assert kennel.siren.raised == ["deliveries_late"]
    assert kennel.told() == ["deliveries_late"]
    assert looks * 5 <= 10


def test_nothing_is_late_before_five_minutes(kennel: Kennel) -> None:
    with kennel.records.write() as unit:
        unit.notices.plan([a_notice("new")])
    kennel.pass_by(minutes=4, seconds=59)

    assert kennel.dog().look() == ()


def test_the_admins_hear_once_of_a_trouble_and_once_when_it_is_over(kennel: Kennel) -> None:
    dog = kennel.dog()
    for troubled in (True, True, False, False, True):
        kennel.troubled = troubled
        dog.look()
        kennel.pass_by(minutes=5)

    assert [code for code in kennel.told() if code != "deliveries_late"] == [
        "keys_lost",
        "keys_lost:over",
        "keys_lost",
    ]
    assert "keys_lost" in kennel.siren.cleared


def test_two_processes_tell_of_one_trouble_once(kennel: Kennel) -> None:
    kennel.troubled = True

    kennel.dog().look()
    kennel.pass_by(minutes=1)
    kennel.dog().look()

    assert kennel.told() == ["keys_lost"]


def test_what_is_unclear_for_long_is_found(kennel: Kennel) -> None:
    outbox = SqlOutbox(kennel.records.database)
    with kennel.records.write() as unit:
        unit.notices.plan([a_notice("a")])
    claim = outbox.claim(now=START, at=START, owner="test")
    assert claim
    outbox.settle(claim, Unclear("reset"), now=START, at=START)
    kennel.pass_by(minutes=5)

    assert "deliveries_unclear" in codes(kennel.dog().look())


def test_what_was_refused_and_reached_nobody_is_found(kennel: Kennel) -> None:
    outbox = SqlOutbox(kennel.records.database)
    with kennel.records.write() as unit:
        unit.notices.plan([a_notice("a"), a_notice("b"), a_notice("b:rerouted")])
    while claim := outbox.claim(now=START, at=START, owner="test"):
        refused = claim.notice.key in {"a", "b"}
        outcome = Never("is_archived") if refused else Unclear("x")
        outbox.settle(claim, outcome, now=START, at=START)

    found = {trouble.code: trouble.figures for trouble in kennel.dog().look()}

    assert found["deliveries_stranded"] == {"count": 1}


def test_a_clock_that_was_moved_makes_nothing_late(kennel: Kennel) -> None:
    dog = kennel.dog()
    dog.look()
    with kennel.records.write() as unit:
        unit.notices.plan([a_notice("on the way")])
    kennel.clock.at += timedelta(hours=22)

    assert dog.look() == ()


def test_records_that_do_not_answer_raise_the_alarm(kennel: Kennel) -> None:
    dog = kennel.dog()
    kennel.records.database.dispose()

    def broken(_now: datetime) -> Iterator[Trouble]:
        raise OSError("disk")
        yield

    dog.checks = (broken,)
    assert codes(dog.look()) == ["records_unusable"]
    assert kennel.siren.raised == ["records_unusable"]

    dog.checks = ()
    dog.look()
    assert kennel.siren.cleared == ["records_unusable"]


def test_moments_are_late_after_five_minutes() -> None:
    check = moments("deadlines_late", lambda _now: START)

    assert list(check(START + A_MINUTE * 5 - timedelta(seconds=1))) == []
    assert codes(check(START + A_MINUTE * 5)) == ["deadlines_late"]
    assert list(moments("deadlines_late", lambda _now: None)(START)) == []


@pytest.mark.proves("F54")
def test_standing_beats_and_lost_keys_are_troubles() -> None:
    assert codes(beats(lambda _by: ("watch",))(START)) == ["beats_late"]
    assert list(beats(lambda _by: ())(START)) == []
    assert codes(keys(lambda: False)(START)) == ["keys_lost"]
    assert list(keys(lambda: True)(START)) == []


@pytest.mark.proves("F29", "F30")
def test_a_clock_more_than_a_minute_off_is_told() -> None:
    def found(**ahead: timedelta | None) -> list[Trouble]:
        told = {whose: (lambda by=by: by) for whose, by in ahead.items()}
        return list(clocks(told)(START))

    assert found(slack=None, server=None) == []
    assert found(slack=A_MINUTE, server=-A_MINUTE) == []
    [off] = found(slack=A_MINUTE, server=-A_MINUTE - timedelta(seconds=5))
    assert off == Trouble(code="clock_off", figures={"whose": "server", "seconds": 65})
