"""A desk whose voice speaks to the sandbox's server, with one ticket on record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

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
from scheduler.reconcile import Reconciler, SettleTimes
from tests.bot.voice.fake_records import CardKeepingOutbox, FakeRecords, fake_records
from tickets.case import facts as f
from tickets.case.announce import notices_of
from tickets.case.fold import fold
from tickets.case.log import DESK, Event
from tickets.case.ticket import Ticket
from tickets.case.values import (
    AssignCause,
    ContactChannel,
    CustomerId,
    CustomerType,
    Kind,
    Number,
    PersonId,
    Priority,
    Salutation,
    Text,
)
from tickets.desk.context import Desk
from tickets.handbook import Handbook
from tickets.notices import Notice
from tickets.people.customers import Customer
from tickets.ports import Records
from tickets.time.calendar import Calendar

NINE = datetime(2025, 9, 22, 1, 0, tzinfo=UTC)  # a Monday, 09:00 in Shanghai
ANN, BOB, EVE, BEN, LEE, SUE, ADA, DAN = (
    PersonId(f"U0{name}")
    for name in ("AGENT1", "AGENT2", "ENG1", "ENG2", "LEAD", "SUPER", "ADMIN", "DIRECTOR")
)
PEOPLE = {
    ANN: ("Ann", "en-US"),
    BOB: ("Bob", "en-US"),
    EVE: ("Eve", "zh-CN"),
    BEN: ("Ben", "en-US"),
    LEE: ("Lee", "zh-TW"),
    SUE: ("Sue", "en-US"),
    ADA: ("Ada", "en-US"),
    DAN: ("Dan", "en-US"),
    PersonId("U0OPS"): ("Olga", "en-US"),
    PersonId("U0AUDIT"): ("Abe", "en-US"),
}
NUMBER = Number("20250922001")
CUSTOMER = CustomerId("c1")
PHONE = "+8613800135678"
PRESET = Path(__file__).parents[3] / "presets" / "sandbox.yml"
AT_ONCE = SettleTimes(usual=timedelta(0), urgent=timedelta(0))


@dataclass(slots=True)
class StoppedClock:
    at: datetime = NINE

    def now(self) -> datetime:
        return self.at


def a_plan(**members: list[str]) -> dict[str, Any]:
    """A workspace with the preset's people and channels; `members` says who is in a channel."""
    everyone = list(PEOPLE)
    names = {"tech": "C0TECH", "operations": "C0OPS", "service-desk": "C0DESK"}
    return {
        "users": [
            {"id": person, "name": name, "real_name": name, "locale": locale}
            | {"tz": "Asia/Shanghai"}
            for person, (name, locale) in PEOPLE.items()
        ],
        "channels": [
            {"id": channel, "name": name, "members": members.get(name, everyone)}
            for name, channel in names.items()
        ],
    }


def logged(**changes: Any) -> f.Logged:
    """The air conditioner that cools badly."""
    given: dict[str, Any] = {
        "customer_id": CUSTOMER,
        "customer_type": CustomerType.EXISTING,
        "kind": Kind.AFTER_SALES,
        "category": "after_sales/fault",
        "urgency": Priority.P2,
        "priority": Priority.P2,
        "contact_channel": ContactChannel.PHONE,
        "received_at": NINE,
        "description": Text("李四女士的空调制冷效果差，电话13800135678"),
        "expectation": Text("48小时内上门检修"),
    }
    return f.Logged(**(given | changes))


def assigned(
    to: PersonId | None = EVE, department: str = "tech", cause: AssignCause = AssignCause.RULE
) -> f.Assigned:
    return f.Assigned(department=department, assignee=to, cause=cause, rule=2)


