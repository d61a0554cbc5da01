"""What the routes do not know: answered privately in a sentence, never with Slack's own error."""

import structlog
from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.answers import whisper_text
from handlers.commands import whispered
from handlers.lazy import later
from handlers.payloads import Json
from handlers.views.modal import sentence
from tickets.tongue import Tongue

log = structlog.get_logger(__name__)


def button(ack: Ack, action: Json, tongue: Tongue, request: BoltRequest) -> BoltResponse:
    """A button of an older version, or of nobody."""
    log.warning("unknown button", action_id=str(action.get("action_id"))[:80])
    later(request, lambda: whisper_text(request, tongue("error.old_button")))
    return ack()


def form(ack: Ack, view: Json, tongue: Tongue) -> BoltResponse:
    """A form of an older version, or of nobody."""
    log.warning("unknown form", callback_id=str(view.get("callback_id"))[:80])
    said = sentence(tongue("form.title"), tongue("error.old_form"), tongue)
    return ack(response_action="update", view=said)


def command(ack: Ack, tongue: Tongue) -> BoltResponse:
    """Another command that was pointed at this desk."""
    return whispered(ack, tongue("error.other_command"))


def shortcut(ack: Ack) -> BoltResponse:
    """A shortcut nobody made."""
    return ack()


def options(ack: Ack) -> BoltResponse:
    """A list nobody fills."""
    return ack(options=[])


def nothing(ack: Ack) -> BoltResponse:
    """Slack reports something that changes nothing here: a view put away, an event of no concern."""
    return ack()
