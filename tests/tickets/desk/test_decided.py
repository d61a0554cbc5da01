"""Each message that asked for a decision is drawn anew once, wherever it went: to a deputy, or by another way."""

from dataclasses import replace
from datetime import UTC, datetime

from storage.records import SqlRecords
from tests.storage.cases import a_notice
from tests.tickets.desk.desks import ANN, DAI, SUE
from tests.tickets.handbooks import a_handbook
from tickets.case.values import PersonId
from tickets.desk.decided import How, drawn_anew
from tickets.notices import NoticeKind, Place, PlaceKind, to_person, under

NINE = datetime(2026, 11, 30, 1, tzinfo=UTC)
ASKED = "approval_asked:20261130001:1:5:"
KIND = NoticeKind.APPROVAL_ASKED


def test_it_is_drawn_anew_wherever_it_was_sent_and_nowhere_else(records: SqlRecords) -> None:
    sent = [
        a_notice(f"{ASKED}{DAI}", kind=KIND, place=to_person(DAI)),
        a_notice(f"{ASKED}{DAI}:deputy:{SUE}", kind=KIND, place=to_person(SUE), deputy_for=DAI),
        a_notice(f"{ASKED}{DAI}:deputy:{SUE}:rerouted:{ANN}", kind=KIND, place=to_person(ANN)),
    ]
    others = [
        a_notice(f"{ASKED.replace(':5:', ':6:')}{DAI}", kind=KIND, place=to_person(DAI)),
        a_notice(f"{ASKED}{SUE}", kind=KIND, place=Place(PlaceKind.DESK)),
    ]
    handbook = a_handbook()
    with records.write() as unit:
        unit.notices.plan([*sent, *others])
        drawn = list(drawn_anew(unit, ASKED, How.GIVEN, by=SUE, at=NINE, handbook=handbook, seq=5))

    assert [one.place for one in drawn] == [under(one.key) for one in sent]
    assert [one.params["person"] for one in drawn] == [DAI, SUE, ANN]
    assert [one.params.get("deputy_for") for one in drawn] == [None, DAI, None]
    assert {one.kind for one in drawn} == {NoticeKind.DECISION_REDRAWN}
    assert {one.due_at for one in drawn} == {NINE}
    assert len({one.key for one in drawn}) == len(sent)


def test_a_house_of_many_people_can_decide(records: SqlRecords) -> None:
    """PostgreSQL takes 65,535 values in one statement; who may have a copy is twice as many as there are people."""
    handbook = a_handbook()
    staff_no = {PersonId(f"U{place}"): str(place) for place in range(33_000)}
    house = replace(handbook, people=replace(handbook.people, staff_no=staff_no))
    asked = a_notice(f"{ASKED}{DAI}", kind=KIND, place=to_person(DAI))

    with records.write() as unit:
        unit.notices.plan([asked])
        drawn = list(drawn_anew(unit, ASKED, How.GIVEN, by=SUE, at=NINE, handbook=house, seq=5))

    assert [one.place for one in drawn] == [under(asked.key)]
