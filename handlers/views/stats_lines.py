"""Figures as sentences: each beside what it is taken of, its goal and the month it is held against; nothing is "no data"."""

from collections.abc import Iterator
from datetime import timedelta

from handlers.views import labels
from handlers.views.digest import at_least, at_most, at_most_share
from handlers.views.periods import named
from handlers.views.text import clip, one_line
from tickets.handbook import Handbook
from tickets.insight.arithmetic import percent
from tickets.insight.figures import By, Figure, Length, Spread
from tickets.insight.goals import Goals
from tickets.insight.overview import Against, Board, Mostly, response_goal
from tickets.message import PersonId
from tickets.tongue import Tongue

NAME_LIMIT = 80
_LENGTHS = {
    Figure.RESPONSE: Length.RESPONSE,
    Figure.HANDLING: Length.HANDLING,
    Figure.ANSWERING: Length.ANSWERING,
}


def group_name(by: By, group: str, handbook: Handbook, tongue: Tongue) -> str:
    """Name a group as the desk does."""
    return clip(one_line(_group(by, group, handbook, tongue)), NAME_LIMIT)


def _group(by: By, group: str, handbook: Handbook, tongue: Tongue) -> str:
    if by is By.CATEGORY:
        return labels.category_path(group, handbook, tongue)
    if not group:
        return tongue("stats.nobodys")
    match by:
        case By.DEPARTMENT:
            return labels.department(group, handbook, tongue)
        case By.PERSON:
            return labels.person(PersonId(group), tongue)
        case _:
            return tongue(f"{_WORDS[by]}.{group}")


_WORDS = {
    By.KIND: "kind",
    By.BAND: "stats.band",
    By.PRIORITY: "priority",
    By.CHANNEL: "contact_channel",
    By.CUSTOMER: "customer_type",
}


def figure_line(figure: Figure, one: Board, against: Against, tongue: Tongue) -> str:
    """Say a figure of the whole: what it is, its n, its goal, what it was in the baseline month."""
    line = _line(
        _said(figure, one, tongue),
        _held(figure, one, against, tongue),
        _further(figure, one, tongue),
        _before(figure, against, tongue),
    )
    more = tongue("stats.repeats_how") if figure is Figure.REPEATS else ""
    more = more or _in_opening_hours(figure, one, tongue)
    return f"{line}\n{more}" if more else line


def group_lines(
    one: Board, against: Against, tongue: Tongue, *, working: bool = True
) -> Iterator[str]:
    """Say all figures of a group in a few lines; its share of the whole and how it stands to the mean."""
    total, all_of_it = one.count(Figure.TOTAL).n, against.whole.count(Figure.TOTAL).n
    share = percent(total, all_of_it)
    shared = tongue("stats.share", share=share) if share is not None else ""
    yield _line(tongue("stats.line.total", count=total), shared)
    for figure in Figure:
        if figure is Figure.TOTAL or not (one.count(figure).n or figure in _ALWAYS):
            continue
        yield _line(
            _said(figure, one, tongue),
            _held(figure, one, against, tongue),
            _further(figure, one, tongue),
            _beside_all(figure, against, tongue),
        )
        opened = _in_opening_hours(figure, one, tongue) if working else ""
        if opened:
            yield opened


_ALWAYS = frozenset({Figure.FIRST_RESPONSE, Figure.SATISFACTION})


