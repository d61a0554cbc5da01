"""Conditions, routing, priority and deadline rows as the rules read them."""

from collections.abc import Iterable
from dataclasses import replace

from bot.desk_config.people import Members
from bot.desk_config.problems import Path
from bot.desk_config.schema_rules import (
    DeadlineRow,
    LadderStep,
    LongTarget,
    PriorityRow,
    RoutingRow,
    When,
)
from bot.desk_config.tree import Document
from tickets.case.values import CustomerType, Impact, Kind, Priority, Risk
from tickets.handbook import (
    Condition,
    Duration,
    EscalationStep,
    PolicyRow,
    PriorityRule,
    RoutingRule,
)

DEFAULT_PRIORITY_RULES = (  # DESK.md 4: a VIP one step up; their complaint, a risk, a wide reach P1
    PriorityRule(Condition(customers=frozenset({CustomerType.VIP})), raise_by=1),
    PriorityRule(
        Condition(customers=frozenset({CustomerType.VIP}), kinds=frozenset({Kind.COMPLAINT})),
        set_to=Priority.P1,
    ),
    PriorityRule(Condition(any_risk=True), set_to=Priority.P1),
    PriorityRule(Condition(impacts=frozenset({Impact.MANY})), set_to=Priority.P1),
)


def condition(when: When, *, line: int = 0) -> Condition:
    """Make a condition; the line is where its rule stands in the file."""
    any_risk = "any" in when.risks
    return Condition(
        kinds=frozenset(when.kind),
        categories=frozenset(when.category),
        priorities=frozenset(when.priority),
        customers=frozenset(when.customer),
        levels=frozenset(when.level),
        groups=frozenset(when.group),
        tags=frozenset(when.tag),
        departments=frozenset(when.department),
        risks=frozenset() if any_risk else frozenset(Risk(word) for word in when.risks),
        any_risk=any_risk,
        impacts=frozenset(when.impact),
        complexities=frozenset(when.complexity),
        line=line,
    )


def routing_rules(
    rows: Iterable[RoutingRow], document: Document, members: Members
) -> tuple[RoutingRule, ...]:
    """Number the routing rows from 1."""
    return tuple(
        RoutingRule(
            place=place + 1,
            when=condition(row.when, line=_line(document, ("routing", place))),
            department=row.department,
            assign=None if row.assign is None else members.assign(row.assign),
            tell=frozenset(members.many(row.tell)),
        )
        for place, row in enumerate(rows)
    )


def priority_rules(
    rows: Iterable[PriorityRow] | None, document: Document
) -> tuple[PriorityRule, ...]:
    """Give the desk's changes of urgency, or the usual ones where the section is missing."""
    if rows is None:
        return DEFAULT_PRIORITY_RULES
    return tuple(
        PriorityRule(
            when=condition(row.when, line=_line(document, ("priority", place))),
            raise_by=row.steps or 0,
            set_to=row.set,
        )
        for place, row in enumerate(rows)
    )


def policies(
    rows: Iterable[DeadlineRow], document: Document, members: Members
) -> tuple[PolicyRow, ...]:
    """Number the deadline rows from 1."""
    return tuple(
        PolicyRow(
            place=place + 1,
            when=condition(row.when, line=_line(document, ("deadlines", place))),
            targets={kind: _duration(target) for kind, target in row.targets().items()},
            starts={kind: target.start for kind, target in row.targets().items() if target.start},
            internal=row.internal,
            warn_before=row.warn_before,
            escalate=_ladder(row.escalate, members),
            ends=row.ends,
        )
        for place, row in enumerate(rows)
    )


def _duration(target: LongTarget) -> Duration:
    return replace(target.within, ends=target.ends or "")


def _ladder(
    steps: tuple[LadderStep, ...] | None, members: Members
) -> tuple[EscalationStep, ...] | None:
    if steps is None:
        return None
    return tuple(EscalationStep(step.after, members.many(step.tell)) for step in steps)


def _line(document: Document, path: Path) -> int:
    return document.mark(path).line
