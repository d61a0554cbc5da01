"""How things stand: one ticket's card privately, or the desk and one's own work."""

from slack_bolt import BoltRequest

from handlers.answers import whisper
from handlers.commands import only_number
from handlers.sheets import sheet_of
from handlers.views.duties import FIRST, PROMISES, SUPERVISE, Reading, duties_blocks
from handlers.views.duty import on_duty_blocks
from handlers.views.glance import status
from handlers.views.lists import Asked, listed, whole_ticket
from handlers.views.screen import Screen
from handlers.words import Line
from tickets.desk.absence import duty_now
from tickets.desk.asking import rights_of
from tickets.desk.context import Desk
from tickets.desk.duties import duties_of
from tickets.desk.home import desk_at_a_glance, own_desk
from tickets.message import PersonId
from tickets.people.roles import Action
from tickets.tongue import Tongue


def show_typed(
    line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """`status N`: the ticket's card, whole and masked; `status` alone: the desk and my work."""
    if not line.rest:
        show_mine(desk, person, tongue, request)
        return
    number = only_number("show", line, desk, tongue)
    whisper(request, whole_ticket(sheet_of(number, desk, person, tongue)))


def show_mine(desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """The counts of what I may see, and my work by next deadline, as on the app's page."""
    counts = desk_at_a_glance(desk, by=person)
    duty = on_duty_blocks(duty_now(desk, by=person), handbook=desk.handbook(), tongue=tongue)
    if Action.LIST not in rights_of(desk, by=person):
        whisper(request, status(counts, tongue=tongue, linked=False))
        return
    own, shown = own_desk(desk, by=person), status(counts, tongue=tongue)
    mine = listed(own.mine, Asked(), handbook=desk.handbook(), tongue=tongue, now=desk.clock.now())
    duties = duties_of(desk, by=person)
    reading = Reading(handbook=desk.handbook(), tongue=tongue, now=desk.clock.now())
    beside = [
        block
        for part in (PROMISES, SUPERVISE, FIRST)
        for block in duties_blocks(duties, part, reading, turned=False)
    ]
    whisper(request, Screen(shown.text, (*shown.blocks, *duty, *mine.blocks, *beside)))
