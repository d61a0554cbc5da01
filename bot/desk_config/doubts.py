"""What is allowed in a desk file and yet hardly meant: `check` prints it as warnings."""

from collections.abc import Iterator

from bot.catalogues import strict_catalogues
from bot.desk_config.problems import Finding
from bot.desk_config.schema import DeskSchema
from bot.desk_config.shadows import covers, depends_on_category_alone, leaves
from bot.speech import field_of
from tickets.handbook import Handbook, PolicyRow
from tickets.insight.goals import GOALS, unread_goals


def doubts(desk: DeskSchema, handbook: Handbook) -> list[Finding]:
    """Find everything worth a second look."""
    return [
        *_routing(handbook),
        *_ways(handbook),
        *_deadlines(handbook),
        *_departments(handbook),
        *_people(desk, handbook),
        *_ages(handbook),
        *_fields(handbook),
        *_goals(handbook),
    ]


def _goals(handbook: Handbook) -> Iterator[Finding]:
    for key in unread_goals(handbook.goals):
        known = "is written as no goal of it can be" if key in GOALS else "names no figure"
        text = f"nothing is held against this goal: '{key}' {known}; there are {', '.join(GOALS)}"
        yield Finding(("goals", key), text)


def _fields(handbook: Handbook) -> Iterator[Finding]:
    if not handbook.field_labels:
        return  # the catalogues are read for nothing else here
    named = {field_of(one) for one in strict_catalogues()["en"].known}
    for key in handbook.field_labels.keys() - named:
        yield Finding(("labels", "fields", key), f"no screen has a field '{key}'")


def _routing(handbook: Handbook) -> Iterator[Finding]:
    for place, rule in enumerate(handbook.routing):
        if not leaves(rule.when, handbook.categories):
            text = "this rule never matches: no category of these is of this kind"
            yield Finding(("routing", place), text)
            continue
        earlier = (
            before
            for before in handbook.routing[:place]
            if covers(before.when, rule.when, handbook.categories)
        )
        if (first := next(earlier, None)) is not None:
            text = f"this rule never matches: rule {first.place} in line {first.when.line} takes all its cases"
            yield Finding(("routing", place), text)


def _ways(handbook: Handbook) -> Iterator[Finding]:
    """Find the categories whose cases may match no rule, and the missing last rule."""
    sure = [rule for rule in handbook.routing if depends_on_category_alone(rule.when)]
    reached = frozenset[str]().union(*(leaves(rule.when, handbook.categories) for rule in sure))
    stray = [
        key for first in handbook.categories.values() for key in first.sub if key not in reached
    ]
    if not stray:
        return
    text = "no last rule without 'when': what no rule matches goes to the supervisors"
    yield Finding(("routing",), text)
    for key in stray:
        first, _, second = key.partition("/")
        text = f"no rule is sure to send '{key}' to a department; the supervisors get the rest"
        yield Finding(("categories", first, "sub", second), text)


def _deadlines(handbook: Handbook) -> Iterator[Finding]:
    for place, row in enumerate(handbook.policies):
        wider = [
            earlier
            for earlier in handbook.policies[:place]
            if covers(earlier.when, row.when, handbook.categories)
        ]
        named_before = frozenset[str]().union(*(_named(earlier) for earlier in wider))
        if wider and _named(row) <= named_before:
            text = "this row never counts: wider rows above give all that it names"
            yield Finding(("deadlines", place), text)


def _named(row: PolicyRow) -> frozenset[str]:
    """Give the keys that a row names, those of `internal` one by one."""
    single = {"warn_before": row.warn_before, "escalate": row.escalate, "ends": row.ends}
    named = {key for key, value in single.items() if value is not None}
    return frozenset(named | row.targets.keys() | {f"internal.{key}" for key in row.internal})


def _departments(handbook: Handbook) -> Iterator[Finding]:
    for key, department in handbook.departments.items():
        if not department.members:
            text = f"department '{key}' has no members; its lead gets all its cases"
            yield Finding(("departments", key), text)


def _people(desk: DeskSchema, handbook: Handbook) -> Iterator[Finding]:
    if not handbook.people.supervisors:
        text = "no supervisors: nobody can reassign, archive or take what no rule matches"
        yield Finding(("people",), text)
    if not handbook.people.agents:
        yield Finding(("people",), "no agents: nobody can log cases")
    for person, deputy in desk.people.deputies.items():
        if person == deputy:
            yield Finding(("people", "deputies", person), f"'{person}' is their own deputy")


_WITH_ITS_TICKET = "this ends with its ticket (retention.tickets), not at an age of its own"
_NOT_BY_AGE = {
    "evidence": _WITH_ITS_TICKET,
    "thread_originals": _WITH_ITS_TICKET,
    "audit": "the audit log holds no word of a customer and is kept: nothing of it ends at an age",
}


def _ages(handbook: Handbook) -> Iterator[Finding]:
    """Say honestly which classes have no age of their own, and that ending anything takes a director."""
    for key in handbook.retention:
        if key in _NOT_BY_AGE:
            yield Finding(("retention", key), _NOT_BY_AGE[key])
    if handbook.retention and not handbook.people.directors:
        text = "no directors: nobody can agree that what is past its age ends"
        yield Finding(("retention",), text)
