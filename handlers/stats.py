"""Figures: `/ticket stats 本月 按部门`, privately, for whoever may count; each with the cases it is taken of."""

from slack_bolt import BoltRequest

from handlers import stats_compare, stats_quality, stats_questionnaire, stats_trade
from handlers.answers import redraw, whisper
from handlers.commands import today
from handlers.looking import page_in
from handlers.payloads import Json, value_of
from handlers.stats_words import behind, read_wanted
from handlers.typed import as_typed
from handlers.views.meta import Opaque, pack, unpack
from handlers.views.screen import Screen
from handlers.views.stats import Place, cases, overview_of
from handlers.words import Line
from tickets.desk.asking import rights_of
from tickets.desk.context import Desk
from tickets.desk.figures import cases_behind, overview
from tickets.errors import DeskError, NotFound
from tickets.insight.figures import By, Figure
from tickets.insight.spans import LONGEST, RANGE, span_of
from tickets.message import PersonId
from tickets.people.privacy import redact
from tickets.people.roles import Action
from tickets.tongue import Tongue

_TABLES = (stats_trade, stats_quality, stats_questionnaire, stats_compare)
"""Tables of their own: each names the words it is asked for by."""


def show_typed(
    line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """`stats`, with a period and what to tell apart by behind it; this month where nothing is."""
    typed = as_typed(line.rest, tongue.name)
    for table in _TABLES:
        rest = behind(typed, table.WORDS)
        if rest is not None:
            table.show(rest, desk, person, tongue, request)
            return
    wanted = read_wanted(typed, today=today(desk))
    if wanted is None:
        raise _not_read(typed)
    span = span_of(wanted.key, desk.calendar())
    if span is None:
        raise _beyond(wanted.key, typed)
    place = Place(span=span, by=wanted.by)
    whisper(request, _overview(place, desk, person, tongue))


def open_now(desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """This month's figures, from the menu or the app's page."""
    place = _place(pack(s=f"{today(desk):%Y-%m}"), desk)
    whisper(request, _overview(place, desk, person, tongue))


def turn(action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """Another period, another page, or back from the cases."""
    redraw(request, _overview(_place(value_of(action), desk), desk, person, tongue))


def tell_apart(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """What to tell figures apart by was picked; the block remembers the period."""
    place = _place(str(action.get("block_id") or ""), desk)
    by = _by(value_of(action))
    redraw(request, _overview(Place(span=place.span, by=by), desk, person, tongue))


def show_cases(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """The cases behind a figure, a page of them."""
    packed = value_of(action)
    _show_cases(_place(packed, desk), page_in(packed), desk, person, tongue, request)


def pick_cases(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """A figure of one group was picked; the block remembers which group."""
    place = _place(str(action.get("block_id") or ""), desk)
    figure = _figure(value_of(action))
    _show_cases(place.of(figure), 1, desk, person, tongue, request)


def _show_cases(
    place: Place, page: int, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    found = cases_behind(
        desk, place.figure or Figure.TOTAL, place.span, place.by, place.group, by=person, page=page
    )
    handbook, now = desk.handbook(), desk.clock.now()
    redraw(request, cases(found, place, handbook=handbook, tongue=tongue, now=now))


def _overview(place: Place, desk: Desk, person: PersonId, tongue: Tongue) -> Screen:
    rights = rights_of(desk, by=person)
    found = overview(desk, place.span, place.by, by=person)
    return overview_of(
        found,
        place,
        handbook=desk.handbook(),
        tongue=tongue,
        calendar=desk.calendar(),
        now=desk.clock.now(),
        linked=Action.LIST in rights,
    )


def _place(packed: str, desk: Desk) -> Place:
    """Read where a button leads; everything in it is looked up anew. Raises NotFound."""
    kept = unpack(packed)
    span = span_of(str(kept.get("s", "")), desk.calendar())
    if span is None:
        raise NotFound("error.not_understood")
    by, figure, group, page = (kept.get(one) for one in ("b", "f", "g", "page"))
    return Place(
        span=span,
        by=_by(by) if by else None,
        figure=_figure(figure) if figure else None,
        group=None if by is None or group is None else str(group).removeprefix("."),
        page=page if isinstance(page, int) and page > 0 else 1,
    )


def _not_read(typed: str) -> DeskError:
    return NotFound("stats.which", typed=redact(typed)[:40])


def _beyond(key: str, typed: str) -> DeskError:
    """A range may be too long; a period that the calendar names is out of reach."""
    return DeskError("stats.too_long", days=LONGEST) if RANGE in key else _not_read(typed)


def _by(value: Opaque) -> By:
    if value not in set(By):
        raise NotFound("error.not_understood")
    return By(value)


def _figure(value: Opaque) -> Figure:
    if value not in set(Figure):
        raise NotFound("error.not_understood")
    return Figure(value)
