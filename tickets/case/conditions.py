"""Whether the `when` of a rule fits a case: the one test that routing, priority and policies share."""

from typing import NamedTuple

from tickets.case.ticket import Ticket
from tickets.case.values import Complexity, CustomerType, Impact, Kind, Priority, Risk
from tickets.handbook import Condition


class CaseFacts(NamedTuple):
    """What rules may ask about a case; a tuple, as it is the key under which its targets are kept."""

    kind: Kind
    category: str  # "after_sales/fault"
    priority: Priority
    customer: CustomerType
    level: str = ""
    groups: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    department: str = ""
    risks: frozenset[Risk] = frozenset()
    impact: Impact = Impact.ONE
    complexity: Complexity = Complexity.ORDINARY


def facts_of(ticket: Ticket) -> CaseFacts:
    """Give what rules may ask about a ticket as it is now."""
    intake = ticket.intake
    return CaseFacts(
        kind=intake.kind,
        category=intake.category,
        priority=ticket.priority,
        customer=intake.customer_type,
        level=intake.customer_level,
        groups=intake.customer_groups,
        tags=intake.customer_tags,
        department=ticket.department,
        risks=intake.risks,
        impact=intake.impact,
        complexity=ticket.complexity,
    )


def fits(when: Condition, case: CaseFacts) -> bool:
    """Tell whether every key that is given fits; an empty condition always fits."""
    asked = (
        (when.kinds, {case.kind}),
        (when.categories, {case.category, case.category.partition("/")[0]}),
        (when.priorities, {case.priority}),
        (when.customers, {case.customer}),
        (when.levels, {case.level}),
        (when.groups, case.groups),
        (when.tags, case.tags),
        (when.departments, {case.department}),
        (when.risks, case.risks),
        (when.impacts, {case.impact}),
        (when.complexities, {case.complexity}),
    )
    if when.any_risk and not case.risks:
        return False
    return all(not wanted or wanted & has for wanted, has in asked)
