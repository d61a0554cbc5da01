"""One tap where a text for the customer stands ready: they know the plan, or the result (R59, R75)."""

from datetime import datetime

from handlers.card_actions import form_of
from handlers.numbers import number_in
from handlers.opening import present
from handlers.tapped import Tap, at_once
from handlers.views.ids import ActionId
from handlers.views.meta import unpack
from handlers.views.modal import Sheet
from handlers.views.telling import Node, text_for
from tickets.case.facts import Contacted, CustomerTold
from tickets.case.lifecycle import Move
from tickets.case.values import ContactChannel, ContactOutcome, Number, Text
from tickets.desk import telling
from tickets.desk.look import CaseView
from tickets.desk.prepare import acts_for_another, prepare
from tickets.people.roles import Action


@at_once
def plan_told(tap: Tap) -> None:
    """The customer knows the plan: what the text for it says goes on record as a contact.

    Whoever does it for another, or once another plan or none stands, says in the form what was told.
    """
    number, mark = _read(tap)
    case = prepare(tap.desk, number, move=None, action=Action.CONTACT, by=tap.person)
    if not case.ticket.plan or acts_for_another(tap.desk, number, Action.CONTACT, by=tap.person):
        _ask_instead(tap, ActionId.CONTACT)
        return

    def said(case: CaseView, now: datetime) -> Contacted:
        sheet = _sheet(tap, case, now)
        return Contacted(
            way=_way(sheet),
            outcome=ContactOutcome.REACHED,
            happened_at=now,
            note=Text(text_for(Node.PLAN, sheet.about())),
        )

    try:
        telling.plan_told(tap.desk, number, mark, said, by=tap.person, receipt=tap.receipt)
        tap.refresh()
    except telling.Passed:
        _ask_instead(tap, ActionId.CONTACT)


@at_once
def result_told(tap: Tap) -> None:
    """The customer knows the result: the text for it goes on record as it stands.

    Whoever does it for another, once more, or of a round that is over, says in the form what was told.
    """
    number, mark = _read(tap)
    case = prepare(tap.desk, number, move=Move.TELL, action=Action.TELL_CUSTOMER, by=tap.person)
    if case.ticket.call_owed_by != tap.person:
        _ask_instead(tap, ActionId.TELL)
        return

    def said(case: CaseView, now: datetime) -> CustomerTold:
        sheet = _sheet(tap, case, now)
        message = Text(text_for(Node.TOLD, sheet.about()))
        return CustomerTold(way=_way(sheet), happened_at=now, message=message)

    try:
        telling.result_told(tap.desk, number, mark, said, by=tap.person, receipt=tap.receipt)
        tap.refresh()
    except telling.Passed:
        _ask_instead(tap, ActionId.TELL)


def _read(tap: Tap) -> tuple[Number, str]:
    """Take out which case, and which plan or result was read."""
    return number_in(tap.value), str(unpack(tap.value).get("q", ""))


def _sheet(tap: Tap, case: CaseView, now: datetime) -> Sheet:
    return Sheet(case=case, handbook=tap.desk.handbook(), tongue=tap.tongue, now=now)


def _way(sheet: Sheet) -> ContactChannel:
    return sheet.case.customer.preferred or sheet.ticket.contact_channel or ContactChannel.PHONE


def _ask_instead(tap: Tap, step: ActionId) -> None:
    """Open the step's form."""

    def ask() -> None:
        form = form_of(step, number_in(tap.value), tap.desk, tap.person, tap.tongue)
        present(tap.request, form)

    tap.then(ask)
