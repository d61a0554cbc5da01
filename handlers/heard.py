"""Got it (已知悉): who heard of a warning or a breach, on the ticket and under the message itself."""

from datetime import UTC, datetime

import structlog
from slack_bolt import Ack, BoltRequest, BoltResponse
from slack_sdk.errors import SlackApiError

from handlers.answers import whisper, whisper_text
from handlers.forms import tampered
from handlers.lazy import later
from handlers.numbers import number_in
from handlers.payloads import Json, channel_of, value_of
from handlers.views.heard import HEARD, heard
from handlers.views.meta import unpack
from handlers.views.screen import Screen
from handlers.wiring import Wiring
from tickets.case.facts import Heard
from tickets.case.values import Number
from tickets.desk.context import Desk
from tickets.desk.heard import got_it, who_heard
from tickets.message import PersonId
from tickets.time.deadline import DeadlineKind
from tickets.tongue import Tongue

log = structlog.get_logger(__name__)

Pressed = tuple[Number, DeadlineKind, str, datetime]


def press(
    ack: Ack, action: Json, desk: Desk, person: PersonId, receipt: str, request: BoltRequest
) -> BoltResponse:
    """Somebody heard of a deadline; from a lead or supervisor a breach's next step is cancelled."""
    number, kind, detail, due_at = pressed(action)
    got_it(desk, number, kind=kind, detail=detail, due_at=due_at, by=person, receipt=receipt)
    later(request, show_who_heard)
    return ack()


def show_who_heard(
    action: Json,
    desk: Desk,
    person: PersonId,
    tongue: Tongue,
    wiring: Wiring,
    request: BoltRequest,
) -> None:
    """Write under the message who noted it; where that cannot be, tell the person who pressed."""
    number, *which = pressed(action)
    facts = [
        (event.fact, event.by, event.at)
        for event in who_heard(desk, number, by=person)
        if isinstance(event.fact, Heard)
        and [event.fact.kind, event.fact.detail, event.fact.due_at] == which
    ]
    if not facts:
        whisper_text(request, tongue("watch.heard_nothing"))
        return
    shared = not (channel_of(request.body) or "").startswith("D")
    if not _written_under(request, heard(facts, tongue=wiring.speak(None) if shared else tongue)):
        whisper(request, heard(facts[-1:], tongue=tongue))


def _written_under(request: BoltRequest, lines: Screen) -> bool:
    message, channel = request.body.get("message"), channel_of(request.body)
    client = request.context.client
    if not isinstance(message, dict) or channel is None or client is None:
        return False
    kept = [block for block in message.get("blocks") or () if block.get("block_id") != HEARD]
    blocks = [*kept, *(block.to_dict() for block in lines.blocks)]
    try:
        client.chat_update(
            channel=channel,
            ts=message["ts"],
            text=message.get("text") or "",
            blocks=blocks,
            link_names=False,
            parse="none",
        )
    except SlackApiError as refusal:
        log.info("message not changed", why=refusal.response.get("error"))
        return False
    return True


def pressed(action: Json) -> Pressed:
    """Read which deadline was meant. Raises DeskError for values no button of ours carries."""
    packed = value_of(action)
    told = unpack(packed)
    kind, detail, due = told.get("k"), told.get("d", ""), told.get("due")
    if kind not in set(DeadlineKind) or not isinstance(detail, str) or not isinstance(due, int):
        raise tampered()
    try:
        due_at = datetime.fromtimestamp(due, UTC)
    except (ValueError, OverflowError, OSError):
        raise tampered() from None
    return number_in(packed), DeadlineKind(kind), detail, due_at
