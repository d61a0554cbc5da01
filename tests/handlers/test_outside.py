"""Through the whole bot: what a customer says in Slack's form reaches DingTalk and the CRM."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog

from tests.bot.voice.outside.receiver import Receiver, a_receiver, answers
from tests.handlers.stage import ROOT, Stage, staged

WHSEC = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
MORE = """
robots:
  tech_group: {{kind: dingtalk, departments: tech, events: [assigned, warning, breach]}}
  ops_group: {{kind: wecom, departments: operations}}
webhooks:
  crm: {{url: "{crm}", events: [logged, assigned, closed]}}
outside: {{allow_hosts: 127.0.0.1}}
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A desk with a DingTalk group, a WeCom group and a CRM beside it."""

    stage: Stage
    group: Receiver
    crm: Receiver

    def bodies(self, receiver: Receiver) -> list[dict[str, Any]]:
        return [json.loads(letter.body) for letter in receiver.letters]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with a_receiver() as group, a_receiver() as crm:
        group.usually = answers(200, b'{"errcode":0,"errmsg":"ok"}')
        desk_file = tmp_path / "desk.yml"
        preset = (ROOT / "presets" / "sandbox.yml").read_text(encoding="utf-8")
        desk_file.write_text(preset + MORE.format(crm=crm.url), encoding="utf-8")
        variables = {
            "ROBOT_TECH_GROUP_URL": group.url,
            "ROBOT_TECH_GROUP_SECRET": "SECgroup",
            "ROBOT_OPS_GROUP_URL": group.url,
            "WEBHOOK_CRM_SECRET": WHSEC,
        }
        opened = staged(tmp_path, desk_file=desk_file, outside=variables)
        with structlog.testing.capture_logs(), opened as stage:
            yield Place(stage, group, crm)


def test_an_urgent_case_reaches_its_departments_group_and_the_crm(place: Place) -> None:
    number = place.stage.log()
    channel, card = place.stage.card(number)

    [note] = place.bodies(place.group)
    said = json.dumps(note, ensure_ascii=False)
    assert f"工单 {number} 由" in said
    assert "P1" in said
    assert "李丽" not in said
    assert "13812345678" not in said
    assert "&sign=" in place.group.letters[0].path
    logged, assigned = place.bodies(place.crm)
    assert (logged["type"], logged["subject"]) == ("deskbot.ticket.logged", number)
    assert assigned["type"] == "deskbot.ticket.assigned"
    assert place.crm.letters[0].headers["webhook-signature"].startswith("v1,")
    assert channel
    assert card


def test_while_they_are_away_slack_is_told_all_the_same(place: Place) -> None:
    place.group.usually = place.crm.usually = answers(503)

    number = place.stage.log()

    channel, card = place.stage.card(number)
    assert number in json.dumps(card)
    assert channel
