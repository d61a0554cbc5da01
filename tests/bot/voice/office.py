"""A whole desk on a file of its own beside a running sandbox, with real use cases, records and outbox."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

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
from sandbox.running import RunningSandbox, running
from scheduler.courier import Courier
from scheduler.pace import Pace
from scheduler.reconcile import Reconciler
from storage.outbox import SqlOutbox
from storage.records import SqlRecords
from storage.tables import notices
from tests.bot.voice.workplace import ANN, AT_ONCE, NINE, PRESET, StoppedClock, a_plan, text_of
from tickets.case.intake import Intake
from tickets.case.values import Number, Priority, Salutation
from tickets.desk.context import Desk
from tickets.desk.log_case import log_case
from tickets.notices import NoticeKind, NoticeState
from tickets.time.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Office:
    """A whole desk on a file of its own beside a running sandbox."""

    desk: Desk
    slack: RunningSandbox
    courier: Courier
    reconciler: Reconciler
    voice: SlackVoice
    clock: StoppedClock
    outbox: SqlOutbox

    def log(self, urgency: Priority = Priority.P2, **changes: Any) -> Number:
        intake = Intake(
            name="李四",
            salutation=Salutation.MS,
            phone="13800135678",
            category="after_sales/fault",
            description="空调制冷效果差，运行30分钟后出风口仍为27℃",
            expectation="48小时内上门检修",
            urgency=urgency,
            received_at=NINE,
        )
        given = replace(intake, **changes)
        return log_case(self.desk, given, by=ANN, receipt=self.receipt()).ticket.number

    @staticmethod
    def receipt() -> str:
        return str(uuid.uuid4())

    def rest(self) -> None:
        """Deliver and look back until nothing moves any more."""
        while self.courier.work_once() or self.reconciler.work_once():
            pass

    def kinds_sent(self) -> set[NoticeKind]:
        """Tell which kinds of notices have been posted."""
        sent = select(notices.c.kind).where(notices.c.state == NoticeState.SENT).distinct()
        with self.outbox.database.reading() as connection:
            return {NoticeKind(kind) for kind in connection.execute(sent).scalars()}

    def said(self, channel: str) -> list[str]:
        bot = self.slack.app.bot_id
        return [text_of(m) for m in self.slack.messages(channel) if m.get("bot_id") == bot]


@contextmanager
def an_office(
    records: SqlRecords, plan: dict[str, Any] | None = None, language: str = ""
) -> Iterator[Office]:
    """Open the desk of the preset; nothing is paced, and what is unclear is looked up at once."""
    book = load_handbook(PRESET, today=date(2025, 9, 22), lookup=None).handbook
    book = replace(book, language=language or book.language)
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
    with running(plan or a_plan()) as slack:
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
        yield Office(desk, slack, courier, reconciler, voice, clock, outbox)
