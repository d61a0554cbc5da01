"""What is typed behind `/ticket stats`: a period and what figures are told apart by, in English and both Chinese scripts."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from handlers.period_words import read_key
from handlers.words import folded
from tickets.desk.context import Desk
from tickets.errors import NotFound
from tickets.insight.figures import By
from tickets.insight.spans import Span, span_of
from tickets.people.privacy import redact

_BY: Mapping[By, str] = MappingProxyType(
    {
        By.DEPARTMENT: "department departments dept team 部门 部門 责任部门 責任部門",
        By.CATEGORY: (
            "category categories class classes 分类 分類 类别 類別 问题类型 問題類型 问题分类 問題分類 二级分类 二級分類"
        ),
        By.KIND: "kind kinds type 种类 種類 工单类型 工單類型 类型 類型",
        By.PERSON: (
            "person people assignee agent owner handler 人 人员 人員 个人 個人 责任人 責任人 负责人 負責人 处理人 處理人 客服"
            " 员工 員工"
        ),
        By.BAND: "band peak hours busy-hours 时段 時段 来电时段 來電時段 忙闲 忙閒 忙时 忙時 忙闲时 忙閒時",
        By.PRIORITY: "priority urgency 优先级 優先級 紧急程度 緊急程度",
        By.CHANNEL: "channel contact-channel 渠道 反馈渠道 反饋渠道 管道",
        By.CUSTOMER: "customer customers customer-type 客户 客戶 客户类型 客戶類型",
    }
)
_BY_WORDS = {word.replace("-", " "): by for by, line in _BY.items() for word in line.split()}
_LONGEST_FIRST = sorted(_BY_WORDS, key=len, reverse=True)
_MARK = re.compile(r"(?:^|[\s,、;])by\s+|按照?\s*")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A period's key (tickets/insight/spans.py), and what to tell apart by."""

    key: str
    by: By | None


def behind(typed: str, words: Collection[str]) -> str | None:
    """Give what is typed behind one of these words, the longest that fits; None where it begins with none."""
    line = folded(typed)
    said = max((one for one in words if line.startswith(one)), key=len, default=None)
    return None if said is None else line[len(said) :].strip()


def span_wanted(typed: str, desk: Desk, *, otherwise: str) -> Span:
    """Read a period alone, this month where nothing is typed. Raises NotFound, saying `otherwise`."""
    wanted = read_wanted(typed, today=desk.calendar().date_of(desk.clock.now()))
    span = span_of(wanted.key, desk.calendar()) if wanted and not wanted.by else None
    if span is None:
        raise NotFound(otherwise, typed=redact(typed)[:40])
    return span


def read_wanted(typed: str, *, today: date) -> Wanted | None:
    """Read what was asked for, in either order; nothing typed means this month, None that it names no period."""
    words = folded(typed)
    by: By | None
    mark = _MARK.search(words)
    if mark:
        taken = _taken(words[mark.end() :])
        if taken is None:
            return None
        by, rest = taken
        words = f"{words[: mark.start()]} {rest}".strip()
    else:
        by, words = _unmarked(words)
    key = read_key(words or "month", today)
    return Wanted(key, by) if key else None


def _taken(words: str) -> tuple[By, str] | None:
    """Take what to tell apart by from the front of the words, the longest name that fits."""
    for name in _LONGEST_FIRST:
        rest = words.removeprefix(name)
        if rest != words and not (name.isascii() and rest[:1].isalnum()):
            return _BY_WORDS[name], rest.strip()
    return None


def _unmarked(words: str) -> tuple[By | None, str]:
    """Take a name that stands by itself in front of the period, or behind it."""
    for name in _LONGEST_FIRST:
        if words == name:
            return _BY_WORDS[name], ""
        if words.startswith(f"{name} "):
            return _BY_WORDS[name], words.removeprefix(f"{name} ")
        if words.endswith(f" {name}"):
            return _BY_WORDS[name], words.removesuffix(f" {name}")
    return None, words
