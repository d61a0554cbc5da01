"""Callbacks 待回访: whom to tell and to call now."""

from slack_bolt import BoltRequest

from handlers.answers import whisper
from handlers.views.calls import calls_screen
from handlers.views.notices import Reader
from handlers.words import Line
from tickets.desk.calls import calls_now
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
