"""A list before a person: drawn, and shown in place where it stood already."""

from slack_bolt import BoltRequest

from handlers.answers import redraw
from handlers.opening import is_at_home, is_in_modal, present, redraw_view
from handlers.views.lists import Asked, listed
from handlers.views.modal import shown as shown_view
from handlers.views.screen import Screen
from tickets.case.listing import Page, Scope
from tickets.desk.context import Desk
from tickets.errors import NotFound
from tickets.tongue import Tongue


def screen(found: Page, asked: Asked, desk: Desk, tongue: Tongue) -> Screen:
    """Draw one page."""
    return listed(found, asked, handbook=desk.handbook(), tongue=tongue, now=desk.clock.now())


def show_in_place(request: BoltRequest, drawn: Screen, tongue: Tongue) -> None:
    """In place where the list was private already, in a view where it was not."""
    if not (is_at_home(request.body) or is_in_modal(request.body)):
        redraw(request, drawn)
        return
    view = shown_view(tongue("list.title"), drawn.blocks, tongue)
    if is_in_modal(request.body):
        redraw_view(request, view)
    else:
        present(request, view)


def scope_in(value: str) -> Scope:
    """Read which list a button is about. Raises NotFound."""
    if value not in set(Scope):
        raise NotFound("error.not_understood")
    return Scope(value)
