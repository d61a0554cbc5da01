"""The page's API over HTTP, as page_api.md promises it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from slack_bolt import App
from slack_sdk import WebClient

from sandbox.running import RunningSandbox

Json = dict[str, Any]


@pytest.fixture
def page(slack: RunningSandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=slack.url, timeout=5) as browser:
        yield browser


def read(page: httpx.Client, path: str, **query: Any) -> Json:
    answer: Json = page.get(f"/ui/{path}", params=query).json()
    assert answer.pop("ok")
    return answer


def do(page: httpx.Client, path: str, **body: Any) -> Json:
    answer: Json = page.post(f"/ui/{path}", json=body).json()
    return answer


def test_the_state_holds_what_the_person_may_see(page: httpx.Client):
    ann, eve = read(page, "state", **{"as": "U0ANN"}), read(page, "state", **{"as": "U0EVE"})

    assert {c["name"] for c in ann["channels"] if not c["is_im"]} == {
        "tech",
        "nobot",
        "secret",
        "hidden",
    }
    assert {c["name"] for c in eve["channels"] if not c["is_im"]} == {"tech", "nobot"}
    assert [c["user"] for c in ann["channels"] if c["is_im"]] == ["U0BOT"]
    assert ann["me"]["locale"] == "zh-CN"
    assert [c["command"] for c in ann["commands"]] == ["/ticket"]
    assert (ann["connected"], ann["views"], ann["home"]) == (0, [], None)
    assert ann["notice"]
    assert read(page, "state")["me"]["id"] == "U0ANN"


def test_messages_are_written_edited_deleted_and_read(page: httpx.Client):
    who = {"as": "U0ANN", "channel": "C0TECH"}
    first = do(page, "message", **who, text="hot")["message"]
    reply = do(page, "message", **who, text="very", thread_ts=first["ts"])["message"]
    do(page, "edit", **who, ts=first["ts"], text="hotter @eve")

    seen = {"as": "U0EVE", "channel": "C0TECH"}
    channel = next(
        c for c in read(page, "state", **{"as": "U0EVE"})["channels"] if c["id"] == "C0TECH"
    )
    shown = read(page, "messages", **seen)["messages"]
    thread = read(page, "messages", **seen, thread_ts=first["ts"])["messages"]
    do(page, "read", **seen)
    after = next(
        c for c in read(page, "state", **{"as": "U0EVE"})["channels"] if c["id"] == "C0TECH"
    )
    do(page, "delete", **who, ts=reply["ts"])

    assert [m["text"] for m in shown] == ["hotter <@U0EVE>"]
    assert shown[0]["reply_count"] == 1
    assert [m["text"] for m in thread] == ["hotter <@U0EVE>", "very"]
    assert (channel["unread"], channel["mentions"]) == (1, 1)
    assert (after["unread"], after["mentions"]) == (0, 0)
    assert len(read(page, "messages", **seen, thread_ts=first["ts"])["messages"]) == 1


def test_what_a_person_may_not_do_is_refused(page: httpx.Client):
    other = do(page, "message", **{"as": "U0EVE"}, channel="C0TECH", text="x")["message"]

    assert do(page, "edit", **{"as": "U0ANN"}, channel="C0TECH", ts=other["ts"], text="y")[
        "error"
    ] == ("cant_update_message")
    assert (
        do(page, "message", **{"as": "U0EVE"}, channel="G0SECRET", text="x")["error"]
        == "channel_not_found"
    )
    assert (
        do(page, "message", **{"as": "U0ANN"}, channel="C0TECH", text="/ticket new")["error"]
        == "use_command"
    )
    assert (
        do(page, "command", **{"as": "U0ANN"}, channel="C0TECH", command="/other")["error"]
        == "unknown_command"
    )
    assert (
        do(page, "command", **{"as": "U0ANN"}, channel="C0TECH", command="/ticket")["error"]
        == "dispatch_failed"
    )
    assert (
        do(page, "message", **{"as": "U0BOT"}, channel="C0TECH", text="x")["error"]
        == "user_not_found"
    )
    assert do(page, "message", **{"as": "U0ANN"}, text="x")["error"] == "invalid_arguments"
    assert (
        do(page, "submit", **{"as": "U0ANN"}, view_id="V0", values={})["error"] == "view_not_found"
    )


def test_a_whole_form_goes_through_the_page(
    page: httpx.Client, bolt: App, join: Callable[[], None]
):
    label = {"type": "plain_text", "text": "L"}
    options = [{"text": label, "value": str(n)} for n in range(3)]
    elements: dict[str, Json] = {
        "text": {"type": "plain_text_input", "multiline": True},
        "pick": {"type": "static_select", "options": options, "initial_option": options[0]},
        "many": {"type": "multi_static_select", "options": options},
        "ticks": {"type": "checkboxes", "options": options},
        "radio": {"type": "radio_buttons", "options": options},
        "who": {"type": "users_select"},
        "them": {"type": "multi_users_select"},
        "where": {"type": "conversations_select"},
        "day": {"type": "datepicker"},
        "hour": {"type": "timepicker"},
        "moment": {"type": "datetimepicker"},
        "number": {"type": "number_input", "is_decimal_allowed": False},
        "mail": {"type": "email_text_input"},
        "files": {"type": "file_input"},
        "rich": {"type": "rich_text_input"},
    }
    view = {
        "type": "modal",
        "callback_id": "all",
        "title": label,
        "submit": label,
        "blocks": [
            {
                "type": "input",
                "block_id": name,
                "label": label,
                "optional": True,
                "element": {**element, "action_id": "v"},
            }
            for name, element in elements.items()
        ],
    }
    got: list[Json] = []

    @bolt.command("/ticket")
    def show_form(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=view)

    @bolt.view("all")
    def submit_form(ack: Any, view: Json) -> None:
        got.append(view["state"]["values"])
        ack()

    join()
    who = {"as": "U0ANN"}
    uploaded = page.post("/ui/upload", data=who, files={"file": ("a.txt", b"hello")}).json()
    file_id = uploaded["files"][0]["id"]
    assert do(page, "command", **who, channel="C0TECH", command="/ticket")["ok"]
    opened = read(page, "state", **who)["views"][0]
    plain = {
        "text": "a\nb",
        "many": ["1", "2"],
        "ticks": ["0"],
        "radio": "2",
        "who": "U0EVE",
        "them": ["U0EVE", "U0BEN"],
        "where": "C0TECH",
        "day": "2026-11-24",
        "hour": "09:30",
        "moment": 1_795_000_000,
        "number": "3",
        "mail": "a@b.cn",
        "files": [file_id],
        "rich": "<!channel>",
    }
    values = {name: {"v": value} for name, value in plain.items()}
    wrong = do(
        page,
        "submit",
        **who,
        view_id=opened["id"],
        values={**values, "mail": {"v": "a"}, "number": {"v": "1.5"}},
    )
    done = do(page, "submit", **who, view_id=opened["id"], values=values)

    assert wrong["error"] == "invalid_input"
    assert set(wrong["errors"]) == {"mail", "number"}
    assert opened["state"]["values"]["pick"]["v"]["selected_option"]["value"] == "0"
    assert (done["ok"], done["views"]) == (True, [])
    entry = {name: got[0][name]["v"] for name in elements}
    assert entry["text"]["value"] == "a\nb"
    assert entry["pick"]["selected_option"]["value"] == "0"
    assert [o["value"] for o in entry["many"]["selected_options"]] == ["1", "2"]
    assert [o["value"] for o in entry["ticks"]["selected_options"]] == ["0"]
    assert entry["radio"]["selected_option"]["value"] == "2"
    assert (entry["who"]["selected_user"], entry["them"]["selected_users"]) == (
        "U0EVE",
        ["U0EVE", "U0BEN"],
    )
    assert entry["where"]["selected_conversation"] == "C0TECH"
    assert (entry["day"]["selected_date"], entry["hour"]["selected_time"]) == (
        "2026-11-24",
        "09:30",
    )
    assert (entry["moment"]["selected_date_time"], entry["number"]["value"]) == (1_795_000_000, "3")
    assert entry["files"]["files"][0]["name"] == "a.txt"
    assert entry["rich"]["rich_text_value"]["elements"][0]["elements"][0]["text"] == "<!channel>"


def test_a_given_file_can_be_fetched_by_the_bot_with_its_token_only(
    page: httpx.Client, slack: RunningSandbox
):
    uploaded = page.post("/ui/upload", data={"as": "U0ANN"}, files={"file": ("a.txt", b"hello")})
    file = uploaded.json()["files"][0]
    token = {"Authorization": f"Bearer {slack.app.bot_token}"}

    unshared = page.get(file["url_private"], headers=token)
    do(page, "message", **{"as": "U0ANN"}, channel="C0TECH", files=[file["id"]])
    shared = page.get(file["url_private"], headers=token)
    anonymous = page.get(file["url_private"])

    assert shared.text == "hello"
    assert unshared.headers["content-type"].startswith("text/html")
    assert anonymous.headers["content-type"].startswith("text/html")
    assert page.get(f"/ui/file/{file['id']}").text == "hello"


def test_the_clock_goes_forward_only_and_messages_follow_it(page: httpx.Client, client: WebClient):
    before = page.get("/ui/clock").json()
    skipped = do(page, "clock", skip_s=3_600)
    ts = client.chat_postMessage(channel="C0TECH", text="x")["ts"]

    assert set(before) >= {"now", "offset"}
    assert skipped["offset"] == pytest.approx(3_600)
    assert float(ts) >= before["now"] + 3_600
    assert do(page, "clock", skip_s=-1)["error"] == "invalid_arguments"
    assert do(page, "clock", to=before["now"])["error"] == "invalid_arguments"
    assert do(page, "clock", to=before["now"] + 7_200)["offset"] == pytest.approx(7_200, abs=1)


def test_an_administrator_can_break_things(page: httpx.Client, client: WebClient):
    fault = do(page, "admin", do="fault", method="api.test", kind="error", error="fatal_error")
    broken = client.api_call
    with pytest.raises(Exception, match="fatal_error"):
        broken("api.test")

    assert fault["id"] == 1
    assert do(page, "admin", do="create_channel", name="new", members=["U0ANN"])["channel"]
    assert do(page, "admin", do="archive_channel", channel="C0TECH")["ok"]
    assert do(page, "admin", do="explode")["error"] == "unknown_order"
    assert do(page, "admin", do="fault", method="x", kind="odd")["error"] == "invalid_arguments"
    assert do(page, "admin", do="kick_bot", channel="C0NONE")["error"] == "channel_not_found"


def test_traffic_is_listed_from_a_number_on(page: httpx.Client, client: WebClient):
    client.api_test()
    client.auth_test()

    everything = read(page, "traffic", after=0)
    rest = read(page, "traffic", after=1)

    assert [e["name"] for e in everything["entries"]] == ["api.test", "auth.test"]
    assert [e["name"] for e in rest["entries"]] == ["auth.test"]
    assert everything["last"] == 2


def test_the_stream_tells_each_person_what_they_may_see(
    page: httpx.Client, slack: RunningSandbox, client: WebClient
):
    with page.stream("GET", "/ui/stream", params={"as": "U0EVE"}) as stream:
        lines = stream.iter_lines()
        assert next(lines) == ": connected"
        slack.person("U0ANN").post("G0SECRET", "not for Eve")
        client.chat_postEphemeral(channel="C0TECH", user="U0ANN", text="nor this")
        client.chat_postMessage(channel="C0TECH", text="for all")
        events = _events(lines, until="message")

    assert events[-1]["message"]["text"] == "for all"
    assert {event["type"] for event in events} <= {"message", "traffic", "state"}


def test_the_stream_tells_when_the_bot_comes(page: httpx.Client, join: Callable[[], None]):
    with page.stream("GET", "/ui/stream", params={"as": "U0ANN"}) as stream:
        lines = stream.iter_lines()
        assert next(lines) == ": connected"
        join()
        _events(lines, until="state")

    assert read(page, "state", **{"as": "U0ANN"})["connected"] == 1


def _events(lines: Iterator[str], until: str) -> list[Json]:
    events: list[Json] = []
    for line in lines:
        if line.startswith("data: "):
            events.append(json.loads(line.removeprefix("data: ")))
            if events[-1]["type"] == until:
                return events
    raise AssertionError("the stream ended")


def test_people_and_channels_are_found_by_name(page: httpx.Client):
    found = read(page, "search", **{"as": "U0ANN"}, q="te")

    assert [c["name"] for c in found["channels"]] == ["tech"]
    assert [u["id"] for u in read(page, "search", **{"as": "U0ANN"}, q="@ann")["users"]] == [
        "U0ANN"
    ]
    assert "U0EVE" in read(page, "members", **{"as": "U0ANN"}, channel="C0TECH")["members"]
