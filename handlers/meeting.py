"""The head of the weekly meeting: start it, close it, the full list as a sheet (SCREENS.md)."""

import re

import structlog
from slack_bolt import BoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks.block_elements import RichTextElementParts

from handlers.answers import whisper, whisper_text
from handlers.forms import tampered
from handlers.payloads import Json, value_of
from handlers.tapped import tapped
from handlers.views.notices import Said, message
from tickets.desk import chair
from tickets.desk.asking import reading
from tickets.desk.context import Desk
from tickets.meetings.posts import head_key, sheet_key
from tickets.message import PersonId
from tickets.people.roles import Action
from tickets.ports import Posting
from tickets.tongue import Tongue

log = structlog.get_logger(__name__)

_KEY = re.compile(r"\d{4}-[W\d][\d-]{1,5}")


def meeting_in(packed: object) -> str:
    """Take a meeting's key out of what a button or a view carries. Raises DeskError."""
    if isinstance(packed, str) and _KEY.fullmatch(packed):
        return packed
    raise tampered()


start = tapped(chair.start, read=meeting_in)
close = tapped(chair.close, read=meeting_in)


def send_sheet(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Lead to the full list in the head's thread."""
    key = meeting_in(value_of(action))
    with reading(desk, person, Action.LIST) as (unit, _who):
        head, sheet = unit.notices.posted(head_key(key)), unit.notices.posted(sheet_key(key))
    url = _link(request, head, sheet) if head and sheet else None
    if url is None:
        whisper_text(request, tongue("meeting.sheet_not_yet"))
        return
    link = RichTextElementParts.Link(url=url, text=tongue("meeting.sheet_here"))
    whisper(request, message(Said([link], tongue("meeting.sheet_here"))))


def _link(request: BoltRequest, head: Posting, sheet: Posting) -> str | None:
    """Ask Slack for the file's address; without one the thread still holds it."""
    client = request.context.client
    if client is None:
        return None
    try:
        replies = client.conversations_replies(
            channel=head.channel_id,
            ts=head.message_ts,
            oldest=sheet.message_ts,
            latest=sheet.message_ts,
            inclusive=True,
        )
    except SlackApiError as refusal:
        log.info("thread not read", why=refusal.response.get("error"))
        return None
    shared = [
        file
        for one in replies.get("messages") or ()
        if one.get("ts") == sheet.message_ts
        for file in one.get("files") or ()
    ]
    return str(shared[0]["permalink"]) if shared else None
