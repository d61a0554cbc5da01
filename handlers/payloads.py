"""The few parts of Slack's payloads that listeners read; whatever is not as Slack sends it is a clear refusal."""

from typing import Any

from tickets.errors import NotFound

Json = dict[str, Any]
"""A payload as Slack sent it; nothing of it goes further than the listener that reads it."""


def value_of(action: Json) -> str:
    """Give what a button, or the option picked in a menu, carries. Raises NotFound for a tampered one."""
    picked = action.get("selected_option") or {}
    value = action.get("value") or (picked.get("value") if isinstance(picked, dict) else None)
    if isinstance(value, str) and 0 < len(value) <= 2000:  # SLACK.md 2.1: button value
        return value
    raise NotFound("error.not_understood")


def memory_of(view: Json) -> str:
    """Give what a view remembers; ids only, checked by whoever reads them."""
    packed = view.get("private_metadata")
    return packed if isinstance(packed, str) else ""


def channel_of(body: Json) -> str | None:
    """Give the conversation a command, a click or a message came from."""
    if "event" in body:
        channel = body["event"].get("channel")
        return channel if isinstance(channel, str) else None
    inside = body.get("channel")
    if isinstance(inside, dict):
        return inside.get("id")
    container = body.get("container")
    in_container = container.get("channel_id") if isinstance(container, dict) else None
    return body.get("channel_id") or in_container


def thread_of(body: Json) -> str | None:
    """Give the thread a clicked message stands in."""
    container = body.get("container")
    return container.get("thread_ts") if isinstance(container, dict) else None


def view_of(body: Json) -> Json | None:
    """Give the view a click or a form belongs to."""
    view = body.get("view")
    return view if isinstance(view, dict) else None


def is_form(body: Json) -> bool:
    """Tell whether a form was sent in."""
    return body.get("type") == "view_submission"


def is_event(body: Json) -> bool:
    """Tell whether Slack reports something; nobody waits for an answer."""
    return "event" in body


def is_command(body: Json) -> bool:
    """Tell whether a slash command was typed."""
    return "command" in body and "type" not in body
