"""After a tap: what the button stands on is brought up to date; the card is the courier's."""

from slack_bolt import BoltRequest

from handlers.calls import call
from handlers.home import publish
from handlers.looking import redraw_what_is_shown
from handlers.opening import is_at_home, is_in_modal


def refresh(request: BoltRequest) -> None:
    """Draw the menu or the app's page anew."""
    if is_in_modal(request.body):
        call(redraw_what_is_shown, request)
    elif is_at_home(request.body):
        call(publish, request)
