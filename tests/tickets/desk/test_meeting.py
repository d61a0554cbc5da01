"""People in the weekly meeting: two at once, twice the same, who may, and what is redacted."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from storage.records import SqlRecords
from storage.tables import audit, blockers, decisions, notices
from tests.tickets.desk.desks import ANN, DAI, EVE, LEE, SUE, Trial, a_desk
from tickets.case import facts as f
from tickets.case.values import Number, PersonId, Priority, Risk, Text
from tickets.desk import chair, meeting
from tickets.desk.wish import Wish
from tickets.errors import IllegalMove, Incomplete, NotFound, Refused
from tickets.meetings.meeting import Meeting
from tickets.time.periods import Period
from tickets.watch.occasion import Occasion
from tickets.watch.weekly import open_meeting

MONDAY = datetime(2025, 9, 29, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
WEDNESDAY = MONDAY + timedelta(days=2)
KEY = "2025-W39"


def opened(records: SqlRecords, count: int = 2, **changes: object) -> tuple[Trial, list[Number]]:
    """A meeting with so many overdue tickets."""
    trial = a_desk(records)
    numbers = [trial.log(**changes) for _ in range(count)]  # type: ignore[arg-type]
    trial.clock.at = MONDAY
    period = Period("weekly_meeting", KEY, MONDAY, MONDAY - timedelta(days=7), MONDAY)
    with records.write() as unit:
        open_meeting(trial.desk, unit, Occasion(period))
    return trial, numbers


def a_wish(text: str = "向第二家供应商订购压缩机") -> Wish:
    return Wish(text=Text(text), owner=LEE, due_at=WEDNESDAY)


def held(records: SqlRecords) -> Meeting:
    with records.read() as unit:
        found = unit.meetings.find(KEY)
        assert found is not None
        return found


def count_of(records: SqlRecords, like: str) -> int:
    with records.database.reading() as connection:
        return len(connection.execute(notices.select().where(notices.c.key.like(like))).all())


def decide(trial: Trial, number: Number, wish: Wish, by: PersonId = SUE) -> None:
    meeting.decide(trial.desk, KEY, number, wish, by=by, receipt=trial.receipt())


def test_two_who_decide_at_once_are_both_kept_in_order(records: SqlRecords) -> None:
    trial, (number, other) = opened(records)
    troubles: list[Exception] = []

    def go(which: Number, text: str, by: PersonId, receipt: str) -> None:
        try:
            meeting.decide(trial.desk, KEY, which, a_wish(text), by=by, receipt=receipt)
        except Exception as trouble:  # noqa: BLE001  told below
            troubles.append(trouble)

    turns = [
        (number, "一", SUE, "a"),
        (number, "二", LEE, "b"),
        (other, "三", SUE, "c"),
        (other, "四", LEE, "d"),
    ]
    threads = [threading.Thread(target=go, args=turn) for turn in turns]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert troubles == []
    with records.read() as unit:
        kept = unit.meetings.decisions(KEY)
    assert {one.text for one in kept} == {"一", "二", "三", "四"}
    assert [one.place for one in kept] == [1, 2, 3, 4]
    assert held(records).changes == 4


def test_the_same_form_twice_decides_once(records: SqlRecords) -> None:
    trial, (number, _other) = opened(records)

    for _ in range(2):
        meeting.decide(trial.desk, KEY, number, a_wish(), by=SUE, receipt="same")

    with records.read() as unit:
        assert len(unit.meetings.decisions(KEY)) == 1


def test_closing_twice_posts_the_minutes_once(records: SqlRecords) -> None:
    trial, _numbers = opened(records)
    chair.start(trial.desk, KEY, by=SUE, receipt=trial.receipt())

    first = chair.close(trial.desk, KEY, by=SUE, receipt=trial.receipt())
    trial.clock.move(minutes=5)
    again = chair.close(trial.desk, KEY, by=DAI, receipt=trial.receipt())

    assert (again.closed_at, again.closed_by) == (first.closed_at, SUE)
    assert count_of(records, f"weekly_meeting:{KEY}:minutes:#weekly-review:%") == 1
    assert count_of(records, f"weekly_meeting:{KEY}:minutes:#tech:%") == 1


def test_starting_twice_keeps_the_first(records: SqlRecords) -> None:
    trial, _numbers = opened(records)
    chair.start(trial.desk, KEY, by=SUE, receipt=trial.receipt())
    trial.clock.move(minutes=5)

    again = chair.start(trial.desk, KEY, by=DAI, receipt=trial.receipt())

    assert (again.started_at, again.started_by) == (MONDAY, SUE)


def test_a_meeting_nobody_started_is_not_closed(records: SqlRecords) -> None:
    trial, _numbers = opened(records)

    with pytest.raises(IllegalMove) as refusal:
        chair.close(trial.desk, KEY, by=SUE, receipt=trial.receipt())

    assert refusal.value.message.id == "meeting.not_started"


def test_after_the_meeting_a_decision_is_refused_and_nothing_is_kept(records: SqlRecords) -> None:
    trial, (number, _other) = opened(records)
    chair.start(trial.desk, KEY, by=SUE, receipt=trial.receipt())
    chair.close(trial.desk, KEY, by=SUE, receipt=trial.receipt())

    with pytest.raises(IllegalMove) as refusal:
        decide(trial, number, a_wish())

    assert refusal.value.message.id == "meeting.closed"
    with records.read() as unit:
        assert unit.meetings.decisions(KEY) == ()


@pytest.mark.parametrize("who", [ANN, EVE, DAI])
def test_who_neither_leads_nor_supervises_decides_nothing(
    records: SqlRecords, who: PersonId
) -> None:
    trial, (number, _other) = opened(records)

    with pytest.raises(Refused):
        decide(trial, number, a_wish(), by=who)

    with records.database.reading() as connection:
        refused = connection.execute(audit.select().where(audit.c.outcome == "refused")).all()
    assert [(row.actor, row.action) for row in refused] == [(who, "meet")]


def test_a_lead_decides_for_the_own_department_only(records: SqlRecords) -> None:
    trial, (number,) = opened(records, 1, category="complaint/service_quality")

    with pytest.raises(Refused):
        decide(trial, number, a_wish(), by=LEE)


def test_only_who_chairs_starts_and_closes(records: SqlRecords) -> None:
    trial, _numbers = opened(records)

    for who in (ANN, LEE, EVE):
        with pytest.raises(Refused):
            chair.start(trial.desk, KEY, by=who, receipt=trial.receipt())


@pytest.mark.parametrize(
    ("wish", "fields"),
    [
        (Wish(), {"decision"}),
        (Wish(owner=LEE), {"decision"}),
        (Wish(due_at=WEDNESDAY), {"decision"}),
        (Wish(text=Text("加急")), {"person", "day"}),
        (Wish(text=Text("加急"), owner=LEE, due_at=MONDAY), {"day"}),
        (Wish(blocker="gone"), {"blocker"}),
    ],
)
def test_what_is_missing_is_said_under_its_field(
    records: SqlRecords, wish: Wish, fields: set[str]
) -> None:
    trial, (number, _other) = opened(records)

    with pytest.raises(Incomplete) as incomplete:
        decide(trial, number, wish)

    assert set(incomplete.value.problems) == fields


def test_an_owner_must_be_of_the_desk(records: SqlRecords) -> None:
    trial, (number, _other) = opened(records)
    stranger = PersonId("U0NOBODY")

    with pytest.raises(IllegalMove):
        decide(trial, number, Wish(text=Text("加急"), owner=stranger, due_at=WEDNESDAY))


def test_a_blocker_of_the_same_name_is_the_same(records: SqlRecords) -> None:
    trial, (number, other) = opened(records)
    decide(trial, number, Wish(blocker_name=Text("压缩机 缺货")))
    decide(trial, other, Wish(blocker_name=Text("压缩机缺货")))

    with records.read() as unit:
        (known,) = unit.meetings.blockers()
    assert known.tickets == 2


def test_a_blocker_noted_twice_on_a_ticket_changes_nothing(records: SqlRecords) -> None:
    trial, (number, _other) = opened(records)
    for _ in range(2):
        decide(trial, number, Wish(blocker_name=Text("压缩机缺货")))
    decide(trial, number, a_wish())

    with records.read() as unit:
        assert [one.place for one in unit.meetings.decisions(KEY)] == [1, 2]


def test_a_blocker_is_solved_once_for_all_its_tickets(records: SqlRecords) -> None:
    trial, (number, other) = opened(records)
    for one in (number, other):
        decide(trial, one, Wish(blocker_name=Text("压缩机缺货")))
    with records.read() as unit:
        (known,) = unit.meetings.blockers()

    told = [
        chair.solve_blocker(trial.desk, KEY, number, known.id, by=SUE, receipt=trial.receipt())
        for _ in range(2)
    ]

    assert told == [True, False]
    assert count_of(records, "unblocked:%") == 2
    with records.read() as unit:
        for one in (number, other):
            assert isinstance(unit.tickets.events(one)[-1].fact, f.Unblocked)


def test_an_unknown_blocker_meeting_or_row_is_said(records: SqlRecords) -> None:
    trial, (number, _other) = opened(records)
    new = trial.log()

    with pytest.raises(NotFound):
        chair.solve_blocker(trial.desk, KEY, number, "b0", by=SUE, receipt=trial.receipt())
    with pytest.raises(NotFound):
        meeting.decide(trial.desk, "2025-W01", number, a_wish(), by=SUE, receipt=trial.receipt())
    with pytest.raises(NotFound):
        decide(trial, new, a_wish())


def test_words_are_redacted_and_sealed(records: SqlRecords) -> None:
    """The customer is 李小红, 138 1234 5678; neither may stand in what channels show."""
    trial, (number, _other) = opened(records)
    typed = Text("李小红的压缩机缺货，电话 13812345678")
    decide(trial, number, Wish(text=typed, owner=LEE, due_at=WEDNESDAY, blocker_name=typed))

    with records.read() as unit:
        (kept,) = unit.meetings.decisions(KEY)
        (blocker,) = unit.meetings.blockers()
    for shown in (kept.text or "", blocker.name):
        assert "李小红" not in shown and "13812345678" not in shown and "压缩机缺货" in shown
    with records.database.reading() as connection:
        rows = [*connection.execute(decisions.select()), *connection.execute(blockers.select())]
    assert not any("压缩机".encode() in bytes(str(row), "utf-8") for row in rows)


def test_a_blocker_of_a_restricted_case_is_hidden_from_channels(records: SqlRecords) -> None:
    trial, (number, _other) = opened(records, risks=frozenset({Risk.SAFETY}), urgency=Priority.P1)

    decide(trial, number, Wish(blocker_name=Text("等待检测报告")))

    with records.read() as unit:
        (known,) = unit.meetings.blockers()
    assert known.is_hidden


def test_the_owner_is_called_in_the_tickets_thread_once(records: SqlRecords) -> None:
    trial, (number, _other) = opened(records)

    decide(trial, number, a_wish())

    assert count_of(records, f"decided:{number}:%") == 1
