"""What is added to a case: notes, evidence, a call for help, a correction (R18, R71, R77)."""

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.corrections import CORRECTABLE, IDENTITY, is_readable
from tickets.case.intake import description_problem
from tickets.case.lifecycle import Move
from tickets.case.values import Number, PersonId, Text
from tickets.desk.change import Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.desk.customer_file import put_right
from tickets.desk.tagging import tagged_by_correction
from tickets.errors import Incomplete
from tickets.message import say
from tickets.people.roles import Action


def note(desk: Desk, number: Number, text: Text, *, by: PersonId, receipt: str) -> Outcome:
    """Write a note on the ticket."""
    return _add(
        desk, number, f.Noted(text=text), Move.NOTE, by=by, action=Action.NOTE, receipt=receipt
    )


def add_evidence(
    desk: Desk, number: Number, evidence: f.EvidenceAdded, *, by: PersonId, receipt: str
) -> Outcome:
    """Add a file or a link; nobody can delete it (R18)."""
    return _add(
        desk, number, evidence, Move.EVIDENCE, by=by, action=Action.ADD_EVIDENCE, receipt=receipt
    )


def ask_help(desk: Desk, number: Number, text: Text, *, by: PersonId, receipt: str) -> Outcome:
    """Call the lead and the supervisor for help."""
    return _add(
        desk,
        number,
        f.HelpAsked(text=text),
        Move.CONTACT,
        by=by,
        action=Action.ASK_HELP,
        receipt=receipt,
    )


def correct(
    desk: Desk, number: Number, field: str, value: str, *, by: PersonId, receipt: str
) -> Outcome:
    """Put an intake field right, from what to what (the logger until closed, supervisors)."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.CORRECT, scene.ticket)
        _require_valid(scene, field, value)
        if field in IDENTITY:
            return put_right(scene, field, value.strip())
        was = getattr(scene.ticket.intake, field)
        if str(was or "") == value.strip():
            return ()
        now = Text(value.strip()) if value.strip() else None
        put_right_now = f.Corrected(field=field, was=Text(str(was)) if was else None, now=now)
        return (put_right_now, *_kind_with(field, value.strip(), scene))

    return change(desk, number, by=by, action=Action.CORRECT, receipt=receipt, decide=decide)


def _kind_with(field: str, value: str, scene: Scene) -> tuple[f.Fact, ...]:
    """A category brings its kind with it, so that deadlines and figures follow."""
    sub = scene.handbook.subcategory(value) if field == "category" else None
    was = scene.ticket.intake.kind
    if sub is None or sub.kind is was:
        return ()
    as_kind = f.Corrected(field="kind", was=Text(was), now=Text(sub.kind))
    return (as_kind, *tagged_by_correction(scene, sub.kind))


def _require_valid(scene: Scene, field: str, value: str) -> None:
    if field not in CORRECTABLE:
        raise Incomplete({"field": say("correct.not_this_field")})
    if field == "category" and scene.handbook.subcategory(value) is None:
        raise Incomplete({"category": say("intake.category_missing")})
    types = {one.key for one in scene.handbook.complaints.types}
    if field == "complaint_type" and value.strip() not in types:
        raise Incomplete({"complaint_type": say("field.pick_one")})
    if field == "description" and (problem := description_problem(value, scene.handbook)):
        raise Incomplete({"description": problem})
    if not is_readable(field, value.strip()):
        raise Incomplete({field: say("field.pick_one")})


def _add(
    desk: Desk,
    number: Number,
    fact: f.Fact,
    move: Move,
    *,
    by: PersonId,
    action: Action,
    receipt: str,
) -> Outcome:
    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(move, scene.ticket)
        return (fact,)

    return change(desk, number, by=by, action=action, receipt=receipt, decide=decide)
