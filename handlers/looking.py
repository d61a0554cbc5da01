"""Looking at one ticket: details, history, everything that is possible on it."""

from collections.abc import Callable

from slack_bolt import BoltRequest
from slack_sdk.models.views import View

from handlers.commands import only_number
from handlers.numbers import number_in
from handlers.opening import present, redraw_view
from handlers.payloads import Json, memory_of, value_of
from handlers.sheets import offered, sheet_of
from handlers.views.details import details
from handlers.views.history import history
from handlers.views.meta import unpack
from handlers.views.modal import Sheet
from handlers.views.more import more
from handlers.views.rounds import earlier_rounds
from handlers.views.talks import talks
from handlers.views.to_copy import to_copy
from handlers.words import Line
from tickets.desk.context import Desk
from tickets.message import PersonId
from tickets.tongue import Tongue

MOST_PAGES = 10_000


def _showing(draw: Callable[[Sheet], View]) -> Callable[..., None]:
    """Make what answers a button that opens a view of the ticket it names."""

    def show(
        action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
    ) -> None:
        present(request, draw(sheet_of(number_in(value_of(action)), desk, person, tongue)))

    return show


def _turning(draw: Callable[[Sheet, int], View]) -> Callable[..., None]:
    """Make what answers a button that turns such a view to another page."""

    def turn(
        action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
    ) -> None:
        packed = value_of(action)
        sheet = sheet_of(number_in(packed), desk, person, tongue)
        redraw_view(request, draw(sheet, page_in(packed)))

    return turn


show_details, turn_details = _showing(details), _turning(details)
"""Everything on record, masked."""

show_history, turn_history = _showing(history), _turning(history)
"""Who did what when."""

show_talks, turn_talks = _showing(talks), _turning(talks)
"""What was said to the customer and what they answered."""

show_earlier, turn_earlier = _showing(earlier_rounds), _turning(earlier_rounds)
"""What the rounds before this one did."""

show_copy = _showing(to_copy)
"""The sentence for the customer, to be copied."""


def show_typed(
    line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """`show N`: the details in a view, privately."""
    number = only_number("show", line, desk, tongue)
    present(request, details(sheet_of(number, desk, person, tongue)))


def show_more(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Every step this person may take now."""
    sheet = sheet_of(number_in(value_of(action)), desk, person, tongue)
    present(request, more(sheet, offered(sheet, desk, person)))


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
