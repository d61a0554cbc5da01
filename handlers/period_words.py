"""A period as people type it, in English and both Chinese scripts, read as the key of a span (tickets/insight/spans.py)."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

DAY = timedelta(days=1)
_WITHIN_A_YEAR = 364 * DAY

_NAMED = {
    word: key
    for key, line in {
        "today": "today 今天 今日",
        "yesterday": "yesterday 昨天 昨日",
        "before_yesterday": "前天 前日",
        "week": "week this-week 本周 本週 这周 這週 这一周",
        "last_week": "last-week 上周 上週 上星期",
        "seven_days": "近一周 近一週 最近一周 最近一週",
        "month": "month this-month 本月 这个月 這個月 当月 當月",
        "last_month": "last-month 上月 上个月 上個月",
        "quarter": "quarter this-quarter 本季度 本季 这个季度 這個季度",
        "last_quarter": "last-quarter 上季度 上季 上个季度 上個季度",
        "year": "year this-year 今年 本年",
        "last_year": "last-year 去年 上年",
    }.items()
    for word in line.split()
}
_ENGLISH = {
    word: place
    for place, line in enumerate(
        (
            *("jan january", "feb february", "mar march", "apr april", "may", "jun june"),
            *("jul july", "aug august", "sep sept september", "oct october", "nov november"),
            "dec december",
        ),
        start=1,
    )
    for word in line.split()
}
_HAN = {han: str(n) for n, han in enumerate("一 二 三 四 五 六 七 八 九 十 十一 十二".split(), 1)}
_HAN_NUMBER = re.compile(r"(十[一二]?|[一二三四五六七八九])(?=月|季)")
_LEADING = re.compile(r"(?:range|period|between|from|从|從|自)(?: |(?=\d))")
_LAST_DAYS = re.compile(r"(?:last |past |最近|近|过去|過去) ?(\d{1,3}) ?(?:days?|天|日)")
_BETWEEN = re.compile(r"\s*(?:\.\.+|~|〜|至|到|-|—+|–)\s*|\s+(?:to|and)\s+|\s+")
_YEAR = re.compile(r"(\d{4})年?")
_YEAR_WEEK = re.compile(r"(\d{4})(?:[-年]|[-年 ]?[w第])(\d{1,2})(?:周|週)?")
_WEEK = re.compile(r"(?:w|第|week )(\d{1,2})(?:周|週)?")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:月份?)?")
_SIX_DIGITS = re.compile(r"(\d{4})(\d{2})")  # a month, as many write it
_MONTH = re.compile(r"(\d{1,2})月份?")
_ENGLISH_MONTH = re.compile(rf"(?:(\d{{4}}) )?({'|'.join(_ENGLISH)})(?:,? (\d{{4}}))?")
_QUARTER = re.compile(r"(?:(\d{4})[-年 ]?)?(?:q([1-4])|第?([1-4])季度?)")
_HALF = re.compile(r"(?:(\d{4})年)?([上下])半年")
_FULL_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号號]?|(\d{4})(\d{2})(\d{2})")
_SHORT_DAY = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号號]?")
_BARE_DAY = re.compile(r"(\d{1,2})[日号號]")  # of the month the first day is in


def read_key(words: str, today: date) -> str | None:
    """Read folded words as a period's key; None of what names none, or no such day."""
    said = _HAN_NUMBER.sub(lambda fit: _HAN[fit[1]], words.strip(" ,、;。."))
    said = _LEADING.sub("", said, count=1) if _LEADING.match(said) else said
    named = _NAMED.get(said.replace(" ", "-"))
    if named:
        return _MAKERS[named](today)
    last = _LAST_DAYS.fullmatch(said)
    if last:
        return _range(today - (max(1, int(last[1])) - 1) * DAY, today)
    try:
        return _written(said, today) or _from_to(said, today)
    except ValueError:  # no such day
        return None


def _written(words: str, today: date) -> str | None:
    """Read a year, a half or quarter of one, a month, a week or a day that is written out."""
    for read in _WRITTEN:
        key = read(words, today)
        if key:
            return key
    return None


def _year(words: str, _today: date) -> str | None:
    fit = _YEAR.fullmatch(words)
    return f"{int(fit[1]):04}" if fit else None


def _half(words: str, today: date) -> str | None:
    fit = _HALF.fullmatch(words)
    if not fit:
        return None
    year, first = int(fit[1] or today.year), 1 if fit[2] == "上" else 7
    return _months(date(year, first, 1), 6)


def _quarter(words: str, today: date) -> str | None:
    fit = _QUARTER.fullmatch(words)
    if not fit:
        return None
    month = 3 * int(fit[2] or fit[3]) - 2
    begins = date(int(fit[1] or today.year), month, 1)
    if not fit[1] and begins > today:
        begins = begins.replace(year=today.year - 1)
    return _months(begins, 3)


def _week_named(words: str, today: date) -> str | None:
    full, short = _YEAR_WEEK.fullmatch(words), _WEEK.fullmatch(words)
    if full:
        return _week(date.fromisocalendar(int(full[1]), int(full[2]), 1))
    if not short:
        return None
    year = today.isocalendar().year
    begins = date.fromisocalendar(year, int(short[1]), 1)
    return _week(begins if begins <= today else date.fromisocalendar(year - 1, int(short[1]), 1))


