"""The notations of desk.yml of time and text, as field types, with what an editor is told of them."""

from collections.abc import Callable
from datetime import date
from functools import partial
from string import Formatter
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetJsonSchemaHandler,
    PlainValidator,
    StringConstraints,
)
from pydantic import WithJsonSchema as Described
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from bot.desk_config import hours, moments
from bot.desk_config.misfit import Misfit, suggestion
from tickets.handbook import Duration, Span

T = TypeVar("T")


def told(parse: Callable[[Any], T], kind: str = "desk") -> Callable[[Any], T]:
    """Let a parser's own words be the error; `kind` desk_key puts the position on the key."""

    def parse_or_tell(raw: Any) -> T:
        try:
            return parse(raw)
        except Misfit as misfit:
            raise PydanticCustomError(kind, "{wrong}", {"wrong": str(misfit)}) from None

    return parse_or_tell


def text(*examples: str, description: str | None = None, pattern: str | None = None) -> Described:
    """Describe a notation to editors: it is text, such as these examples."""
    told_too = {"description": description, "pattern": pattern}
    return Described(
        {"type": "string", "examples": list(examples)}
        | {key: value for key, value in told_too.items() if value is not None}
    )


def _duration(*units: str) -> PlainValidator:
    return PlainValidator(told(partial(moments.parse_duration, units=units)))


def _duration_schema(*examples: str) -> Described:
    return text(
        *examples,
        pattern=moments.DURATION_PATTERN,
        description="m h d run by the clock, wh in opening hours, wd in legal working days",
    )


Target = Annotated[
    Duration, _duration("m", "h", "d", "wh", "wd"), _duration_schema("30m", "24h", "4wh", "5wd")
]
ClockTime = Annotated[Duration, _duration("m", "h", "d"), _duration_schema("30m", "24h", "14d")]
KeepTime = Annotated[Duration, _duration("d", "y"), _duration_schema("30d", "3y")]

Spans = Annotated[
    tuple[Span, ...],
    PlainValidator(told(hours.parse_spans)),
    text("08:00-12:00, 14:00-18:00", "closed"),
]
OpeningHours = Annotated[
    tuple[Span, ...] | None,
    PlainValidator(told(hours.parse_opening)),
    text("08:00-12:00, 14:00-18:00", "closed", "usual"),
]
HoursKey = Annotated[str, AfterValidator(told(hours.parse_hours_key, "desk_key"))]
ShiftHours = Annotated[
    tuple[int, int],
    PlainValidator(told(hours.parse_shift_hours)),
    text("08:00-16:00", "22:00-06:00"),
]
Dates = Annotated[
    tuple[date, ...],
    PlainValidator(told(moments.parse_dates)),
    text("2026-12-31", "2027-02-05..2027-02-11"),
]
OneDate = Annotated[
    date,
    PlainValidator(told(moments.parse_one_date)),
    text("2026-12-31"),
]
Weekdays = Annotated[
    tuple[int, ...],
    PlainValidator(told(hours.parse_weekdays)),
    text("mon-fri", "mon,wed", "sat", "daily"),
]
Moment = Annotated[
    str,
    PlainValidator(told(moments.parse_moment)),
    text("Mon 09:00", "open days 16:00", "first workday 09:30"),
]
Text = Annotated[str, StringConstraints(min_length=1, max_length=3000)]
"""What Slack takes in one text block (SLACK.md 2)."""


def _zone(raw: str) -> str:
    try:
        ZoneInfo(raw)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = suggestion(raw, sorted(available_timezones()))
        raise Misfit(f"expected a time zone such as Asia/Shanghai, got '{raw}'{hint}") from None
    return raw


Zone = Annotated[str, AfterValidator(told(_zone))]


def placed_text(raw: str, *, places: tuple[str, ...]) -> str:
    """Check that a text's `{places}` are ones that can be filled."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(raw) if name is not None]
    except ValueError:
        raise Misfit("expected each { to be closed by }; write {{ for a brace itself") from None
    for name in names:
        if name not in places:
            known = ", ".join(f"{{{place}}}" for place in places)
            hint = suggestion(name, list(places))
            raise Misfit(f"expected only the places {known}; got '{{{name}}}'{hint}")
    return raw


def as_list(raw: object) -> object:
    """Let one value stand for a list of one."""
    return [raw] if isinstance(raw, str) else raw


class OneOrMore:
    """Tell editors that one value may stand for a list of one."""

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe both forms."""
        listed = handler(core)
        return {"anyOf": [listed["items"], listed]}


Many = Annotated[tuple[T, ...], BeforeValidator(as_list), OneOrMore()]
