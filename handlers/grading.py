"""Grading a case: the form with what is like it, and the form as it was sent (R27, R34)."""

from slack_bolt import BoltRequest

from handlers.commands import today
from handlers.forms_work import must_say
from handlers.numbers import number_in, read_number
from handlers.opening import present
from handlers.payloads import Json, value_of
from handlers.sent import Sent, on_ticket
from handlers.sheets import sheet_around
from handlers.views.ids import FieldId as F
from handlers.views.modals_grading import YES, grading
from tickets.case.values import Complexity, Number, Priority
from tickets.desk import grading as use
from tickets.desk.articles import suggest
from tickets.desk.context import Desk
from tickets.errors import Incomplete, NotFound
from tickets.message import PersonId, say
from tickets.tongue import Tongue


def open_form(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Show the form: what is like the case first."""
    basis = use.before_grading(desk, number_in(value_of(action)), by=person)
    case = basis.case
    words = case.redact(case.ticket.intake.description)
    articles = suggest(desk, words, case.ticket.category, by=person, language=tongue.language)
    sheet = sheet_around(case, desk, tongue)
    present(request, grading(sheet, basis.alike, articles, may_judge=basis.may_judge))


@on_ticket
def submit_grade(sent: Sent) -> None:
    """How it is graded."""
    fields = sent.fields
    known, cause = fields.picked(F.KNOWN), fields.picked(F.FIRST_CAUSE)
    if known is None or cause is None:
        missing = F.KNOWN if known is None else F.FIRST_CAUSE
        raise Incomplete({missing: say("field.pick_one")})
    judged = use.Judgement(
        known=known == YES,
        like=_like(sent),
        departments=tuple(sorted(fields.all_ticked(F.DEPARTMENTS))),
        cause=cause,
        report=must_say(fields, F.REPORT),
        priority=fields.choice(F.PRIORITY, Priority),
        complexity=fields.choice(F.COMPLEXITY, Complexity),
    )
    use.grade(sent.desk, sent.number, judged, by=sent.by, receipt=sent.receipt)


def _like(sent: Sent) -> Number | None:
    """Read the earlier case: a number that was typed goes before what was picked. Raises Incomplete."""
    typed = sent.fields.text(F.LIKE_NUMBER).strip() or sent.fields.picked(F.LIKE)
    if not typed:
        return None
    try:
        return read_number(typed, today=today(sent.desk))
    except NotFound as unreadable:
        raise Incomplete({F.LIKE_NUMBER: unreadable.message}) from None
