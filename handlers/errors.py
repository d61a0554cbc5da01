"""The one error handler: what went wrong, in a sentence for the person, where the person is."""

import secrets
from collections.abc import Callable, Mapping
from types import MappingProxyType

import structlog
from slack_bolt import Ack, BoltContext, BoltRequest, BoltResponse
from slack_sdk.errors import SlackApiError

from handlers import background
from handlers.answers import sentence, whisper
from handlers.payloads import Json, is_command, is_event, is_form, view_of
from handlers.views.form_fields import block_of, quick_block_of, second_level_block
from handlers.views.ids import FieldId
from handlers.views.modal import sentence as sentence_view
from handlers.wiring import Wiring
from tickets.errors import Busy, Conflict, DeskError, IllegalMove, Incomplete
from tickets.tongue import Tongue

log = structlog.get_logger(__name__)

_FIELD_OF: Mapping[str, FieldId] = MappingProxyType(
    {
        "contact.in_future": FieldId.WHEN,
        "plan.date_in_past": FieldId.FINISH_BY,
        "promise.in_past": FieldId.UNTIL,
        "authority.in_past": FieldId.UNTIL,
        "follow_up.in_past": FieldId.UNTIL,
        "pause.in_past": FieldId.UNTIL,
        "score.needs_reason": FieldId.DISSATISFACTION,
        "collaborators.one_contact": FieldId.CONTACT_PERSON,
    }
)
"""Refusals that are about one field of the form."""

EXPIRED = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})


def handler(wiring: Wiring) -> Callable[..., BoltResponse]:
    """Make Bolt's error handler; it always answers, so that nobody sees Slack's own error."""

    def handle(
        error: Exception, body: Json, context: BoltContext, ack: Ack, request: BoltRequest
    ) -> BoltResponse:
        context.setdefault("tongue", wiring.speak(None))
        context.setdefault("wiring", wiring)
        if is_event(body):
            return _event_failed(error)
        if is_form(body):
            return _on_the_form(error, body, context["tongue"], ack)
        text = told(error, context["tongue"])
        _look_again(error, wiring)
        if is_command(body):
            screen = sentence(text)
            return ack(text=screen.text, blocks=screen.blocks)
        background.start(request, lambda: show_text(text, request))
        return ack()

    return handle


def show_afterwards(error: Exception, request: BoltRequest) -> None:
    """Show what went wrong after the acknowledgement."""
    show_text(told(error, request.context["tongue"]), request)
    _look_again(error, request.context["wiring"])


def show_text(text: str, request: BoltRequest) -> None:
    """Show one sentence privately; when even that fails, the log has it."""
    try:
        whisper(request, sentence(text))
    except (SlackApiError, OSError) as trouble:
        log.warning("person could not be told", why=str(trouble))


def told(error: Exception, tongue: Tongue) -> str:
    """Say what happened, why and what to do; the unforeseen is logged under the reference shown."""
    if isinstance(error, Incomplete):
        return " ".join(tongue.of(problem) for problem in error.problems.values())
    if isinstance(error, DeskError):
        log.info("refused", why=error.message.id)
        return tongue.of(error.message)
    if is_expired(error):
        return tongue("error.press_again")
    reference = secrets.token_hex(4)
    log.error("listener failed", reference=reference, exc_info=error)
    return tongue("error.unexpected", reference=reference)


def is_expired(error: Exception) -> bool:
    """Tell whether Slack's 3 seconds for opening a view were over (F20)."""
    return isinstance(error, SlackApiError) and error.response.get("error") in EXPIRED


def _on_the_form(error: Exception, body: Json, tongue: Tongue, ack: Ack) -> BoltResponse:
    """Keep what was typed: the form stays open with the sentence under a field (F19)."""
    fields = _fields(body)
    if not fields:
        view = sentence_view(tongue("error.title"), told(error, tongue), tongue)
        return ack(response_action="update", view=view)
    if isinstance(error, Incomplete):
        problems = {name: tongue.of(problem) for name, problem in error.problems.items()}
    else:
        about = _FIELD_OF.get(error.message.id, "") if isinstance(error, DeskError) else ""
        problems = {str(about): told(error, tongue)}
    return ack(response_action="errors", errors=_under_fields(problems, fields))


def _under_fields(problems: Mapping[str, str], fields: tuple[str, ...]) -> dict[str, str]:
    """Put a sentence whose field is not on the screen under the first field that is."""
    shown: dict[str, str] = {}
    for name, text in problems.items():
        place = next((one for one in _places(name, fields) if one in fields), fields[0])
        shown[place] = f"{shown[place]} {text}" if place in shown else text
    return shown


def _places(name: str, fields: tuple[str, ...]) -> tuple[str, ...]:
    """Where a field may stand: in the form, in the quick form, in a modal, among corrections."""
    second = next((one for one in fields if one.startswith(second_level_block(""))), "")
    first = second.removeprefix(second_level_block(""))
    block = block_of(name, first)
    anew = (one for one in fields if one.startswith((f"{name}.", f"{block}.")))
    return (name, block, *anew, quick_block_of(name), f"{FieldId.CORRECTION}.{name}")


def _fields(body: Json) -> tuple[str, ...]:
    blocks = (view_of(body) or {}).get("blocks") or ()
    return tuple(
        block["block_id"]
        for block in blocks
        if isinstance(block, dict) and block.get("type") == "input"
    )


def _event_failed(error: Exception) -> BoltResponse:
    """A refusal is final; anything else Slack may deliver again, receipts make that safe."""
    if isinstance(error, DeskError) and not _is_passing(error):
        log.info("event refused", why=error.message.id)
        return BoltResponse(status=200, body="")
    log.error("event failed", exc_info=error)
    return BoltResponse(status=500, body="")


def _is_passing(error: DeskError) -> bool:
    return isinstance(error, Busy | Conflict)


def _look_again(error: Exception, wiring: Wiring) -> None:
    """A click that no longer fits may have come from an old card: let the courier look (F23)."""
    if isinstance(error, IllegalMove):
        wiring.desk.wake()
