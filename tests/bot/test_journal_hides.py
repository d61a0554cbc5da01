"""Nothing that opens a door, nobody's number and no forged line gets into the log (X24, X25)."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.journal import start_journal
from tests.handlers.views.hostile import texts

CANARIES = {
    "bot token": ("xoxb-70000-zaqxsw-AbCdEf", "zaqxsw"),
    "app token": ("xapp-1-A0-70000-zaqxsw", "zaqxsw"),
    "response_url": ("https://hooks.slack.com/commands/T1/70000/zaqxsw", "zaqxsw"),
    "bearer": ("Authorization: Bearer zaqxsw.70000.x", "zaqxsw"),
    "database": ("postgresql://desk:zaqxsw70000@db:5432/desk", "zaqxsw"),
    "robot": ("https://oapi.dingtalk.com/robot/send?access_token=zaqxsw70000", "zaqxsw"),
    "mobile": ("13812345678", "1381234"),
    "mobile, full-width": ("１３８１２３４５６７８", "１３８１２３４"),
    "mobile, spaced": ("138 1234 5678", "138 1234"),
    "identity number": ("11010519491231002X", "1101051949"),
    "bank card": ("6222021234567890128", "622202123"),
    "mail": ("zaqxsw@example.com", "zaqxsw"),
}
STYLES = ("json", "text")


def _fail(why: str) -> None:
    raise ValueError(why)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers = handlers
    root.setLevel(level)


def journal(style: str) -> io.StringIO:
    """Start a journal at DEBUG whose lines are kept."""
    start_journal(level="DEBUG", style=style)
    kept = io.StringIO()
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(kept)
    return kept


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("canary", CANARIES)
@pytest.mark.proves("X24")
def test_a_canary_is_hidden_whatever_it_is_logged_as(canary: str, style: str) -> None:
    secret, trace = CANARIES[canary]
    kept = journal(style)
    log = structlog.get_logger("bot.test")

    log.info(f"heard {secret}")
    log.debug(
        "heard", text=secret, nested={"a": [{"b": secret}, (secret,)]}, thing=ValueError(secret)
    )
    log.warning("heard", key={secret: 1})
    logging.getLogger("elsewhere").debug("a line %s of %r", secret, {"x": secret})
    logging.getLogger("elsewhere").info("extra", extra={"payload": {"user": secret}})
    try:
        _fail(secret)
    except ValueError:
        log.exception("failed")
        logging.getLogger("elsewhere").exception("failed too")

    written = kept.getvalue()
    assert written.count("failed") >= 2
    assert trace not in written


@pytest.mark.parametrize("name", ["slack_sdk.web", "slack_bolt.App", "slack_sdk.socket_mode"])
@pytest.mark.proves("X24")
def test_the_sdks_payloads_are_never_written_even_at_debug(name: str) -> None:
    kept = journal("json")

    logging.getLogger(name).debug("Sending a request - body: {'text': 'whole payload'}")

    assert kept.getvalue() == ""


def test_numbers_that_are_nobodys_stay() -> None:
    kept = journal("json")

    structlog.get_logger("bot").info(
        "logged", number="20231001001", took_ms=13812345, due="2023-10-01"
    )

    line = json.loads(kept.getvalue())
    assert (line["number"], line["took_ms"], line["due"]) == ("20231001001", 13812345, "2023-10-01")


def test_a_number_is_hidden_as_a_number_too() -> None:
    kept = journal("json")

    structlog.get_logger("bot").info("called", phone=13812345678)

    assert "13812345678" not in kept.getvalue()


FORGED = "x\r\n2026-11-29T10:00:00Z [info     ] the desk is open   [bot.running]\x1b[2K\u2028y"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.proves("X25")
def test_no_line_is_forged_by_what_is_logged(style: str) -> None:
    kept = journal(style)

    structlog.get_logger("bot").info(FORGED, text=FORGED, why=f"Traceback {FORGED}")

    (line,) = kept.getvalue().splitlines()
    assert "\x1b[2K" not in line


@pytest.mark.proves("X25")
def test_a_line_inside_an_exception_cannot_pass_for_one_of_ours() -> None:
    kept = journal("text")

    try:
        _fail(FORGED)
    except ValueError:
        structlog.get_logger("bot").exception("failed")

    first, *rest = kept.getvalue().splitlines()
    assert "failed" in first
    assert all(line.startswith("    | ") for line in rest[1:])
    assert sum(line.lstrip().startswith("20") for line in rest) == 0


@given(texts, st.sampled_from(STYLES))
@pytest.mark.proves("X25")
def test_whatever_is_logged_is_one_line(text: str, style: str) -> None:
    kept = journal(style)

    structlog.get_logger("bot").info("heard", text=text, nested=[text])

    assert len(kept.getvalue().splitlines()) == 1