@dataclass(slots=True)
class Workplace:
    """Everything a delivery passes through, with Slack's side and the records in the test's hands."""

    slack: RunningSandbox
    handbook: Handbook
    clock: StoppedClock = field(default_factory=StoppedClock)
    records: FakeRecords = field(init=False)
    outbox: CardKeepingOutbox = field(init=False)
    desk: Desk = field(init=False)
    wire: Wire = field(init=False)
    voice: SlackVoice = field(init=False)
    courier: Courier = field(init=False)

    def __post_init__(self) -> None:
        self.records, self.outbox = fake_records()
        calendar = Calendar(self.handbook.calendar)
        self.desk = Desk(
            records=cast(Records, self.records),
            clock=self.clock,
            handbook=lambda: self.handbook,
            calendar=lambda: calendar,
            phones=NumberingPlans(),
            new_id=lambda: "id",
            wake=lambda: None,
        )
        self.wire = self.a_wire()
        readers = Readers(strict_speech(self.clock), lambda: self.handbook)
        self.voice = SlackVoice(
            desk=self.desk,
            wire=self.wire,
            scenes=SceneReader(self.desk, readers),
            real=SystemClock(),
        )
        self.courier = Courier(
            outbox=self.outbox,
            voice=self.voice,
            parked=Detour(self.desk),
            clock=self.clock,
            real=SystemClock(),
            owner="test",
        )
        self.unit.customers.rows[CUSTOMER] = Customer(
            id=CUSTOMER,
            name="李四",
            phone=PHONE,
            salutation=Salutation.MS,
            created_at=NINE,
        )
        self.refresh()

    @property
    def unit(self) -> Any:
        return self.records.unit

    def a_wire(self) -> Wire:
        client = quiet_client(self.slack.app.bot_token, self.slack.api_url)
        return Wire(client, Pace(every=timedelta(milliseconds=1)), SystemClock())

    def refresh(self) -> None:
        DirectoryRefresh(self.wire.client, self.desk.records, self.desk.handbook)()

    def happens(self, *facts: f.Fact, by: PersonId = ANN, tell: bool = True) -> Ticket:
        """Append facts to the ticket and plan what follows from them."""
        log = self.unit.tickets.logs.get(NUMBER, ())
        new = tuple(
            Event("t1", NUMBER, seq, self.clock.now(), self._author(fact, by), fact)
            for seq, fact in enumerate(facts, start=len(log) + 1)
        )
        before = fold(log) if log else None
        self.unit.tickets.logs[NUMBER] = (*log, *new)
        after = fold((*log, *new))
        self.unit.cards.want(NUMBER, department=after.department, version=after.version)
        if tell:
            self.outbox.plan(*notices_of(before, after, new, self.handbook))
        return after

    def plan(self, *notices: Notice) -> None:
        self.outbox.plan(*notices)

    def deliver(self) -> None:
        """Let the courier work until nothing is to do."""
        rest = 200
        while self.courier.work_once() and rest:
            rest -= 1
        assert rest, "the courier does not come to rest"
        assert self.records.open_now == 0

    def look_back(self) -> int:
        return Reconciler(
            outbox=self.outbox,
            voice=self.voice,
            parked=Detour(self.desk),
            real=SystemClock(),
            settle_times=AT_ONCE,
            wake=lambda: None,
        ).work_once()

    def posted(self, where: str) -> list[dict[str, Any]]:
        """List the bot's messages in a channel, or in a person's direct message, threads included."""
        workspace = self.slack.sandbox.workspace

        def listed() -> list[dict[str, Any]]:
            channel = workspace.channels.get(where) or workspace.channel_named(where)
            channel = channel or workspace.direct(where)
            return [dict(p.body) for p in channel.posts.values() if p.body.get("bot_id")]

        return self.slack.look(listed)

    @staticmethod
    def _author(fact: f.Fact, by: PersonId) -> PersonId:
        routed = isinstance(fact, f.Assigned) and fact.cause is AssignCause.RULE
        return DESK if routed else by


@contextmanager
def a_workplace(**members: list[str]) -> Iterator[Workplace]:
    """Open a desk beside a running sandbox."""
    book = load_handbook(PRESET, today=date(2025, 9, 22), lookup=None).handbook
    with running(a_plan(**members)) as slack:
        yield Workplace(slack, book)


def text_of(message: dict[str, Any]) -> str:
    """Give every word a message's blocks show, in order."""
    return "".join(_words(message.get("blocks") or []))


LEAVES = {
    "user": lambda node: f"<@{node['user_id']}>",
    "channel": lambda node: f"<#{node['channel_id']}>",
    "date": lambda node: f"<{node['fallback']}>",
    "text": lambda node: node["text"],
    "plain_text": lambda node: node["text"],
    "link": lambda node: node.get("text", ""),
}


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _words(one)
    elif isinstance(node, dict) and node.get("type") in LEAVES:
        yield LEAVES[node["type"]](node)
    elif isinstance(node, dict):
        for key in ("text", "elements", "fields"):
            yield from _words(node.get(key))
