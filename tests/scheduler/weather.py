"""A whole desk on simulated time beside a Slack whose weather the test makes: away, too busy, or fine."""

import itertools
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.error import URLError
from zoneinfo import ZoneInfo

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.calendars import Calendars
from bot.desk_config.load import load_handbook
from bot.phones import NumberingPlans
from bot.readers import Readers
from bot.speech import speech
from bot.trial.desk import PRESET
from bot.voice.attachments import mark_of, paper_mark
from bot.voice.detour import Detour
from bot.voice.scene import SceneReader
from bot.voice.slack import SlackVoice
from bot.voice.wire import Wire, key_hash
from scheduler.courier import Courier
from scheduler.pace import Pace
from scheduler.reconcile import Reconciler, SettleTimes
from storage.outbox import SqlOutbox
from storage.records import SqlRecords
from tests.scheduler.fake_voice import Time
from tickets.case.intake import Intake
from tickets.case.values import Number, PersonId, Priority
from tickets.desk.context import Desk
from tickets.desk.log_case import log_case
from tickets.ports import Channel, Member
from tickets.watch.tick import tick

ANN = PersonId("U0AGENT1")
MONDAY = datetime(2025, 9, 22, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)
CHANNELS = {"tech": "C0TECH", "operations": "C0OPS", "service-desk": "C0DESK"}
FAULT, QUALITY = "after_sales/fault", "complaint/service_quality"
BEAT = timedelta(seconds=15)
NO_LAG = timedelta(0)
UPLOADS = "https://weather.invalid/upload/"

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Post:
    """What came to stand in a channel."""

    at: datetime
    channel: str
    ts: str
    mark: str
    thread_ts: str | None
    body: Answer

    @property
    def message(self) -> Answer:
        """Give it as Slack's history does."""
        return {
            "ts": self.ts,
            "bot_id": "B0",
            **{name: self.body.get(name) for name in ("text", "metadata", "files")},
        }


class Weather(WebClient):
    """A Slack on simulated time.

    `away` breaks every call, `refuse` tells how many seconds a channel waits, `lag` how long after a
    broken connection a post is accepted all the same.
    """

    def __init__(self, time: Time) -> None:
        super().__init__(token="xoxb-weather")
        self.time = time
        self.away: Callable[[], Exception] | None = None
        self.refuse: Callable[[str], int] = lambda _channel: 0
        self.lag: Callable[[], timedelta] = lambda: NO_LAG
        self.posts: list[Post] = []
        self.files: dict[str, str] = {}  # id → name
        self.tried: dict[str, list[datetime]] = defaultdict(list)
        self.refused: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
        self._stamps = itertools.count(1)

    def api_call(self, api_method: str, **asked: Any) -> SlackResponse:
        """Answer as Slack does, without a network."""
        given = {**(asked.get("params") or {}), **(asked.get("json") or {})}
        if self.away:
            raise self.away()
        answers: dict[str, Callable[[Answer], Answer]] = {
            "chat.postMessage": self._posted,
            "chat.update": lambda given: {"channel": given["channel"], "ts": given["ts"]},
            "chat.delete": self._deleted,
            "chat.getPermalink": lambda _given: {
                "permalink": "https://weather.invalid/archives/C0/p1"
            },
            "conversations.history": self._read,
            "conversations.replies": self._read,
            "conversations.open": lambda given: {"channel": {"id": f"D{given['users']}"}},
            "files.getUploadURLExternal": self._takes_in,
            "files.completeUploadExternal": self._shared,
        }
        usual: Answer = {"url": "https://weather.invalid/", "bot_id": "B0"}
        answer = answers[api_method](given) if api_method in answers else usual
        return self._response(api_method, {"ok": True, **answer})

    def _takes_in(self, given: Answer) -> Answer:
        file_id = f"F{next(self._stamps)}"
        self.files[file_id] = str(given["filename"])
        return {"upload_url": f"{UPLOADS}{file_id}", "file_id": file_id}

    def _shared(self, given: Answer) -> Answer:
        """Share what was uploaded; its name alone tells of which notice it is."""
        named = given["files"]
        (one,) = json.loads(named) if isinstance(named, str) else named
        name = self.files[one["id"]]
        mark = paper_mark({"files": [{"name": name}]})
        assert mark, name
        now = self.time.at + (lag := self.lag())
        body = {"files": [{"name": name}]}
        channel, thread_ts = str(given["channel_id"]), given.get("thread_ts")
        self.posts.append(Post(now, channel, self._stamp(now), mark, thread_ts, body))
        if lag:
            raise cut_off()
        return {"files": [{"id": one["id"]}]}

    def _posted(self, given: Answer) -> Answer:
        channel, now = str(given["channel"]), self.time.at
        self.tried[channel].append(now)
        if wait := self.refuse(channel):
            self.refused[channel].append((now, now + timedelta(seconds=wait)))
            limited = self._response(
                "chat.postMessage", {"ok": False, "error": "ratelimited"}, wait
            )
            raise SlackApiError("ratelimited", limited)
        lag = self.lag()
        now += lag
        ts = self._stamp(now)
        metadata = given["metadata"]
        metadata = json.loads(metadata) if isinstance(metadata, str) else metadata
        mark = metadata["event_payload"]["k"]
        body = {**given, "metadata": metadata}
        self.posts.append(Post(now, channel, ts, mark, given.get("thread_ts"), body))
        if lag:
            raise cut_off()
        return {"channel": channel, "ts": ts, "message": {"metadata": metadata}}

    def _stamp(self, at: datetime) -> str:
        return f"{at.timestamp() + next(self._stamps) / 1_000_000:.6f}"

    def _deleted(self, given: Answer) -> Answer:
        gone = (given["channel"], given["ts"])
        self.posts = [post for post in self.posts if (post.channel, post.ts) != gone]
        return {}

    def _read(self, given: Answer) -> Answer:
        """List a channel, or a thread where one is named."""
        found = (one for one in self.posts if one.channel == given["channel"])
        return {
            "messages": [
                one.message
                for one in found
                if one.at <= self.time.at
                and one.thread_ts == given.get("ts")
                and float(one.ts) >= float(given.get("oldest") or 0)
            ]
        }

    def _response(self, method: str, data: Answer, wait: int = 0) -> SlackResponse:
        return SlackResponse(
            client=self,
            http_verb="POST",
            api_url=method,
            req_args={},
            data=data,
            headers={"Retry-After": str(wait)} if wait else {},
            status_code=429 if wait else 200,
        )


