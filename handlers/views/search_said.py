"""The filters of a search in the reader's own words."""

from collections.abc import Iterator

from handlers.search_values import Sought
from handlers.views import labels
from handlers.views.standings import word_of
from tickets.case.filters import Order
from tickets.handbook import Handbook
from tickets.tongue import Tongue


def said(sought: Sought, *, handbook: Handbook, tongue: Tongue) -> str:
    """Say all filters in one line; "" where there are none."""
    return " · ".join(
        [*_picked(sought, handbook, tongue), *_days(sought, tongue), *_only(sought, tongue)]
    )


def _picked(sought: Sought, handbook: Handbook, tongue: Tongue) -> Iterator[str]:
    by = sought.filters
    chosen = {
        "status": [word_of(one, handbook, tongue) for one in sorted(by.parts)],
        "department": [labels.department(one, handbook, tongue) for one in sorted(by.departments)],
        "people": [
            *(tongue.name(one) for one in sorted(by.people)),
            *([tongue("search.only_nobody")] if by.nobody else []),
        ],
        "category": [labels.category_path(one, handbook, tongue) for one in sorted(by.categories)],
        "kind": [tongue(f"kind.{one}") for one in sorted(by.kinds)],
        "priority": [labels.priority(one, handbook, tongue) for one in sorted(by.priorities)],
        "score": [tongue("search.score", score=one) for one in sorted(by.scores)],
        "authority": [labels.authority(one, handbook, tongue) for one in sorted(by.authorities)],
        "tag": [labels.customer_tag(one, handbook, tongue) for one in sorted(by.tags)],
    }
    for name, words in chosen.items():
        if words:
            values = tongue("digest.and").join(dict.fromkeys(words))  # two statuses may share one
            yield tongue("search.named", name=tongue(f"filter.{name}"), values=values)


def _days(sought: Sought, tongue: Tongue) -> Iterator[str]:
    first, last = sought.first, sought.last
    if first and last:
        yield tongue("search.between", first=first, last=last)
    elif first:
        yield tongue("search.since", first=first)
    elif last:
        yield tongue("search.until", last=last)


def _only(sought: Sought, tongue: Tongue) -> Iterator[str]:
    if sought.filters.overdue:
        yield tongue("search.only_overdue")
    if sought.filters.open_only:
        yield tongue("search.only_open")
    if sought.order is Order.RELEVANCE:
        yield tongue("search.order.relevance")
