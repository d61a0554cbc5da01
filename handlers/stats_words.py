"""What is typed behind `/ticket stats`: a period and what figures are told apart by, in English and both Chinese scripts."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from handlers.words import folded
from tickets.desk.context import Desk
from tickets.errors import NotFound
from tickets.insight.figures import By
from tickets.insight.spans import Span, span_of
from tickets.people.privacy import redact

DAY = timedelta(days=1)
_WITHIN_A_YEAR = 364 * DAY

_BY: Mapping[By, str] = MappingProxyType(
    {
        By.DEPARTMENT: "department departments dept team 部门 部門 责任部门 責任部門",
        By.CATEGORY: "category categories class 分类 分類 类别 類別 问题类型 問題類型",
        By.KIND: "kind kinds type 种类 種類 工单类型 工單類型 类型 類型",
        By.PERSON: "person people assignee agent 人 人员 人員 个人 個人 责任人 責任人 客服 员工 員工",
        By.BAND: "band peak hours 时段 時段 忙闲 忙閒 忙时 忙時",
        By.PRIORITY: "priority urgency 优先级 優先級 紧急程度 緊急程度",
        By.CHANNEL: "channel contact-channel 渠道 管道",
        By.CUSTOMER: "customer customers customer-type 客户 客戶 客户类型 客戶類型",
    }
)
_BY_WORDS = {word: by for by, line in _BY.items() for word in line.split()}
_BY_AT_THE_END = re.compile(r"(?:(?:^|\s)by\s+|(?:^|\s*)按)(\S+)$")

_NAMED = {
    word: key
    for key, line in {
        "today": "today 今天 今日",
        "yesterday": "yesterday 昨天 昨日",
        "week": "week this-week 本周 本週 这周 這週 这一周",
        "last_week": "last-week 上周 上週 上星期",
        "month": "month this-month 本月 这个月 這個月 当月 當月",
        "last_month": "last-month 上月 上个月 上個月",
        "year": "year this-year 今年 本年",
        "last_year": "last-year 去年 上年",
    }.items()
    for word in line.split()
}
_LAST_DAYS = re.compile(r"(?:last |最近|近)(\d{1,3}) ?(?:days?|天|日)")
_BETWEEN = re.compile(r"(.+?)\s*(?:\.\.+|…|~|至|到| to | - |—|–)\s*(.+)")
_YEAR = re.compile(r"(\d{4})年?")
_YEAR_WEEK = re.compile(r"(\d{4})(?:[-年]|[-年]?[w第])(\d{1,2})(?:周|週)?")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
_SIX_DIGITS = re.compile(r"(\d{4})(\d{2})")  # a month, as many write it
_MONTH = re.compile(r"(\d{1,2})月份?")
_FULL_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号號]?")
_SHORT_DAY = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号號]?")


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
    """Read what was asked for; nothing typed means this month, None that it names no period."""
    words = folded(typed)
    by = None
    found = _BY_AT_THE_END.search(words)
    if found:
        by = _BY_WORDS.get(found[1])
        if by is None:
            return None
        words = words[: found.start()].strip()
    elif words in _BY_WORDS:
        by, words = _BY_WORDS[words], ""
    key = _key(words or "month", today)
    return Wanted(key, by) if key else None


def _key(words: str, today: date) -> str | None:
    named = _NAMED.get(words.replace(" ", "-"))
    if named:
        return _MAKERS[named](today)
    last = _LAST_DAYS.fullmatch(words)
    if last:
        return _range(today - (max(1, int(last[1])) - 1) * DAY, today)
    try:
        return _written(words, today) or _from_to(words, today)
    except ValueError:  # no such day
        return None


def _written(words: str, today: date) -> str | None:
    """Read a year, a month, a week or a day that is written out."""
    for pattern, make in _WRITTEN:
        fit = pattern.fullmatch(words)
        if fit:
            return make([int(one) for one in fit.groups()], today)
    return None


def _from_to(words: str, today: date) -> str | None:
    """Read two days; without a year they are the last such days of which the first is not to come."""
    fit = _BETWEEN.fullmatch(words)
    if fit is None:
        return None
    begins, ends = fit[1].strip(), fit[2].strip()
    if _FULL_DAY.fullmatch(begins):
        first = _day(begins, today)
        last = _day(ends, first + _WITHIN_A_YEAR) if first else None
        return _range(first, last) if first and last else None
    for latest in (today + _WITHIN_A_YEAR, today):
        last = _day(ends, latest)
        first = _day(begins, last) if last else None
        if first and last and first <= today:
            return _range(first, last)
    return None


def _day(words: str, latest: date) -> date | None:
    """Read a day; one without a year is the last such day that is not after `latest`."""
    full, short = _FULL_DAY.fullmatch(words), _SHORT_DAY.fullmatch(words)
    if full:
        return date(int(full[1]), int(full[2]), int(full[3]))
    if not short:
        return None
    month, day = int(short[1]), int(short[2])
    for year in range(latest.year, latest.year - 5, -1):  # 29 February comes in four years
        if (month, day) == (2, 29) and not _is_leap(year):
            continue
        found = date(year, month, day)
        if found <= latest:
            return found
    return None


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _range(first: date, last: date) -> str:
    return f"{first.isoformat()}..{last.isoformat()}"


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def _year_month(numbers: list[int]) -> str:
    return f"{date(numbers[0], numbers[1], 1):%Y-%m}"


def _month_of(numbers: list[int], today: date) -> str:
    (month,) = numbers
    first = date(today.year, month, 1)
    return f"{first if first <= today else first.replace(year=today.year - 1):%Y-%m}"


def _short_day(numbers: list[int], today: date) -> str:
    found = _day(f"{numbers[0]}-{numbers[1]}", today)
    if found is None:
        raise ValueError(numbers)
    return found.isoformat()


_MAKERS: Mapping[str, Callable[[date], str]] = {
    "today": date.isoformat,
    "yesterday": lambda today: (today - DAY).isoformat(),
    "week": _week,
    "last_week": lambda today: _week(today - 7 * DAY),
    "month": lambda today: f"{today:%Y-%m}",
    "last_month": lambda today: f"{today.replace(day=1) - DAY:%Y-%m}",
    "year": lambda today: f"{today:%Y}",
    "last_year": lambda today: f"{today.year - 1:04}",
}
_WRITTEN: tuple[tuple[re.Pattern[str], Callable[[list[int], date], str]], ...] = (
    (_YEAR, lambda numbers, _today: f"{numbers[0]:04}"),
    (_YEAR_MONTH, lambda numbers, _today: _year_month(numbers)),
    (_SIX_DIGITS, lambda numbers, _today: _year_month(numbers)),
    (
        _YEAR_WEEK,
        lambda numbers, _today: _week(date.fromisocalendar(numbers[0], numbers[1], 1)),
    ),
    (_MONTH, _month_of),
    (_FULL_DAY, lambda numbers, _today: date(*numbers).isoformat()),
    (_SHORT_DAY, _short_day),
)
