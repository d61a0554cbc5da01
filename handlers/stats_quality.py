"""`/ticket stats quality 2026-10` 质量: quality of records by agent, privately, for the supervisor alone."""

from slack_bolt import BoltRequest

from handlers.answers import redraw, whisper
from handlers.looking import page_in
from handlers.payloads import Json, value_of
from handlers.stats_words import span_wanted
from handlers.views.meta import unpack
from handlers.views.quality import lacking_page, quality_page
from handlers.views.screen import Screen
from tickets.desk.context import Desk
from tickets.desk.quality import lacking, quality
from tickets.errors import NotFound
from tickets.insight.spans import Span, span_of
from tickets.message import PersonId
from tickets.tongue import Tongue

WORDS = ("quality", "质量", "質量", "品質", "记录质量", "記錄質量", "記錄品質")


def show(typed: str, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """Show the period behind the word; this month where none is."""
    span = span_wanted(typed, desk, otherwise="quality.which")
    whisper(request, _page(span, 1, desk, person, tongue))


def turn(action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """Another page."""
    packed = value_of(action)
    span = span_of(str(unpack(packed).get("s", "")), desk.calendar())
    if span is None:
        raise NotFound("error.not_understood")
    redraw(request, _page(span, page_in(packed), desk, person, tongue))


def show_records(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """The records of one agent that something is missing in, a page of them."""
    packed = value_of(action)
    kept = unpack(packed)
    span = span_of(str(kept.get("s", "")), desk.calendar())
    if span is None or not kept.get("p"):
        raise NotFound("error.not_understood")
    agent = PersonId(str(kept["p"]))
    found = lacking(desk, span, agent, by=person, page=page_in(packed))
    redraw(request, lacking_page(found, span, tongue=tongue))


def _page(span: Span, page: int, desk: Desk, person: PersonId, tongue: Tongue) -> Screen:
    return quality_page(quality(desk, span, by=person), span, page_=page, tongue=tongue)
