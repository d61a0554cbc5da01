import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import DividerBlock
from slack_sdk.web import SlackResponse

from bot.clock import SystemClock
from bot.voice.lookback import find
from bot.voice.slack_time import ahead_of
from bot.voice.wire import Parcel, Wire, key_hash
from handlers.views.screen import Screen
from scheduler.pace import Pace
from tests.bot.voice.workplace import ANN, NINE, StoppedClock, Workplace, a_workplace
from tickets.delivery import NotNow, Posted, Unclear
from tickets.notices import Urgency


class AnsweringClient(WebClient):
    """A Slack that accepts everything and answers what the test wants."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__()
        self.answer = answer

    def api_call(self, api_method: str, **_: Any) -> SlackResponse:  # type: ignore[override]
        return SlackResponse(
            client=self,
            http_verb="POST",
            api_url=api_method,
            req_args={},
            data=self.answer,
            headers={},
            status_code=200,
        )


def a_parcel(channel_id: str = "C0TECH") -> Parcel:
    return Parcel(
        key="k",
        channel_id=channel_id,
        thread_ts=None,
        screen=Screen("A sentence.", (DividerBlock(),)),
        urgency=Urgency.CARD,
        attempt=1,
    )


def a_wire(answer: dict[str, Any]) -> Wire:
    return Wire(AnsweringClient(answer), Pace(), SystemClock())


@pytest.fixture
def desk() -> Iterator[Workplace]:
    with a_workplace() as workplace:
        yield workplace


def calls(desk: Workplace, method: str) -> list[dict[str, Any]]:
    return [e.request or {} for e in desk.slack.traffic() if e.name == method]


@pytest.mark.proves("F54")
def test_a_message_that_lost_its_key_raises_the_alarm_but_counts_as_posted() -> None:
    wire = a_wire({"ok": True, "channel": "C1", "ts": "1.2", "message": {"text": "x"}})

    with structlog.testing.capture_logs() as logs:
        outcome = wire.post(a_parcel())

    assert outcome == Posted("C1", "1.2")
    assert [entry["log_level"] for entry in logs] == ["critical"]


def test_an_answer_without_a_stamp_is_unclear() -> None:
    assert isinstance(a_wire({"ok": True, "channel": "C1"}).post(a_parcel()), Unclear)


def test_nothing_is_unfurled_parsed_or_linked_by_name(desk: Workplace) -> None:
    desk.wire.post(a_parcel())

    [sent] = calls(desk, "chat.postMessage")
    off = {str(sent[name]).lower() for name in ("unfurl_links", "unfurl_media", "link_names")}
    assert off <= {"0", "false"}
    assert sent["parse"] == "none"


@pytest.mark.proves("F54")
def test_only_the_opaque_key_goes_into_the_metadata(desk: Workplace) -> None:
    desk.wire.post(a_parcel())

    [sent] = calls(desk, "chat.postMessage")
    metadata = sent["metadata"]
    known = json.loads(metadata) if isinstance(metadata, str) else metadata
    assert known == {"event_type": "desk_notice", "event_payload": {"k": key_hash("k")}}


def test_a_direct_message_is_opened_once(desk: Workplace) -> None:
    first, second = desk.wire.direct(ANN), desk.wire.direct(ANN)

    assert first == second
    assert len(calls(desk, "conversations.open")) == 1


def test_a_post_waits_its_turn_in_a_channel(desk: Workplace) -> None:
    wire = Wire(desk.wire.client, Pace(every=timedelta(minutes=1), burst=1), SystemClock())
    wire.post(a_parcel())

    assert isinstance(wire.post(a_parcel()), NotNow)
    assert isinstance(wire.post(a_parcel("C0OPS")), Posted)


def test_an_address_that_slack_does_not_give_is_left_out(desk: Workplace) -> None:
    assert desk.wire.link("C0TECH", "1.0") is None


@pytest.mark.proves("F55")
def test_a_long_history_is_read_to_its_end(desk: Workplace) -> None:
    for _ in range(250):
        desk.slack.look(
            lambda: desk.slack.sandbox.rooms.post(
                desk.slack.sandbox.workspace.channels["C0TECH"], {"text": "x", "user": ANN}
            )
        )

    messages = list(desk.wire.read("C0TECH", None, oldest="0"))

    assert len(messages) >= 250
    assert len(calls(desk, "conversations.history")) >= 2


class BusyClient(WebClient):
    """A Slack that asks to wait half a minute, and counts how often it had to."""

    asked = 0

    def api_call(self, api_method: str, **_: Any) -> SlackResponse:  # type: ignore[override]
        self.asked += 1
        refusal = SlackResponse(
            client=self,
            http_verb="POST",
            api_url=api_method,
            req_args={},
            data={"ok": False, "error": "ratelimited"},
            headers={"Retry-After": "30"},
            status_code=429,
        )
        raise SlackApiError("ratelimited", refusal)


@pytest.mark.proves("F10")
def test_whoever_comes_next_waits_as_slack_asked_without_asking_again() -> None:
    client = BusyClient()
    wire = Wire(client, Pace(), SystemClock())

    first, second = wire.post(a_parcel()), wire.post(a_parcel())

    assert first == NotNow(timedelta(seconds=30), "ratelimited")
    assert isinstance(second, NotNow)
    assert second.after > timedelta(seconds=25)
    assert client.asked == 1

    wire.post(a_parcel("C0OTHER"))
    assert client.asked == 2


@pytest.mark.proves("F30")
@pytest.mark.parametrize("off", [timedelta(0), timedelta(minutes=-7), timedelta(days=1)])
def test_slacks_clock_is_read_off_its_answers(desk: Workplace, off: timedelta) -> None:
    machine = StoppedClock(SystemClock().now() + off)
    wire = replace(desk.wire, real=machine)
    assert wire.slack_ahead is None

    wire.post(a_parcel(wire.direct(ANN)))

    assert wire.slack_ahead is not None
    assert abs(wire.slack_ahead + off) < timedelta(seconds=30)


@pytest.mark.parametrize("headers", [{}, {"Date": "soon"}, {"date": ""}])
def test_an_answer_without_a_date_says_nothing_of_the_clock(headers: dict[str, str]) -> None:
    assert ahead_of(NINE, headers) is None


@pytest.mark.proves("F29")
@pytest.mark.parametrize("off", [timedelta(0), timedelta(days=1), -timedelta(days=1)])
@pytest.mark.parametrize("set_right", [True, False])
def test_a_lost_reply_is_found_however_wrong_the_clock_was(
    desk: Workplace, off: timedelta, set_right: bool
) -> None:
    machine = StoppedClock(SystemClock().now() + off)
    wire = replace(desk.wire, real=machine)
    direct = wire.direct(ANN)
    assert isinstance(direct, str)
    wire.post(a_parcel(direct))  # some answer came, so Slack's clock is known
    since = machine.now()
    desk.slack.fault("chat.postMessage", "reply_lost")
    wire.post(replace(a_parcel(direct), key="lost"))
    machine.at = SystemClock().now() if set_right else machine.at

    assert isinstance(find(wire, "lost", [(direct, None)], since=since), Posted)
