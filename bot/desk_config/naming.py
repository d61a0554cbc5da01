"""Keys, names and references of desk.yml as field types, with what an editor is told of them."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated

from pydantic import AfterValidator, PlainValidator, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from bot.desk_config import references
from bot.desk_config.misfit import Misfit, suggestion
from bot.desk_config.notations import text, told
from tickets.case.values import Kind
from tickets.handbook import Assign

Name = Annotated[str, StringConstraints(min_length=1, max_length=75)]
"""What Slack takes as an option's label (SLACK.md 2)."""


def _key(raw: str) -> str:
    if not raw or len(raw) > 35 or any(sign in raw for sign in " /:,.#@[]"):
        raise Misfit(f"expected a short key without spaces or / such as after_sales, got '{raw}'")
    return raw


Key = Annotated[str, AfterValidator(told(_key, "desk_key"))]
"""The desk's own key; two joined by `/` still fit in an option's value of 75 (SLACK.md 2)."""

Channel = Annotated[
    str,
    PlainValidator(told(references.parse_channel)),
    text("#service-desk", "C012AB3CD"),
]
PersonRef = Annotated[
    str,
    PlainValidator(told(references.parse_person)),
    text("U012AB3CD", "ann@example.com"),
]
PeopleRef = Annotated[
    str,
    PlainValidator(told(references.parse_people)),
    text("U012AB3CD", "S012AB3CD", "ann@example.com"),
]
AssignWord = Annotated[
    Assign,
    PlainValidator(told(references.parse_assign)),
    text(
        "round-robin",
        "least-open",
        "lead",
        "roster",
        "U012AB3CD",
        description="how the assignee is picked: one of the ways or a person",
    ),
]
RoutingTold = Annotated[
    str,
    PlainValidator(told(partial(references.parse_told, roles=("supervisors", "directors")))),
    text("supervisors", "directors", "U012AB3CD"),
]
LADDER_ROLES = ("assignee", "lead", "supervisors", "directors")
LadderTold = Annotated[
    str,
    PlainValidator(told(partial(references.parse_told, roles=LADDER_ROLES))),
    text(*LADDER_ROLES, "U012AB3CD"),
]
PersonKey = Annotated[str, AfterValidator(told(references.parse_person, "desk_key"))]


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


def _known_case(raw: str, info: ValidationInfo) -> str:
    """Check a category or a kind of cases."""
    return raw if raw in set(Kind) else _known("categories", raw, info)


DepartmentRef = Annotated[str, AfterValidator(_known_department)]
CategoryRef = Annotated[str, AfterValidator(_known_category)]
CaseRef = Annotated[str, AfterValidator(_known_case)]
"""A category, its first level, or a kind."""
