"""A sandbox that stops, or is killed, begins again where it was."""

import json
import logging
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient

from bot.settings import Settings
from bot.trial.belongings import first_made, state_beside
from sandbox.running import RunningSandbox, running
from sandbox.state import State
from sandbox.talk import Talk
from tests.sandbox.test_command_line import ROOT, answered, free_port

Json = dict[str, Any]
HOUR_S = 3600
BLOCKS = [
    {
        "type": "section",
        "block_id": "b",
        "text": {"type": "mrkdwn", "text": "hot 热"},
        "accessory": {
            "type": "checkboxes",
            "action_id": "done",
            "options": [{"text": {"type": "plain_text", "text": "Done"}, "value": "1"}],
        },
    }
]
HOME = {"type": "home", "blocks": [{"type": "divider", "block_id": "line"}]}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sandbox.json"


def client_of(slack: RunningSandbox) -> WebClient:
    return WebClient(token=slack.app.bot_token, base_url=slack.api_url, retry_handlers=[])


def kept(slack: RunningSandbox) -> Json:
    """What a state file of this moment would say, every message encoded anew."""
    state: Json = slack.look(lambda: json.loads("".join(State(slack.sandbox, {}).whole())))
    state["workspace"]["channels"].sort(key=lambda channel: channel["id"])
    return state


def without_counter(state: Json) -> Json:
    return {**state, "workspace": {**state["workspace"], "last_id": 0}}


def a_busy_day(slack: RunningSandbox) -> None:
    """Do one of everything that is to be remembered."""
    client, ann, eve = client_of(slack), slack.person("U0ANN"), slack.person("U0EVE")
    metadata = {"event_type": "card", "event_payload": {"number": "1"}}
    card = client.chat_postMessage(channel="C0TECH", text="card", blocks=BLOCKS, metadata=metadata)
    reply = client.chat_postMessage(channel="C0TECH", text="more", thread_ts=card["ts"])
    client.chat_update(channel="C0TECH", ts=card["ts"], text="card 2", blocks=BLOCKS)
    client.reactions_add(channel="C0TECH", timestamp=reply["ts"], name="eyes")
    gone = ann.post("tech", "gone")
    ann.post("tech", "under it", thread_ts=gone["ts"])
    ann.delete(gone, channel="tech")
    client.files_upload_v2(channel="C0TECH", content="bytes", filename="notes.txt")
    slack.wait_until(lambda: any("files" in m for m in messages(slack, "C0TECH")))
    client.conversations_open(users="U0ANN,U0EVE")
    client.chat_postMessage(channel=eve.direct, text="for Eve")
    client.views_publish(user_id="U0EVE", view=HOME)
    read(slack, "U0EVE")
    slack.admin("invite", channel="C0NOBOT", user="U0BOT")
    slack.admin("kick_bot", channel="G0SECRET")
    slack.admin("rename_channel", channel="C0NOBOT", name="yesbot")
    slack.admin("delete_channel", channel="G0HIDDEN")
    slack.admin("create_channel", name="night", members=["U0EVE"])
    slack.admin("set_locale", user="U0ANN", locale="en-GB")
    slack.admin("deactivate_user", user="U0BEN")
    slack.admin("add_user", user={"id": "U0NEW", "name": "new"})
    slack.skip(HOUR_S)
    client.chat_postMessage(channel="C0TECH", text="an hour later")


def read(slack: RunningSandbox, user_id: str) -> None:
    tech = slack.sandbox.workspace.channels["C0TECH"]
    slack.look(lambda: Talk(slack.sandbox, user_id).read(tech, None))


def messages(slack: RunningSandbox, channel: str) -> list[Json]:
    return [post.body for post in slack.sandbox.workspace.channels[channel].posts.values()]


def test_a_busy_workspace_is_the_same_after_a_restart(plan: Json, file: Path):
    port = free_port()
    with running(plan, port=port, state=file) as slack:
        a_busy_day(slack)
        before = kept(slack)

    with running(plan, port=port, state=file) as slack:
        after, workspace = kept(slack), slack.sandbox.workspace
        texts = [m["text"] for m in messages(slack, "C0TECH")]
        eve = slack.person("U0EVE")
        home, inbox = eve.home(), [m["text"] for m in eve.inbox()]
        people = {p.id: (p.locale, p.deleted) for p in workspace.people.values()}
        offset = workspace.clock.offset

    assert without_counter(after) == without_counter(before)
    assert texts == ["card 2", "more", "This message was deleted.", "under it", "", "an hour later"]
    assert home["blocks"] == HOME["blocks"]
    assert inbox == ["for Eve"]
    assert people["U0ANN"] == ("en-GB", False)
    assert people["U0BEN"] == ("en-US", True)
    assert "U0NEW" in people
    assert "G0HIDDEN" not in workspace.channels
    assert workspace.channel_named("yesbot") is workspace.channels["C0NOBOT"]
    assert offset == pytest.approx(HOUR_S)


