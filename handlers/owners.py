"""Whose case it is: reassign, collaborators, priority, complexity; forms that were sent (DESK.md 4)."""

from handlers.forms_work import collaborators, must_say, words
from handlers.sent import Sent, on_ticket
from handlers.views.ids import FieldId as F
from tickets.case.facts import CollaboratorsProposed
from tickets.case.values import Complexity, Priority
from tickets.desk import helping, owners
from tickets.errors import Incomplete
from tickets.message import say


@on_ticket
def submit_reassign(sent: Sent) -> None:
    """To a person, or to a department that picks one."""
    fields, reason = sent.fields, words(sent.fields, F.REASON)
    person, department = fields.person(F.PERSON), fields.picked(F.DEPARTMENT)
    if person:
        owners.assign(sent.desk, sent.number, person, reason, by=sent.by, receipt=sent.receipt)
    elif department:
        owners.transfer(
            sent.desk, sent.number, department, reason, by=sent.by, receipt=sent.receipt
        )
    else:
        raise Incomplete({F.PERSON: say("assign.to_whom")})


@on_ticket
def submit_collaborators(sent: Sent) -> None:
    """Who helps, and the one contact."""
    named = collaborators(sent.fields)
    owners.name_collaborators(sent.desk, sent.number, named, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_propose_help(sent: Sent) -> None:
    """Who might help, for a lead or supervisor to agree to."""
    named = collaborators(sent.fields)
    if not named.people:
        raise Incomplete({F.PEOPLE: say("field.pick_one")})
    proposed = CollaboratorsProposed(
        people=named.people, contact=named.contact or named.people[0], need=named.need
    )
    helping.propose(sent.desk, sent.number, proposed, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_priority(sent: Sent) -> None:
    """Another priority, and why."""
    wanted = sent.fields.must_choose(F.PRIORITY, Priority)
    reason = must_say(sent.fields, F.REASON)
    owners.set_priority(sent.desk, sent.number, wanted, reason, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_complexity(sent: Sent) -> None:
    """Ordinary or complex, and why."""
    judged = sent.fields.must_choose(F.COMPLEXITY, Complexity)
    reason = must_say(sent.fields, F.REASON)
    owners.judge_complexity(
        sent.desk, sent.number, judged, reason, by=sent.by, receipt=sent.receipt
    )
