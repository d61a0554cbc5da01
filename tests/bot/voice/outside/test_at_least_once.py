"""What leaves arrives at least once; what is unclear is said once more, marked, and then the admins know."""

import json
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
import respx
from sqlalchemy import func, select

from bot.voice.outside.breaker import OPENS_AFTER
from bot.voice.outside.guard import Guard
from bot.voice.outside.reach import Reach
from bot.voice.outside.verdicts import REFUSALS
from storage.records import SqlRecords
from storage.tables import notices
from tests.bot.voice.outside.beyond import CRM, WHSEC, Beyond, a_book, a_robot, beyond
from tests.bot.voice.outside.receiver import (
    Receiver,
    a_receiver,
    answers,
    keeps_silent,
    resets,
)
from tickets.handbook import Handbook, RobotKind, Webhook
from tickets.handbook import OutsideEvent as E
from tickets.notices import NoticeKind

LOGGED = frozenset({E.LOGGED})
ROBOT_OK = answers(200, b'{"errcode":0}')
HERE = Reach(guard=Guard(), connect_s=1, read_s=0.3, total_s=0.6)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with a_receiver() as running:
        yield running


@pytest.fixture
def crm(records: SqlRecords, receiver: Receiver) -> Beyond:
    """A desk whose CRM is the receiver on this machine."""
    book = here(a_book(events=LOGGED))
    hook = Webhook("crm", LOGGED, receiver.url)
    return beyond(records, replace(book, webhooks={"crm": hook}), reach=HERE)


@pytest.fixture
def group(records: SqlRecords, receiver: Receiver) -> Beyond:
    """A desk whose DingTalk robot is the receiver on this machine."""
    receiver.usually = ROBOT_OK
    book = here(a_book(a_robot("ding", RobotKind.DINGTALK, E.LOGGED), events=frozenset()))
    return beyond(records, book, variables={"ROBOT_DING_URL": receiver.url}, reach=HERE)


def here(book: Handbook) -> Handbook:
    return replace(book, allow_hosts=frozenset({"127.0.0.1"}))


def titles(receiver: Receiver) -> list[str]:
    return [json.loads(letter.body)["markdown"]["title"] for letter in receiver.letters]


def told_admins(desk: Beyond, records: SqlRecords) -> int:
    counted = select(func.count()).where(notices.c.kind == NoticeKind.OPERATOR)
    with records.database.reading() as connection:
        return int(connection.execute(counted).scalar_one())


@pytest.mark.parametrize("behaviour", [resets, keeps_silent])
def test_an_unclear_letter_is_repeated_once_and_marked(
    group: Beyond, receiver: Receiver, behaviour: object
) -> None:
    receiver.plan = [behaviour]  # type: ignore[list-item]
    number = group.trial.log()

    group.deliver()
    assert len(receiver.letters) == 1
    for _ in range(4):
        group.later(seconds=40)

    assert titles(receiver) == [
        f"客户服务中心：新工单 {number}",
        f"客户服务中心：新工单 {number}（可能重复）",
    ]
    assert group.parked == []


def test_a_letter_unclear_twice_is_parked_and_the_admins_are_told(
    group: Beyond, receiver: Receiver, records: SqlRecords
) -> None:
    receiver.plan = [resets, resets]
    group.trial.log()

    group.deliver()
    for _ in range(5):
        group.later(seconds=40)

    assert len(receiver.letters) == 2
    assert [why for _, why in group.parked] == ["maybe_sent: unclear_twice"]
    assert told_admins(group, records) == 1


def test_a_killed_sender_says_it_once_more(group: Beyond, receiver: Receiver) -> None:
    group.trial.log()
    claim = None
    while claim is None or not claim.notice.place.is_outside:  # claimed, and then kill -9
        claim = group.outbox.claim(now=group.trial.clock.at, at=group.real.at, owner="killed")
        assert claim
    group.voice.deliver(claim)

    group.later(seconds=100)
    group.later(seconds=100)

    assert len(titles(receiver)) == 2
    assert titles(receiver)[1].endswith("（可能重复）")


def test_a_webhook_repeats_with_the_same_id(crm: Beyond, receiver: Receiver) -> None:
    receiver.plan = [resets]
    crm.trial.log()

    crm.deliver()
    crm.later(seconds=40)

    first, again = (json.loads(letter.body) for letter in receiver.letters)
    assert first["id"] == again["id"]
    assert "possiblyrepeated" not in first
    assert again["possiblyrepeated"] is True
    assert {letter.headers["webhook-id"] for letter in receiver.letters} == {first["id"]}


