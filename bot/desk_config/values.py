"""The small notations of desk.yml: durations, spans of a day, weekdays, moments, references."""

import re
from datetime import date, timedelta
from difflib import get_close_matches
from itertools import pairwise

from tickets.handbook import Assign, AssignWay, Duration, Span
from tickets.message import PersonId

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

DURATION = re.compile(r"([1-9]\d{0,4}) ?(m|h|d|wh|wd|y)")
DURATION_PATTERN = r"^[1-9][0-9]{0,4} ?(m|h|d|wh|wd|y)$"
SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
MOMENT = re.compile(
    r"(mon|tue|wed|thu|fri|sat|sun|open days|first workday) (\d{1,2}):(\d{2})", re.IGNORECASE
)
MEMBER = re.compile(r"[UW][A-Z0-9]{2,20}")
GROUP = re.compile(r"S[A-Z0-9]{2,20}")
MAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
CHANNEL = re.compile(r"#[^\sA-Z#@<>.,]{1,80}|[CG][A-Z0-9]{5,20}")
PLACE = re.compile(r"\{([^{}]*)\}")

DAY_END = 24 * 60


class Misfit(ValueError):
    """A value that is not what was expected; the text says what was."""


def shown(raw: object) -> str:
    """Show what stands in the file, short enough for one line."""
    if raw is None or raw == "":
        return "nothing"
    if isinstance(raw, dict):
        return "a mapping"
    if isinstance(raw, list | tuple):
        return "a list"
    text = " ".join(str(raw).split())
    return f"'{text if len(text) <= 40 else text[:39] + '…'}'"


