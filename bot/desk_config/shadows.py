"""Which conditions can never be met, being met earlier or by no case at all."""

from collections.abc import Mapping
from dataclasses import replace

from tickets.case.values import Risk
from tickets.handbook import Category, Condition

Categories = Mapping[str, Category]

PLAIN_KEYS = (
    "priorities", "customers", "levels", "groups", "tags", "departments", "impacts", "complexities",
)  # fmt: skip


def covers(earlier: Condition, later: Condition, categories: Categories) -> bool:
    """Tell whether every case that meets the later condition meets the earlier one too."""
    return (
        all(_within(getattr(later, key), getattr(earlier, key)) for key in PLAIN_KEYS)
        and _within(_risks(later), _risks(earlier))
        and leaves(later, categories) <= leaves(earlier, categories)
    )


def leaves(condition: Condition, categories: Categories) -> frozenset[str]:
    """Give the second-level categories whose cases fit a condition's kinds and categories."""
    return frozenset(
        key
        for first in categories.values()
        for key, second in first.sub.items()
        if (not condition.kinds or second.kind in condition.kinds)
        and (not condition.categories or {first.key, key} & condition.categories)
    )


def depends_on_category_alone(condition: Condition) -> bool:
    """Tell whether nothing but kind and category decides."""
    bare = replace(condition, kinds=frozenset(), categories=frozenset(), line=0)
    return bare == Condition()


def _within(later: frozenset[object], earlier: frozenset[object]) -> bool:
    """Compare one key; an empty one asks for nothing."""
    return not earlier or (bool(later) and later <= earlier)


def _risks(condition: Condition) -> frozenset[object]:
    return frozenset(Risk) if condition.any_risk else frozenset(condition.risks)
