"""A letter is posted once, in bounded time and size, whatever the receiver does with it (F60)."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
import respx

from bot.voice.outside.guard import Guard
from bot.voice.outside.reach import MOST, Answer, Letter, Loss, Lost, Reach
from tests.bot.voice.outside.receiver import (
    Receiver,
    a_receiver,
    answers,
    drips,
    drips_after_headers,
    keeps_silent,
    resets,
    streams,
)

HERE = Guard(frozenset({"127.0.0.1"}))
QUICK = Reach(guard=HERE, connect_s=1, read_s=0.4, total_s=0.8)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with a_receiver() as running:
        yield running


def test_a_letter_arrives_as_it_was_written(receiver: Receiver) -> None:
    letter = Letter(receiver.url, '{"词": 1}'.encode(), {"content-type": "application/json"})

    came = QUICK.post(letter)

    assert came == Answer(200, b"{}")
    [got] = receiver.letters
    assert (got.path, got.body) == ("/in?key=verysecret", letter.body)
    assert got.headers["content-type"] == "application/json"
    assert got.headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    ("behaviour", "trouble"),
    [(keeps_silent, "ReadTimeout"), (drips, "ReadTimeout"), (resets, "ReadError")],
)
def test_what_was_read_and_not_answered_is_unclear(
    receiver: Receiver, behaviour: object, trouble: str
) -> None:
    receiver.plan = [behaviour]  # type: ignore[list-item]

    assert QUICK.post(Letter(receiver.url, b"{}")) == Lost(Loss.UNCLEAR, trouble)
    assert len(receiver.letters) == 1


@pytest.mark.proves("F60")
def test_a_dripping_answer_ends_with_its_time(receiver: Receiver) -> None:
    receiver.plan = [drips_after_headers]
    began = time.monotonic()

    came = QUICK.post(Letter(receiver.url, b"{}"))

    assert came == Answer(200, None)  # the status had arrived
    assert time.monotonic() - began < 5


@pytest.mark.proves("F60")
def test_ten_gigabytes_are_left_where_they_are(receiver: Receiver) -> None:
    receiver.plan = [streams]

    came = replace(QUICK, total_s=5).post(Letter(receiver.url, b"{}"))

    assert came == Answer(200, None)
    assert receiver.streamed < 200 * MOST  # what the sockets' buffers take


@pytest.mark.proves("F60")
@pytest.mark.parametrize("to", ["http://169.254.169.254/latest/meta-data/", "/elsewhere"])
def test_a_redirect_is_an_answer_and_never_followed(receiver: Receiver, to: str) -> None:
    receiver.plan = [answers(302, location=to)]

    assert QUICK.post(Letter(receiver.url, b"{}")) == Answer(302, b"{}")
    assert len(receiver.letters) == 1


def test_nobody_there_means_that_nothing_left() -> None:
    came = QUICK.post(Letter("http://127.0.0.1:9/in", b"{}"))

    assert came == Lost(Loss.NEVER_LEFT, "ConnectError")


def test_a_host_without_address_means_that_nothing_left() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("no such host")

    reach = Reach(guard=Guard(resolve=unknown))

    assert reach.post(Letter("https://nowhere.example/", b"{}")) == Lost(
        Loss.NEVER_LEFT, "ConnectError"
    )


def test_plain_http_where_tls_is_spoken_to_means_that_nothing_left(receiver: Receiver) -> None:
    came = QUICK.post(Letter(receiver.url.replace("http:", "https:"), b"{}"))

    assert came == Lost(Loss.NEVER_LEFT, "ConnectError")
    assert receiver.letters == []


@pytest.mark.parametrize("url", ["https://", "nonsense", "https://exa mple/"])
def test_what_is_no_address_is_never_tried(url: str) -> None:
    came = QUICK.post(Letter(url, b"{}"))

    assert isinstance(came, Lost)
    assert came.loss in {Loss.FORBIDDEN, Loss.NEVER_LEFT}


def test_retry_after_is_passed_on(receiver: Receiver) -> None:
    receiver.plan = [answers(429, retry_after="17")]

    assert QUICK.post(Letter(receiver.url, b"{}")) == Answer(429, b"{}", "17")


@respx.mock
def test_the_systems_own_proxy_settings_are_not_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "https_proxy"):
        monkeypatch.setitem(os.environ, name, "http://127.0.0.1:9")
    route = respx.post("https://hooks.example/in").mock(httpx.Response(204))

    came = Reach(guard=Guard()).post(Letter("https://hooks.example/in", b"{}"))

    assert came == Answer(204, b"")
    assert route.called


def test_a_proxy_that_is_configured_is_used(receiver: Receiver) -> None:
    reach = replace(QUICK, proxy=f"http://127.0.0.1:{receiver.port}")

    came = reach.post(Letter("http://127.0.0.1/in", b"{}"))

    assert came == Answer(200, b"{}")
    assert receiver.letters[0].path == "http://127.0.0.1/in"


@pytest.mark.parametrize("host", ["169.254.169.254", "10.0.0.1", "2130706433", "[::1]"])
def test_no_proxy_is_asked_for_what_is_forbidden(receiver: Receiver, host: str) -> None:
    reach = Reach(guard=Guard(), proxy=f"http://127.0.0.1:{receiver.port}")

    came = reach.post(Letter(f"https://{host}/", b"{}"))

    assert isinstance(came, Lost)
    assert came.loss is Loss.FORBIDDEN
    assert receiver.letters == []


def test_neither_letters_nor_losses_show_an_address(receiver: Receiver) -> None:
    letter = Letter(receiver.url, b"{}", {"authorization": "Bearer verysecret"})

    assert "verysecret" not in repr(letter)
    assert "verysecret" not in repr(QUICK.post(letter))
