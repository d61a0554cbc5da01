"""Slack's deliveries as the bot gets them: a command, a button, a sent form, a message in a thread."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count, cycle
from random import Random
from time import time  # noqa: TID251  Slack signs with the machine's own time
from typing import Any
from urllib.parse import urlencode

from slack_bolt import BoltRequest
from slack_sdk.signature import SignatureVerifier

from benchmarks import wording
from benchmarks.ground import AGENTS, Place
from benchmarks.stub import TEAM
from handlers.views.form_fields import FIELD_BLOCKS, TICKED, second_level_block
from handlers.views.ids import VALUE, ActionId, CallbackId

Json = dict[str, Any]

SECRET = "benchmark-signing-secret"
_APP = {"api_app_id": "A0DESK", "token": "gone", "is_enterprise_install": False}
_serial = count(1)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One payload; Slack wraps it as an envelope or as a signed request."""

    kind: str  # as in Socket Mode: slash_commands, interactive, events_api
    payload: Json

    @property
    def envelope(self) -> Json:
        """Give it as Socket Mode sends it, without its id."""
        return {"type": self.kind, "payload": self.payload}

    def request(self) -> BoltRequest:
        """Give it as a request signed now."""
        body = self._body()
        stamp = str(int(time()))
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
        kind = "application/json" if self.kind == "events_api" else _FORM
        headers: dict[str, str | Sequence[str]] = {
            "content-type": [kind],
            "x-slack-signature": [signature or ""],
            "x-slack-request-timestamp": [stamp],
        }
        return BoltRequest(body=body, headers=headers)

    def _body(self) -> str:
        if self.kind == "events_api":
            return json.dumps(self.payload)
        if self.kind == "interactive":
            return urlencode({"payload": json.dumps(self.payload)})
        return urlencode(self.payload)


_FORM = "application/x-www-form-urlencoded"


def commands(text: str) -> Iterator[Delivery]:
    """Type `/ticket …`, each time by the next agent."""
    for person in cycle(AGENTS):
        yield Delivery(
            "slash_commands",
            {
                **_APP,
                "command": "/ticket",
                "text": text,
                "team_id": TEAM,
                "user_id": person,
                "user_name": person.lower(),
                "channel_id": "C0001",
                "channel_name": "service-desk",
                "trigger_id": f"13345224609.738474920.{next(_serial)}",
                "response_url": "http://127.0.0.1:9/never",
            },
        )


def new_cases() -> Iterator[Delivery]:
    """Send the form of a new case, each of another customer."""
    choose = Random(20251124)
    for person in cycle(AGENTS):
        serial = next(_serial)
        view = {
            "id": f"V{serial:09}",
            "type": "modal",
            "callback_id": CallbackId.FORM,
            "private_metadata": json.dumps({"opened": int(time()) - 60}),
            "blocks": [],
            "hash": "1.a",
            "team_id": TEAM,
            "state": {"values": _typed(choose)},
        }
        yield Delivery("interactive", _interaction("view_submission", person) | {"view": view})


def _typed(choose: Random) -> dict[str, Json]:
    texts = {
        "name": wording.name(choose),
        "phone": wording.phone(choose),
        "description": wording.description(choose),
        "expectation": wording.wish(choose),
        "when": "今天早上",
        "where": "客厅",
    }
    inputs: dict[str, Json] = {
        FIELD_BLOCKS[name]: {"type": "plain_text_input", "value": text}
        for name, text in texts.items()
    }
    inputs[FIELD_BLOCKS["category"]] = _picked("after_sales")
    inputs[second_level_block("after_sales")] = _picked("after_sales/fault")
    inputs[FIELD_BLOCKS["urgency"]] = _picked("P2")
    inputs[FIELD_BLOCKS["read_back"]] = {
        "type": "checkboxes",
        "selected_options": [{"value": TICKED}],
    }
    return {block: {VALUE: typed} for block, typed in inputs.items()}


def _picked(value: str) -> Json:
    return {"type": "static_select", "selected_option": {"value": value}}


def accepts(place: Place) -> Iterator[Delivery]:
    """Press Accept, each time on another case by the person who has it."""
    for number, assignee in cycle(_new_ones(place)):
        serial = next(_serial)
        stamp = f"1700000000.{serial:06}"
        pressed = {
            "type": "button",
            "action_id": ActionId.ACCEPT,
            "block_id": "steps",
            "value": number,
            "action_ts": stamp,
        }
        yield Delivery(
            "interactive",
            _interaction("block_actions", assignee)
            | {
                "container": {"type": "message", "message_ts": stamp, "channel_id": "C0002"},
                "channel": {"id": "C0002", "name": "tech"},
                "message": {"ts": stamp, "text": ""},
                "response_url": "http://127.0.0.1:9/never",
                "actions": [pressed],
            },
        )


def _new_ones(place: Place) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(place.database)) as database:
        found: list[tuple[str, str]] = database.execute(
            "SELECT number, assignee FROM tickets WHERE status = 'new' AND is_open ORDER BY number DESC"
        ).fetchall()
    if not found:
        msg = "no stored case is left that nobody has accepted"
        raise RuntimeError(msg)
    return found


def thread_messages(place: Place) -> Iterator[Delivery]:
    """Write under the newest card."""
    with closing(sqlite3.connect(place.database)) as database:
        channel, card = database.execute(
            "SELECT channel_id, message_ts FROM cards WHERE channel_id NOT NULL ORDER BY id DESC LIMIT 1"
        ).fetchone()
    for person in cycle(AGENTS):
        serial = next(_serial)
        yield Delivery(
            "events_api",
            {
                **_APP,
                "type": "event_callback",
                "team_id": TEAM,
                "event_id": f"Ev{serial:09}",
                "event_time": int(time()),
                "authorizations": [{"team_id": TEAM, "user_id": "U0DESKBOT", "is_bot": True}],
                "event": {
                    "type": "message",
                    "channel": channel,
                    "channel_type": "channel",
                    "user": person,
                    "text": "客户刚刚又打来一次电话",
                    "ts": f"1800000000.{serial:06}",
                    "thread_ts": card,
                },
            },
        )


def _interaction(kind: str, person: str) -> Json:
    return {
        **_APP,
        "type": kind,
        "team": {"id": TEAM, "domain": "desk"},
        "user": {"id": person, "username": person.lower(), "team_id": TEAM},
        "trigger_id": f"13345224609.738474920.{next(_serial)}",
        "enterprise": None,
    }