def _line(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _further(figure: Figure, one: Board, tongue: Tongue) -> str:
    """Say what belongs to a figure besides: what was allowed, why."""
    match figure:
        case Figure.RESPONSE:
            return _expected(one, tongue)
        case Figure.HANDLING:
            return _allowed(one, tongue)
        case Figure.OVERDUE:
            return _late_cause(one, tongue)
        case Figure.SOLVED:
            return _cause(one, tongue)
        case _:
            return ""


def _said(figure: Figure, one: Board, tongue: Tongue) -> str:
    counted = one.count(figure)
    if figure.is_count:
        return tongue(f"stats.line.{figure}", count=counted.n)
    name = tongue(f"stats.name.{figure}")
    if figure.is_length:
        length = one.length(_LENGTHS[figure]).clock
        return (
            _spread(name, length, tongue) if length else tongue("stats.line.no_data", figure=name)
        )
    share = counted.percent
    if share is None:
        return tongue("stats.line.no_data", figure=name)
    return tongue("stats.line.rate", figure=name, rate=share, part=counted.part, whole=counted.n)


def _spread(name: str, length: Spread, tongue: Tongue) -> str:
    return tongue(
        "stats.line.length",
        figure=name,
        mean=_span(length.mean, tongue),
        median=_span(length.median, tongue),
        p90=_span(length.p90, tongue),
        n=length.n,
    )


def _in_opening_hours(figure: Figure, one: Board, tongue: Tongue) -> str:
    working = one.length(_LENGTHS[figure]).working if figure.is_length else None
    if working is None:
        return ""
    return tongue(
        "stats.line.working",
        mean=_span(working.mean, tongue),
        median=_span(working.median, tongue),
        p90=_span(working.p90, tongue),
    )


def _held(figure: Figure, one: Board, against: Against, tongue: Tongue) -> str:
    goals = against.goals
    if figure is Figure.RESPONSE:
        length = one.length(Length.RESPONSE).clock
        aimed = response_goal(goals, against.baseline)
        return at_most(length.mean if length else None, aimed, tongue)
    if figure.is_length:
        aimed = {
            Figure.HANDLING: goals.handling_minutes,
            Figure.ANSWERING: goals.answering_minutes,
        }[figure]
        length = one.length(_LENGTHS[figure]).clock
        return _within(length, aimed, tongue)
    share = one.count(figure).percent
    if figure is Figure.REPEATS:
        return at_most_share(share, goals.repeats, tongue)
    return at_least(share, _goal(figure, goals), tongue)


def _within(length: Spread | None, goal: int | None, tongue: Tongue) -> str:
    if length is None or goal is None:
        return ""
    kept = "digest.met" if length.mean <= goal else "digest.missed"
    return tongue(kept, goal=f"≤ {_span(goal, tongue)}")


def _goal(figure: Figure, goals: Goals) -> int | None:
    return {
        Figure.FIRST_RESPONSE: goals.response_rate,
        Figure.SOLVED: goals.solved_rate,
        Figure.SATISFACTION: goals.satisfaction,
        Figure.RECOVERY: goals.recovery,
        Figure.PROMISES: goals.promises,
        Figure.ANSWERS: goals.answers,
    }.get(figure)


def _before(figure: Figure, against: Against, tongue: Tongue) -> str:
    """Say what a figure was in the month the goals name."""
    then, month = against.baseline, against.goals.baseline
    if then is None or month is None or figure.is_count:
        return ""
    if figure.is_length:
        length = then.length(_LENGTHS[figure]).clock
        value = _span(length.mean, tongue) if length else ""
    else:
        share = then.count(figure).percent
        value = "" if share is None else f"{share}%"
    if not value:
        return tongue("stats.baseline_none", month=named(month, tongue))
    return tongue("stats.baseline", month=named(month, tongue), value=value, n=then.count(figure).n)


def _beside_all(figure: Figure, against: Against, tongue: Tongue) -> str:
    share = against.whole.count(figure).percent
    if figure is not Figure.SATISFACTION or share is None:
        return ""
    return tongue("stats.beside_all", rate=share)


def _allowed(one: Board, tongue: Tongue) -> str:
    taken, allowed = one.length(Length.HANDLING).clock, one.length(Length.ALLOWED).clock
    if taken is None or allowed is None:
        return ""
    held = "digest.within" if taken.mean <= allowed.mean else "digest.beyond"
    return tongue(held, allowed=_span(allowed.mean, tongue))


def _expected(one: Board, tongue: Tongue) -> str:
    """Say what the policies give for a first contact; held against it where they give it to all contacted (R103)."""
    taken, given = one.length(Length.RESPONSE).clock, one.length(Length.EXPECTED).clock
    if taken is None or given is None:
        return ""
    if given.n < taken.n:
        return tongue("stats.expected_some", expected=_span(given.mean, tongue), n=given.n)
    held = "digest.within" if taken.mean <= given.mean else "digest.beyond"
    return tongue(held, allowed=_span(given.mean, tongue))


def _late_cause(one: Board, tongue: Tongue) -> str:
    found = one.main_late_cause
    if found is None:
        return ""
    cause, counted = found
    named = tongue(f"late_cause.{cause}")
    return tongue("stats.main_reason", cause=named, part=counted.part, whole=counted.n)


def mostly(said: Mostly, tongue: Tongue) -> str:
    """Say what was written most often, and of how many."""
    shown = clip(one_line(said.words).rstrip("。."), NAME_LIMIT)
    return tongue("stats.main_cause", cause=shown, part=said.counted.part, whole=said.counted.n)


def _cause(one: Board, tongue: Tongue) -> str:
    if one.said_cause:
        return mostly(one.said_cause, tongue)
    found = one.main_cause
    if found is None:
        return ""
    cause, counted = found
    named = tongue(f"cause_dimension.{cause}")
    return tongue("stats.main_cause", cause=named, part=counted.part, whole=counted.n)


def _span(minutes: int, tongue: Tongue) -> str:
    return tongue.span(timedelta(minutes=minutes))
