"""Moments as sheets hold them: Excel's serials, 2023/10/1 9:30, 10月1日, 24:00, an hour alone under a date."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  Excel's day 0, a wall clock without a zone
_SERIALS = (20_000, 80_000)  # 1954 to 2119: no other number in such a column
_SIMPLE = str.maketrans("時點鐘後號週禮", "时点钟后号周礼")
_DAY = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})([01]\d)([0-3]\d)(?!\d)")
_CLOCK = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?::|时|点钟?)\s*(?:(\d{1,2})|(半))?(?:\s*[:分]\s*(\d{1,2}))?\s*[分秒]?(?!\d)"
)
_SHORT = re.compile(r"(?<![\d/.-])(\d{1,2})\s*(?:[-/]|月)\s*(\d{1,2})(?:\s*[日号]|(?![\d/.-]))")
_NAMED = re.compile(r"(?<!\d)\d{1,2}\s*月\s*\d{1,2}\s*[日号]")  # no 3-5 and no 1/2
_COMPACT_CLOCK = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_LATE = re.compile(r"下午|晚上|傍晚|晚|pm", re.IGNORECASE)
_EARLY = re.compile(r"上午|早上|凌晨|中午|am", re.IGNORECASE)
_NIGHT = re.compile(r"凌晨|am", re.IGNORECASE)  # whose 12 is midnight
_ELSEWHERE = re.compile(
    r"\d\s*(?:Z|UTC|GMT|[+-]00:?00)$", re.IGNORECASE
)  # the desk's clock is none
_AROUND = re.compile(r"大约|大概|约|左右|许|前后|[\s,，、:：~～()（）]")
_WEEKDAY = re.compile(r"[(（]?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*[)）]?")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4})"
_A_NAME = re.compile("[A-Za-z]{3}")
_ENGLISH = tuple(
    re.compile(rf"\b{parts}\b", re.IGNORECASE)
    for parts in (rf"{_DATE}[\s-]+{_MONTH},?[\s-]+{_YEAR}", rf"{_MONTH}\s+{_DATE},?\s+{_YEAR}")
)
_NUMBER = re.compile(r"\d{5}(?:\.\d+)?")
_FRACTION = re.compile(r"0?\.\d+")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a cell says of a moment: a day, an hour of it in minutes (1440 is the day's end), or both."""

    day: date | None = None
    minute: int | None = None


@lru_cache(maxsize=4096)
def read_typed(text: str, near: date | None = None) -> Typed | None:
    """Read a cell; a day without its year is the one nearest to `near`. None where it says no moment.

    A row's moments are read again for its mark.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_SIMPLE).strip()
    if _ELSEWHERE.search(plain):
        return None
    plain = _without_names(_WEEKDAY.sub(" ", plain)).replace("T", " ")
    if _NUMBER.fullmatch(plain) and _SERIALS[0] <= float(plain) < _SERIALS[1]:
        return _of_serial(float(plain))
    if _FRACTION.fullmatch(plain):
        return Typed(minute=round(float(plain) * 1440))
    try:
        found, day = _day(plain)
        is_whole = day is not None
        if not is_whole and near is not None:
            found, day = _short_day(plain, near)
        rest = plain[: found.start()] + " " + plain[found.end() :] if found else plain
        if not is_whole and not _is_an_hour_alone(rest):
            return None
        minute = _minute(rest)
        if minute is None and found and (compact := _COMPACT_CLOCK.fullmatch(rest.strip())):
            minute = int(compact[1]) * 60 + int(compact[2])
    except ValueError:
        return None
    return Typed(day, minute) if day or minute is not None else None


def at(day: date, minute: int, zone: tzinfo) -> datetime:
    """Give a moment of the local clock, in UTC; minute 1440 is 00:00 of the next day (C2)."""
    over, within = divmod(minute, 1440)
    local = datetime.combine(day, time(within // 60, within % 60), zone)
    return (local + timedelta(days=over)).astimezone(UTC)


def readings_of(moment: datetime, zone: tzinfo) -> Sequence[datetime]:
    """Give what a moment's local clock may mean: itself, and the other one of an hour that comes twice."""
    local = moment.astimezone(zone)
    other = local.replace(fold=1 - local.fold).astimezone(UTC)
    comes_back = other.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None)
    return (moment, other) if other != moment and comes_back else (moment,)


def first_day_in(text: str, near: date | None = None) -> date | None:
    """Find the first date in a text; one without its year (10月3日) is the one nearest to `near`."""
    plain = unicodedata.normalize("NFKC", text).translate(_SIMPLE)
    try:
        day = _day(plain)[1]
        if day is None and near is not None and (found := _NAMED.search(plain)):
            day = _short_day(found.group(), near)[1]
    except ValueError:
        return None
    return day


def _without_names(text: str) -> str:
    """Write 1 Oct 2023 and October 1, 2023 in figures."""
    if not _A_NAME.search(text):
        return text
    for form in _ENGLISH:
        text = form.sub(_in_figures, text)
    return text


def _in_figures(found: re.Match[str]) -> str:
    month = _MONTHS.index(found["month"][:3].lower()) + 1
    return f"{found['year']}-{month:02}-{int(found['day']):02}"


def _of_serial(number: float) -> Typed:
    moment = _EPOCH + timedelta(minutes=round(number * 1440))
    minute = None if number.is_integer() else moment.hour * 60 + moment.minute
    return Typed(moment.date(), minute)


def _day(plain: str) -> tuple[re.Match[str] | None, date | None]:
    found = _DAY.search(plain) or _COMPACT.search(plain)
    return found, date(*map(int, found.groups())) if found else None


def _short_day(plain: str, near: date) -> tuple[re.Match[str] | None, date | None]:
    """Find a month and a day; a year is left out where everybody knows which."""
    found = _SHORT.search(plain)
    if found is None:
        return None, None
    month, day = map(int, found.groups())
    years = (near.year - 1, near.year, near.year + 1)
    days = [date(year, month, day) for year in years if day <= monthrange(year, month)[1]]
    if not days:
        raise ValueError(plain)
    return found, min(days, key=lambda one: abs(one - near))


def _is_an_hour_alone(plain: str) -> bool:
    """Tell whether nothing stands beside the hour: 昨天 9:30 and 3号 9:30 are of a day that is not read."""
    rest = _CLOCK.sub("", plain, count=1)
    return not _AROUND.sub("", _EARLY.sub("", _LATE.sub("", rest)))


def _minute(plain: str) -> int | None:
    found = _CLOCK.search(plain)
    if found is None:
        return None
    hour, minute = int(found[1]), 30 if found[3] else int(found[2] or 0)
    if _LATE.search(plain) and hour < 12:
        hour += 12
    if hour == 12 and _NIGHT.search(plain):
        hour = 0
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise ValueError(plain)
    return hour * 60 + minute
