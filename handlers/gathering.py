"""Many cases of one problem: put under a parent case by command, let go by a button (R29)."""

from slack_bolt import Ack, BoltResponse

from handlers.card_actions import one_tap
from handlers.commands import needs, today, whispered
from handlers.numbers import first_number, read_number
from handlers.typed import as_typed
from handlers.words import Line
from tickets.desk import parents
from tickets.desk.context import Desk
from tickets.message import PersonId
from tickets.tongue import Tongue

take_out_pressed = one_tap(parents.take_out)
dismiss_pressed = one_tap(parents.dismiss)


def link_typed(
    ack: Ack, line: Line, desk: Desk, person: PersonId, tongue: Tongue, receipt: str
) -> BoltResponse:
    """`link 4 3`: case 4 belongs to parent case 3."""
    typed = as_typed(line.rest, tongue.name)
    needs("link", typed)
    child, rest = first_number(typed, today=today(desk))
    needs("link", rest)
    parent = read_number(rest, today=today(desk))
    parents.put_under(desk, child, parent, by=person, receipt=receipt)
    return whispered(ack, tongue("done.put_under", number=child, parent=parent))
