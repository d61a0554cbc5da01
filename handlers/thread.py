"""The conversation under a ticket's card: messages, files, edits and deletions go on record (R71, F16)."""

from dataclasses import replace

from slack_bolt import BoltRequest

from handlers.answers import whisper
from handlers.forms_talk import evidence_file
from handlers.lazy import later
from handlers.payloads import Json
from handlers.typed import as_typed
from handlers.views.lists import menu
from tickets.case import facts as f
from tickets.case.values import Text
from tickets.desk.context import Desk
from tickets.desk.thread import hear
from tickets.message import PersonId
from tickets.tongue import Tongue


def said(
    event: Json, desk: Desk, person: PersonId, tongue: Tongue, receipt: str, request: BoltRequest
) -> None:
    """Somebody wrote in a thread, with files or without; who writes to the desk itself gets the menu."""
    if event.get("bot_id"):
        return
    if not _is_reply(event):
        if event.get("channel_type") == "im":
            later(request, lambda: whisper(request, menu(tongue)))
        return
    facts = (*_words(event, tongue), *_files(event))
    if facts:
        hear(desk, event["channel"], event["thread_ts"], facts, by=person, receipt=receipt)


def edited(event: Json, desk: Desk, tongue: Tongue, receipt: str) -> None:
    """Somebody changed what they wrote; an unfurled link changes nothing."""
    message = event["message"]
    if not _is_reply(message) or message.get("bot_id") or "edited" not in message:
        return
    changed = f.SaidAnew(
        message_ts=message["ts"],
        edited_ts=message["edited"]["ts"],
        text=Text(as_typed(message.get("text") or "", tongue.name)),
    )
    author = PersonId(message["user"])
    hear(desk, event["channel"], message["thread_ts"], (changed,), by=author, receipt=receipt)


def removed(event: Json, desk: Desk, receipt: str) -> None:
    """Somebody took back what they wrote; the record keeps a line."""
    message = event.get("previous_message") or {}
    if not _is_reply(message) or message.get("bot_id"):
        return
    gone = f.Unsaid(message_ts=event["deleted_ts"])
    author = PersonId(message["user"])
    hear(desk, event["channel"], message["thread_ts"], (gone,), by=author, receipt=receipt)


def _is_reply(message: Json) -> bool:
    thread = message.get("thread_ts")
    return bool(thread) and thread != message.get("ts")


def _words(event: Json, tongue: Tongue) -> tuple[f.Fact, ...]:
    text = as_typed(event.get("text") or "", tongue.name)
    return (f.Said(message_ts=event["ts"], text=Text(text)),) if text.strip() else ()


def _files(event: Json) -> tuple[f.Fact, ...]:
    files = [evidence_file(one) for one in event.get("files") or () if "id" in one]
    return tuple(replace(one, posted_in=event["channel"], posted_ts=event["ts"]) for one in files)