def test_what_is_encoded_once_is_never_out_of_date(plan: Json):
    with running(plan) as slack:
        state = State(slack.sandbox, plan)
        slack.look(state.renewed)
        a_busy_day(slack)
        card = slack.messages("tech")[0]
        with pytest.raises(Exception, match="dispatch_failed"):  # no bot is there to hear it
            slack.person("U0EVE").click(card, "done", value=["1"], channel="tech")
        written = slack.look(state.renewed)
        fresh = slack.look(state.whole)

    assert written == fresh
    assert "selected_options" in "".join(fresh)


def test_nothing_new_means_nothing_to_write(plan: Json):
    with running(plan) as slack:
        state = State(slack.sandbox, plan)
        first, second = slack.look(state.renewed), slack.look(state.renewed)
        read(slack, "U0ANN")
        third = slack.look(state.renewed)

    assert first
    assert second is None
    assert third  # a read mark moved


def test_identifiers_and_stamps_go_on_growing(plan: Json, file: Path):
    def post(slack: RunningSandbox) -> tuple[str, str]:
        ids = slack.look(lambda: slack.sandbox.workspace.ids.next("F"))
        return ids, client_of(slack).chat_postMessage(channel="C0TECH", text="x")["ts"]

    with running(plan, state=file) as slack:
        slack.skip(HOUR_S)
        first = post(slack)
    with running(plan, state=file) as slack:
        second = post(slack)

    assert second[0] > first[0]
    assert second[1] > first[1]


def test_the_workspace_file_may_change_meanwhile(plan: Json, file: Path):
    dana, empty = {"id": "U0DANA", "name": "dana"}, {"id": "C0EMPTY", "name": "empty"}
    changed = {
        **plan,
        "users": [{**plan["users"][0], "real_name": "Ann Li"}, dana],  # Eve and Ben are gone
        "channels": [{"id": "C0HR", "name": "hr"}],
    }
    with running({**plan, "channels": [*plan["channels"], empty]}, state=file) as slack:
        slack.person("U0EVE").post("tech", "mine")
        slack.admin("set_locale", user="U0ANN", locale="en-GB")
    with running(changed, state=file) as slack:
        workspace = slack.sandbox.workspace
        ann, names = workspace.people["U0ANN"], {c.name for c in workspace.channels.values()}
        people, dana_reads = set(workspace.people), slack.person("U0DANA").inbox()
        members = workspace.channels["C0HR"].members

    assert (ann.real_name, ann.locale) == ("Ann Li", "en-GB")
    assert people == {"U0BOT", "U0ANN", "U0EVE", "U0DANA"}  # Eve wrote something, Ben did not
    assert names - {""} == {"hr", "tech"}
    assert members == ["U0ANN", "U0DANA", "U0BOT"]
    assert dana_reads == []


def test_links_follow_to_another_port(plan: Json, file: Path):
    with running(plan, state=file) as slack:
        first, ann = slack.url, slack.person("U0ANN")
        ann.post("tech", f"see {first}/archives/C0TECH/p1")
        ann.post("tech", "", files={"a.txt": b"a"})
    with running(plan, state=file, port=free_port()) as slack:
        shown = json.dumps(messages(slack, "C0TECH"))
        second = slack.url

    assert first != second
    assert f"{first}/" not in shown
    assert shown.count(f"{second}/") >= 3


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "damaged"),
        ("[]", "damaged"),
        ('{"workspace": {"format": "other", "address": ""}}', "no sandbox's state"),
        (
            '{"workspace": {"format": "deskbot sandbox", "version": 99, "address": ""}}',
            "version 99",
        ),
    ],
)
def test_an_unusable_file_is_set_aside_with_one_line(
    plan: Json, file: Path, content: str, why: str, caplog: pytest.LogCaptureFixture
):
    file.write_text(content, "utf-8")

    with caplog.at_level(logging.WARNING, "sandbox"), running(plan, state=file) as slack:
        people = set(slack.sandbox.workspace.people)

    assert people == {"U0BOT", "U0ANN", "U0EVE", "U0BEN"}
    assert [why in record.getMessage() for record in caplog.records] == [True]
    assert file.with_name("sandbox.json.broken").read_text("utf-8") == content
    assert json.loads(file.read_text("utf-8"))["workspace"]["format"] == "deskbot sandbox"


