"""The schema of what reaches beyond Slack: webhooks and group robots (their secrets are settings)."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, WithJsonSchema

from bot.desk_config.misfit import Misfit
from bot.desk_config.naming import DepartmentRef
from bot.desk_config.notations import Many, told
from bot.desk_config.schema_rules import Section

EventWord = Literal[
    "logged",
    "assigned",
    "warning",
    "breach",
    "resolved",
    "told",
    "scored",
    "closed",
    "reopened",
    "stuck",
]


def _url(raw: str) -> str:
    if not raw.startswith(("https://", "http://localhost", "http://127.0.0.1")) or " " in raw:
        raise Misfit(f"expected an address that starts with https://, got '{raw[:40]}'")
    return raw


class Webhook(Section):
    """A system told of events as CloudEvents."""

    url: Annotated[
        str, AfterValidator(told(_url)), WithJsonSchema({"type": "string", "format": "uri"})
    ]
    events: Annotated[Many[EventWord], Field(min_length=1)]


class Robot(Section):
    """A group robot; its address and secret come from the environment, never from this file."""

    kind: Literal["dingtalk", "feishu", "wecom"]
    departments: Many[DepartmentRef] = ()
    """Whose cases it tells of; without it all."""
    events: Annotated[Many[EventWord], Field(min_length=1)] = ("warning", "breach")
