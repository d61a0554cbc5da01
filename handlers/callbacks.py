"""Callbacks 待回访: whom to tell and to call now."""

from dataclasses import replace

from slack_bolt import BoltRequest
from slack_sdk.models.views import View

from handlers.answers import whisper
from handlers.numbers import number_in
from handlers.opening import present, redraw_view
from handlers.payloads import Json, value_of
from handlers.views.call_card import call_card_view
from handlers.views.calls import calls_screen
from handlers.views.notices import Reader
from handlers.words import Line
from tickets.case.values import Number
from tickets.desk.calls import CallCard, call_card, calls_now
from tickets.desk.context import Desk
from tickets.message import PersonId
from tickets.tongue import Tongue


def show_typed(
    line: Line,  # noqa: ARG001  nothing is asked for behind the word
    desk: Desk,
    person: PersonId,
    tongue: Tongue,
    request: BoltRequest,
) -> None:
    """`calls`: my customers to tell and to call; for supervisors also the calls after a low score."""
    reader = Reader(
        tongue=tongue, handbook=desk.handbook(), present=frozenset(), now=desk.clock.now()
    )
    whisper(request, calls_screen(calls_now(desk, by=person), reader))


def open_card(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """A customer is to be called: one card for all their cases (R88)."""
    present(request, _card(number_in(value_of(action)), desk, person, tongue))


def call_anyway(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Outside the hours, and the customer agreed to be called now."""
    card = call_card(desk, number_in(value_of(action)), by=person)
    redraw_view(request, _drawn(replace(card, is_the_hour=True), desk, tongue))


def _card(number: Number, desk: Desk, person: PersonId, tongue: Tongue) -> View:
    return _drawn(call_card(desk, number, by=person), desk, tongue)


def _drawn(card: CallCard, desk: Desk, tongue: Tongue) -> View:
    return call_card_view(card, handbook=desk.handbook(), tongue=tongue)
