"""The directory: brings Slack's people, channels and memberships into the records, for use without a network."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tickets.handbook import Handbook
from tickets.message import PersonId
from tickets.ports import Channel, Member, Records

log = structlog.get_logger(__name__)

PAGE = 200
KEPT_AT_ONCE = 100  # rows a transaction, so that nobody waits long for the write lock
KINDS = "public_channel,private_channel"

Described = Mapping[str, Any]  # a user or conversation object of Slack's


def language_of(locale: str) -> str:
    """Give the desk's language for a Slack locale such as en-US, zh-CN, zh-TW; others read English."""
    language, _, region = locale.replace("_", "-").lower().partition("-")
    if language != "zh":
        return "en"
    traditional = any(part in {"hant", "tw", "hk", "mo"} for part in region.split("-"))
    return "zh-Hant" if traditional else "zh-Hans"


def member_of(user: Described) -> Member:
    """Read Slack's user object."""
    profile = user.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), user.get("name"))
    return Member(
        id=PersonId(user["id"]),
        name=next((str(name) for name in names if name), str(user["id"])),
        language=language_of(str(user.get("locale") or "")),
        timezone=str(user.get("tz") or "UTC"),
        is_active=not user.get("deleted", False),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
    )


def channel_of(conversation: Described, members: Iterable[str]) -> Channel:
    """Read Slack's conversation object."""
    return Channel(
        id=str(conversation["id"]),
        name=str(conversation.get("name") or ""),
        is_archived=bool(conversation.get("is_archived")),
        has_bot=bool(conversation.get("is_member")),
        members=frozenset(PersonId(member) for member in members),
    )


@dataclass(frozen=True, slots=True)
class DirectoryRefresh:
    """Reads the whole workspace; Slack's events keep the directory fresh in between."""

    client: WebClient
    records: Records
    handbook: Callable[[], Handbook]

    def __call__(self) -> None:
        """Refresh people, and the channels the desk speaks in; what one lacks does not stop the other.

        Raises the first SlackApiError or OSError when both were tried.
        """
        troubles: list[SlackApiError | OSError] = []
        for refresh in (self._refresh_people, self._refresh_channels):
            try:
                refresh()
            except (SlackApiError, OSError) as trouble:
                log.warning("part of the directory not refreshed", part=refresh.__name__.strip("_"))
                troubles.append(trouble)
        if troubles:
            raise troubles[0]

    def _refresh_people(self) -> None:
        people = [member_of(user) for user in self._users()]
        for start in range(0, len(people), KEPT_AT_ONCE):
            with self.records.write() as unit:
                for member in people[start : start + KEPT_AT_ONCE]:
                    unit.directory.keep_person(member)
        log.info("people refreshed", people=len(people))

    def _refresh_channels(self) -> None:
        channels = list(self._channels())
        for channel in channels:
            with self.records.write() as unit:
                unit.directory.keep_channel(channel)
        log.info("channels refreshed", channels=len(channels))

    def person(self, person: PersonId) -> None:
        """Ask Slack who one person is. Raises SlackApiError or OSError."""
        user = self.client.users_info(user=person, include_locale=True)["user"]
        with self.records.write() as unit:
            unit.directory.keep_person(member_of(user))

    def _users(self) -> Iterator[Described]:
        for page in self.client.users_list(limit=PAGE, include_locale=True):
            yield from page["members"]

    def _channels(self) -> Iterator[Channel]:
        wanted = references_of(self.handbook())
        for page in self.client.conversations_list(limit=PAGE, types=KINDS):
            for conversation in page["channels"]:
                named = {conversation["id"], f"#{conversation.get('name')}"}
                if conversation.get("is_member") or named & wanted:
                    yield channel_of(conversation, self._members(conversation))

    def _members(self, conversation: Described) -> list[str]:
        found: list[str] = []
        for page in self.client.conversations_members(channel=conversation["id"], limit=PAGE):
            found += page["members"]
        return found


def references_of(handbook: Handbook) -> frozenset[str]:
    """List every channel the desk's file names."""
    digests = (digest.channel for digest in handbook.digests.values() if digest.channel)
    units = (unit.channel for unit in handbook.departments.values())
    return frozenset({handbook.channel, *units, *digests})


@dataclass(frozen=True, slots=True)
class SlackLookup:
    """Answers what a desk file cannot say itself: whose address, whose group (bot/desk_config/people.py)."""

    client: WebClient

    def by_email(self, address: str) -> str | None:
        """Give the member id behind an e-mail address, None if there is none."""
        try:
            return str(self.client.users_lookupByEmail(email=address)["user"]["id"])
        except SlackApiError as refusal:
            if refusal.response.get("error") == "users_not_found":
                return None
            raise

    def group(self, group_id: str) -> tuple[str, ...] | None:
        """Give the member ids of a user group, None if there is no such group."""
        try:
            return tuple(self.client.usergroups_users_list(usergroup=group_id)["users"])
        except SlackApiError as refusal:
            if refusal.response.get("error") == "no_such_subteam":
                return None
            raise
