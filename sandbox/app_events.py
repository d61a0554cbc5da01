"""The events the app hears: which, when it is a member, with which fields."""

from dataclasses import dataclass

from sandbox.delivery import Delivery
from sandbox.faces import user_object
from sandbox.mrkdwn import mentions_user
from sandbox.wire import Json
from sandbox.workspace import Channel, Kind, Person, Workspace

CHANNEL_TYPES = {
    Kind.PUBLIC: "channel",
    Kind.PRIVATE: "group",
    Kind.IM: "im",
    Kind.MPIM: "mpim",
}
MESSAGE_EVENTS = {
    Kind.PUBLIC: "message.channels",
    Kind.PRIVATE: "message.groups",
    Kind.IM: "message.im",
    Kind.MPIM: "message.mpim",
}


@dataclass(frozen=True, slots=True)
class AppEvents:
    """Tells the app what happened."""

    workspace: Workspace
    delivery: Delivery

    def message(self, channel: Channel, body: Json) -> None:
        """Tell of a message, a change or a deletion."""
        event = {
            **body,
            "channel": channel.id,
            "channel_type": CHANNEL_TYPES[channel.kind],
            "event_ts": body["ts"],
        }
        event.pop("metadata", None)  # only apps subscribed to metadata events see it
        self._event_in(channel, MESSAGE_EVENTS[channel.kind], event)

    def mention(self, channel: Channel, body: Json) -> None:
        """Tell of a message that mentions the bot, beside the message itself."""
        bot = self.workspace.app.user_id
        own = body.get("user") == bot
        if channel.kind is Kind.IM or own or not mentions_user(str(body.get("text", "")), bot):
            return
        kept = ("user", "text", "ts", "team", "thread_ts", "client_msg_id", "blocks", "files")
        event = {key: body[key] for key in kept if key in body}
        event |= {"type": "app_mention", "channel": channel.id, "event_ts": body["ts"]}
        self._event_in(channel, "app_mention", event)

    def joined(self, channel: Channel, user_id: str, inviter: str | None) -> None:
        """Tell that somebody, perhaps the bot, became a member."""
        event = self._membership("member_joined_channel", channel, user_id)
        event |= {"inviter": inviter} if inviter else {}
        self._event_in(channel, "member_joined_channel", event)

    def left(self, channel: Channel, user_id: str) -> None:
        """Tell that somebody else left."""
        event = self._membership("member_left_channel", channel, user_id)
        self._event_in(channel, "member_left_channel", event)

    def bot_left(self, channel: Channel) -> None:
        """Tell the bot that it is out; it hears `channel_left` or `group_left` instead."""
        name = "channel_left" if channel.kind is Kind.PUBLIC else "group_left"
        self._event(name, {"type": name, "channel": channel.id})

    def channel(self, channel: Channel, what: str, /, **fields: object) -> None:
        """Tell the bot that a channel was archived, renamed, deleted… (`what` without its prefix)."""
        name = f"{'channel' if channel.kind is Kind.PUBLIC else 'group'}_{what}"
        if self.workspace.bot_sees(channel):
            self._event(name, {"type": name, "channel": channel.id, **fields})

    def person(self, name: str, person: Person) -> None:
        """Tell the bot that a person changed (`user_change`) or came (`team_join`)."""
        person.updated = int(self.workspace.clock.now())
        user = user_object(self.workspace, person, with_locale=True)
        self._event(name, {"type": name, "user": user, "cache_ts": person.updated})

    def home(self, user_id: str, tab: str, view: Json | None) -> None:
        """Tell the bot that a person opened its page."""
        event: Json = {
            "type": "app_home_opened",
            "user": user_id,
            "channel": self.workspace.direct(user_id).id,
            "tab": tab,
        }
        self._event("app_home_opened", event | ({"view": view} if view else {}))

    def file(self, channel: Channel, file_id: str, user_id: str) -> None:
        """Tell the bot that a file was shared where it is a member."""
        event = {
            "type": "file_shared",
            "file_id": file_id,
            "user_id": user_id,
            "file": {"id": file_id},
            "channel_id": channel.id,
        }
        self._event_in(channel, "file_shared", event)

    def _event_in(self, channel: Channel, name: str, event: Json) -> None:
        if self.workspace.app.user_id in channel.members:
            self._event(name, event)

    def _event(self, name: str, event: Json) -> None:
        self.delivery.tell(name, {"event_ts": self.workspace.clock.stamp(), **event})

    def _membership(self, name: str, channel: Channel, user_id: str) -> Json:
        return {
            "type": name,
            "user": user_id,
            "channel": channel.id,
            "channel_type": "C" if channel.kind is Kind.PUBLIC else "G",
            "team": self.workspace.team["id"],
        }
