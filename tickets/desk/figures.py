"""Figures for whoever may count: an agent their own, a lead the department's, supervisors and analysts all (R111, R117)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from tickets.case.listing import Page, Sight
from tickets.case.log import DESK
from tickets.case.values import PersonId
from tickets.desk.asking import reading
from tickets.desk.context import Desk
from tickets.desk.kept_promises import kept_promises
from tickets.insight.figures import (
    NO_LENGTHS,
    By,
    Counted,
    Figure,
    Length,
    Lengths,
    Selection,
    spread,
)
from tickets.insight.goals import Goals, read_goals
from tickets.insight.overview import (
    Against,
    Board,
    Month,
    Overview,
    SaidCause,
    response_goal,
    said_most,
)
from tickets.insight.spans import Span, span_of
from tickets.people import roles
from tickets.people.privacy import redact
from tickets.people.roles import Action, Actor
from tickets.ports import Unit

PAGE_SIZE = 20
MOST_MEASURED = 50_000  # cases; of more, groups have their lengths by the clock alone, as a screen may not take long
TOP = 6  # classes whose causes are read in words
MOST_SAID = 30  # of the newest results of each


def overview(desk: Desk, span: Span, by_what: By | None, *, by: PersonId) -> Overview:
    """Take all figures of a period, and of each group in it. Raises Refused."""
    goals = read_goals(desk.handbook().goals)
    with _counting(desk, span, by) as (unit, who, chosen):
        whole = counted(unit, chosen) if by_what else board(unit, chosen)
        few = whole.count(Figure.TOTAL).n <= MOST_MEASURED
        groups = boards(unit, replace(chosen, by=by_what), working=few) if by_what else {}
        in_order = sorted(groups.values(), key=_by_size)
        if by_what is By.CATEGORY and roles.may(who, Action.LIST):
            in_order[:TOP] = _with_words(desk, unit, roles.sight(who), chosen, in_order[:TOP])
        against = Against(whole=whole, goals=goals, baseline=_baseline(desk, unit, chosen, goals))
        return Overview(span=span, by=by_what, against=against, groups=tuple(in_order))


def month_in(desk: Desk, unit: Unit, start: datetime, end: datetime) -> Month:
    """Take all figures of a period for a report: nobody's in particular, so no word of a high-risk case."""
    sight = Sight(person=DESK, everything=True)
    chosen = Selection(start=start, end=end, now=desk.clock.now(), sight=sight)
    goals = read_goals(desk.handbook().goals)
    classes = sorted(
        boards(unit, replace(chosen, by=By.CATEGORY), working=False).values(), key=_by_size
    )
    worded = _with_words(desk, unit, sight, chosen, classes[:TOP])
    bands = boards(unit, replace(chosen, by=By.BAND), working=False)
    return Month(
        whole=board(unit, chosen),
        baseline=_baseline(desk, unit, chosen, goals),
        bands=tuple(bands[name] for name in sorted(bands, reverse=True)),
        causes={one.group: one.said_cause for one in worded if one.said_cause},
        promises=kept_promises(unit, start, end, now=chosen.now),
        satisfied=unit.figures.count(Figure.SATISFACTION, replace(chosen, by=By.KIND)),
    )


def times_by_department(
    desk: Desk, unit: Unit, start: datetime, end: datetime
) -> Mapping[Length, Mapping[str, Lengths]]:
    """Give how long each department's rounds took, and how long they were allowed to, of everything."""
    sight = Sight(person=DESK, everything=True)
    chosen = Selection(start=start, end=end, now=desk.clock.now(), sight=sight, by=By.DEPARTMENT)
    wanted = (Length.RESPONSE, Length.EXPECTED, Length.HANDLING, Length.ALLOWED)
    return {one: _lengths(unit, one, chosen, working=False) for one in wanted}


def relative_goal(desk: Desk, unit: Unit, goals: Goals) -> int | None:
    """Give the minutes aimed at by the baseline month alone, of everything; None where none are (R107)."""
    month = span_of(goals.baseline or "", desk.calendar())
    if month is None or goals.response_change is None:
        return None
    sight = Sight(person=DESK, everything=True)
    chosen = Selection(start=month.start, end=month.end, now=desk.clock.now(), sight=sight)
    lengths = _lengths(unit, Length.RESPONSE, chosen, working=False)
    then = Board(lengths={Length.RESPONSE: lengths.get("", NO_LENGTHS)})
    return response_goal(goals, then)


