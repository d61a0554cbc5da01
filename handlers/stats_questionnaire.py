"""`/ticket stats questionnaire 2026-10` 问卷: what customers answered, for whoever counts the whole desk (R90)."""

from slack_bolt import BoltRequest

from handlers.answers import whisper
from handlers.stats_words import span_wanted
from handlers.views.questionnaire import questionnaire_page
from tickets.desk.context import Desk
from tickets.desk.questionnaire import questionnaire
from tickets.message import PersonId
from tickets.tongue import Tongue

WORDS = (
    *("questionnaire", "survey"),
    *("满意度调研", "滿意度調研", "满意度调查", "滿意度調查"),
    *("问卷", "問卷", "调研", "調研"),
)


def show(typed: str, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """Show the answers of the period behind the word; this month where none is."""
    span = span_wanted(typed, desk, otherwise="questionnaire.which")
    found = questionnaire(desk, span, by=person)
    whisper(request, questionnaire_page(found, span, handbook=desk.handbook(), tongue=tongue))
