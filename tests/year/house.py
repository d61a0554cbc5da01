"""A whole desk without Slack on simulated time: rules, records, courier and voice, and hands for its people."""

import itertools
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse
from sqlalchemy import event

from bot.calendars import Calendars
from bot.desk_config.load import load_handbook
from bot.phones import NumberingPlans
from bot.readers import Readers
from bot.speech import speech
from bot.voice.scene import SceneReader
from bot.voice.slack import SlackVoice
from bot.voice.wire import Wire
from scheduler.courier import Courier
from scheduler.pace import Pace
from storage.canary import prove_keys
from storage.database import Database, open_database
from storage.keys import new_key, parse_ring
from storage.outbox import SqlOutbox
from storage.records import SqlRecords
from storage.schema import upgrade
from storage.vault import Vault
from tests.year.oracle import MINUTE, Round
from tests.year.stories import Story
from tickets.case import facts as f
from tickets.case.intake import Intake
from tickets.case.values import (
    ContactChannel,
    ContactOutcome,
    Dissatisfaction,
    Number,
    PersonId,
    Priority,
    Solved,
    Text,
)
from tickets.desk import ending, work
from tickets.desk.context import Desk
from tickets.desk.log_case import log_case
from tickets.notices import Notice
from tickets.ports import Channel, Member
from tickets.watch.tick import next_moment, tick

PRESET = Path(__file__).parents[2] / "presets" / "sandbox.yml"
LOGGER, SUPERVISOR = PersonId("U0AGENT1"), PersonId("U0SUPER")
TIMES_KINDS = ("warning", "breach", "escalation")
TICK = MINUTE  # the real one is 15 s; a stage lies on a whole minute
PHONE, REACHED = ContactChannel.PHONE, ContactOutcome.REACHED


@dataclass(slots=True)
class Time:
    """The simulated moment."""

    at: datetime

    def now(self) -> datetime:
        return self.at


class QuietSlack(WebClient):
    """A Slack that takes everything at once and keeps when each message came."""

    def __init__(self, time: Time) -> None:
        super().__init__(token="xoxb-year")
        self.time = time
        self.came: dict[str, datetime] = {}  # by message stamp
        self.marks: Counter[str] = Counter()  # how often each notice's key came

    def api_call(self, api_method: str, **asked: Any) -> SlackResponse:
        """Answer as Slack does, without a network."""
        given = {**(asked.get("params") or {}), **(asked.get("json") or {})}
        answer: dict[str, object] = {"ok": True}
        match api_method:
            case "chat.postMessage":
                answer |= self._posted(given)
            case "chat.update":
                answer |= {"channel": given["channel"], "ts": given["ts"]}
            case "conversations.open":
                answer["channel"] = {"id": f"D{given['users']}"}
            case "chat.getPermalink":
                answer["permalink"] = "https://year.invalid/archives/C0/p1"
            case "auth.test":
                answer |= {"url": "https://year.invalid/", "bot_id": "B0"}
        return SlackResponse(
            client=self,
            http_verb="POST",
            api_url=api_method,
            req_args={},
            data=answer,
            headers={},
            status_code=200,
        )

    def _posted(self, given: dict[str, Any]) -> dict[str, object]:
        stamp, metadata = f"1.{len(self.came):09}", given["metadata"]
        metadata = json.loads(metadata) if isinstance(metadata, str) else metadata
        self.came[stamp] = self.time.at
        self.marks[metadata["event_payload"]["k"]] += 1
        return {"channel": given["channel"], "ts": stamp, "message": {"metadata": metadata}}