def test_another_workspaces_state_is_foreign(
    plan: Json, file: Path, caplog: pytest.LogCaptureFixture
):
    with running({**plan, "team": {"id": "T0OTHER"}}, state=file):
        pass
    with running(plan, state=file):
        pass

    assert [r.getMessage() for r in caplog.records if "another workspace" in r.getMessage()]


def test_a_full_disk_is_told_once_and_tried_again(
    plan: Json, file: Path, caplog: pytest.LogCaptureFixture
):
    blocked = file.with_name("sandbox.json.new")
    blocked.mkdir()
    with running(plan, state=file) as slack:
        slack.wait_until(lambda: len(caplog.records) == 1)
        blocked.rmdir()
        slack.wait_until(file.exists)

    assert "not kept" in caplog.records[0].getMessage()


@contextmanager
def served(plan: Json, file: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    workspace, port = file.with_name("workspace.json"), free_port()
    workspace.write_text(json.dumps(plan), "utf-8")
    command = [sys.executable, "-m", "sandbox", "--workspace", str(workspace)]
    command += ["--port", str(port), "--state", str(file), "--end-with-stdin"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE) as process:
        answered(f"http://127.0.0.1:{port}/ui/clock")
        try:
            yield process, f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def said(address: str) -> list[str]:
    query = {"as": "U0ANN", "channel": "C0TECH"}
    found = httpx.get(f"{address}/ui/messages", params=query).json()["messages"]
    return [message["text"] for message in found]


def say(address: str, text: str) -> None:
    body = {"as": "U0ANN", "channel": "C0TECH", "text": text}
    assert httpx.post(f"{address}/ui/message", json=body).json()["ok"]


def patiently(question: Callable[[], bool]) -> None:
    for _ in range(400):
        if question():
            return
        time.sleep(0.025)
    raise TimeoutError


def test_kill_9_loses_nothing_that_was_written(plan: Json, file: Path):
    with served(plan, file) as (process, address):
        say(address, "before")
        httpx.post(f"{address}/ui/clock", json={"skip_s": HOUR_S})
        patiently(lambda: file.exists() and f'"offset": {HOUR_S}' in file.read_text("utf-8"))
        process.kill()
        process.wait()

    with served(plan, file) as (_, address):
        texts, clock = said(address), httpx.get(f"{address}/ui/clock").json()

    assert texts == ["before"]
    assert clock["offset"] == HOUR_S
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("end", ["SIGTERM", "SIGINT", "parent gone"])
def test_a_stop_loses_nothing_at_all(plan: Json, file: Path, end: str):
    with served(plan, file) as (process, address):
        say(address, "at the last moment")
        if end == "parent gone":
            assert process.stdin
            process.stdin.close()
        else:
            process.send_signal(signal.Signals[end])
        process.wait(timeout=20)

    with served(plan, file) as (_, address):
        assert said(address) == ["at the last moment"]


def test_a_fresh_desk_has_a_fresh_workspace(tmp_path: Path):
    settings = Settings(database_url=f"sqlite:///{tmp_path}/desk.db", _env_file=None)
    old = tmp_path / "sandbox.json"
    old.write_text("of a desk that is gone", "utf-8")

    state = state_beside(settings)

    assert state == old
    assert not old.exists()
    assert old.with_name("sandbox.json.old").read_text("utf-8") == "of a desk that is gone"


def test_a_desk_and_its_workspace_stay_together(tmp_path: Path):
    settings = Settings(database_url=f"sqlite:///{tmp_path}/desk.db", _env_file=None)
    (tmp_path / "desk.db").write_bytes(b"records")
    (tmp_path / "sandbox.json").write_text("its own", "utf-8")

    assert state_beside(settings).read_text("utf-8") == "its own"


def test_a_start_tells_what_it_makes_and_the_next_makes_nothing(tmp_path: Path):
    settings = Settings(database_url=f"sqlite:///{tmp_path}/desk.db", _env_file=None)
    first = [file for file, _ in first_made(settings)]
    for file in first:
        file.touch()

    assert [file.name for file in first] == ["desk.db", "desk.key", "sandbox.json"]
    assert first_made(settings) == []


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql://desk@db/desk"])
def test_a_desk_whose_database_is_no_file_keeps_its_workspace_in_data(url: str):
    settings = Settings(database_url=url, _env_file=None)

    assert state_beside(settings) == Path("data/sandbox.json")
    assert first_made(settings) == []


def test_two_desks_in_one_folder_have_a_workspace_each(tmp_path: Path):
    first, second = (
        Settings(database_url=f"sqlite:///{tmp_path / name}", _env_file=None)
        for name in ("desk.db", "trial.db")
    )

    assert state_beside(first).name == "sandbox.json"
    assert state_beside(second).name == "trial.sandbox.json"