def cut_off() -> Exception:
    """Slack is there, and nothing comes back."""
    return URLError(TimeoutError())


def refused() -> Exception:
    """Nobody is there at all."""
    return URLError(ConnectionRefusedError())


@dataclass(slots=True)
class Outlook:
    """The desk, its courier with the real pace and settle times, and the simulated moment."""

    records: SqlRecords
    time: Time = field(default_factory=lambda: Time(MONDAY))
    slack: Weather = field(init=False)
    desk: Desk = field(init=False)
    voice: SlackVoice = field(init=False)
    courier: Courier = field(init=False)
    reconciler: Reconciler = field(init=False)
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        book = load_handbook(PRESET, today=date(2025, 9, 22), lookup=None).handbook
        self.slack = Weather(self.time)
        self.desk = Desk(
            records=self.records,
            clock=self.time,
            handbook=lambda: book,
            calendar=Calendars(lambda: book).in_force,
            phones=NumberingPlans(),
            new_id=lambda: f"00000000-0000-4000-8000-{next(self._ids):012}",
            wake=lambda: None,
        )
        self._fill_directory()
        self.start()

    def start(self) -> None:
        """Begin as a process does: nothing is remembered but what the records hold."""
        readers = Readers(speech(self.time), self.desk.handbook)
        self.voice = SlackVoice(
            desk=self.desk,
            wire=Wire(client=self.slack, pace=Pace(), real=self.time),
            scenes=SceneReader(self.desk, readers),
            real=self.time,
        )
        outbox, detour = SqlOutbox(self.records.database), Detour(self.desk)
        self.courier = Courier(
            outbox=outbox,
            voice=self.voice,
            parked=detour,
            clock=self.time,
            real=self.time,
            owner="weather",
        )
        self.reconciler = Reconciler(
            outbox=outbox,
            voice=self.voice,
            parked=detour,
            real=self.time,
            settle_times=SettleTimes(),
            wake=lambda: None,
        )

    def log(self, priority: Priority = Priority.P2, category: str = FAULT) -> Number:
        """Log a case as Ann does."""
        intake = Intake(
            name="李四",
            phone="13800135678",
            category=category,
            description="空调制冷效果差，运行30分钟后出风口仍为27℃",
            expectation="48小时内上门检修",
            urgency=priority,
            received_at=self.time.at.replace(second=0, microsecond=0),
        )
        return log_case(self.desk, intake, by=ANN, receipt=f"w:{next(self._ids)}").ticket.number

    def pass_by(self, length: timedelta, *, every: timedelta = BEAT) -> None:
        """Let time pass, looking as often: what is due, what is to be said, what is unclear."""
        end = self.time.at + length
        while self.time.at < end:
            self.look()
            self.time.at += every

    def look(self) -> None:
        """Do what a beat does."""
        tick(self.desk, now=self.time.at)
        while self.courier.work_once():
            pass
        self.reconciler.work_once()

    def waiting(self) -> int:
        """Count what is due and neither said nor void."""
        return self._count("state NOT IN ('sent', 'superseded')")

    def unsaid(self) -> list[str]:
        """List what was said to be sent and stands nowhere."""
        with self.records.database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT key, covered_by FROM notices WHERE state = 'sent'"
            ).all()
        there = {post.mark for post in self.slack.posts}
        said = ((key, roll_up or key) for key, roll_up in rows)
        return [key for key, by in said if not {key_hash(by), mark_of(by)} & there]

    def twice(self) -> list[str]:
        """List the marks that stand there twice."""
        marks = [post.mark for post in self.slack.posts]
        return [mark for mark in set(marks) if marks.count(mark) > 1]

    def marks_of(self, where: str) -> set[str]:
        """Give the marks of notices by a condition."""
        with self.records.database.reading() as connection:
            rows = connection.exec_driver_sql(f"SELECT key FROM notices WHERE {where}").scalars()
            return {key_hash(str(key)) for key in rows}

    def _count(self, where: str) -> int:
        moment = self.time.at.isoformat(timespec="microseconds")
        with self.records.database.reading() as connection:
            asked = f"SELECT count(*) FROM notices WHERE {where} AND due_at <= '{moment}'"
            return int(connection.exec_driver_sql(asked).scalar_one())

    def _fill_directory(self) -> None:
        people = self.desk.handbook().people
        everybody = {*people.agents, *people.supervisors, *people.admins}
        for department in self.desk.handbook().departments.values():
            everybody |= {department.lead, *department.members}
        with self.records.write() as unit:
            for person in sorted(everybody):
                unit.directory.keep_person(Member(id=person, name=person, language="zh-Hans"))
            for name, channel_id in CHANNELS.items():
                unit.directory.keep_channel(
                    Channel(id=channel_id, name=name, has_bot=True, members=frozenset(everybody))
                )
