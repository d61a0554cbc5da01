"""An archived case: the addendum written beside it, the dossier taken of it; forms that were sent."""

from slack_bolt import BoltRequest

from handlers.card_actions import form_of
from handlers.commands import only_number
from handlers.forms_work import must_say
from handlers.opening import present
from handlers.sent import Sent, on_ticket
from handlers.views.ids import ActionId
from handlers.views.ids import FieldId as F
from handlers.words import Line
from tickets.desk.addendum import add_addendum
from tickets.desk.context import Desk
from tickets.desk.dossier import ask_for_dossier
from tickets.message import PersonId
from tickets.tongue import Tongue


@on_ticket
def submit_addendum(sent: Sent) -> None:
    """An addendum."""
    text = must_say(sent.fields, F.ADDENDUM)
    add_addendum(sent.desk, sent.number, text, by=sent.by, receipt=sent.receipt)


@on_ticket
def submit_dossier(sent: Sent) -> None:
    """The reason was given: the file comes as a direct message."""
    reason = must_say(sent.fields, F.REASON)
    ask_for_dossier(sent.desk, sent.number, reason, by=sent.by, receipt=sent.receipt)


def dossier_typed(
    line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """`dossier N`: the form that asks why."""
    number = only_number("dossier", line, desk, tongue)
    present(request, form_of(ActionId.DOSSIER, number, desk, person, tongue))
