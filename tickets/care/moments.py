"""Moments as people type them, in Chinese and English: 明天15:00, 下周一9点半, Friday 9am, in 2 hours.

(dateparser was tried: it reads neither 明天下午3点 nor 10月7日 9:00.)
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SIMPLE = str.maketrans("後週點鐘時個禮號", "后周点钟时个礼号")
_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "半": 0.5}
_DAYS_AHEAD = {
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "yesterday": -1,
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
}
_WEEKDAYS = {c: n for n, c in enumerate("一二三四五六")} | {"日": 6, "天": 6}
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AFTERNOON = ("下午", "晚上", "傍晚", "pm", "tonight")
_MORNING_START = time(9)  # a day without an hour means the start of work

_AFTER_ZH = re.compile(
    r"(\d+|[一二两三四五六七八九十半]+)(?:个)?(分钟|分|小时|钟头|天|日|周|星期)(?:之)?后"
)
_AFTER_EN = re.compile(r"in (an?|\d+) (minute|min|hour|day|week)s?")
_CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})(?:\s*(am|pm))?")
_CLOCK_ZH = re.compile(
    r"(\d{1,2}|[一二两三四五六七八九十]+)(?:点钟|点)(?:(半)|(\d{1,2})分?|(一刻)|(三刻))?"
)
_CLOCK_EN = re.compile(r"\b(\d{1,2})\s*(am|pm)\b")
_ISO = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_MONTH_DAY = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?")
_MONTH_DAY_EN = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\.? (\d{{1,2}})\b")
_WEEKDAY_ZH = re.compile(r"(下)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天])")
_WEEKDAY_EN = re.compile(rf"\b(next )?({'|'.join(_ENGLISH_DAYS)})[a-z]*\b")
_UNITS = {
    "分钟": "minutes",
    "分": "minutes",
    "小时": "hours",
    "钟头": "hours",
    "天": "days",
    "日": "days",
    "周": "weeks",
    "星期": "weeks",
    "minute": "minutes",
    "min": "minutes",
    "hour": "hours",
    "day": "days",
    "week": "weeks",
}


def read_moment(typed: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Read a moment ahead of `now` in the typing person's zone; None when it cannot be read."""
    text = unicodedata.normalize("NFKC", typed).translate(_SIMPLE).strip().lower()
    local = now.astimezone(zone)
    after = _after(text)
    if after is not None:
        return now + after if after else None
    try:
        day, clock = _day(text, local.date()), _clock(text)
    except ValueError:
        return None
    if day is None and clock is None:
        return None
    return _ahead(day, clock, local, named_weekday=_names_weekday(text))


def _ahead(
    day: date | None, clock: time | None, local: datetime, *, named_weekday: bool
) -> datetime | None:
    moment = datetime.combine(day or local.date(), clock or _MORNING_START, local.tzinfo)
    if moment <= local and day is None:
        moment += timedelta(days=1)
    if moment <= local and named_weekday:
        moment += timedelta(days=7)
    return moment.astimezone(ZoneInfo("UTC")) if moment > local else None


def _after(text: str) -> timedelta | None:
    if found := _AFTER_ZH.search(text):
        return timedelta(**{_UNITS[found[2]]: _number(found[1])})
    if found := _AFTER_EN.search(text):
        amount = 1 if found[1] in {"a", "an"} else int(found[1])
        return timedelta(**{_UNITS[found[2]]: amount})
    if text in {"半小时后", "in half an hour"}:
        return timedelta(minutes=30)
    return None


def _number(text: str) -> float:
    """一 to 九十九, digits, and 半 alone."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return float(_NUMERALS[text])
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)


def _clock(text: str) -> time | None:
    afternoon = any(word in text for word in _AFTERNOON)
    if found := _CLOCK.search(text):
        return _time(
            int(found[1]), int(found[2]), afternoon or found[3] == "pm", morning=found[3] == "am"
        )
    if found := _CLOCK_ZH.search(text):
        minute = 30 if found[2] else 15 if found[4] else 45 if found[5] else int(found[3] or 0)
        return _time(int(_number(found[1])), minute, afternoon, morning=False)
    if found := _CLOCK_EN.search(text):
        return _time(int(found[1]), 0, found[2] == "pm", morning=found[2] == "am")
    if "中午" in text or "noon" in text:
        return time(12)
    return None


def _time(hour: int, minute: int, afternoon: bool, *, morning: bool) -> time:
    if afternoon and hour < 12:
        hour += 12
    if morning and hour == 12:
        hour = 0
    return time(hour, minute)


def _day(text: str, today: date) -> date | None:
    if found := _ISO.search(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _MONTH_DAY.search(text):
        return _next_such(int(found[1]), int(found[2]), today)
    if found := _MONTH_DAY_EN.search(text):
        return _next_such(_MONTHS.index(found[1]) + 1, int(found[2]), today)
    for word in sorted(_DAYS_AHEAD, key=len, reverse=True):
        if word in text:
            return today + timedelta(days=_DAYS_AHEAD[word])
    return _weekday(text, today)


def _next_such(month: int, day: int, today: date) -> date:
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def _weekday(text: str, today: date) -> date | None:
    """周五 is the next Friday, today included while its hour is ahead; 下周一 is in the week that follows."""
    if found := _WEEKDAY_ZH.search(text):
        wanted, following = _WEEKDAYS[found[2]], bool(found[1])
    elif found := _WEEKDAY_EN.search(text):
        wanted, following = _ENGLISH_DAYS.index(found[2]), bool(found[1])
    else:
        return None
    if following:
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7)
        return monday + timedelta(days=wanted)
    return today + timedelta(days=(wanted - today.weekday()) % 7)


def _names_weekday(text: str) -> bool:
    found = _WEEKDAY_ZH.search(text) or _WEEKDAY_EN.search(text)
    return bool(found and not found[1])