def suggestion(word: str, known: list[str]) -> str:
    """Give '; did you mean …?' if something known looks alike, else nothing."""
    near = get_close_matches(word.casefold(), known, n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""


def parse_duration(raw: object, *, units: tuple[str, ...]) -> Duration:
    """Read `30m`, `24h`, `7d`, `4wh`, `5wd` or `3y`, in one of the units allowed here."""
    fit = DURATION.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if fit is None or fit[2] not in units:
        raise Misfit(f"expected a duration such as {_examples(units)}, got {shown(raw)}")
    return Duration(int(fit[1]), fit[2])


def _examples(units: tuple[str, ...]) -> str:
    amounts = {"m": "30m", "h": "24h", "d": "7d", "wh": "4wh", "wd": "5wd", "y": "3y"}
    examples = [amounts[unit] for unit in units]
    return " or ".join(filter(None, [", ".join(examples[:-1]), examples[-1]]))


def as_timedelta(duration: Duration) -> timedelta:
    """Give the length of a duration in minutes, hours or days."""
    minutes = {"m": 1, "h": 60, "d": DAY_END}[duration.unit]
    return timedelta(minutes=duration.amount * minutes)


def parse_spans(raw: object) -> tuple[Span, ...]:
    """Read `08:00-12:00, 14:00-18:00`; 24:00 is the end of the day, `closed` is none at all."""
    if not isinstance(raw, str) or not raw.strip():
        raise Misfit(f"expected hours such as 08:00-12:00, 14:00-18:00, got {shown(raw)}")
    if raw.strip().casefold() == "closed":
        return ()
    spans = tuple(_span(part.strip()) for part in raw.split(","))
    for before, after in pairwise(spans):
        if after.start < before.end:
            raise Misfit(f"expected hours in order and not overlapping, got {shown(raw)}")
    return spans


def _span(part: str) -> Span:
    start, end = parse_shift_hours(part)
    if end <= start:
        raise Misfit(f"expected hours that end after they start, got '{part}'")
    return Span(start, end)


def parse_shift_hours(raw: object) -> tuple[int, int]:
    """Read `22:00-06:00` as minutes of the day; a night shift ends before it starts."""
    fit = SPAN.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if fit is None:
        raise Misfit(f"expected hours such as 08:00-12:00, got {shown(raw)}")
    start, end = _minute(fit[1], fit[2]), _minute(fit[3], fit[4])
    if start in {end, DAY_END}:
        raise Misfit(f"expected hours that end after they start, got {shown(raw)}")
    return start, end


def _minute(hour: str, minute: str) -> int:
    total = int(hour) * 60 + int(minute)
    if int(minute) > 59 or total > DAY_END:
        raise Misfit(f"expected a time from 00:00 to 24:00, got '{hour}:{minute}'")
    return total


def parse_opening(raw: object) -> tuple[Span, ...] | None:
    """Read opening hours; `usual` (for holidays) is None: the weekday's own."""
    return None if raw == "usual" else parse_spans(raw)


def parse_hours_key(raw: str) -> str:
    """Check a key of opening hours: days of the week or `holidays`."""
    if raw != "holidays":
        parse_weekdays(raw)
    return raw


def parse_weekdays(raw: str) -> tuple[int, ...]:
    """Read `mon-fri`, `mon,wed`, `sat` or `daily` as numbers, Monday being 0."""
    if raw.strip().casefold() == "daily":
        return tuple(range(7))
    return tuple(day for part in raw.casefold().split(",") for day in _weekday_range(part, raw))


def _weekday_range(part: str, raw: str) -> range:
    names = [name.strip() for name in part.split("-")]
    if len(names) > 2 or any(name not in WEEKDAYS for name in names):
        raise Misfit(f"expected days such as mon-fri, mon,wed, sat, daily or holidays, got '{raw}'")
    first, last = WEEKDAYS.index(names[0]), WEEKDAYS.index(names[-1])
    if last < first:
        raise Misfit(f"expected days in the order of the week, got '{raw}'")
    return range(first, last + 1)


def parse_moment(raw: object) -> str:
    """Check a digest's `at`: `Mon 09:00`, `open days 16:00` or `first workday 09:30`."""
    fit = MOMENT.fullmatch(" ".join(raw.split())) if isinstance(raw, str) else None
    if fit is None or _minute(fit[2], fit[3]) == DAY_END:
        expected = "Mon 09:00, open days 16:00 or first workday 09:30"
        raise Misfit(f"expected a moment such as {expected}, got {shown(raw)}")
    day = fit[1].lower()
    return f"{day.capitalize() if day in WEEKDAYS else day} {int(fit[2]):02}:{fit[3]}"


def parse_dates(raw: object) -> tuple[date, ...]:
    """Read `2026-12-31`, or a run of days `2027-02-05..2027-02-11`."""
    try:
        first, _, last = str(raw).partition("..")
        start = date.fromisoformat(first.strip())
        end = date.fromisoformat(last.strip()) if last else start
    except ValueError:
        raise Misfit(f"expected a date such as 2026-12-31, got {shown(raw)}") from None
    if not start <= end <= start + timedelta(days=366):
        raise Misfit(f"expected a run of days such as 2027-02-05..2027-02-11, got {shown(raw)}")
    return tuple(start + timedelta(days=n) for n in range((end - start).days + 1))


def parse_one_date(raw: object) -> date:
    """Read a single date."""
    dates = parse_dates(raw)
    if len(dates) > 1:
        raise Misfit(f"expected a single date such as 2026-12-31, got {shown(raw)}")
    return dates[0]


def parse_person(raw: object) -> str:
    """Check a reference to one person: a member id or an e-mail address."""
    if isinstance(raw, str) and _is_person(raw):
        return raw
    expected = "a Slack member id (U… or W…) or an e-mail address"
    raise Misfit(f"expected {expected}, got {shown(raw)}")


def parse_people(raw: object) -> str:
    """Check a reference to one person or a user group."""
    if isinstance(raw, str) and (_is_person(raw) or GROUP.fullmatch(raw)):
        return raw
    expected = "a Slack member id (U… or W…), a user group (S…) or an e-mail address"
    raise Misfit(f"expected {expected}, got {shown(raw)}")


def parse_channel(raw: object) -> str:
    """Check a channel: `#name` or its id."""
    if raw is None:
        raise Misfit('expected a channel in quotes, such as "#tech" (a bare # starts a comment)')
    if isinstance(raw, str) and CHANNEL.fullmatch(raw):
        return raw
    raise Misfit(f'expected a channel such as "#tech" or its id (C…), got {shown(raw)}')


def parse_assign(raw: object) -> Assign:
    """Read how an assignee is picked: a way, or a person by id or address (not yet resolved)."""
    ways = [way.value for way in AssignWay if way is not AssignWay.PERSON]
    if isinstance(raw, str) and raw in ways:
        return Assign(AssignWay(raw))
    if isinstance(raw, str) and _is_person(raw):
        return Assign(AssignWay.PERSON, PersonId(raw))
    hint = suggestion(raw, ways) if isinstance(raw, str) else ""
    raise Misfit(f"expected {', '.join(ways)} or a person, got {shown(raw)}{hint}")


def parse_told(raw: object, *, roles: tuple[str, ...]) -> str:
    """Check who is told: one of the roles or a person."""
    if isinstance(raw, str) and (raw in roles or _is_person(raw)):
        return raw
    hint = suggestion(raw, list(roles)) if isinstance(raw, str) else ""
    raise Misfit(f"expected {', '.join(roles)} or a person, got {shown(raw)}{hint}")


def _is_person(raw: str) -> bool:
    return bool(MEMBER.fullmatch(raw) or MAIL.fullmatch(raw))
