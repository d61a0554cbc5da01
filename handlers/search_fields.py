"""What was picked in the form of filters."""

from handlers.forms import Fields, tampered
from handlers.search_values import Sought
from handlers.views.search_form import (
    AUTHORITY,
    CATEGORY,
    DEPARTMENT,
    FROM,
    KIND,
    NOBODY,
    ONLY,
    OPEN,
    OVERDUE,
    PEOPLE,
    PERIOD,
    PERIODS,
    PRIORITY,
    SCORE,
    SORT,
    STATUS,
    TAG,
    TO,
    WORDS,
)
from tickets.case.filters import HIGHEST, LOWEST, Filters, Order, with_parts
from tickets.case.shown import Side
from tickets.case.values import Kind, Priority, Status
from tickets.errors import Incomplete
from tickets.message import say


def picked(fields: Fields) -> Sought:
    """Read the form; the desk's own names are checked when its line is read. Raises DeskError."""
    period = fields.picked(PERIOD) or ""
    if period not in {"", *PERIODS}:
        raise tampered()
    first, last = fields.day(FROM), fields.day(TO)
    if first and last and first > last:
        raise Incomplete({TO: say("search.days_backwards", first=first, last=last)})
    days_given = bool(first or last)
    return Sought(
        words=fields.text(WORDS).strip(),
        filters=_filters(fields),
        order=fields.choice(SORT, Order) or Order.TIME,
        first=first,
        last=last,
        period="" if days_given else period,
    )


def _filters(fields: Fields) -> Filters:
    picked_parts = (_part(one) for value in fields.all_ticked(STATUS) for one in value.split(","))
    filters = Filters(
        departments=fields.all_ticked(DEPARTMENT),
        people=frozenset(fields.people(PEOPLE)),
        nobody=fields.ticked(ONLY, NOBODY),
        categories=fields.all_ticked(CATEGORY),
        kinds=fields.choices(KIND, Kind),
        priorities=fields.choices(PRIORITY, Priority),
        scores=frozenset(map(_score, fields.all_ticked(SCORE))),
        tags=fields.all_ticked(TAG),
        authorities=fields.all_ticked(AUTHORITY),
        overdue=fields.ticked(ONLY, OVERDUE),
        open_only=fields.ticked(ONLY, OPEN),
    )
    return with_parts(filters, picked_parts)


def _part(value: str) -> Status | Side:
    try:
        return Side(value) if "/" in value else Status(value)
    except ValueError:
        raise tampered() from None


def _score(value: str) -> int:
    if value not in {str(one) for one in range(LOWEST, HIGHEST + 1)}:
        raise tampered()
    return int(value)
