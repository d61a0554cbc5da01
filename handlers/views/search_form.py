"""The form of filters: everything a search can be narrowed by, as it stands now."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import InputBlock, Option, UserMultiSelectElement
from slack_sdk.models.views import View

from handlers.search_values import Sought
from handlers.views import labels
from handlers.views.ids import VALUE, CallbackId
from handlers.views.inputs import (
    day,
    field,
    line,
    option,
    select,
    several,
    several_grouped,
    ticks,
)
from handlers.views.modal import TITLE_LIMIT
from handlers.views.standings import shown_by, spelt
from handlers.views.text import one_line, plain
from tickets.case.filters import HIGHEST, LOWEST, Order
from tickets.case.values import Kind, Priority
from tickets.handbook import Handbook
from tickets.tongue import Tongue

WORDS, STATUS, DEPARTMENT, PEOPLE = (
    "filter.words",
    "filter.status",
    "filter.department",
    "filter.people",
)
CATEGORY, KIND, PRIORITY, SCORE = (
    "filter.category",
    "filter.kind",
    "filter.priority",
    "filter.score",
)
TAG, PERIOD, FROM, TO = "filter.tag", "filter.period", "filter.from", "filter.to"
AUTHORITY = "filter.authority"
ONLY, SORT = "filter.only", "filter.sort"
OVERDUE, OPEN, NOBODY = "overdue", "open", "nobody"
PERIODS = ("today", "yesterday", "this-week", "last-week", "this-month", "last-month")
MOST_PEOPLE = 20


def filters_form(sought: Sought, memory: str, *, handbook: Handbook, tongue: Tongue) -> View:
    """Ask what to look for."""
    return View(
        type="modal",
        callback_id=CallbackId.FILTER,
        title=plain(tongue("search.filter"), TITLE_LIMIT),
        submit=plain(tongue("search.find"), TITLE_LIMIT),
        close=plain(tongue("button.cancel"), TITLE_LIMIT),
        private_metadata=memory,
        blocks=[
            field(WORDS, tongue(WORDS), line(sought.words)),
            *_standing(sought, handbook, tongue),
            *_about(sought, handbook, tongue),
            *_days(sought, tongue),
            *_rest(sought, tongue),
        ],
    )


def _standing(sought: Sought, handbook: Handbook, tongue: Tongue) -> Iterator[InputBlock]:
    by = sought.filters
    words = shown_by(handbook, tongue)
    values = {word: ",".join(sorted(parts)) for word, parts in words.items()}
    chosen = {values[word] for word, parts in words.items() if spelt(parts) & spelt(by.parts)}
    statuses = [option(values[word], word) for word in words]
    yield field(STATUS, tongue(STATUS), several(statuses, chosen))
    departments = [
        option(key, labels.department(key, handbook, tongue)) for key in handbook.departments
    ]
    if departments:
        yield field(DEPARTMENT, tongue(DEPARTMENT), several(departments, by.departments))
    people = UserMultiSelectElement(
        action_id=VALUE, initial_users=sorted(by.people) or None, max_selected_items=MOST_PEOPLE
    )
    yield field(PEOPLE, tongue(PEOPLE), people, hint=tongue("filter.people_hint"))


def _about(sought: Sought, handbook: Handbook, tongue: Tongue) -> Iterator[InputBlock]:
    by = sought.filters
    categories = list(_categories(handbook, tongue))
    if categories:
        yield field(CATEGORY, tongue(CATEGORY), several_grouped(categories, by.categories))
    kinds = [option(one, tongue(f"kind.{one}")) for one in Kind]
    yield field(KIND, tongue(KIND), several(kinds, by.kinds))
    priorities = [option(one, labels.priority(one, handbook, tongue)) for one in Priority]
    yield field(PRIORITY, tongue(PRIORITY), several(priorities, by.priorities))
    scores = [
        option(str(one), tongue("search.score", score=one)) for one in range(LOWEST, HIGHEST + 1)
    ]
    yield field(SCORE, tongue(SCORE), several(scores, set(map(str, by.scores))))
    tags = [
        option(one.key, labels.customer_tag(one.key, handbook, tongue))
        for one in handbook.customer_tags
    ]
    if tags:
        yield field(TAG, tongue(TAG), several(tags, by.tags))
    authorities = [
        option(one, labels.authority(one, handbook, tongue)) for one in handbook.authorities
    ]
    if authorities:
        yield field(AUTHORITY, tongue(AUTHORITY), several(authorities, by.authorities))


def _categories(handbook: Handbook, tongue: Tongue) -> Iterator[tuple[str, Sequence[Option]]]:
    for first, one in handbook.categories.items():
        name = one_line(one.name.in_(tongue.language))
        seconds = [
            option(second, labels.category_path(second, handbook, tongue)) for second in one.sub
        ]
        yield name, [option(first, name), *seconds]


def _days(sought: Sought, tongue: Tongue) -> Iterator[InputBlock]:
    known = sought.period in PERIODS
    periods = [option(one, tongue(f"search.period.{one}")) for one in PERIODS]
    yield field(PERIOD, tongue(PERIOD), select(periods, sought.period))
    first, last = (None, None) if known else (sought.first, sought.last)
    yield field(FROM, tongue(FROM), day(first), hint=tongue("filter.days_hint"))
    yield field(TO, tongue(TO), day(last))


def _rest(sought: Sought, tongue: Tongue) -> Iterator[InputBlock]:
    by = sought.filters
    only = {OVERDUE: by.overdue, OPEN: by.open_only, NOBODY: by.nobody}
    boxes = [option(one, tongue(f"search.only_{one}")) for one in only]
    yield field(ONLY, tongue(ONLY), ticks(boxes, [one for one in only if only[one]]))
    orders = [option(one, tongue(f"search.order.{one}")) for one in Order]
    yield field(SORT, tongue(SORT), select(orders, sought.order))
