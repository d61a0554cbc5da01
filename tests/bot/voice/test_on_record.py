"""From a logged case to what people read, with the real use cases, records and outbox, beside a Slack that fails."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from bot.clock import SystemClock
from bot.desk_config.load import load_handbook
from bot.directory import DirectoryRefresh
from bot.phones import NumberingPlans
from bot.readers import Readers
from bot.speech import strict_speech
from bot.voice.detour import Detour
from bot.voice.scene import SceneReader
from bot.voice.slack import SlackVoice
from bot.voice.wire import Wire, quiet_client
from sandbox.faults import FaultKind
from sandbox.running import RunningSandbox, running
from scheduler.courier import Courier
from scheduler.pace import Pace
from scheduler.reconcile import Reconciler
from storage.outbox import SqlOutbox
from storage.records import SqlRecords
from tests.bot.voice.workplace import (
    ANN,
    AT_ONCE,
    EVE,
    NINE,
    PRESET,
    SUE,
    StoppedClock,
    a_plan,
    text_of,
)
from tickets.case.intake import Intake
from tickets.case.values import Number, Priority, Salutation
from tickets.desk.context import Desk
from tickets.desk.log_case import log_case
from tickets.desk.owners import assign
from tickets.desk.shift import hand_over, remind
from tickets.desk.work import accept
from tickets.time.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Office:
    """A whole desk on a file of its own beside a running sandbox."""

    desk: Desk
    slack: RunningSandbox
    courier: Courier
    reconciler: Reconciler

    def log(self) -> Number:
        intake = Intake(
            name="李四",
            salutation=Salutation.MS,
            phone="13800135678",
            category="after_sales/fault",
            description="空调制冷效果差，运行30分钟后出风口仍为27℃",
            expectation="48小时内上门检修",
            urgency=Priority.P2,
            received_at=NINE,
        )
        return log_case(self.desk, intake, by=ANN, receipt=str(uuid.uuid4())).ticket.number

    def rest(self) -> None:
        """Deliver and look back until nothing moves any more."""
        while self.courier.work_once() or self.reconciler.work_once():
            pass

    def said(self, channel: str) -> list[str]:
        bot = self.slack.app.bot_id
        return [text_of(m) for m in self.slack.messages(channel) if m.get("bot_id") == bot]


@pytest.fixture
def office(records: SqlRecords) -> Iterator[Office]:
    book = load_handbook(PRESET, today=date(2025, 9, 22), lookup=None).handbook
    calendar, clock = Calendar(book.calendar), StoppedClock()
    desk = Desk(
        records=records,
        clock=clock,
        handbook=lambda: book,
        calendar=lambda: calendar,
        phones=NumberingPlans(),
        new_id=lambda: str(uuid.uuid4()),
        wake=lambda: None,
    )
    with running(a_plan()) as slack:
        client = quiet_client(slack.app.bot_token, slack.api_url)
        DirectoryRefresh(client, records, desk.handbook)()
        voice = SlackVoice(
            desk=desk,
            wire=Wire(client, Pace(burst=1000), SystemClock()),
            scenes=SceneReader(desk, Readers(strict_speech(clock), desk.handbook)),
            real=SystemClock(),
        )
        outbox, detour = SqlOutbox(records.database), Detour(desk)
        courier = Courier(
            outbox=outbox,
            voice=voice,
            parked=detour,
            clock=clock,
            real=SystemClock(),
            owner="test",
        )
        reconciler = Reconciler(
            outbox=outbox,
            voice=voice,
            parked=detour,
            real=SystemClock(),
            settle_times=AT_ONCE,
            wake=courier.wake,
        )
        yield Office(desk, slack, courier, reconciler)


def direct(office: Office, person: str) -> str:
    return office.slack.look(lambda: office.slack.sandbox.workspace.direct(person).id)


def test_a_logged_case_is_on_the_screens_of_those_it_concerns(office: Office) -> None:
    number = office.log()

    office.rest()

    card, mention = office.slack.messages("C0TECH")[0], office.slack.messages("C0TECH")[0]["ts"]
    thread = office.slack.messages("C0TECH", thread_ts=mention)
    assert number in text_of(card)
    assert "<@U0ENG" in text_of(thread[1])
    assert number in office.said(direct(office, ANN))[0]


def test_a_change_is_on_the_card_and_the_card_is_updated_once(office: Office) -> None:
    number = office.log()
    office.rest()
    before = [e for e in office.slack.traffic() if e.name == "chat.update"]
    with office.desk.records.read() as unit:
        assignee = unit.tickets.get(number).assignee
    assert assignee
    accept(office.desk, number, by=assignee, receipt="r-accept")

    office.rest()

    updates = [e for e in office.slack.traffic() if e.name == "chat.update"]
    assert before == []
    assert len(updates) == 1
    assert "处理中" in office.said("C0TECH")[0]


def test_a_case_given_to_another_department_moves(office: Office) -> None:
    number = office.log()
    office.rest()
    assign(office.desk, number, "U0OPS", None, by=SUE, receipt="r-move")  # type: ignore[arg-type]

    office.rest()

    assert "<#C0OPS>" in office.said("C0TECH")[0]
    assert number in office.said("C0OPS")[0]


def test_a_shift_leaves_its_work_and_a_reminder_comes_when_it_is_due(office: Office) -> None:
    number = office.log()
    office.rest()
    remind(office.desk, number, NINE, by=EVE, receipt="r-remind")
    hand_over(office.desk, by=EVE, receipt="r-shift")
    hand_over(office.desk, by="U0ENG2", receipt="r-shift-2")  # type: ignore[arg-type]

    office.rest()

    assert any("您设定的提醒时间到了" in said for said in office.said(direct(office, EVE)))
    assert len([said for said in office.said("C0TECH") if "交班" in said]) == 1


@pytest.mark.parametrize("seed", range(4))
def test_whatever_slack_does_each_notice_is_visible_once(office: Office, seed: int) -> None:
    for kind in (FaultKind.REPLY_LOST, FaultKind.HTTP_ERROR):
        office.slack.fault(
            "chat.postMessage",
            kind,
            times=None,
            probability=0.3,
            seed=seed,
            accepted=True,
        )
    office.slack.fault(
        "chat.postMessage", "http_error", times=None, probability=0.2, seed=seed + 9, status=503
    )
    for _ in range(4):
        office.log()
        for _ in range(6):
            office.courier.work_once()
            office.reconciler.work_once()
    office.slack.admin("clear_faults")

    office.rest()

    keys = [
        post.body["metadata"]["event_payload"]["k"]
        for channel in office.slack.sandbox.workspace.channels.values()
        for post in channel.posts.values()
        if "metadata" in post.body
    ]
    assert len(keys) == len(set(keys)) == 12  # a card, a mention and a word to the logger each