def test_retry_after_is_honoured(crm: Beyond, receiver: Receiver) -> None:
    receiver.plan = [answers(429, retry_after="120")]
    crm.trial.log()
    crm.deliver()

    crm.later(seconds=119)
    assert len(receiver.letters) == 1
    crm.later(seconds=2)
    assert len(receiver.letters) == 2
    assert crm.parked == []


@pytest.mark.proves("F60")
def test_five_hundreds_open_the_breaker_and_a_probe_closes_it(
    crm: Beyond, receiver: Receiver
) -> None:
    receiver.usually = answers(500)
    for _ in range(20):
        crm.trial.log()

    crm.deliver()
    assert len(receiver.letters) == OPENS_AFTER
    crm.later(seconds=31)
    assert len(receiver.letters) == OPENS_AFTER + 1  # one probe, in vain

    receiver.usually = answers(200)
    for _ in range(60):
        crm.later(seconds=30)

    delivered = {letter.headers["webhook-id"] for letter in receiver.letters}
    assert len(delivered) == 20
    assert crm.parked == []


def test_a_destination_that_is_away_for_long_is_told_of_once_and_loses_nothing_within_a_day(
    crm: Beyond, receiver: Receiver, records: SqlRecords
) -> None:
    receiver.usually = answers(503)
    crm.trial.log()
    crm.deliver()

    for _ in range(30):
        crm.later(minutes=10)
    assert crm.parked == []
    assert told_admins(crm, records) == 1

    receiver.usually = answers(200)
    for _ in range(4):
        crm.later(minutes=10)
    assert crm.parked == []
    arrived = len(receiver.letters)
    crm.later(hours=2)
    assert len(receiver.letters) == arrived


def test_what_is_refused_for_a_day_is_given_up_and_said_so(crm: Beyond, receiver: Receiver) -> None:
    receiver.usually = answers(503)
    crm.trial.log()

    for _ in range(52):
        crm.later(minutes=30)

    assert [why for _, why in crm.parked] == ["http 503"]


@pytest.mark.proves("F61")
@pytest.mark.parametrize("status", [301, 302, 400, 403, 404])
def test_poison_is_tried_a_few_times_and_parked(
    crm: Beyond, receiver: Receiver, status: int
) -> None:
    receiver.usually = answers(status, location="http://169.254.169.254/latest/meta-data/")
    crm.trial.log()

    for _ in range(60):
        crm.later(minutes=1)

    assert len(receiver.letters) == REFUSALS
    assert [why for _, why in crm.parked] == [f"http {status}"]


def test_gone_is_gone(crm: Beyond, receiver: Receiver) -> None:
    receiver.usually = answers(410)
    crm.trial.log()

    crm.deliver()

    assert [why for _, why in crm.parked] == ["http 410"]


@pytest.mark.proves("F60")
def test_a_receiver_that_is_down_keeps_no_thread_waiting(
    crm: Beyond, receiver: Receiver, records: SqlRecords
) -> None:
    receiver.usually = keeps_silent
    number = crm.trial.log()

    crm.deliver()

    slack = crm.courier.voice.slack.posts  # type: ignore[attr-defined]
    assert {notice.number for _, notice in slack} == {number}
    assert {notice.kind for _, notice in slack} >= {NoticeKind.CARD, NoticeKind.ASSIGNED}


def test_events_of_one_ticket_arrive_in_order(records: SqlRecords) -> None:
    desk = beyond(records, a_book())
    with respx.mock:
        route = respx.post(CRM).mock(side_effect=[httpx.Response(503)] + [httpx.Response(200)] * 9)
        desk.trial.log()
        desk.deliver()
        for _ in range(5):
            desk.later(seconds=30)

    kinds = [json.loads(call.request.content)["type"] for call in route.calls]
    assert kinds == [
        "deskbot.ticket.logged",
        "deskbot.ticket.logged",
        "deskbot.ticket.assigned",
    ]
    assert WHSEC not in str(route.calls[0].request.headers)


def test_no_log_line_shows_an_address_or_an_answer(
    crm: Beyond, receiver: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    receiver.plan = [
        answers(500, b"secretanswer"),
        answers(404, b"secretanswer"),
        resets,
        answers(200, b"secretanswer"),
    ]
    crm.trial.log()

    for _ in range(6):
        crm.later(minutes=1)

    said = "".join(capsys.readouterr())
    assert (
        "notice " in said
    )  # which lines come depends on who set up logging in this process before
    for secret in ("verysecret", "secretanswer", "127.0.0.1", WHSEC):
        assert secret not in said