def _month_named(words: str, today: date) -> str | None:
    first = _first_of(words, today)
    return f"{first:%Y-%m}" if first else None


def _day_named(words: str, today: date) -> str | None:
    found = _day(words, today)
    if found is None and _SHORT_DAY.fullmatch(words):
        raise ValueError(words)
    return found.isoformat() if found else None


_WRITTEN: tuple[Callable[[str, date], str | None], ...] = (
    *(_year, _half, _quarter, _month_named, _week_named, _day_named),
)


def _from_to(words: str, today: date) -> str | None:
    """Read two days, or two months; without a year they are the last such of which the first is not to come."""
    for fit in _BETWEEN.finditer(words):
        left, right = words[: fit.start()], words[fit.end() :]
        days = _two_days(left, right, today)
        if days:
            return _range(*days)
        months = _two_months(left, right, today)
        if months:
            return _range(months[0], _last_of(months[1]))
    return None


def _two_days(left: str, right: str, today: date) -> tuple[date, date] | None:
    first, bare = _full(left), _BARE_DAY.fullmatch(right)
    if bare:
        first = first or _day(left, today)
        return (first, first.replace(day=int(bare[1]))) if first else None
    if first:
        last = _full(right) or _short_from(right, first)
        return (first, last) if last else None
    return _last_two(left, right, today, _day)


def _two_months(left: str, right: str, today: date) -> tuple[date, date] | None:
    year, month = _month_parts(left)
    if not month:
        return None
    if not year:
        return _last_two(left, right, today, _first_of)
    first = date(year, month, 1)
    last_year, last_month = _month_parts(right)
    if not last_month:
        return None
    return first, date(last_year or year + (last_month < month), last_month, 1)


def _last_two(
    left: str, right: str, today: date, read: Callable[[str, date], date | None]
) -> tuple[date, date] | None:
    for latest in (today + _WITHIN_A_YEAR, today):
        last = read(right, latest)
        first = read(left, last) if last else None
        if first and last and first <= today:
            return first, last
    return None


def _month_parts(words: str) -> tuple[int, int]:
    """Give a month's year and number; 0 of what is not said."""
    full = _YEAR_MONTH.fullmatch(words) or _SIX_DIGITS.fullmatch(words)
    if full:
        return int(full[1]), int(full[2])
    short, english = _MONTH.fullmatch(words), _ENGLISH_MONTH.fullmatch(words)
    if english:
        return int(english[1] or english[3] or 0), _ENGLISH[english[2]]
    return (0, int(short[1])) if short else (0, 0)


def _first_of(words: str, latest: date) -> date | None:
    """Read a month; one without a year is the last such month that has begun."""
    year, month = _month_parts(words)
    if not (year or month):
        return None
    first = date(year or latest.year, month, 1)
    return first if year or first <= latest else first.replace(year=latest.year - 1)


def _full(words: str) -> date | None:
    fit = _FULL_DAY.fullmatch(words)
    return date(*(int(one) for one in fit.groups() if one)) if fit else None


def _day(words: str, latest: date) -> date | None:
    """Read a day; one without a year is the last such day that is not after `latest`."""
    return _full(words) or _short(words, range(latest.year, latest.year - 5, -1), latest, back=True)


def _short_from(words: str, earliest: date) -> date | None:
    """Read a day without a year: the first such day that is not before `earliest`."""
    return _short(words, range(earliest.year, earliest.year + 5), earliest, back=False)


def _short(words: str, years: range, near: date, *, back: bool) -> date | None:
    fit = _SHORT_DAY.fullmatch(words)
    if not fit:
        return None
    month, day = int(fit[1]), int(fit[2])
    for year in years:  # 29 February comes in four years
        if (month, day) == (2, 29) and not _is_leap(year):
            continue
        found = date(year, month, day)
        if found <= near if back else found >= near:
            return found
    return None


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _range(first: date, last: date) -> str:
    return f"{first.isoformat()}..{last.isoformat()}"


def _months(first: date, count: int) -> str:
    return _range(first, _last_of(first.replace(month=first.month + count - 1)))


def _last_of(first: date) -> date:
    return (first + 31 * DAY).replace(day=1) - DAY


def _quarter_of(day: date) -> str:
    return _months(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3)


def _quarter_before(day: date) -> str:
    return _quarter_of(date(day.year, (day.month - 1) // 3 * 3 + 1, 1) - DAY)


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


_MAKERS: Mapping[str, Callable[[date], str]] = {
    "today": date.isoformat,
    "yesterday": lambda today: (today - DAY).isoformat(),
    "before_yesterday": lambda today: (today - 2 * DAY).isoformat(),
    "week": _week,
    "last_week": lambda today: _week(today - 7 * DAY),
    "seven_days": lambda today: _range(today - 6 * DAY, today),
    "month": lambda today: f"{today:%Y-%m}",
    "last_month": lambda today: f"{today.replace(day=1) - DAY:%Y-%m}",
    "quarter": _quarter_of,
    "last_quarter": _quarter_before,
    "year": lambda today: f"{today:%Y}",
    "last_year": lambda today: f"{today.year - 1:04}",
}
