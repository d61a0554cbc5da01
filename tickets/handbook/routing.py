"""Categories, and the rules that send a case somewhere and raise it."""

from collections.abc import Mapping
from dataclasses import dataclass

from tickets.case.values import Complexity, CustomerType, Impact, Kind, Priority, Risk
from tickets.handbook.people import Assign
from tickets.handbook.words import Words


@dataclass(frozen=True, slots=True)
class Condition:
    """The `when` of a rule: every key that is given must fit; an empty one always fits."""

    kinds: frozenset[Kind] = frozenset()
    categories: frozenset[str] = frozenset()  # "after_sales" or "after_sales/fault"
    priorities: frozenset[Priority] = frozenset()
    customers: frozenset[CustomerType] = frozenset()
    levels: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()  # special groups, e.g. "elderly"
    tags: frozenset[str] = frozenset()  # of the customer, set by the desk's rules
    departments: frozenset[str] = frozenset()
    risks: frozenset[Risk] = frozenset()  # any one of these
    any_risk: bool = False
    impacts: frozenset[Impact] = frozenset()
    complexities: frozenset[Complexity] = frozenset()
    line: int = 0  # where it stands in desk.yml


@dataclass(frozen=True, slots=True)
class SubCategory:
    """二级分类; conditions a category can set are here (DESK.md 4)."""

    key: str  # "after_sales/fault"
    name: Words
    kind: Kind
    needs_customer: bool = False
    required_evidence: frozenset[str] = frozenset()  # e.g. {"screenshot"}; any file meets it


@dataclass(frozen=True, slots=True)
class Category:
    """一级分类 (R22)."""

    key: str
    name: Words
    kind: Kind
    sub: Mapping[str, SubCategory]  # by full key "after_sales/fault"


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """One row of `routing`: where a case goes, how the assignee is picked, who else is told."""

    place: int  # 1, 2, … as printed on the card
    when: Condition
    department: str
    assign: Assign | None = None  # None: as the department does
    tell: frozenset[str] = frozenset()  # "supervisors", "directors", or person ids


@dataclass(frozen=True, slots=True)
class PriorityRule:
    """One row of `priority`: raise by steps or set."""

    when: Condition
    raise_by: int = 0
    set_to: Priority | None = None
