"""The workspace's state: team, people, channels, groups, files and what the app may do."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.clock import SandboxClock
from sandbox.scopes import EVENTS, SCOPES
from sandbox.wire import Ids, Json, RefusalError

COLOURS = ("9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "e0a729", "684b6c", "5b89d5")


class Kind(StrEnum):
    """What sort of conversation a channel is, in Slack's `types` words."""

    PUBLIC = "public_channel"
    PRIVATE = "private_channel"
    IM = "im"
    MPIM = "mpim"


@dataclass(slots=True)
class Person:
    """A member of the workspace, the bot's user included."""

    id: str
    name: str
    real_name: str
    locale: str = "en-US"
    tz: str = "Etc/UTC"
    email: str = ""
    is_admin: bool = False
    is_bot: bool = False
    deleted: bool = False
    color: str = "9f69e7"
    updated: int = 0


@dataclass(slots=True)
class Post:
    """A message with what Slack knows of it besides its body; `seen_from` is real epoch seconds."""

    body: Json
    seen_from: float = 0.0
    values: dict[str, Json] = field(default_factory=dict)  # by person: state.values of its elements
    only_for: str | None = None
    encoded: str | None = None  # as it stands in the state file; None: changed since

    def changed(self) -> None:
        """Note that what the state file says of it is out of date."""
        self.encoded = None

    @property
    def ts(self) -> str:
        """Give the message's stamp."""
        return str(self.body["ts"])

    @property
    def thread_ts(self) -> str | None:
        """Give its parent's stamp if it is a reply."""
        parent = self.body.get("thread_ts")
        return None if parent is None or parent == self.ts else str(parent)

    @property
    def in_channel(self) -> bool:
        """Tell whether it shows in the channel itself, not only in a thread."""
        return self.thread_ts is None or self.body.get("subtype") == "thread_broadcast"


@dataclass(slots=True)
class Channel:
    """A conversation with its members and messages by stamp, oldest first."""

    id: str
    name: str
    kind: Kind
    members: list[str]
    created: int
    user: str | None = None
    is_archived: bool = False
    posts: dict[str, Post] = field(default_factory=dict)
    ephemerals: dict[str, Post] = field(default_factory=dict)
    last_read: dict[str, str] = field(default_factory=dict)

    def replies(self, ts: str) -> list[Post]:
        """List the replies under a message, oldest first."""
        return [post for post in self.posts.values() if post.thread_ts == ts]


@dataclass(slots=True)
class StoredFile:
    """A file's bytes and Slack's description of it; readable by those in `channels`."""

    body: Json
    content: bytes
    channels: set[str] = field(default_factory=set)
    given_to_app: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command the app registered."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = True


@dataclass(slots=True)
class App:
    """The installed app: who it is, what it was granted, its secrets."""

    user_id: str = "U0DESKBOT"
    bot_id: str = "B0DESKBOT"
    app_id: str = "A0DESKBOT"
    name: str = "deskbot"
    scopes: list[str] = field(default_factory=lambda: sorted(SCOPES))
    events: list[str] = field(default_factory=lambda: sorted(EVENTS))
    bot_token: str = "xoxb-sandbox-bot-token"  # noqa: S105 - a stand-in's fixed value
    app_token: str = "xapp-sandbox-app-token"  # noqa: S105 - a stand-in's fixed value
    signing_secret: str = "sandbox-signing-secret"  # noqa: S105 - a stand-in's fixed value
    verification_token: str = "sandbox-verification-token"  # noqa: S105 - a stand-in's fixed value
    request_url: str | None = None
    revoked: bool = False


@dataclass(slots=True)
class Workspace:
    """Everything the stand-in remembers; one asyncio thread owns it, so there are no locks."""

    team: Json
    app: App
    clock: SandboxClock
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    groups: dict[str, Json] = field(default_factory=dict)
    commands: dict[str, Command] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    ids: Ids = field(default_factory=Ids)

    def person(self, user_id: str) -> Person:
        """Find a person; raises `user_not_found`."""
        if (person := self.people.get(user_id)) is None:
            raise RefusalError("user_not_found")
        return person

    def channel(self, channel_id: str) -> Channel:
        """Find a conversation by id; raises `channel_not_found`."""
        if (channel := self.channels.get(channel_id)) is None:
            raise RefusalError("channel_not_found")
        return channel

    def channel_named(self, name: str) -> Channel | None:
        """Find a public or private channel by its name."""
        wanted = name.removeprefix("#")
        return next((c for c in self.channels.values() if c.name == wanted and c.name), None)

    def bot_sees(self, channel: Channel) -> bool:
        """Tell whether the bot may know of this conversation at all."""
        return channel.kind is Kind.PUBLIC or self.app.user_id in channel.members

    def for_bot(self, channel_id: str) -> Channel:
        """Find a conversation the bot may know of; raises `channel_not_found`."""
        channel = self.channel(channel_id)
        if not self.bot_sees(channel):
            raise RefusalError("channel_not_found")
        return channel

    def direct(self, user_id: str) -> Channel:
        """Give the direct message between the bot and a person, opened when needed."""
        self.person(user_id)
        for channel in self.channels.values():
            if channel.kind is Kind.IM and channel.user == user_id:
                return channel
        members = [user_id, self.app.user_id]
        return self.add_channel(Channel(self.ids.next("D"), "", Kind.IM, members, 0, user=user_id))

    def add_channel(self, channel: Channel) -> Channel:
        """Remember a new conversation."""
        channel.created = channel.created or int(self.clock.now())
        self.channels[channel.id] = channel
        return channel

    def add_person(self, person: Person) -> Person:
        """Remember a new person, coloured by their turn."""
        person.color = COLOURS[len(self.people) % len(COLOURS)]
        person.updated = int(self.clock.now())
        self.people[person.id] = person
        return person

    def humans(self) -> Iterator[Person]:
        """Walk over the people who are no bots and have not left."""
        return (p for p in self.people.values() if not p.is_bot and not p.deleted)
