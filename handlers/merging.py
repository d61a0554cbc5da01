"""Two tickets become one: the form that was sent, and `/ticket merge A B`; a duplicate is merged by the same words."""

from slack_bolt import Ack, BoltResponse

from handlers.commands import needs, today, whispered
from handlers.numbers import first_number, read_number
from handlers.sent import Sent, on_ticket
from handlers.typed import as_typed
from handlers.views.ids import FieldId as F
from handlers.words import Line
from tickets.desk.context import Desk
from tickets.desk.merge import merge
from tickets.errors import Incomplete, NotFound
from tickets.message import PersonId
from tickets.tongue import Tongue


@on_ticket
def submit_merge(sent: Sent) -> None:
    """Merge it into the ticket whose number was typed."""
    typed = sent.fields.required(F.SURVIVOR)
    try:
        survivor = read_number(typed, today=today(sent.desk))
    except NotFound as unreadable:
        raise Incomplete({F.SURVIVOR: unreadable.message}) from None
    merge(sent.desk, sent.number, survivor, by=sent.by, receipt=sent.receipt)


def merge_typed(
    ack: Ack, line: Line, desk: Desk, person: PersonId, tongue: Tongue, receipt: str
) -> BoltResponse:
    """`merge A B`: A ends, B goes on."""
    typed = as_typed(line.rest, tongue.name)
    needs("merge", typed)
    number, rest = first_number(typed, today=today(desk))
    needs("merge", rest)
    survivor = read_number(rest, today=today(desk))
    merge(desk, number, survivor, by=person, receipt=receipt)
    return whispered(ack, tongue("done.merged", number=number, survivor=survivor))
