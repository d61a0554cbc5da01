"""Group robots: how DingTalk, Feishu and WeCom want a message written and signed, and what they answer."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Protocol
from urllib.parse import quote_plus

from bot.voice.outside.addresses import Address
from bot.voice.outside.note import Inert, Note, inert, plainly
from bot.voice.outside.reach import Letter
from tickets.handbook import RobotKind

JSON = MappingProxyType({"content-type": "application/json; charset=utf-8"})
WECOM_MOST = 4096  # bytes of a markdown message
ELLIPSIS = "…"
Payload = dict[str, Any]  # the vendor's own object, made here and sent at once


class Dialect(Protocol):
    """One vendor's robots."""

    @property
    def inert(self) -> Inert:
        """Make words harmless in this notation."""
        ...

    @property
    def every(self) -> timedelta:
        """The time between messages in the long run."""
        ...

    @property
    def burst(self) -> int:
        """How many may go at once; with `every` it stays within the vendor's limit."""
        ...

    @property
    def too_often(self) -> Mapping[int, timedelta]:
        """Answers that ask to wait, and how long."""
        ...

    def letter(self, note: Note, address: Address, *, at: datetime) -> Letter:
        """Write and sign a message."""
        ...

    def code(self, answer: Mapping[str, Any]) -> int | None:
        """Read the vendor's verdict: 0 is accepted, None no verdict at all."""
        ...


@dataclass(frozen=True, slots=True)
class DingTalk:
    """自定义机器人 (open.dingtalk.com/document/robots/custom-robot-access, …/customize-robot-security-settings).

    20 messages a minute, over that the robot is silenced for ten minutes: 130101. 加签: HMAC-SHA256
    of "timestamp\\nsecret" keyed with the secret, base64, URL-encoded; the timestamp in milliseconds,
    no more than an hour off. 310000: signature, keyword or address list do not fit.
    """

    inert: Inert = inert
    every: timedelta = timedelta(seconds=4)
    burst: int = 4
    too_often: Mapping[int, timedelta] = field(
        default_factory=lambda: {130101: timedelta(minutes=10), -1: timedelta(seconds=30)}
    )

    def letter(self, note: Note, address: Address, *, at: datetime) -> Letter:
        """Write markdown, with a button where there is something to open."""
        text = "\n\n".join([f"**{note.title}**", *note.lines])
        payload: Payload = {
            "msgtype": "markdown",
            "markdown": {"title": note.title, "text": text},
        }
        if note.link:
            payload = {
                "msgtype": "actionCard",
                "actionCard": {
                    "title": note.title,
                    "text": text,
                    "singleTitle": note.link_words,
                    "singleURL": note.link,
                },
            }
        return Letter(_dingtalk_url(address, at), _json(payload), JSON)

    def code(self, answer: Mapping[str, Any]) -> int | None:
        """Read errcode: it comes in an answer of 200."""
        return _whole(answer.get("errcode"))


@dataclass(frozen=True, slots=True)
class Feishu:
    """自定义机器人 of Feishu and Lark (open.feishu.cn/document/client-docs/bot-v3/add-custom-bot).

    100 messages a minute and 5 a second, 20 KB: 11232 when too often. 签名校验: HMAC-SHA256 of
    nothing, keyed with "timestamp\\nsecret", base64, in the body; the timestamp in seconds, no more
    than an hour off. `code` 0 is accepted, older robots say `StatusCode`; 19021 signature, 19022
    address, 19024 keyword, 9499 content.
    """

    inert: Inert = plainly  # plain_text elements read no marks
    every: timedelta = timedelta(milliseconds=700)
    burst: int = 3
    too_often: Mapping[int, timedelta] = field(
        default_factory=lambda: {11232: timedelta(seconds=60)}
    )

    def letter(self, note: Note, address: Address, *, at: datetime) -> Letter:
        """Write an interactive card of plain text."""
        elements: list[Payload] = [{"tag": "div", "text": _plain_text("\n".join(note.lines))}]
        if note.link:
            button = {"tag": "button", "text": _plain_text(note.link_words), "url": note.link}
            elements.append({"tag": "action", "actions": [button | {"type": "default"}]})
        colour = "red" if note.is_urgent else "blue"
        card = {
            "config": {"wide_screen_mode": True},
            "header": {"title": _plain_text(note.title), "template": colour},
            "elements": elements,
        }
        payload: Payload = {"msg_type": "interactive", "card": card}
        for secret in address.secrets[:1]:
            stamp = str(int(at.timestamp()))
            payload |= {"timestamp": stamp, "sign": _hmac(f"{stamp}\n{secret}", "")}
        return Letter(address.url, _json(payload), JSON)

    def code(self, answer: Mapping[str, Any]) -> int | None:
        """Read code, or what older robots call it."""
        return _whole(answer.get("code", answer.get("StatusCode")))


@dataclass(frozen=True, slots=True)
class WeCom:
    """群机器人 (developer.work.weixin.qq.com/document/path/91770).

    The key in the address is all there is: no signature. 20 messages a minute, markdown up to 4096
    bytes of UTF-8; 45009 too often, 93000 no such robot, -1 busy.
    """

    inert: Inert = inert
    every: timedelta = timedelta(seconds=4)
    burst: int = 4
    too_often: Mapping[int, timedelta] = field(
        default_factory=lambda: {45009: timedelta(seconds=60), -1: timedelta(seconds=30)}
    )

    def letter(self, note: Note, address: Address, *, at: datetime) -> Letter:  # noqa: ARG002  nothing to sign
        """Write markdown with a link; the lines give way where it is too long."""
        link = f"\n[{note.link_words}]({note.link})" if note.link else ""
        text = _within("\n".join([f"**{note.title}**", *note.lines]), WECOM_MOST - _bytes(link))
        payload: Payload = {"msgtype": "markdown", "markdown": {"content": text + link}}
        return Letter(address.url, _json(payload), JSON)

    def code(self, answer: Mapping[str, Any]) -> int | None:
        """Read errcode: it comes in an answer of 200."""
        return _whole(answer.get("errcode"))


DIALECTS: Mapping[RobotKind, Dialect] = MappingProxyType(
    {
        RobotKind.DINGTALK: DingTalk(),
        RobotKind.FEISHU: Feishu(),
        RobotKind.WECOM: WeCom(),
    }
)


def _dingtalk_url(address: Address, at: datetime) -> str:
    url = address.url
    for secret in address.secrets[:1]:
        stamp = int(at.timestamp() * 1000)
        sign = quote_plus(_hmac(secret, f"{stamp}\n{secret}"))
        url += f"{'&' if '?' in url else '?'}timestamp={stamp}&sign={sign}"
    return url


def _hmac(key: str, message: str) -> str:
    made = hmac.new(key.encode(), message.encode(), hashlib.sha256)
    return base64.b64encode(made.digest()).decode()


def _plain_text(text: str) -> Payload:
    return {"tag": "plain_text", "content": text}


def _json(payload: Payload) -> bytes:
    return json.dumps(payload, ensure_ascii=False).encode()


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _bytes(text: str) -> int:
    return len(text.encode())


def _within(text: str, most: int) -> str:
    if _bytes(text) <= most:
        return text
    cut = text.encode()[: most - _bytes(ELLIPSIS)].decode(errors="ignore")
    return cut + ELLIPSIS
