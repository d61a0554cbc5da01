"""Figures over any number of tickets, counted by the database out of the rows kept for them (C16, R102–R109).

What a figure is taken of and what of it counts is said once, for the count and for the list behind it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Label,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    true,
)

from storage.cohort import missed_clocks
from storage.conditions import about, may_read, may_see
from storage.tables import errand_figures, round_figures, tickets
from storage.ticket_lines import lines_of
from tickets.case.listing import Page, Query, Sight
from tickets.case.values import CauseDimension, LateCause
from tickets.insight.cohort import Standing
from tickets.insight.figures import Bin, By, Counted, Figure, Length, Selection
from tickets.time.deadline import DeadlineKind

_T, _R, _E = tickets.c, round_figures.c, errand_figures.c
CONTENT = 4  # a score from which a customer is satisfied (C16)

_IS_FIRST, _IS_LAST = _R.round == 1, _R.is_last == true()
_TAKEN_OF: Mapping[Figure, tuple[ColumnElement[bool], ...]] = {
    Figure.TOTAL: (_IS_LAST,),
    Figure.RESPONSE: (_IS_FIRST, _R.response_s.is_not(None)),
    Figure.FIRST_RESPONSE: (_IS_FIRST, _R.promised == true()),
    Figure.HANDLING: (_R.handling_s.is_not(None),),
    Figure.SOLVED: (_IS_LAST,),
    Figure.SATISFACTION: (_R.score.is_not(None),),
    Figure.OVERDUE: (),
    Figure.REPEATS: (_IS_LAST,),
    Figure.RECOVERY: (_IS_LAST, _R.round > 1, _R.score.is_not(None)),
    Figure.PROMISES: (_E.kind == DeadlineKind.PROMISE,),
    Figure.ANSWERS: (_E.kind == DeadlineKind.INTERNAL,),
    Figure.ANSWERING: (_E.kind == DeadlineKind.INTERNAL, _E.took_s.is_not(None)),
}
_MET_IN_TIME = and_(_E.met_at.is_not(None), or_(_E.due_at.is_(None), _E.met_at <= _E.due_at))
_COUNTS: Mapping[Figure, ColumnElement[bool]] = {
    Figure.FIRST_RESPONSE: _R.in_time == true(),
    Figure.SOLVED: _R.standing == Standing.SOLVED,
    Figure.SATISFACTION: _R.score >= CONTENT,
    Figure.REPEATS: _R.repeats > 0,
    Figure.RECOVERY: _R.score >= CONTENT,
    Figure.PROMISES: _MET_IN_TIME,
    Figure.ANSWERS: _MET_IN_TIME,
}
_ERRANDS = frozenset({Figure.PROMISES, Figure.ANSWERS, Figure.ANSWERING})
_OF_CASES = tuple(one for one in Figure if one not in _ERRANDS | {Figure.OVERDUE})
_LENGTHS: Mapping[Length, tuple[Figure, ColumnElement[int], ColumnElement[int] | None]] = {
    Length.RESPONSE: (Figure.RESPONSE, _R.response_s, _R.response_open_s),
    Length.EXPECTED: (Figure.RESPONSE, _R.expected_s, None),
    Length.HANDLING: (Figure.HANDLING, _R.handling_s, _R.handling_open_s),
    Length.ALLOWED: (Figure.HANDLING, _R.allowed_s, _R.allowed_open_s),
    Length.ANSWERING: (Figure.ANSWERING, _E.took_s, _E.took_open_s),
}
_GROUPS: Mapping[By, ColumnElement[str]] = {
    By.DEPARTMENT: _R.department,
    By.CATEGORY: _R.category,
    By.KIND: _R.kind,
    By.PERSON: func.coalesce(_R.assignee, ""),
    By.BAND: case((_R.peak == true(), "peak"), else_="idle"),
    By.PRIORITY: _R.priority,
    By.CHANNEL: _R.channel,
    By.CUSTOMER: _R.customer_type,
}
_ERRAND_GROUPS: Mapping[By, ColumnElement[str]] = {
    **_GROUPS,
    By.DEPARTMENT: _E.department,
    By.PERSON: func.coalesce(_E.person, ""),
}


def count(connection: Connection, figure: Figure, chosen: Selection) -> dict[str, Counted]:
    """Count what a figure is taken of, and what of it counts, for each group."""
    if figure is Figure.OVERDUE:
        return _overdue(connection, chosen)
    group, source, wanted = _rows(figure, chosen)
    part = _how_many(_COUNTS.get(figure, true()))
    asking = _grouped(select(group, part, func.count()), source, wanted, group)
    return {name: Counted(some, n) for name, some, n in connection.execute(asking) if n}


def counts(connection: Connection, chosen: Selection) -> dict[Figure, dict[str, Counted]]:
    """Count for all figures at once: those of one population in one pass."""
    found: dict[Figure, dict[str, Counted]] = {
        one: {} if one in _OF_CASES else count(connection, one, chosen) for one in Figure
    }
    group, source, wanted = _rows(Figure.TOTAL, chosen, taken_of=())
    columns = [
        column
        for one in _OF_CASES
        for column in (
            _how_many(and_(*_TAKEN_OF[one], _COUNTS.get(one, true()))),
            _how_many(and_(*_TAKEN_OF[one])),
        )
    ]
    for name, *numbers in connection.execute(
        _grouped(select(group, *columns), source, wanted, group)
    ):
        for one, part, n in zip(_OF_CASES, numbers[::2], numbers[1::2], strict=True):
            if n:
                found[one][name] = Counted(part, n)
    return found


def _how_many(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((holds, 1)))


def lengths(
    connection: Connection, length: Length, chosen: Selection, *, working: bool
) -> dict[str, list[Bin]]:
    """Give lengths of time for each group, those of the same whole minutes together."""
    figure, by_clock, in_opening_hours = _LENGTHS[length]
    seconds = in_opening_hours if working else by_clock
    if seconds is None:
        return {}
    group, source, wanted = _rows(figure, chosen)
    minutes: ColumnElement[int] = ((seconds + 30) // 60).label("minutes_key")
    asking = _grouped(
        select(group, minutes, func.count(), func.sum(seconds)),
        source,
        [*wanted, seconds.is_not(None)],
        group,
        minutes,
    )
    found: dict[str, list[Bin]] = {}
    for name, whole, many, together in connection.execute(asking):
        found.setdefault(name, []).append(Bin(whole, many, int(together)))
    return found


def causes(connection: Connection, chosen: Selection) -> dict[str, dict[CauseDimension, int]]:
    """Count the causes of what was solved, for each group."""
    group, source, wanted = _rows(Figure.HANDLING, chosen)
    cause_of = _R.cause.label("cause_key")
    asking = _grouped(
        select(group, cause_of, func.count()),
        source,
        [*wanted, _R.cause.is_not(None)],
        group,
        cause_of,
    )
    found: dict[str, dict[CauseDimension, int]] = {}
    for name, cause, many in connection.execute(asking):
        found.setdefault(name, {})[CauseDimension(cause)] = many
    return found


def late_causes(connection: Connection, chosen: Selection) -> dict[str, dict[LateCause, int]]:
    """Count the reasons said of what was overdue, by case, for each group."""
    group, source, wanted = _rows(Figure.OVERDUE, chosen)
    cause_of = _R.late_cause.label("cause_key")
    asking = _grouped(
        select(group, cause_of, func.count(_R.number_key.distinct())),
        source,
        [*wanted, _R.late_cause.is_not(None)],
        group,
        cause_of,
    )
    found: dict[str, dict[LateCause, int]] = {}
    for name, cause, many in connection.execute(asking):
        found.setdefault(name, {})[LateCause(cause)] = many
    return found


def behind(
    connection: Connection,
    figure: Figure,
    chosen: Selection,
    *,
    seen_by: Sight,
    page: int,
    size: int,
) -> Page:
    """Give one page of the cases a figure is taken of, whose words `seen_by` may read; what does not count first.

    That a case stands here says its group and whether it counts: lists tell neither of what a risk hides.
    """
    _, source, wanted = _rows(figure, chosen)
    rank = func.min(case((_COUNTS.get(figure, true()), 1), else_=0)).label("rank")
    taken = (
        select(_R.number_key, rank)
        .select_from(source)
        .where(*wanted)
        .group_by(_R.number_key)
        .subquery("taken")
    )
    shown = tickets.join(taken, taken.c.number_key == _T.number_key)
    order = (taken.c.rank, _T.number_key.desc())
    query = Query(sight=seen_by, now=chosen.now, page=page, size=size)
    return lines_of(connection, query, shown, [may_see(seen_by), may_read(seen_by)], order)


def chosen_rows(figure: Figure, chosen: Selection) -> tuple[FromClause, list[ColumnElement[bool]]]:
    """Say where the rows are that a figure is taken of, and which they are."""
    _, source, wanted = _rows(figure, chosen)
    return source, wanted


def _overdue(connection: Connection, chosen: Selection) -> dict[str, Counted]:
    group, source, wanted = _rows(Figure.OVERDUE, chosen)
    many = func.count(_R.number_key.distinct())
    asking = _grouped(select(group, many), source, wanted, group)
    return {name: Counted(some, some) for name, some in connection.execute(asking) if some}


def _rows(
    figure: Figure, chosen: Selection, *, taken_of: Sequence[ColumnElement[bool]] | None = None
) -> tuple[ColumnElement[str], FromClause, list[ColumnElement[bool]]]:
    """Say by what a figure's rows are grouped, where they are and which they are."""
    groups = _ERRAND_GROUPS if figure in _ERRANDS else _GROUPS
    plainly = groups[chosen.by] if chosen.by else literal("")
    source: FromClause = round_figures
    wanted = [*(_TAKEN_OF[figure] if taken_of is None else taken_of)]
    if figure is Figure.OVERDUE:
        missed = _missed(chosen)
        source = source.join(
            missed, and_(missed.c.number_key == _R.number_key, missed.c.round == _R.round)
        )
    else:
        wanted.append(_R.counts == true())
        wanted += _in_period(figure, chosen)
    if figure in _ERRANDS:
        source = source.join(
            errand_figures, and_(_E.number_key == _R.number_key, _E.round == _R.round)
        )
    if chosen.group is not None and chosen.by:
        wanted.append(plainly == chosen.group)
    if chosen.sight.everything:
        wanted.append(_R.number_key.not_in(about(chosen.sight.person)))
    else:
        source = source.join(tickets, _T.number_key == _R.number_key)
        wanted.append(may_see(chosen.sight))
    return plainly.label("group_key"), source, wanted


def _in_period(figure: Figure, chosen: Selection) -> list[ColumnElement[bool]]:
    """Say of which period: of the case, else of the question or promise, settled or due by now."""
    start, end, now = chosen.start, chosen.end, chosen.now
    if figure not in _ERRANDS:
        return [_R.logged_at >= start, _R.logged_at < end]
    moment = _E.due_at if figure is Figure.PROMISES else _E.starts_at
    settled = or_(_E.met_at.is_not(None), _E.due_at <= now)
    dropped: ColumnElement[bool] = _E.dropped
    return [moment >= start, moment < end, settled, ~dropped]


def _missed(chosen: Selection) -> Subquery:
    return missed_clocks(chosen.start, min(chosen.end, chosen.now)).subquery("missed")


def _grouped(
    asking: Select[*tuple[Any, ...]],
    source: FromClause,
    wanted: Sequence[ColumnElement[bool]],
    *groups: ColumnElement[Any],
) -> Select[*tuple[Any, ...]]:
    """Group by name: what is grouped by may hold values, which PostgreSQL compares by their places."""
    names = [one.name for one in groups if isinstance(one, Label)]
    return asking.select_from(source).where(*wanted).group_by(*names)
