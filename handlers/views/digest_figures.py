"""The day's figures and the head of the month's report, each figure beside its n and its goal (R102–R107)."""

from collections.abc import Iterator, Sequence

from handlers.views.buttons import button, row
from handlers.views.digest import (
    Edition,
    also,
    at_least,
    at_most,
    cause_of,
    head,
    minutes_said,
    rate,
    stats_button,
    title,
)
from handlers.views.ids import ActionId
from handlers.views.monthly import run_from
from handlers.views.notices import Reader, Said
from handlers.views.screen import Screen
from handlers.views.trade import trade_lines
from tickets.case.listing import Scope
from tickets.insight.daily import DayFigures
from tickets.insight.monthly import MonthFigures
from tickets.insight.response import Answered
from tickets.meetings.improvement import Improvement
from tickets.meetings.monthly import MonthlyMeeting


def daily(figures: DayFigures, edition: Edition, reader: Reader) -> Screen:
    """Show the row of a day, one figure a line."""
    said = [reader.say("digest.span", start=figures.start, end=figures.end)]
    rates = _rates(figures.answered, figures, reader)
    if not (figures.answered.total or figures.invalid or figures.merged):
        rates = iter([reader.say("digest.no_cases")])
    rows = [*said, *rates, *_overdue(figures, reader)]
    screen = head(title("digest.daily", edition, reader), edition, reader, rows)
    return _with_overdue(screen, figures.overdue, edition.period, reader)


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
        *trade_lines(figures.trade, figures.goals, reader),
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
            time=minutes_said(one.response_minutes, tongue),
            n=one.contacted,
        ),
        at_most(one.response_minutes, figures.response_goal, tongue),
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
