"""The check-up names what robots and webhooks lack, and sends a test only when it is asked to."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from pydantic import SecretStr

from bot.checkup_outside import OutsideCheckup, check_outside
from bot.clock import SystemClock
from bot.findings import Finding, Verdict
from bot.settings import Settings
from bot.voice.outside.guard import Guard
from bot.voice.outside.reach import Reach
from tests.bot.voice.outside.beyond import VARIABLES, WHSEC, a_book, a_robot
from tests.bot.voice.outside.receiver import Receiver, a_receiver, answers
from tickets.handbook import Handbook, RobotKind, Webhook
from tickets.handbook import OutsideEvent as E

BOOK = a_book(a_robot("ding", RobotKind.DINGTALK), events=frozenset({E.CLOSED}))


def settings(variables: Mapping[str, str]) -> Settings:
    return Settings(
        _env_file=None, outside={name: SecretStr(value) for name, value in variables.items()}
    )


def looked(
    variables: Mapping[str, str], book: Handbook = BOOK, *, says: str = "93.184.215.14"
) -> list[Finding]:
    """Look without sending; the name service says this."""
    reach = Reach(guard=Guard(book.allow_hosts, lambda _host, _port: [says]))
    checkup = OutsideCheckup(
        settings=settings(variables), handbook=book, clock=SystemClock(), reach=reach
    )
    return list(checkup.look(live=False))


def told(findings: list[Finding]) -> list[tuple[Verdict, str]]:
    return [(finding.verdict, finding.text) for finding in findings]


def test_what_is_complete_is_good() -> None:
    variables = {name: VARIABLES[name] for name in VARIABLES if "DING" in name or "CRM" in name}

    assert told(looked(variables)) == [
        (Verdict.GOOD, "robot ding: address in order"),
        (Verdict.GOOD, "webhook crm: address in order"),
    ]


def test_what_is_missing_is_named_with_its_variable() -> None:
    assert told(looked({})) == [
        (
            Verdict.DOUBTFUL,
            "robot ding: has no address, so it is told nothing; set ROBOT_DING_URL",
        ),
        (
            Verdict.DOUBTFUL,
            "webhook crm: nothing is sent unsigned; set WEBHOOK_CRM_SECRET to whsec_ and base64",
        ),
    ]


def test_a_variable_of_nobody_is_a_slip() -> None:
    variables = VARIABLES | {"ROBOT_DNIG_URL": "https://x.example"}

    stray = [text for _, text in told(looked(variables)) if "none of it" in text]

    assert "ROBOT_DNIG_URL is set, but the desk file has none of it" in stray


def test_a_private_address_is_wrong_unless_its_host_is_named() -> None:
    variables = {"ROBOT_DING_URL": "https://ding.internal/x", "WEBHOOK_CRM_SECRET": WHSEC}

    [refused, _] = looked(variables, says="10.0.0.7")
    [named, _] = looked(
        variables, replace(BOOK, allow_hosts=frozenset({"ding.internal"})), says="10.0.0.7"
    )

    assert refused.is_wrong
    assert "outside.allow_hosts" in refused.text
    assert not named.is_wrong


def test_a_secret_that_cannot_be_read_is_wrong_and_not_shown() -> None:
    findings = looked(VARIABLES | {"WEBHOOK_CRM_SECRET": "whsec_bad!!"})

    [wrong] = [finding for finding in findings if finding.is_wrong]
    assert "WEBHOOK_CRM_SECRET" in wrong.text
    assert "bad!!" not in wrong.text


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with a_receiver() as running:
        yield running


def here(receiver: Receiver) -> Handbook:
    hook = {"crm": Webhook("crm", frozenset({E.CLOSED}), receiver.url)}
    return replace(BOOK, webhooks=hook, allow_hosts=frozenset({"127.0.0.1"}))


def at(receiver: Receiver) -> Settings:
    return settings({"ROBOT_DING_URL": receiver.url, "WEBHOOK_CRM_SECRET": WHSEC})


def test_nothing_is_sent_unasked(receiver: Receiver) -> None:
    check_outside(at(receiver), here(receiver), clock=SystemClock(), live=False)

    assert receiver.letters == []


def test_asked_to_each_gets_a_harmless_line_and_its_answer_is_told(receiver: Receiver) -> None:
    receiver.plan = [answers(200, b'{"errcode":310000}'), answers(204)]

    findings = check_outside(at(receiver), here(receiver), clock=SystemClock(), live=True)

    assert told(findings) == [
        (Verdict.WRONG, "robot ding: did not take a test message: code 310000"),
        (Verdict.GOOD, "webhook crm: took a test message"),
    ]
    robot, hook = (json.loads(letter.body) for letter in receiver.letters)
    assert robot["markdown"]["title"] == "客户服务中心：连接测试，无需处理"
    assert hook["type"] == "deskbot.desk.test"
    assert not any("verysecret" in finding.text for finding in findings)
