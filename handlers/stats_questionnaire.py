"""`/ticket stats questionnaire 2026-10` 问卷: what customers answered, for whoever counts the whole desk (R90)."""

from slack_bolt import BoltRequest

from handlers.answers import whisper
from handlers.commands import today
from handlers.stats_words import read_wanted
from handlers.views.questionnaire import questionnaire_page
from handlers.words import folded
from tickets.desk.context import Desk
from tickets.desk.questionnaire import questionnaire
from tickets.errors import NotFound
from tickets.insight.spans import span_of
from tickets.message import PersonId
from tickets.people.privacy import redact
from tickets.tongue import Tongue

_WORDS = (
    *("questionnaire", "survey"),
    *("满意度调研", "滿意度調研", "满意度调查", "滿意度調查"),
    *("问卷", "問卷", "调研", "調研"),
)


def asks_for_answers(typed: str) -> bool:
    """Tell whether customers' answers are asked for."""
    return folded(typed).startswith(_WORDS)


def show(typed: str, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """Show the answers of the period behind the word; this month where none is."""
    words = folded(typed)
    words = words[len(next(one for one in _WORDS if words.startswith(one))) :].strip()
    wanted = read_wanted(words, today=today(desk))
    span = span_of(wanted.key, desk.calendar()) if wanted and not wanted.by else None
    if span is None:
        raise NotFound("questionnaire.which", typed=redact(typed)[:40])
    found = questionnaire(desk, span, by=person)
    whisper(request, questionnaire_page(found, span, handbook=desk.handbook(), tongue=tongue))
