"""The short menu and the help."""

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.answers import redraw, whisper
from handlers.opening import is_at_home, is_in_modal, present
from handlers.payloads import Json
from handlers.views.lists import help_, menu
from handlers.views.modal import shown
from tickets.tongue import Tongue


def show_menu(ack: Ack, tongue: Tongue) -> BoltResponse:
    """`/ticket` alone."""
    screen = menu(tongue)
    return ack(text=screen.text, blocks=screen.blocks)


def help_typed(ack: Ack, tongue: Tongue) -> BoltResponse:
    """`help`."""
    screen = help_(tongue)
    return ack(text=screen.text, blocks=screen.blocks)


def show_help(tongue: Tongue, request: BoltRequest) -> None:
    """The help button."""
    screen = help_(tongue)
    if is_at_home(request.body) or is_in_modal(request.body):
        present(request, shown(tongue("lists.help"), screen.blocks, tongue))
    else:
        redraw(request, screen)


def mentioned(event: Json, tongue: Tongue, request: BoltRequest) -> None:
    """Somebody called the desk by name; in a thread the conversation goes on undisturbed."""
    if "thread_ts" not in event:
        whisper(request, menu(tongue))
