"""The schema of what reaches beyond Slack: webhooks and group robots (their secrets are settings)."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, WithJsonSchema

from bot.desk_config.misfit import Misfit
from bot.desk_config.naming import DepartmentRef
from bot.desk_config.notations import Many, text, told
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
WebhookWord = EventWord | Literal["audit_head"]

_KEY = re.compile(r"[a-z][a-z0-9_]{0,30}")
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_-]+(\.[a-z0-9_-]+)*|[0-9a-f]*:[0-9a-f:]+")


def _key(raw: str) -> str:
    if not _KEY.fullmatch(raw):
        wrong = f"expected a key of small letters, digits and _ such as crm, got '{raw[:40]}'"
        raise Misfit(f"{wrong}: variables like ROBOT_<KEY>_URL are named after it")
    return raw


def _url(raw: str) -> str:
    host = _host_of(raw)
    if not raw.startswith(("https://", "http://")) or not host or " " in raw:
        raise Misfit(f"expected an address that starts with https://, got '{raw[:40]}'")
    if "@" in urlsplit(raw).netloc:
        raise Misfit("expected an address without a user or password; secrets are settings")
    return raw


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _host(raw: str) -> str:
    if not _HOST.fullmatch(raw):
        raise Misfit(f"expected a host such as crm.example.internal or 10.0.0.7, got '{raw[:40]}'")
    return raw


EdgeKey = Annotated[str, AfterValidator(told(_key, "desk_key"))]
Host = Annotated[str, AfterValidator(told(_host)), text("crm.example.internal", "10.0.0.7")]


class Webhook(Section):
    """A system told of events as CloudEvents, signed with WEBHOOK_<KEY>_SECRET."""

    url: (
        Annotated[
            str, AfterValidator(told(_url)), WithJsonSchema({"type": "string", "format": "uri"})
        ]
        | None
    ) = None
    """Without it, WEBHOOK_<KEY>_URL of the environment: for an address that is a secret itself."""
    events: Annotated[Many[WebhookWord], Field(min_length=1)]

    @property
    def host(self) -> str:
        """Give the host of its address, "" where the environment has it."""
        return _host_of(self.url) if self.url else ""


class Robot(Section):
    """A group robot; its address and secret are ROBOT_<KEY>_URL and ROBOT_<KEY>_SECRET, never in this file."""

    kind: Literal["dingtalk", "feishu", "wecom"]
    departments: Many[DepartmentRef] = ()
    """Whose cases it tells of; without it all."""
    events: Annotated[Many[EventWord], Field(min_length=1)] = ("assigned", "warning", "breach")


class Outside(Section):
    """What may be reached outside Slack."""

    allow_hosts: Many[Host] = ()
    """Hosts of robots and webhooks that may lie in a private network, or be spoken to without TLS."""
