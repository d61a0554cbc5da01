"""The forms at the end of a case as facts (DESK.md 1, closing)."""

from collections.abc import Iterable
from datetime import datetime

from handlers.forms import Fields, tampered
from handlers.forms_work import must_say, words
from handlers.views.ids import FieldId as F
from handlers.views.questions import question_block
from tickets.case import facts as f
from tickets.case.values import ContactChannel, ContactOutcome, Dissatisfaction, Solved, Text
from tickets.errors import Incomplete
from tickets.handbook import Question, QuestionKind
from tickets.message import say

SCORES = frozenset({"1", "2", "3", "4", "5"})  # R86


def told(fields: Fields, *, now: datetime) -> f.CustomerTold:
    """Read how the customer was told; without a moment it was now."""
    return f.CustomerTold(
        way=fields.must_choose(F.WAY, ContactChannel),
        happened_at=fields.moment(F.WHEN) or now,
        done=words(fields, F.DONE),
        result=words(fields, F.RESULT),
        prevention=words(fields, F.PREVENTION),
        message=_message(fields),
        answer=words(fields, F.ANSWER),
    )


def _message(fields: Fields) -> Text | None:
    """Read the text as it was said; made anew, it stands in a block of another name."""
    named = (name for name in fields.values if name.partition(".")[0] == F.MESSAGE)
    return words(fields, next(named, F.MESSAGE))


def so_far(fields: Fields) -> dict[str, str]:
    """Read what the form of telling holds while it is filled in."""
    return {name: fields.text(name) for name in (F.DONE, F.RESULT, F.PREVENTION)}


def scored(fields: Fields) -> f.Scored:
    """Read a score; 3 or less says why (R87)."""
    picked = fields.picked(F.SCORE)
    if picked is None:
        raise Incomplete({F.SCORE: say("field.pick_one")})
    if picked not in SCORES:
        raise tampered()
    reason = fields.choice(F.DISSATISFACTION, Dissatisfaction)
    if int(picked) <= 3 and reason is None:
        raise Incomplete({F.DISSATISFACTION: say("score.why_low")})
    return f.Scored(
        score=int(picked),
        solved=fields.must_choose(F.SOLVED, Solved),
        words=words(fields, F.WORDS),
        suggestions=words(fields, F.SUGGESTIONS),
        dissatisfaction=reason if int(picked) <= 3 else None,
    )


def opinions(fields: Fields, questions: Iterable[Question]) -> tuple[f.Opinion, ...]:
    """Read the answers to the desk's further questions; what was not answered is left out."""
    return tuple(found for one in questions if (found := _opinion(fields, one)))


def _opinion(fields: Fields, asked: Question) -> f.Opinion | None:
    block = question_block(asked.key)
    if asked.kind is QuestionKind.TEXT:
        said = fields.text(block).strip()
        return f.Opinion(question=asked.key, words=Text(said)) if said else None
    picked = fields.picked(block)
    if picked is None:
        return None
    if asked.kind is QuestionKind.SCALE:
        if picked not in SCORES:
            raise tampered()
        return f.Opinion(question=asked.key, scale=int(picked))
    if picked not in asked.choices:
        raise tampered()
    return f.Opinion(question=asked.key, choice=picked)


def tried(fields: Fields) -> f.CallbackTried:
    """Read an attempt that brought no score; who wants no such calls any more has refused."""
    outcome = fields.must_choose(F.OUTCOME, ContactOutcome)
    declined = fields.ticked(F.NEVER_AGAIN)
    return f.CallbackTried(
        outcome=ContactOutcome.REFUSED if declined else outcome, note=words(fields, F.NOTE)
    )


def supervisor_call(fields: Fields) -> f.SupervisorCalled:
    """Read the supervisor's call after a low score (R62)."""
    return f.SupervisorCalled(
        note=must_say(fields, F.NOTE),
        outcome=fields.choice(F.OUTCOME, ContactOutcome) or ContactOutcome.REACHED,
    )
