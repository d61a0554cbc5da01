"""The papers of the daily and the monthly figures: how they went as a picture, their tables as a file; counts only."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.papers.charts import Layer, Stack, stacked_bars
from bot.papers.sheets import Cell, Column, Sheet, write_book
from handlers.views import labels, meeting_words
from handlers.views.digest import cause_of
from handlers.views.periods import named
from handlers.views.rich import absolute
from handlers.views.text import clip
from tickets.handbook import Handbook
from tickets.insight.daily import DayFigures
from tickets.insight.monthly import MonthFigures
from tickets.meetings.points import held_of
from tickets.tongue import Tongue

DAYS, KINDS = 14, 10  # bars of a picture
NAME = 7  # characters under a bar
_RESPONSE = ("date", "total", "response", "response_rate", "solved_rate", "overdue", "cause")
_TIMES = ("response", "response_allowed", "handling_min", "allowed_min")
_WIDTHS = {"cause": 40, "category": 30, "department": 20, "figure": 22}

Days = Sequence[tuple[str, DayFigures]]


def days_picture(days: Days, *, tongue: Tongue) -> bytes:
    """Draw how many cases each of these days brought, solved that day or not (R105)."""
    shown = days[-DAYS:]
    return stacked_bars(
        Stack(
            title=tongue("digest.chart_days"),
            axis=tongue("digest.chart_axis"),
            bars=[key[5:] for key, _ in shown],
            layers=_solved_and_not(
                [(one.answered.solved, one.answered.total) for _, one in shown], tongue
            ),
        )
    )


def month_picture(
    period: str, figures: MonthFigures, *, handbook: Handbook, tongue: Tongue
) -> bytes:
    """Draw how many cases of each kind a month brought, solved or not (R102)."""
    shown = figures.categories[:KINDS]
    return stacked_bars(
        Stack(
            title=tongue("digest.chart_month", period=named(period, tongue)),
            axis=tongue("digest.chart_axis"),
            bars=[clip(labels.category(one.category, handbook, tongue), NAME) for one in shown],
            layers=_solved_and_not(
                [(_part(one.solved_rate, one.count), one.count) for one in shown], tongue
            ),
        )
    )


def days_book(path: Path, days: Days, *, handbook: Handbook, tongue: Tongue) -> int:
    """Write the table of R105: the days up to this one, a row each; give how many."""
    rows = (_response(key, one, tongue) for key, one in days)
    columns = _columns(_RESPONSE, tongue)
    return write_book(
        path,
        [
            (
                Sheet(
                    _name("digest.sheet_days", tongue),
                    _stamp(days[-1][1], handbook, tongue),
                    columns,
                ),
                rows,
            )
        ],
    )


def month_book(
    path: Path, period: str, figures: MonthFigures, *, handbook: Handbook, tongue: Tongue
) -> int:
    """Write a month's tables: its figures against their goals, kinds, departments; give how many rows."""
    stamp = _stamp(figures, handbook, tongue)

    def sheet(name: str, columns: Sequence[str]) -> Sheet:
        return Sheet(_name(f"digest.sheet_{name}", tongue), stamp, _columns(columns, tongue))

    return write_book(
        path,
        [
            (sheet("month", _RESPONSE), [_response(period, figures, tongue)]),
            (sheet("goals", ("figure", "value", "goal")), _goals(figures, tongue)),
            (
                sheet(
                    "categories",
                    ("category", "total", "share", "solved_rate", "satisfied", "scored"),
                ),
                _categories(figures, handbook, tongue),
            ),
            (
                sheet(
                    "departments",
                    ("department", "total", *_TIMES),
                ),
                _departments(figures, handbook, tongue),
            ),
        ],
    )


def _solved_and_not(counts: Sequence[tuple[int, int]], tongue: Tongue) -> list[Layer]:
    return [
        Layer(tongue("digest.chart_solved"), [solved for solved, _ in counts]),
        Layer(tongue("digest.chart_open"), [total - solved for solved, total in counts]),
    ]


def _part(rate: int | None, count: int) -> int:
    """The report keeps whole percents; of its counts the nearest is drawn."""
    return round((rate or 0) * count / 100)


def _response(key: str, one: DayFigures | MonthFigures, tongue: Tongue) -> Sequence[Cell]:
    said = one.answered
    return (
        key,
        said.total,
        said.response_minutes,
        said.response_rate,
        said.solved_rate,
        one.overdue,
        cause_of(one.cause, tongue) if one.overdue else "",
    )


def _goals(figures: MonthFigures, tongue: Tongue) -> Iterator[Sequence[Cell]]:
    for held in held_of(figures):
        yield tongue(f"monthly.figure_{held.name}"), held.value, held.goal


def _categories(
    figures: MonthFigures, handbook: Handbook, tongue: Tongue
) -> Iterator[Sequence[Cell]]:
    for one in figures.categories:
        name = labels.category_path(one.category, handbook, tongue)
        yield name, one.count, one.share, one.solved_rate, one.satisfaction, one.scored


def _departments(
    figures: MonthFigures, handbook: Handbook, tongue: Tongue
) -> Iterator[Sequence[Cell]]:
    for one in figures.departments:
        name = meeting_words.department(one.department, handbook, tongue)
        responses = one.response_minutes, one.response_allowed
        yield name, one.count, *responses, one.handling_minutes, one.allowed_minutes


def _columns(names: Sequence[str], tongue: Tongue) -> list[Column]:
    return [Column(tongue(f"column.{name}"), _WIDTHS.get(name, 16)) for name in names]


def _stamp(one: DayFigures | MonthFigures, handbook: Handbook, tongue: Tongue) -> Sequence[str]:
    """Say whose figures these are, and of which time."""
    desk = handbook.name.in_(tongue.language)
    start, end = absolute(one.start, tongue), absolute(one.end, tongue)
    return (f"{desk} · {tongue('digest.span', start=start, end=end)}", tongue("digest.sheet_how"))


def _name(message_id: str, tongue: Tongue) -> str:
    return clip(tongue(message_id), 31)  # Excel's limit of a sheet's name
