"""The day's figures and the month's report, each figure beside its n and its goal (R102–R105)."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from handlers.views import labels
from handlers.views.buttons import button, row
from handlers.views.digest import (
    Edition,
    also,
    at_least,
    at_most,
    cause_of,
    head,
    page,
    range_title,
    rate,
    stats_button,
    title,
)
from handlers.views.ids import ActionId
from handlers.views.monthly import run_from
from handlers.views.notices import Reader, Said
from handlers.views.rich import Run, joined, words
from handlers.views.screen import Screen
from handlers.views.stats_lines import figure_line, group_lines, group_name, mostly
from handlers.views.trade import trade_lines
from tickets.case.listing import Scope
from tickets.insight.daily import DayFigures
from tickets.insight.figures import By, Figure
from tickets.insight.monthly import CategoryShare, DepartmentTimes, MonthFigures
from tickets.insight.overview import Against, Mostly
from tickets.insight.response import Answered
from tickets.meetings.improvement import Improvement
from tickets.meetings.monthly import MonthlyMeeting
from tickets.tongue import Tongue
from tickets.watch.posting import ROWS, part_of


def daily(figures: DayFigures, edition: Edition, reader: Reader) -> Screen:
    """Show the row of a day, one figure a line."""
    said = [reader.say("digest.span", start=figures.start, end=figures.end)]
    rates = _rates(figures.answered, figures, reader)
    if not (figures.answered.total or figures.invalid or figures.merged):
        rates = iter([reader.say("digest.no_cases")])
    rows = [*said, *rates, *_overdue(figures, reader)]
    screen = head(title("digest.daily", edition, reader), edition, reader, rows)
    return _with_overdue(screen, figures.overdue, edition.period, reader)


def monthly(figures: MonthFigures, edition: Edition, reader: Reader) -> Screen:
    """Show a reply with one of the tables of the month's report."""
    if edition.page == "categories":
        return _categories(figures, edition, reader)
    if edition.page == "figures":
        return _all_figures(figures, edition, reader)
    return _departments(figures, edition, reader)


def monthly_head(
    figures: MonthFigures,
    edition: Edition,
    reader: Reader,
    *,
    meeting: MonthlyMeeting,
    others: Sequence[Improvement],
) -> Screen:
    """Show the head of the month's report, which the monthly meeting is run from."""
    rows = [
        *_rates(figures.answered, figures, reader),
        _satisfaction(figures, reader),
        *_overdue(figures, reader),
        *trade_lines(figures.trade, reader),
    ]
    lead = title("digest.monthly", edition, reader)
    return run_from(lead, rows, edition, reader, meeting=meeting, others=others)


def _rates(one: Answered, figures: DayFigures | MonthFigures, reader: Reader) -> Iterator[Said]:
    tongue, goals = reader.tongue, figures.goals
    left_out = ""
    if figures.invalid or figures.merged:
        left_out = tongue("digest.left_out", invalid=figures.invalid, merged=figures.merged)
    yield also(reader.say("digest.total", count=one.total), left_out)
    if not one.total:
        return
    yield also(
        reader.say(
            "digest.response_time",
            time=_minutes_of(one.response_minutes, tongue),
            n=one.contacted,
        ),
        at_most(one.response_minutes, goals.response_minutes, tongue),
    )
    answered_in_time = reader.say(
        "digest.response_rate",
        rate=rate(one.response_rate),
        part=one.in_time,
        whole=one.promised,
    )
    yield also(answered_in_time, at_least(one.response_rate, goals.response_rate, tongue))
    solved = reader.say(
        "digest.solved_rate", rate=rate(one.solved_rate), part=one.solved, whole=one.total
    )
    yield also(solved, at_least(one.solved_rate, goals.solved_rate, tongue))


def _minutes_of(minutes: int | None, tongue: Tongue) -> str:
    return "–" if minutes is None else tongue("digest.minutes", count=minutes)


def _overdue(figures: DayFigures | MonthFigures, reader: Reader) -> Iterator[Said]:
    yield reader.say("digest.overdue", count=figures.overdue)
    if figures.overdue:
        yield reader.say("digest.main_cause", cause=cause_of(figures.cause, reader.tongue))


