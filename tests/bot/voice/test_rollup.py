"""Over twenty notices for one conversation become one message, which says each of them exactly once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.voice.render_rollup import LARGEST, SENTENCES, _size
from handlers.views.screen import Screen
from storage.records import SqlRecords
from tests.bot.voice.office import Office, an_office
from tests.bot.voice.workplace import ANN, EVE, LEE, NINE, SUE, a_plan, text_of
from tickets.case import facts as f
from tickets.case.values import Number, Priority, Text
from tickets.desk import work
from tickets.notices import (
    Notice,
    NoticeKind,
    NoticeState,
    Urgency,
    in_thread,
    to_person,
)
from tickets.rollup import MOST_WAITING, ROLLED_UP
from tickets.time.deadline import DeadlineKind

MANY = MOST_WAITING + 4
LATER = NINE + timedelta(days=3, minutes=5)


@pytest.fixture
def office(records: SqlRecords) -> Iterator[Office]:
    with an_office(records) as desk:
        yield desk


def a_breach(
    office: Office, number: Number, *, urgency: Urgency = Urgency.BREACH, called: str = EVE
) -> Notice:
    with office.desk.records.read() as unit:
        due_at = next(
            one.due_at
            for one in unit.watch.deadlines(number)
            if one.kind is DeadlineKind.RESOLUTION
        )
    assert due_at
    assert due_at < LATER
    return Notice(
        key=f"breach:{number}",
        kind=NoticeKind.BREACH,
        place=in_thread(number),
        urgency=urgency,
        due_at=due_at,
        number=number,
        params={
            "deadline": "resolution",
            "detail": "",
            "due_at": due_at.isoformat(),
            "stage": 1,
            "called": called,
        },
    )


def many(office: Office, count: int = MANY) -> list[Number]:
    """Log cases and see all of their first messages posted."""
    numbers = [office.log() for _ in range(count)]
    office.rest()
    return numbers


def breach(office: Office, numbers: list[Number], **how: Any) -> None:
    """Let a deadline of each of these have passed."""
    notices = [a_breach(office, number, **how) for number in numbers]
    with office.desk.records.write() as unit:
        unit.notices.plan(notices)
    office.clock.at = LATER
    office.courier._roll_up_at = None  # it has just looked


def state(office: Office, key: str) -> NoticeState | None:
    with office.desk.records.read() as unit:
        return unit.notices.state(key)


def roll_ups(office: Office, channel: str = "C0TECH") -> list[dict[str, object]]:
    return [m for m in office.slack.messages(channel) if m["text"].startswith("以下")]


def test_many_breaches_become_one_message_that_links_each_ticket_and_calls_each_person_once(
    office: Office,
) -> None:
    numbers = many(office)
    breach(office, numbers)

    office.rest()

    (said,) = roll_ups(office)
    links = [e for e in elements(said) if e["type"] == "link"]
    users = [e["user_id"] for e in elements(said) if e["type"] == "user"]
    assert len({link["url"] for link in links}) == len(numbers)
    assert all("/archives/C0TECH/p" in link["url"] for link in links)
    assert users == [EVE]
    assert all(number in str(said["text"]) for number in numbers)
    assert {state(office, f"breach:{number}") for number in numbers} == {NoticeState.SENT}
    with office.desk.records.read() as unit:
        at = {unit.notices.posted(f"breach:{number}") for number in numbers}
    assert [one.message_ts for one in at if one] == [said["ts"]]


def elements(message: dict[str, object]) -> list[dict[str, str]]:
    found = []
    for block in message["blocks"]:  # type: ignore[attr-defined]
        for section in block.get("elements", []):
            found += section.get("elements", [])
    return found


def test_twenty_go_by_themselves(office: Office) -> None:
    numbers = many(office, MOST_WAITING)
    breach(office, numbers)

    office.rest()

    assert roll_ups(office) == []
    assert {state(office, f"breach:{number}") for number in numbers} == {NoticeState.SENT}


def test_the_first_priority_and_assignments_are_never_rolled_up(office: Office) -> None:
    numbers = [office.log(Priority.P1) for _ in range(MANY)]
    office.courier._roll_up_at = None

    office.rest()

    assert roll_ups(office) == []
    assert NoticeKind.ASSIGNED not in ROLLED_UP
    assert NoticeKind.CARD not in ROLLED_UP
    breach(office, numbers, urgency=Urgency.P1)
    office.rest()
    assert roll_ups(office) == []


def test_what_has_become_pointless_is_not_listed(office: Office) -> None:
    numbers = many(office)
    breach(office, numbers)
    office.outbox.roll_up(now=LATER, at=office.voice.real.now())
    done, *open_ = numbers
    with office.desk.records.write() as unit:
        unit.notices.supersede(done, [NoticeKind.BREACH], reason="answered")

    office.rest()

    (said,) = roll_ups(office)
    assert done not in str(said["text"])
    assert all(number in str(said["text"]) for number in open_)
    assert state(office, f"breach:{done}") is NoticeState.SUPERSEDED


def test_a_person_waits_for_one_message_too(office: Office) -> None:
    numbers = [office.log() for _ in range(MANY)]
    for number in numbers:
        work.accept(office.desk, number, by=owner(office, number), receipt=f"a{number}")
    office.rest()
    for number in numbers:
        resolved = f.Resolved(result=Text("已补充制冷剂"))
        by = owner(office, number)
        work.resolve(office.desk, number, resolved, by=by, receipt=f"r{number}")
    office.courier._roll_up_at = None

    office.rest()

    ann = office.slack.look(lambda: office.slack.sandbox.workspace.direct(ANN).id)
    lists = [said for said in office.said(ann) if "tickets need a look" in said]
    assert len(lists) == 1
    assert all(number in lists[0] for number in numbers)


def owner(office: Office, number: Number) -> str:
    with office.desk.records.read() as unit:
        return str(unit.tickets.get(number).assignee)


def test_whom_the_channel_does_not_reach_is_told_privately(records: SqlRecords) -> None:
    with an_office(records, a_plan(tech=["U0ENG1", "U0ENG2"])) as office:
        numbers = many(office)
        breach(office, numbers, called=f"{EVE},{LEE}")

        office.rest()

        (said,) = roll_ups(office)
        assert [e["user_id"] for e in elements(said) if e["type"] == "user"] == [EVE]
        assert {state(office, f"breach:{one}:dm:{LEE}") for one in numbers} == {NoticeState.SENT}


@pytest.mark.proves("F07")
@pytest.mark.parametrize("fault", ["reply_lost", "accepted_late"])
def test_a_lost_answer_leaves_one_list(office: Office, fault: str) -> None:
    numbers = many(office)
    breach(office, numbers)
    office.slack.fault("chat.postMessage", fault, delay_s=0.0)

    office.rest()

    assert len(roll_ups(office)) == 1
    assert {state(office, f"breach:{number}") for number in numbers} == {NoticeState.SENT}


def test_a_list_that_never_arrived_is_said_again(office: Office) -> None:
    numbers = many(office)
    breach(office, numbers)
    office.slack.fault("chat.postMessage", "http_error", status=503)

    office.rest()

    assert len(roll_ups(office)) == 1
    assert {state(office, f"breach:{number}") for number in numbers} == {NoticeState.SENT}


def test_a_list_that_is_refused_lets_each_go_by_itself(office: Office) -> None:
    numbers = many(office)
    breach(office, numbers)
    office.slack.fault("chat.postMessage", "error", error="restricted_action")

    office.rest()

    assert roll_ups(office) == []
    assert {state(office, f"breach:{number}") for number in numbers} == {NoticeState.SENT}
    threads = [text_of(m) for m in office.slack.messages("C0TECH")]
    assert len([one for one in threads if "<@U0ENG1>" in one]) >= len(numbers)


def test_a_list_that_has_not_gone_takes_in_what_comes_later(office: Office) -> None:
    numbers = many(office, 2 * MOST_WAITING + 6)
    half = MOST_WAITING + 3
    breach(office, numbers[:half])
    assert office.outbox.roll_up(now=LATER, at=office.voice.real.now()) == 1
    breach(office, numbers[half:])
    assert office.outbox.roll_up(now=LATER, at=office.voice.real.now()) == 2

    office.rest()

    lists = roll_ups(office)
    assert len(lists) == 2
    assert {state(office, f"breach:{number}") for number in numbers} == {NoticeState.SENT}
    assert all(sum(number in str(said["text"]) for said in lists) == 1 for number in numbers)


@pytest.mark.proves("F56")
def test_a_full_list_stays_inside_what_slack_takes(office: Office) -> None:
    numbers = many(office, 40)
    breach(office, numbers)

    office.rest()

    (said,) = roll_ups(office)
    assert len(str(said["blocks"])) <= LARGEST * 1.5
    refused = [e.error for e in office.slack.traffic() if e.name == "chat.postMessage" and not e.ok]
    assert refused == []


def test_every_kind_that_is_rolled_up_has_its_line() -> None:
    assert set(SENTENCES) == ROLLED_UP
    assert _size(Screen("", ())) == 2
    assert to_person(SUE).key == SUE
