"""The tables of the month's report in its thread: shares of each class, every figure, times by department (R102–R104)."""

from datetime import timedelta

from handlers.views import labels
from handlers.views.digest import Edition, also, page, range_title, rate, title
from handlers.views.notices import Reader
from handlers.views.rich import Run, joined, lines, words
from handlers.views.screen import Screen
from handlers.views.stats_lines import figure_line, group_lines, group_name, mostly
from tickets.insight.figures import By, Figure
from tickets.insight.monthly import CategoryShare, DepartmentTimes, MonthFigures
from tickets.insight.overview import Against, Board, Month, Mostly
from tickets.tongue import Tongue
from tickets.watch.posting import ROWS, part_of


def monthly(figures: MonthFigures, edition: Edition, reader: Reader) -> Screen:
    """Show a reply with one of the tables of the month's report."""
    if edition.page == "categories":
        return _categories(figures, edition, reader)
    if edition.page == "figures":
        return _all_figures(figures, edition, reader)
    return _departments(figures, edition, reader)


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
    return page(
        lead,
        [_category(one, causes.get(one.category), figures.satisfaction, reader) for one in shown],
    )


def _category(one: CategoryShare, cause: Mostly | None, whole: int | None, reader: Reader) -> Run:
    name = labels.category_path(one.category, reader.handbook, reader.tongue)
    said = reader.say(
        "digest.category",
        category=name,
        count=one.count,
        share=f"{one.share}%",
        solved=rate(one.solved_rate),
    )
    said = also(said, _satisfied(one, whole, reader.tongue))
    return also(said, mostly(cause, reader.tongue) if cause else "").run


def _satisfied(one: CategoryShare, whole: int | None, tongue: Tongue) -> str:
    """Say how satisfied those of a class are, beside all (R104)."""
    if one.satisfaction is None:
        return ""
    return tongue("digest.satisfied", rate=rate(one.satisfaction), n=one.scored, whole=rate(whole))


def _all_figures(figures: MonthFigures, edition: Edition, reader: Reader) -> Screen:
    """Every figure with its n, mean, median and 90 %, and those of busy and idle hours (R4, R103–R109)."""
    month, tongue = figures.more, reader.tongue
    if month is None:
        return page(title("digest.all_figures", edition, reader), [])
    against = Against(whole=month.whole, goals=figures.goals, baseline=month.baseline)
    said = [figure_line(one, month.whole, against, tongue) for one in Figure]
    if month.satisfied:
        said.append(_satisfied_by_kind(month, tongue))
    bands = [
        words("\n".join([_band(one, reader), *group_lines(one, against, tongue, working=False)]))
        for one in month.bands
    ]
    return page(
        title("digest.all_figures", edition, reader),
        [words(one) for one in said],
        blocks=[lines(*bands)] if bands else (),
    )


def _band(one: Board, reader: Reader) -> str:
    return group_name(By.BAND, one.group, reader.handbook, reader.tongue)


def _satisfied_by_kind(month: Month, tongue: Tongue) -> str:
    """Say how satisfied those of each kind of case are, those with most scores first, beside all (R104)."""
    in_order = sorted(month.satisfied.items(), key=lambda one: (-one[1].n, one[0]))
    named = [
        tongue(
            "digest.kind_satisfied",
            kind=tongue(f"kind.{kind}"),
            rate=rate(counted.percent),
            part=counted.part,
            whole=counted.n,
        )
        for kind, counted in in_order
    ]
    return tongue(
        "digest.satisfied_by_kind",
        kinds=tongue("quality.between").join(named),
        whole=rate(month.whole.count(Figure.SATISFACTION).percent),
    )


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
    )
    handled = reader.tongue(
        "digest.department_handling",
        handling=_time(one.handling_minutes, reader),
        solved=one.solved,
    )
    return also(
        said,
        _against(one.response_minutes, one.response_allowed, reader),
        handled,
        _against(one.handling_minutes, one.allowed_minutes, reader),
    ).run


def _against(minutes: int | None, most: int | None, reader: Reader) -> str:
    """Say whether a mean time holds what the policies allow (R103)."""
    if minutes is None or most is None:
        return ""
    held = minutes <= most
    allowed = reader.tongue.span(_minutes(most))
    return reader.tongue("digest.within" if held else "digest.beyond", allowed=allowed)


def _time(minutes: int | None, reader: Reader) -> str:
    return "–" if minutes is None else reader.tongue.span(_minutes(minutes))


def _minutes(count: int) -> timedelta:
    return timedelta(minutes=count)