def _satisfaction(figures: MonthFigures, reader: Reader) -> Said:
    said = reader.say("digest.satisfaction", rate=rate(figures.satisfaction), n=figures.scored)
    return also(said, at_least(figures.satisfaction, figures.goals.satisfaction, reader.tongue))


def _with_overdue(screen: Screen, overdue: int, period: str, reader: Reader) -> Screen:
    buttons = [stats_button(period, reader.tongue)]
    if overdue:
        late = button(ActionId.LIST, reader.tongue("digest.show_overdue"), Scope.OVERDUE)
        buttons.insert(0, late)
    return Screen(screen.text, (*screen.blocks, row(buttons)))


def _categories(figures: MonthFigures, edition: Edition, reader: Reader) -> Screen:
    shown = part_of(figures.categories, edition.part)
    lead = range_title(
        "digest.categories",
        edition,
        reader,
        shown=len(shown),
        total=len(figures.categories),
        a_page=ROWS,
    )
    causes = figures.more.causes if figures.more else {}
    return page(lead, [_category(one, causes.get(one.category), reader) for one in shown])


def _category(one: CategoryShare, cause: Mostly | None, reader: Reader) -> Run:
    name = labels.category_path(one.category, reader.handbook, reader.tongue)
    said = reader.say(
        "digest.category",
        category=name,
        count=one.count,
        share=f"{one.share}%",
        solved=rate(one.solved_rate),
    )
    return also(said, mostly(cause, reader.tongue) if cause else "").run


def _all_figures(figures: MonthFigures, edition: Edition, reader: Reader) -> Screen:
    """Every figure with its n, mean, median and 90 %, and those of busy and idle hours (R4, R103–R109)."""
    month, tongue = figures.more, reader.tongue
    if month is None:
        return page(title("digest.all_figures", edition, reader), [])
    against = Against(whole=month.whole, goals=figures.goals, baseline=month.baseline)
    said = [figure_line(one, month.whole, against, tongue) for one in Figure]
    for band in month.bands:
        name = group_name(By.BAND, band.group, reader.handbook, tongue)
        said.append("\n".join([name, *group_lines(band, against, tongue)]))
    return page(title("digest.all_figures", edition, reader), [words(one) for one in said])


def _departments(figures: MonthFigures, edition: Edition, reader: Reader) -> Screen:
    shown = part_of(figures.departments, edition.part)
    lead = range_title(
        "digest.departments",
        edition,
        reader,
        shown=len(shown),
        total=len(figures.departments),
        a_page=ROWS,
    )
    return page(lead, [_department(one, figures, reader) for one in shown])


def _department(one: DepartmentTimes, figures: MonthFigures, reader: Reader) -> Run:
    kept = figures.more.promises.get(one.department) if figures.more else None
    said = _times(one, reader)
    if kept is None:
        return said
    rate = reader.say("digest.promises", rate=f"{kept.percent}%", part=kept.part, whole=kept.n)
    return joined([said, rate.run])


def _times(one: DepartmentTimes, reader: Reader) -> Run:
    said = reader.say(
        "digest.department",
        department=reader.department(one.department),
        count=one.count,
        response=_time(one.response_minutes, reader),
        contacted=one.contacted,
        handling=_time(one.handling_minutes, reader),
        solved=one.solved,
    )
    return also(said, _against(one, reader)).run


def _against(one: DepartmentTimes, reader: Reader) -> str:
    """Say whether the mean handling time holds what the policies allow (R103)."""
    if one.handling_minutes is None or one.allowed_minutes is None:
        return ""
    held = one.handling_minutes <= one.allowed_minutes
    allowed = reader.tongue.span(_minutes(one.allowed_minutes))
    return reader.tongue("digest.within" if held else "digest.beyond", allowed=allowed)


def _time(minutes: int | None, reader: Reader) -> str:
    return "–" if minutes is None else reader.tongue.span(_minutes(minutes))


def _minutes(count: int) -> timedelta:
    return timedelta(minutes=count)
