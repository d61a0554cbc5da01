"""Hostile texts through every way in, and out again through the real app: nothing lives, breaks, is refused or leaks.

The corpus goes through each form, the quick form, a command's words, a thread post and an edit; names in the directory
and of channels are hostile as well. What was posted is judged by the sandbox's strict validator and by what is live in it.
"""

import copy
import io
import json
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import structlog

import bot.delivery
from bot.journal import start_journal
from handlers.typed import whole
from handlers.views.ids import CallbackId, FieldId
from sandbox.mrkdwn import Live, live_in_message
from scheduler.pace import Pace
from tests.handlers.stage import AGENT, ENG, SUPER, Json, Stage, staged
from tests.handlers.test_bad_input import command
from tests.handlers.test_thread import _edit, heard
from tests.handlers.views.hostile import FIXED, generated
from tests.own_journal import own_journal

PICKS = {
    FieldId.WAY: "phone",
    FieldId.OUTCOME: "reached",
    FieldId.SCORE: "4",
    FieldId.SOLVED: "yes",
    FieldId.PRIORITY: "P2",
    FieldId.COMPLEXITY: "complex",
    FieldId.DIMENSION: "system_defect",
    FieldId.FIELD: "description",
}
MOMENTS = {FieldId.FINISH_BY, FieldId.UNTIL, FieldId.FIXED_BY}
SENT_IN = sorted(
    set(CallbackId) - {CallbackId.SHOWN, CallbackId.HOME, CallbackId.FORM, CallbackId.QUICK}
)
REFUSED = {"invalid_blocks", "invalid_blocks_format", "invalid_arguments", "msg_too_long", "view_too_large",
           "msg_blocks_too_long", "no_text", "metadata_too_large", "invalid_view"}  # fmt: skip
NEVER_LIVE = {Live.BROADCAST, Live.USERGROUP, Live.CHANNEL, Live.BARE_LINK, Live.BARE_MENTION}


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.app.BURST", 10**6)
    monkeypatch.setattr(bot.delivery, "Pace", partial(Pace, every=timedelta(milliseconds=1)))


@pytest.fixture
def kept_log() -> Iterator[io.StringIO]:
    """The journal at DEBUG, kept; as it was before afterwards."""
    with own_journal():
        start_journal(level="DEBUG", style="text")
        kept = io.StringIO()
        (handler,) = logging.getLogger().handlers
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(kept)
        yield kept


def typed(text: str, name: str) -> Json:
    return {name: {"value": {"type": "plain_text_input", "value": text}}}


def filled(text: str, later: int) -> Json:
    """Every field a modal may have, with the text wherever one is typed."""
    values: Json = {}
    for name in FieldId:
        values |= typed(text[:3000], name)
    values |= typed(f"{text[:2900]} 空调开机30分钟后27 ℃", "correction.description")
    for name, value in PICKS.items():
        values[name] = {"value": {"selected_option": {"value": value}}}
    for name in MOMENTS:
        values[name] = {"value": {"selected_date_time": later}}
    return values


