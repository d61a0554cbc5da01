"""The directory, kept by Slack's events: who people are, which channels there are, who is in them."""

from dataclasses import replace

import structlog
from slack_bolt import BoltContext, BoltRequest

from handlers.lazy import later
from handlers.payloads import Json
from handlers.wiring import Wiring
from tickets.desk.context import Desk
from tickets.desk.shift import list_for_others
from tickets.message import PersonId
from tickets.ports import Channel

log = structlog.get_logger(__name__)


def person_changed(event: Json, desk: Desk, wiring: Wiring, request: BoltRequest) -> None:
    """Somebody joined the workspace, left it, or changed name, zone or language.

    The event does not carry the language, so it is asked for; whether somebody left is kept at once.
    """
    user = event["user"]
    person = PersonId(user["id"])
    is_active = not user.get("deleted", False)
    with desk.records.read() as unit:
        known = unit.directory.person(person)
    if known and known.is_active != is_active:
        with desk.records.write() as unit:
            unit.directory.keep_person(replace(known, is_active=is_active))
        if not is_active:
            list_for_others(desk, of=person)
    if is_active:
        later(request, lambda: wiring.refresh_person(person))


def joined(
    event: Json, desk: Desk, wiring: Wiring, context: BoltContext, request: BoltRequest
) -> None:
    """Somebody joined a channel; when it is the bot itself, the channel is read anew."""
    person = PersonId(event["user"])
    if person == context.bot_user_id:
        later(request, wiring.refresh_all)
        return
    with desk.records.write() as unit:
        if unit.directory.channel(event["channel"]):
            unit.directory.joined(event["channel"], person)


def left(event: Json, desk: Desk, context: BoltContext) -> None:
    """Somebody left a channel, or the bot was removed."""
    person = PersonId(event["user"])
    if person == context.bot_user_id:
        _keep(desk, event["channel"], has_bot=False)
        return
    with desk.records.write() as unit:
        if unit.directory.channel(event["channel"]):
            unit.directory.left(event["channel"], person)


def bot_left(event: Json, desk: Desk) -> None:
    """The bot was removed from a channel."""
    _keep(desk, event["channel"], has_bot=False)


def channel_archived(event: Json, desk: Desk) -> None:
    """A channel was archived or deleted: nothing can be posted there."""
    _keep(desk, event["channel"], is_archived=True)


def channel_unarchived(event: Json, desk: Desk) -> None:
    """A channel is in use again."""
    _keep(desk, event["channel"], is_archived=False)


def channel_renamed(event: Json, desk: Desk) -> None:
    """A channel has another name."""
    channel = event["channel"]
    _keep(desk, channel["id"], name=channel["name"])


def _keep(
    desk: Desk,
    channel_id: str,
    *,
    name: str | None = None,
    is_archived: bool | None = None,
    has_bot: bool | None = None,
) -> None:
    with desk.records.write() as unit:
        known: Channel | None = unit.directory.channel(channel_id)
        if known is None:
            return
        changed = replace(
            known,
            name=known.name if name is None else name,
            is_archived=known.is_archived if is_archived is None else is_archived,
            has_bot=known.has_bot if has_bot is None else has_bot,
        )
        if changed != known:
            unit.directory.keep_channel(changed)
            log.info("channel changed", channel=channel_id, archived=changed.is_archived)
