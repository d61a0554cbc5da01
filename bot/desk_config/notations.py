"""The notations of desk.yml as field types, with what an editor is told of them."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from string import Formatter
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BeforeValidator,
    PlainValidator,
    StringConstraints,
    ValidationInfo,
)
from pydantic import WithJsonSchema as Described
from pydantic_core import PydanticCustomError

from bot.desk_config import values
from bot.desk_config.values import Misfit, suggestion
from tickets.handbook import Assign, Duration, Span

T = TypeVar("T")


def told(parse: Callable[[Any], T], kind: str = "desk") -> Callable[[Any], T]:
    """Let a parser's own words be the error; `kind` desk_key puts the position on the key."""

    def parse_or_tell(raw: Any) -> T:
        try:
            return parse(raw)
        except Misfit as misfit:
            raise PydanticCustomError(kind, "{wrong}", {"wrong": str(misfit)}) from None

    return parse_or_tell


def _described(pattern: str, *examples: str, description: str = "") -> Described:
    return Described(
        {"type": "string", "pattern": pattern, "examples": list(examples)}
        | ({"description": description} if description else {})
    )


def _duration(*units: str) -> PlainValidator:
    return PlainValidator(told(partial(values.parse_duration, units=units)))


def _duration_schema(*examples: str) -> Described:
    return _described(
        values.DURATION_PATTERN,
        *examples,
        description="m h d run by the clock, wh in opening hours, wd in legal working days",
    )


Target = Annotated[
    Duration, _duration("m", "h", "d", "wh", "wd"), _duration_schema("30m", "24h", "4wh", "5wd")
]
ClockTime = Annotated[Duration, _duration("m", "h", "d"), _duration_schema("30m", "24h", "14d")]
KeepTime = Annotated[Duration, _duration("d", "y"), _duration_schema("30d", "3y")]

Spans = Annotated[
    tuple[Span, ...],
    PlainValidator(told(values.parse_spans)),
    Described({"type": "string", "examples": ["08:00-12:00, 14:00-18:00", "closed"]}),
]
OpeningHours = Annotated[
    tuple[Span, ...] | None,
    PlainValidator(told(values.parse_opening)),
    Described({"type": "string", "examples": ["08:00-12:00, 14:00-18:00", "closed", "usual"]}),
]
HoursKey = Annotated[str, AfterValidator(told(values.parse_hours_key, "desk_key"))]
ShiftHours = Annotated[
    tuple[int, int],
    PlainValidator(told(values.parse_shift_hours)),
    Described({"type": "string", "examples": ["08:00-16:00", "22:00-06:00"]}),
]
Dates = Annotated[
    tuple[date, ...],
    PlainValidator(told(values.parse_dates)),
    Described({"type": "string", "examples": ["2026-12-31", "2027-02-05..2027-02-11"]}),
]
OneDate = Annotated[
    date,
    PlainValidator(told(values.parse_one_date)),
    Described({"type": "string", "examples": ["2026-12-31"]}),
]
Weekdays = Annotated[
    tuple[int, ...],
    PlainValidator(told(values.parse_weekdays)),
    Described({"type": "string", "examples": ["mon-fri", "mon,wed", "sat", "daily"]}),
]
Moment = Annotated[
    str,
    PlainValidator(told(values.parse_moment)),
    Described(
        {"type": "string", "examples": ["Mon 09:00", "open days 16:00", "first workday 09:30"]}
    ),
]
Channel = Annotated[
    str,
    PlainValidator(told(values.parse_channel)),
    Described({"type": "string", "examples": ["#service-desk", "C012AB3CD"]}),
]
PersonRef = Annotated[
    str,
    PlainValidator(told(values.parse_person)),
    Described({"type": "string", "examples": ["U012AB3CD", "ann@example.com"]}),
]
PeopleRef = Annotated[
    str,
    PlainValidator(told(values.parse_people)),
    Described({"type": "string", "examples": ["U012AB3CD", "S012AB3CD", "ann@example.com"]}),
]
AssignWord = Annotated[
    Assign,
    PlainValidator(told(values.parse_assign)),
    Described(
        {
            "type": "string",
            "examples": ["round-robin", "least-open", "lead", "roster", "U012AB3CD"],
            "description": "how the assignee is picked: one of the ways or a person",
        }
    ),
]
RoutingTold = Annotated[
    str,
    PlainValidator(told(partial(values.parse_told, roles=("supervisors", "directors")))),
    Described({"type": "string", "examples": ["supervisors", "directors", "U012AB3CD"]}),
]
LADDER_ROLES = ("assignee", "lead", "supervisors", "directors")
LadderTold = Annotated[
    str,
    PlainValidator(told(partial(values.parse_told, roles=LADDER_ROLES))),
    Described({"type": "string", "examples": [*LADDER_ROLES, "U012AB3CD"]}),
]
PersonKey = Annotated[str, AfterValidator(told(values.parse_person, "desk_key"))]

Text = Annotated[str, StringConstraints(min_length=1, max_length=3000)]
"""What Slack takes in one text block (SLACK.md 2)."""

Name = Annotated[str, StringConstraints(min_length=1, max_length=75)]
"""What Slack takes as an option's label (SLACK.md 2)."""


def _key(raw: str) -> str:
    if not raw or len(raw) > 35 or any(sign in raw for sign in " /:,.#@[]"):
        raise Misfit(f"expected a short key without spaces or / such as after_sales, got '{raw}'")
    return raw


Key = Annotated[str, AfterValidator(told(_key, "desk_key"))]
"""The desk's own key; two joined by `/` still fit in an option's value of 75 (SLACK.md 2)."""


def _zone(raw: str) -> str:
    try:
        ZoneInfo(raw)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Misfit(f"expected a time zone such as Asia/Shanghai, got '{raw}'") from None
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


Many = Annotated[tuple[T, ...], BeforeValidator(as_list, json_schema_input_type=T | list[T])]


def _known(what: str, raw: str, info: ValidationInfo) -> str:
    context: Mapping[str, frozenset[str]] = info.context or {}
    known = context.get(what)
    if known is not None and raw not in known:
        hint = suggestion(raw, sorted(known))
        wrong = f"expected one of the {what}; there is no '{raw}'{hint}"
        raise PydanticCustomError("desk", "{wrong}", {"wrong": wrong})
    return raw


def _known_department(raw: str, info: ValidationInfo) -> str:
    return _known("departments", raw, info)


def _known_category(raw: str, info: ValidationInfo) -> str:
    return _known("categories", raw, info)


DepartmentRef = Annotated[str, AfterValidator(_known_department)]
CategoryRef = Annotated[str, AfterValidator(_known_category)]
