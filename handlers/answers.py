"""Answers to the person who just did something: private, where they are, else as a direct message."""

import structlog
from slack_bolt import BoltRequest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.payloads import Json, channel_of, thread_of, view_of
from handlers.views.notices import Said, message
from handlers.views.rich import with_commands
from handlers.views.screen import Screen
from handlers.views.text import TEXT_LIMIT, clip, escaped
from tickets.message import PersonId

log = structlog.get_logger(__name__)


def sentence(text: str) -> Screen:
    """Make a message of one sentence; whatever stands in it is inert."""
    return message(Said(with_commands(clip(text, TEXT_LIMIT)), escaped(text)))


def whisper(request: BoltRequest, screen: Screen) -> None:
    """Show a message to the person alone, in the conversation they acted in, else directly."""
    client, body = request.context.client, request.body
    person = PersonId(request.context.user_id or "")
    if not person or client is None:
        return
    if view_of(body) is None and (
        _responded(request, screen) or _ephemeral(client, body, person, screen)
    ):
        return
    client.chat_postMessage(
        channel=person,
        text=screen.text,
        blocks=list(screen.blocks),
        unfurl_links=False,
        unfurl_media=False,
        link_names=False,
        parse="none",
    )


def whisper_text(request: BoltRequest, text: str) -> None:
    """Show one sentence to the person alone."""
    whisper(request, sentence(text))


def redraw(request: BoltRequest, screen: Screen) -> None:
    """Replace the private message whose button was pressed; a message others see is left as it is."""
    private = (request.body.get("container") or {}).get("is_ephemeral")
    if not (private and _responded(request, screen, replace=True)):
        whisper(request, screen)


def _responded(request: BoltRequest, screen: Screen, *, replace: bool = False) -> bool:
    """Commands and clicks bring an address that works wherever they came from (30 min, 5 times)."""
    respond = request.context.respond
    if respond is None or not request.context.response_url:
        return False
    try:
        answer = respond(
            text=screen.text,
            blocks=[block.to_dict() for block in screen.blocks],
            response_type="ephemeral",
            replace_original=replace,
            unfurl_links=False,
            unfurl_media=False,
        )
    except OSError as trouble:
        log.warning("answer not taken", why=type(trouble).__name__)
        return False
    return bool(answer.status_code == 200)


def _ephemeral(client: WebClient, body: Json, person: PersonId, screen: Screen) -> bool:
    channel = channel_of(body)
    if channel is None:
        return False
    try:
        client.chat_postEphemeral(
            channel=channel,
            user=person,
            text=screen.text,
            blocks=list(screen.blocks),
            thread_ts=thread_of(body),
            link_names=False,
            parse="none",
        )
    except SlackApiError as refusal:
        log.info("private answer refused", why=refusal.response.get("error"))
        return False
    return True