@dataclass(slots=True)
class House:
    """A whole desk without Slack: rules, records, courier and voice on simulated time."""

    desk: Desk
    time: Time
    courier: Courier
    slack: QuietSlack
    database: Database
    numbers: dict[Number, Story] = field(default_factory=dict)
    owners: dict[Number, PersonId] = field(default_factory=dict)
    _receipts: Iterator[int] = field(default_factory=itertools.count)

    def receipt(self) -> str:
        return f"year:{next(self._receipts)}"

    def log(self, told: Story) -> Number:
        """Log the case of a story."""
        intake = Intake(
            name="李小红",
            phone="13812345678",
            received_at=told.logged,
            category=told.category,
            description="空调制冷效果差，运行30分钟后出风口仍为27℃",
            expectation="48小时内上门检修",
            urgency=Priority(told.rounds[0].priority),
        )
        ticket = log_case(self.desk, intake, by=LOGGER, receipt=self.receipt()).ticket
        self.numbers[ticket.number] = told
        assert ticket.assignee
        self.owners[ticket.number] = ticket.assignee
        return ticket.number

    def do(self, number: Number, deed: str, one: Round) -> None:
        """Do one thing of a story."""
        if deed == "scored":
            self._score(number, one)
            return
        use_case, make = USE_CASES[deed]
        by = (
            SUPERVISOR
            if use_case in {ending.tell, ending.supervisor_called}
            else self.owners[number]
        )
        use_case(self.desk, number, *make(self.time.at), by=by, receipt=self.receipt())

    def _score(self, number: Number, one: Round) -> None:
        is_low = one.number == 1 and len(self.numbers[number].rounds) == 2
        scored = (
            f.Scored(score=2, solved=Solved.PARTLY, dissatisfaction=Dissatisfaction.TOO_SLOW)
            if is_low
            else f.Scored(score=5, solved=Solved.YES)
        )
        outcome = ending.score(self.desk, number, scored, by=SUPERVISOR, receipt=self.receipt())
        if is_low:
            assert outcome.ticket.assignee
            self.owners[number] = outcome.ticket.assignee
        else:
            ending.close(self.desk, number, None, by=SUPERVISOR, receipt=self.receipt())

    def next_moment(self) -> datetime | None:
        """Tell when time asks for something next."""
        return next_moment(self.desk)

    def pass_minute(self) -> None:
        """Let time do its work and everything be posted; cards and receipts are taken as posted."""
        tick(self.desk, now=self.time.at)
        with self.desk.records.read() as unit:
            if not unit.notices.waiting(due_by=self.time.at):
                return
        with self.database.writers.begin() as connection:
            for statement in _TAKEN_AS_POSTED:
                connection.exec_driver_sql(statement)
        while self.courier.work_once():
            pass


_TAKEN_AS_POSTED = (
    "UPDATE notices SET state = 'sent' WHERE state = 'ready' AND kind NOT IN"
    " ('warning', 'breach', 'escalation')",
    "UPDATE cards SET channel_id = 'C0', message_ts = 'c' || id WHERE channel_id IS NULL",
    "UPDATE cards SET shown = wanted WHERE wanted > shown",
)


def a_house(folder: Path, start: datetime) -> House:
    """Open a desk of the trial's desk.yml in a folder; nothing is kept safe from a power cut."""
    time = Time(start)
    database = open_database(f"sqlite:///{folder / 'year.db'}", readers=4)
    event.listen(
        database.writers, "connect", lambda driver, _: driver.execute("PRAGMA synchronous = OFF")
    )
    upgrade(database)
    vault = Vault(parse_ring(new_key()))
    prove_keys(database, vault)
    records = SqlRecords(database=database, vault=vault, fold_text=str)
    book = load_handbook(PRESET, today=start.date(), lookup=None).handbook
    ids = itertools.count(1)
    desk = Desk(
        records=records,
        clock=time,
        handbook=lambda: book,
        calendar=Calendars(lambda: book).in_force,
        phones=NumberingPlans(),
        new_id=lambda: f"00000000-0000-4000-8000-{next(ids):012}",
        wake=lambda: None,
    )
    slack = QuietSlack(time)
    wire = Wire(client=slack, pace=Pace(every=timedelta(0)), real=time)
    readers = Readers(speech(time), desk.handbook)
    voice = SlackVoice(desk=desk, wire=wire, scenes=SceneReader(desk, readers), real=time)
    courier = Courier(
        outbox=SqlOutbox(database),
        voice=voice,
        parked=_must_not_park,
        clock=time,
        real=time,
        owner="year",
    )
    with records.write() as unit:
        everybody = {*book.people.agents, *book.people.supervisors}
        for department in book.departments.values():
            everybody |= {department.lead, *department.members}
        for person in sorted(everybody):
            unit.directory.keep_person(Member(id=person, name=person, language="zh-Hans"))
        unit.directory.keep_channel(
            Channel(id="C0", name="tech", has_bot=True, members=frozenset(everybody))
        )
    return House(desk, time, courier, slack, database)


def _must_not_park(notice: Notice, why: str) -> None:
    raise AssertionError(f"{notice.key}: {why}")


USE_CASES: Mapping[str, tuple[Callable[..., object], Callable[[datetime], tuple[object, ...]]]] = {
    "accepted": (work.accept, lambda _: ()),
    "contacted": (
        work.contact,
        lambda now: (f.Contacted(way=PHONE, outcome=REACHED, happened_at=now),),
    ),
    "workaround": (
        work.give_workaround,
        lambda _: (f.WorkaroundGiven(workaround=Text("先用备用机"), told=True),),
    ),
    "planned": (
        work.plan,
        lambda now: (f.Planned(measures=Text("上门更换配件"), finish_by=now + timedelta(days=2)),),
    ),
    "paused": (work.wait, lambda _: (Text("客户出差"), None)),
    "resumed": (work.resume, lambda _: ()),
    "resolved": (work.resolve, lambda _: (f.Resolved(result=Text("已补充制冷剂")),)),
    "told": (
        ending.tell,
        lambda now: (f.CustomerTold(way=PHONE, happened_at=now, message=Text("已修复")),),
    ),
    "called": (ending.supervisor_called, lambda _: (f.SupervisorCalled(note=Text("已致歉")),)),
}
