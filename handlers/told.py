"""One tap where a text for the customer stands ready: they know the plan, or the result (R59, R75)."""

from datetime import datetime

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.card_actions import form_of
from handlers.lazy import later
from handlers.numbers import number_in
from handlers.opening import present
from handlers.payloads import Json, value_of
from handlers.refreshing import refresh
from handlers.views.ids import ActionId
from handlers.views.meta import unpack
from handlers.views.modal import Sheet
from handlers.views.telling import Node, text_for
from tickets.case.facts import Contacted, CustomerTold
from tickets.case.lifecycle import Move
from tickets.case.values import ContactChannel, ContactOutcome, Text
from tickets.desk import telling
from tickets.desk.context import Desk
from tickets.desk.look import CaseView
from tickets.desk.prepare import acts_for_another, prepare
from tickets.message import PersonId
from tickets.people.roles import Action
from tickets.tongue import Tongue


def plan_told(
    ack: Ack,
    action: Json,
    desk: Desk,
    person: PersonId,
    tongue: Tongue,
    receipt: str,
    request: BoltRequest,
) -> BoltResponse:
    """The customer knows the plan: what the text for it says goes on record as a contact.

    Whoever does it for another, or once another plan or none stands, says in the form what was told.
    """
    packed = value_of(action)
    number, mark = number_in(packed), str(unpack(packed).get("q", ""))
    case = prepare(desk, number, move=None, action=Action.CONTACT, by=person)
    if not case.ticket.plan or acts_for_another(desk, number, Action.CONTACT, by=person):
        later(request, _contact_instead)
        return ack()

    def said(case: CaseView, now: datetime) -> Contacted:
        sheet = Sheet(case=case, handbook=desk.handbook(), tongue=tongue, now=now)
        return Contacted(
            way=_way(sheet),
            outcome=ContactOutcome.REACHED,
            happened_at=sheet.now,
            note=Text(text_for(Node.PLAN, sheet.about())),
        )

    try:
        telling.plan_told(desk, number, mark, said, by=person, receipt=receipt)
        later(request, refresh)
    except telling.Passed:
        later(request, _contact_instead)
    return ack()


def result_told(
    ack: Ack,
    action: Json,
    desk: Desk,
    person: PersonId,
    tongue: Tongue,
    receipt: str,
    request: BoltRequest,
) -> BoltResponse:
    """The customer knows the result: the text for it goes on record as it stands.

    Whoever does it for another, once more, or of a round that is over, says in the form what was told.
    """
    packed = value_of(action)
    number, mark = number_in(packed), str(unpack(packed).get("q", ""))
    case = prepare(desk, number, move=Move.TELL, action=Action.TELL_CUSTOMER, by=person)
    if case.ticket.call_owed_by != person:
        later(request, _tell_instead)
        return ack()

    def said(case: CaseView, now: datetime) -> CustomerTold:
        sheet = Sheet(case=case, handbook=desk.handbook(), tongue=tongue, now=now)
        message = Text(text_for(Node.TOLD, sheet.about()))
        return CustomerTold(way=_way(sheet), happened_at=sheet.now, message=message)

    try:
        telling.result_told(desk, number, mark, said, by=person, receipt=receipt)
        later(request, refresh)
    except telling.Passed:
        later(request, _tell_instead)
    return ack()


def _way(sheet: Sheet) -> ContactChannel:
    return sheet.case.customer.preferred or sheet.ticket.intake.contact_channel


def _contact_instead(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    number = number_in(value_of(action))
    present(request, form_of(ActionId.CONTACT, number, desk, person, tongue))


def _tell_instead(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    number = number_in(value_of(action))
    present(request, form_of(ActionId.TELL, number, desk, person, tongue))
