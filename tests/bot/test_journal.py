"""The bot's log: what it says, what it hides, and what libraries may say in it."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from slack_bolt import App

from bot.journal import calm_journal, start_journal
from tests.own_journal import own_journal

SPEAKERS = [
    "",
    "bot.foundation",
    "httpx",
    "httpcore",
    "slack_bolt",
    "slack_bolt.App",
    "slack_sdk",
    "sqlalchemy",
    "sqlalchemy.engine.Engine",
    "alembic",
    "apscheduler",
    "urllib3",
]


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    with own_journal():
        for name in SPEAKERS:  # Bolt, in a test before, may have left levels behind
            logging.getLogger(name).setLevel(logging.NOTSET)
        yield


def said(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def everybody_speaks(level: int) -> None:
    for name in SPEAKERS:
        logging.getLogger(name).log(level, "said")


def test_libraries_are_heard_from_warning_on(capsys: pytest.CaptureFixture[str]):
    start_journal(level="INFO", style="json")
    everybody_speaks(logging.INFO)
    info = {line["logger"] for line in said(capsys)}
    everybody_speaks(logging.WARNING)
    warnings = {line["logger"] for line in said(capsys)}

    assert info == {"root", "bot.foundation"}
    assert warnings == {name or "root" for name in SPEAKERS}


@pytest.mark.proves("X24")
def test_debug_lets_libraries_tell_what_they_do_but_no_payloads(
    capsys: pytest.CaptureFixture[str],
):
    start_journal(level="DEBUG", style="json")
    everybody_speaks(logging.DEBUG)
    debug = {line["logger"] for line in said(capsys)}
    everybody_speaks(logging.INFO)
    info = {line["logger"] for line in said(capsys)}

    assert debug == {"root", "bot.foundation"}
    assert {"slack_bolt.App", "slack_sdk", "sqlalchemy.engine.Engine"} <= info
    assert not {"httpx", "httpcore"} & info  # four looks a second at the sandbox's clock


def test_bolts_own_loggers_are_held_although_it_gives_them_the_roots_level(
    capsys: pytest.CaptureFixture[str],
):
    start_journal(level="DEBUG", style="json")
    app = App(token="xoxb-1", token_verification_enabled=False, signing_secret="s")
    app.logger.debug("a whole payload")
    app.logger.warning("a warning")

    assert [line["event"] for line in said(capsys)] == ["a warning"]


def test_a_trial_hears_of_trouble_alone(capsys: pytest.CaptureFixture[str]):
    start_journal(level="INFO", style="json")
    calm_journal()
    log = structlog.get_logger("bot.running")
    log.info("the desk is open")
    structlog.get_logger("bot.foundation").warning("encryption key made")
    log.warning("directory not refreshed")

    assert [line["event"] for line in said(capsys)] == ["directory not refreshed"]


@pytest.mark.proves("X24", "X25")
def test_secrets_and_numbers_are_hidden_and_a_line_stays_one(capsys: pytest.CaptureFixture[str]):
    start_journal(level="INFO", style="json")
    structlog.get_logger("bot").info("called\nback", token="xoxb-12-ab", phone="13800138000")

    (line,) = said(capsys)
    assert line["event"] == "called⏎back"
    assert (line["token"], line["phone"]) == ("[hidden]", "[hidden]")


@pytest.mark.parametrize(
    "secret",
    [
        "https://oapi.dingtalk.com/robot/send?access_token=0c23ab&timestamp=1&sign=a%2Fb",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx",
        "https://open.feishu.cn/open-apis/bot/v2/hook/9f3b-11",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "SEC240d7bb4c0bafc62",
    ],
)
def test_addresses_and_secrets_of_robots_and_webhooks_are_hidden(
    secret: str, capsys: pytest.CaptureFixture[str]
):
    start_journal(level="INFO", style="json")
    structlog.get_logger("bot").warning(f"failed for {secret}", why=secret)

    (line,) = said(capsys)
    for piece in ("0c23ab", "%2Fb", "693a91f6", "9f3b", "MfKQ", "240d7bb4"):
        assert piece not in json.dumps(line)


def test_the_journal_of_one_test_is_none_of_the_next(capsys: pytest.CaptureFixture[str]) -> None:
    log, library = structlog.get_logger("bot.foundation"), logging.getLogger("sqlalchemy")
    with own_journal():
        start_journal(level="DEBUG", style="text")
        log.warning("within")
        assert library.level == logging.INFO
    log.warning("after it")

    heard = capsys.readouterr()
    assert ("within" in heard.err, "after it" in heard.err) == (True, False)
    assert "after it" in heard.out
    assert library.level == logging.NOTSET
