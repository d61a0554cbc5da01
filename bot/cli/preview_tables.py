"""The figures of a preview as tables, with the columns of the source procedures (R102, R103, R105)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from rich.console import JustifyMethod
from rich.table import Table

from handlers.views.digest import cause_of, rate
from tickets.insight.daily import DayFigures
from tickets.insight.frozen import thaw
from tickets.insight.monthly import MonthFigures
from tickets.message import Word
from tickets.time.periods import Period
from tickets.tongue import Tongue

RESPONSE_COLUMNS = ("date", "total", "response", "response_rate", "solved_rate", "overdue", "cause")
CATEGORY_COLUMNS = ("category", "total", "share", "solved_rate")
DEPARTMENT_COLUMNS = ("department", "total", "response", "handling", "allowed")


def tables_of(period: Period, figures: Mapping[str, Any], tongue: Tongue) -> Iterator[Table]:
    """Give the tables of a digest that has any."""
    if not figures:
        return
    match period.job:
        case "daily_figures":
            yield _response(period, thaw(DayFigures, figures), tongue)
        case "monthly_report":
            month = thaw(MonthFigures, figures)
            yield _response(period, month, tongue)
            yield _categories(month, tongue)
            yield _departments(month, tongue)
        case _:
            return


def _response(period: Period, figures: DayFigures | MonthFigures, tongue: Tongue) -> Table:
    one = figures.answered
    cause = cause_of(figures.cause, tongue) if figures.overdue else ""
    cells = (
        period.key,
        str(one.total),
        _number(one.response_minutes),
        _number(one.response_rate),
        _number(one.solved_rate),
        str(figures.overdue),
        cause,
    )
    return _table(RESPONSE_COLUMNS, [cells], tongue)


def _categories(month: MonthFigures, tongue: Tongue) -> Table:
    rows = [
        (
            _named(f"category.{one.category}", one.category, tongue),
            str(one.count),
            rate(one.share),
            rate(one.solved_rate),
        )
        for one in month.categories
    ]
    return _table(CATEGORY_COLUMNS, rows, tongue)


def _departments(month: MonthFigures, tongue: Tongue) -> Table:
    rows = [
        (
            _named(f"department.{one.department}", one.department, tongue),
            str(one.count),
            _number(one.response_minutes),
            _length(one.handling_minutes, tongue),
            _length(one.allowed_minutes, tongue),
        )
        for one in month.departments
    ]
    return _table(DEPARTMENT_COLUMNS, rows, tongue)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], tongue: Tongue) -> Table:
    table = Table()
    for column in columns:
        is_words = column in {"date", "category", "department", "cause"}
        heading = tongue(f"column.{column}").replace("(", "\n(")  # its unit on a line of its own
        justify: JustifyMethod = "left" if is_words else "right"
        table.add_column(heading, justify=justify, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _named(word: str, key: str, tongue: Tongue) -> str:
    """Say the desk's own word for a category or department it still has."""
    return tongue("digest.cell", what=Word(word)) if key else "–"


def _number(value: int | None) -> str:
    return "–" if value is None else str(value)


def _length(minutes: int | None, tongue: Tongue) -> str:
    return "–" if minutes is None else tongue.span(timedelta(minutes=minutes))
