"""Looking at one ticket: details, history, everything that is possible on it."""

from slack_bolt import BoltRequest

from handlers.commands import only_number
from handlers.numbers import number_in
from handlers.opening import present, redraw_view
from handlers.payloads import Json, memory_of, value_of
from handlers.sheets import offered, sheet_of
from handlers.views.details import details
from handlers.views.history import history
from handlers.views.meta import unpack
from handlers.views.more import more
from handlers.views.rounds import earlier_rounds
from handlers.views.talks import talks
from handlers.views.to_copy import to_copy
from handlers.words import Line
from tickets.desk.context import Desk
from tickets.message import PersonId
from tickets.tongue import Tongue

MOST_PAGES = 10_000


def show_details(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Everything on record, masked."""
    sheet = sheet_of(number_in(value_of(action)), desk, person, tongue)
    present(request, details(sheet))


def show_talks(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """What was said to the customer and what they answered."""
    sheet = sheet_of(number_in(value_of(action)), desk, person, tongue)
    present(request, talks(sheet))


def show_copy(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """The sentence for the customer, to be copied."""
    sheet = sheet_of(number_in(value_of(action)), desk, person, tongue)
    present(request, to_copy(sheet))


def show_typed(
    line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """`show N`: the details in a view, privately."""
    number = only_number("show", line, desk, tongue)
    present(request, details(sheet_of(number, desk, person, tongue)))


def show_history(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Who did what when."""
    sheet = sheet_of(number_in(value_of(action)), desk, person, tongue)
    present(request, history(sheet))


def show_earlier(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """What the rounds before this one did."""
    sheet = sheet_of(number_in(value_of(action)), desk, person, tongue)
    present(request, earlier_rounds(sheet))


def show_more(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Every step this person may take now."""
    sheet = sheet_of(number_in(value_of(action)), desk, person, tongue)
    present(request, more(sheet, offered(sheet, desk, person)))


def turn_details(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Another page of the details."""
    packed = value_of(action)
    sheet = sheet_of(number_in(packed), desk, person, tongue)
    redraw_view(request, details(sheet, page_in(packed)))


def turn_talks(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Another page of what was said to the customer."""
    packed = value_of(action)
    sheet = sheet_of(number_in(packed), desk, person, tongue)
    redraw_view(request, talks(sheet, page_in(packed)))


def turn_history(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Another page of the history."""
    packed = value_of(action)
    sheet = sheet_of(number_in(packed), desk, person, tongue)
    redraw_view(request, history(sheet, page_in(packed)))


def turn_earlier(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Another page of the earlier rounds."""
    packed = value_of(action)
    sheet = sheet_of(number_in(packed), desk, person, tongue)
    redraw_view(request, earlier_rounds(sheet, page_in(packed)))


def redraw_what_is_shown(
    shown: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Bring the menu of steps a button was pressed in up to date."""
    sheet = sheet_of(number_in(memory_of(shown)), desk, person, tongue)
    redraw_view(request, more(sheet, offered(sheet, desk, person)))


def page_in(packed: str) -> int:
    """Give the page a button asks for; the first where it asks for nonsense."""
    page = unpack(packed).get("page", 1)
    return page if isinstance(page, int) and 1 <= page <= MOST_PAGES else 1