def _baseline(desk: Desk, unit: Unit, chosen: Selection, goals: Goals) -> Board | None:
    month = span_of(goals.baseline or "", desk.calendar())
    return board(unit, replace(chosen, start=month.start, end=month.end)) if month else None


def cases_behind(
    desk: Desk,
    figure: Figure,
    span: Span,
    by_what: By | None,
    group: str | None,
    *,
    by: PersonId,
    page: int = 1,
) -> Page:
    """List the cases a figure is taken of, as far as this person's lists show them; what does not count first.

    Raises Refused, of an analyst too: figures alone are theirs.
    """
    with _counting(desk, span, by, Action.LIST) as (unit, who, chosen):
        roles.require(who, Action.SEE_FIGURES)
        narrowed = replace(chosen, by=by_what, group=group)
        return unit.figures.behind(
            figure, narrowed, seen_by=roles.sight(who), page=page, size=PAGE_SIZE
        )


def board(unit: Unit, chosen: Selection) -> Board:
    """Take all figures of a selection as one group."""
    return boards(unit, replace(chosen, by=None, group=None)).get("", Board())


def counted(unit: Unit, chosen: Selection) -> Board:
    """Take the counts of a selection alone, as one group: what groups are held against."""
    found = unit.figures.counts(replace(chosen, by=None, group=None))
    return Board(counts={one: counts[""] for one, counts in found.items() if "" in counts})


def boards(unit: Unit, chosen: Selection, *, working: bool = True) -> Mapping[str, Board]:
    """Take all figures of a selection, for each of its groups; lengths in opening hours only where wanted."""
    counts = unit.figures.counts(chosen)
    lengths = {one: _lengths(unit, one, chosen, working=working) for one in Length}
    causes, late = unit.figures.causes(chosen), unit.figures.late_causes(chosen)
    names = {name for found in counts.values() for name in found}
    return {
        name: Board(
            group=name,
            counts={one: found[name] for one, found in counts.items() if name in found},
            lengths={one: found[name] for one, found in lengths.items() if name in found},
            causes=causes.get(name, {}),
            late_causes=late.get(name, {}),
        )
        for name in names
    }


def _with_words(
    desk: Desk, unit: Unit, seen_by: Sight, chosen: Selection, largest: Sequence[Board]
) -> Iterator[Board]:
    """Add what the largest classes mostly came from, in the words of those who solved them (R102)."""
    for one in largest:
        said = unit.figures.said_causes(
            replace(chosen, by=By.CATEGORY, group=one.group),
            seen_by=seen_by,
            most=MOST_SAID,
        )
        yield replace(one, said_cause=said_most([_redacted(desk, unit, cause) for cause in said]))


def _redacted(desk: Desk, unit: Unit, cause: SaidCause) -> str:
    name = unit.customers.get(cause.customer).name
    return redact(cause.words, names=(name,) if name else (), phones=desk.phones.spans)


def counted_sight(who: Actor) -> Sight:
    """Tell which cases are counted for somebody: all, or those of their departments and their own."""
    return replace(roles.figures_sight(who), unassigned=False)


@contextmanager
def _counting(
    desk: Desk, span: Span, by: PersonId, action: Action = Action.SEE_FIGURES
) -> Iterator[tuple[Unit, Actor, Selection]]:
    with reading(desk, by, action) as (unit, who):
        sight, now = counted_sight(who), desk.clock.now()
        yield unit, who, Selection(start=span.start, end=span.end, now=now, sight=sight)


def _lengths(unit: Unit, length: Length, chosen: Selection, *, working: bool) -> dict[str, Lengths]:
    clock = unit.figures.lengths(length, chosen, working=False)
    opened = unit.figures.lengths(length, chosen, working=True) if working else {}
    return {
        name: Lengths(spread(bins), spread(opened.get(name, ()))) for name, bins in clock.items()
    }


def _by_size(one: Board) -> tuple[int, str]:
    total: Counted = one.count(Figure.TOTAL)
    return -total.n, one.group
