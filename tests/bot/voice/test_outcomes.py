import socket
from datetime import timedelta
from http.client import RemoteDisconnected
from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.voice.outcomes import (
    BAD_CONTENT,
    LOCKED_OUT,
    LOCKED_OUT_FOR,
    NO_WAY_IN,
    UNNAMED_TRIES,
    UNSURE,
    USUAL_WAIT,
    outcome_of,
)
from bot.voice.wire import HTTP_TIMEOUT_S, quiet_client
from scheduler.reconcile import SettleTimes
from tickets.delivery import Never, NotNow, Unclear


def refusal(error: str, *, status: int = 200, **headers: str) -> SlackApiError:
    response = SlackResponse(
        client=WebClient(),
        http_verb="POST",
        api_url="https://slack.com/api/chat.postMessage",
        req_args={},
        data={"ok": False, "error": error},
        headers=headers,
        status_code=status,
    )
    return SlackApiError("refused", response)


@pytest.mark.proves("F10")
@pytest.mark.parametrize("header", ["Retry-After", "retry-after"])
def test_too_often_waits_as_long_as_slack_says(header: str) -> None:
    outcome = outcome_of(refusal("ratelimited", status=429, **{header: "17"}), attempt=1)

    assert outcome == NotNow(timedelta(seconds=17), "ratelimited")


def test_too_often_without_a_time_waits_the_usual_time() -> None:
    assert outcome_of(refusal("rate_limited"), attempt=1) == NotNow(USUAL_WAIT, "ratelimited")


@pytest.mark.proves("F49", "F50", "F51")
@pytest.mark.parametrize("error", sorted(NO_WAY_IN | BAD_CONTENT))
def test_a_place_or_content_that_is_refused_is_refused_for_good(error: str) -> None:
    assert outcome_of(refusal(error), attempt=1) == Never(error)


@pytest.mark.proves("F52")
@pytest.mark.parametrize("error", sorted(LOCKED_OUT))
def test_a_lost_right_makes_everything_wait(error: str) -> None:
    assert outcome_of(refusal(error), attempt=9) == NotNow(LOCKED_OUT_FOR, error)


@pytest.mark.proves("F09")
@pytest.mark.parametrize("error", sorted(UNSURE))
def test_slacks_own_errors_are_unclear(error: str) -> None:
    assert outcome_of(refusal(error), attempt=1) == Unclear(error)


@pytest.mark.proves("F09")
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_server_errors_are_unclear(status: int) -> None:
    assert isinstance(outcome_of(refusal("anything", status=status), attempt=1), Unclear)


@pytest.mark.parametrize(
    "trouble",
    [
        TimeoutError(),
        ConnectionResetError(),
        BrokenPipeError(),
        RemoteDisconnected(),
        URLError(TimeoutError()),
        URLError(ConnectionResetError()),
    ],
)
def test_a_broken_connection_is_unclear(trouble: Exception) -> None:
    assert isinstance(outcome_of(trouble, attempt=1), Unclear)


@pytest.mark.parametrize("reason", [ConnectionRefusedError(), socket.gaierror()])
def test_what_never_left_may_be_tried_again(reason: Any) -> None:
    outcome = outcome_of(URLError(reason), attempt=1)

    assert isinstance(outcome, NotNow)
    assert timedelta(0) < outcome.after <= timedelta(seconds=30)


def test_waiting_for_an_unreachable_slack_grows_to_half_a_minute() -> None:
    waits = [outcome_of(URLError(ConnectionRefusedError()), attempt=n) for n in range(1, 20)]

    assert [w.after for w in waits if isinstance(w, NotNow)] == sorted(
        w.after for w in waits if isinstance(w, NotNow)
    )
    assert waits[-1] == NotNow(timedelta(seconds=30), "unreachable")


def test_an_unknown_error_is_looked_into_and_given_up_in_the_end() -> None:
    first = outcome_of(refusal("brand_new_error"), attempt=1)
    last = outcome_of(refusal("brand_new_error"), attempt=UNNAMED_TRIES)

    assert first == Unclear("brand_new_error")
    assert last == Never("brand_new_error")


def test_an_answer_that_is_no_json_leaves_nothing_of_its_body_in_the_log() -> None:
    body = refusal("Received a response in a non-JSON format: <html>secret")

    assert outcome_of(body, attempt=1) == Unclear("not json")


@pytest.mark.proves("F07")
def test_the_client_never_repeats_a_call_by_itself() -> None:
    client = quiet_client("xoxb-test", "http://127.0.0.1:9/api/")

    assert client.retry_handlers == []
    assert client.timeout == HTTP_TIMEOUT_S


@pytest.mark.proves("F08")
def test_looking_back_waits_longer_than_a_call_may_take() -> None:
    times = SettleTimes()

    assert min(times.usual, times.urgent) > timedelta(seconds=HTTP_TIMEOUT_S)