class Ways:
    """One desk whose people and channels have hostile names, and every way into it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.number = stage.log()
        self.form = stage.last("interactive")
        self.channel, self.card = stage.card(self.number)
        stage.person(ENG).post(self.channel, "第一稿", thread_ts=self.card["ts"])
        stage.settle()
        self.said = heard(stage, "第一稿")
        self.later = 4_000_000_000
        self.count = 0
        self.crashed: list[str] = []

    def all(self, text: str, forms: Sequence[str]) -> None:
        """Send one text in by each way."""
        for callback_id in forms:
            self._send(self._modal(callback_id, text), f"{callback_id}: {text[:40]!r}")
        for name, way in {
            "form": self._new,
            "command": self._command,
            "post": self._post,
            "edit": self._edited,
        }.items():
            self._send(way(text), f"{name}: {text[:40]!r}")

    def _send(self, payload: Json, about: str) -> None:
        self.count += 1
        answer = self.stage.send(payload)
        if (
            answer.status != 200
            or "系统出了点问题" in (answer.body or "")
            or "went wrong" in (answer.body or "")
        ):
            self.crashed.append(f"{about} {answer.status} {answer.body[:80]}")

    def _modal(self, callback_id: str, text: str) -> Json:
        payload = copy.deepcopy(self.form)
        payload["user"]["id"] = SUPER
        payload["view"] |= {
            "id": f"V{self.count}",
            "callback_id": callback_id,
            "private_metadata": json.dumps({"n": self.number}),
            "state": {"values": filled(text, self.later)},
        }
        return payload

    def _new(self, text: str) -> Json:
        payload = copy.deepcopy(self.form)
        payload["view"]["id"] = f"V{self.count}"
        values = payload["view"]["state"]["values"]
        for block in values.values():
            for one in block.values():
                if one.get("type") == "plain_text_input":
                    one["value"] = text[:2900]
        values["form.description"] = {"value": {"value": f"{text[:2900]} 空调开机30分钟后27 ℃"}}
        values["form.phone"] = {"value": {"value": ""}}
        return payload

    def _command(self, text: str) -> Json:
        words = ("", "note 1 ", "search ", "show ", "assign 1 ")[self.count % 5]
        return command(self.stage, words + whole(text[:3900]), who=AGENT) | {
            "trigger_id": f"7.{self.count}"
        }

    def _post(self, text: str) -> Json:
        payload = copy.deepcopy(self.said)
        payload["event_id"] = f"Ev{self.count}"
        files = [{"id": f"F{self.count}", "name": text[:300], "mimetype": text[:40]}]
        payload["event"] |= {"ts": f"18.{self.count}", "text": text, "files": files}
        return payload

    def _edited(self, text: str) -> Json:
        posted = {"ts": "1.0"}
        return _edit(self.said, posted, text, f"9000000003.{self.count}")

    def see(self) -> list[Json]:
        """Open what shows it: details, timeline, lists, home; give the views."""
        stage = self.stage
        stage.person(SUPER).open_home()
        for who in (SUPER, AGENT):
            for words in ("list", "list all", f"show {self.number}"):
                stage.send(command(stage, words, who=who) | {"trigger_id": f"8.{who}.{words}"})
        seen = [stage.person(SUPER).home()]
        for action in ("ticket.details", "ticket.history"):
            stage.press(SUPER, action, self.number)
            stage.settle()
            shown = stage.person(SUPER).modal("modal.shown")
            seen.append(shown)
            stage.person(SUPER).close(shown, everything=True)
        stage.settle()
        return seen


def judged(stage: Stage) -> tuple[list[str], list[str]]:
    """What Slack refused of what the bot sent, and what is live in it that must not be."""
    refused = [f"{e.name} {e.error}" for e in stage.slack.traffic() if e.error in REFUSED]
    alive = []
    for channel in list(stage.slack.sandbox.workspace.channels.values()):
        for post in (*channel.posts.values(), *channel.ephemerals.values()):
            if not post.body.get("bot_id"):
                continue
            for token in live_in_message(post.body):
                if (
                    token.kind in NEVER_LIVE
                    or "evil" in token.target
                    or token.target in {"U123", "C1"}
                ):
                    alive.append(f"{token} in {str(post.body)[:100]}")
    return refused, alive


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(FIXED, id="corpus"),
        pytest.param(list(generated(20, 3)), id="generated"),
        pytest.param(list(generated(200, 4)), id="more", marks=pytest.mark.long),
    ],
)
@pytest.mark.proves("X11", "X13", "X14", "X15", "X16", "X30")
def test_every_way_in_and_out_is_inert(texts: Sequence[str], tmp_path: Path) -> None:
    with structlog.testing.capture_logs() as logs, staged(tmp_path) as stage:
        ways = Ways(stage)
        for place, text in enumerate(texts):
            share = SENT_IN[place % 4 :: 4] if len(texts) < 100 else SENT_IN
            ways.all(text, share)
        stage.settle()
        ways.see()
        refused, alive = judged(stage)

    assert ways.count > 5 * len(texts)
    assert ways.crashed == []
    assert [
        one for one in logs if one["log_level"] in {"error", "critical"} and _is_ours(one)
    ] == []
    assert refused == []
    assert alive == []


def _is_ours(line: Json) -> bool:
    """Views here have made-up ids: what is drawn into one of them afterwards is not found."""
    return "'error': 'not_found'" not in str(line.get("exc_info"))


CANARIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "mobile": ("13812349876", ("13812349876", "1381234")),
    "full-width": ("１３８１２３４９８７６", ("１３８１２３４９８７６",)),
    "spaced": ("138 1234 9876", ("138 1234",)),
    "identity": ("11010519491231002X", ("11010519491231002X", "1101051949")),
    "card": ("6222021234567890128", ("6222021234567890128", "622202123")),
    "mail": ("kanarie@example.com", ("kanarie",)),
    "token": ("xoxb-70000-kanariexyz", ("kanariexyz",)),
    "app token": ("xapp-1-A0-70000-kanariexyz", ("kanariexyz",)),
    "response_url": ("https://hooks.slack.com/commands/T1/2/kanariexyz", ("kanariexyz",)),
    "bearer": ("Bearer kanariexyz70000", ("kanariexyz",)),
}
"""What is typed, and what of it must be nowhere."""


@pytest.mark.proves("X24")
def test_no_canary_is_in_the_log_the_database_its_wal_a_post_or_a_view(
    tmp_path: Path, kept_log: io.StringIO
) -> None:
    with staged(tmp_path) as stage:
        ways = Ways(stage)
        for secret, _ in CANARIES.values():
            ways.all(f"联系 {secret} 谢谢", SENT_IN)
            stage.bot.desk.wake()
        stage.settle()
        seen = ways.see()
        wal = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        posts = json.dumps([*_posts(stage), *seen], ensure_ascii=False)
        _dump(tmp_path / "stage.db", wal)

    traces = [trace for _, found in CANARIES.values() for trace in found]
    assert [trace for trace in traces if trace in kept_log.getvalue()] == []
    assert [trace for trace in traces if trace in posts] == []
    assert [
        (name, trace)
        for name, inside in wal.items()
        for trace in traces
        if trace.encode() in inside
    ] == []
    assert ways.crashed == []


def _posts(stage: Stage) -> list[Json]:
    channels = list(stage.slack.sandbox.workspace.channels.values())
    return [
        post.body
        for channel in channels
        for post in (*channel.posts.values(), *channel.ephemerals.values())
        if post.body.get("bot_id")
    ]


def _dump(database: Path, into: dict[str, bytes]) -> None:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        into["dump"] = "\n".join(connection.iterdump()).encode()
