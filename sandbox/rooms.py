"""Messages and membership: what changes in a conversation, who is told of it and how."""

from dataclasses import dataclass

from sandbox.app_events import AppEvents
from sandbox.stream import Stream
from sandbox.wire import Json, RefusalError
from sandbox.workspace import Channel, Kind, Post, Workspace


@dataclass(slots=True)
class Rooms:
    """The only place where conversations change."""

    workspace: Workspace
    events: AppEvents
    stream: Stream

    def find(self, channel: Channel, ts: str) -> Post:
        """Find a message; raises `message_not_found`."""
        post = channel.posts.get(ts)
        if post is None or post.body.get("subtype") == "tombstone":
            raise RefusalError("message_not_found")
        return post

    def post(self, channel: Channel, body: Json, *, seen_from: float = 0.0) -> Post:
        """Add a message, move its thread's counters, tell the bot and the pages."""
        body = {"type": "message", "ts": self.workspace.clock.stamp(), **body}
        post = Post(body, seen_from)
        channel.posts[post.ts] = post
        if channel.kind is Kind.IM and channel.user and channel.user not in channel.members:
            channel.members.append(channel.user)
        self._moved_thread(channel, post)
        self._page(channel, {"type": "message", "message": body, "thread_ts": post.thread_ts})
        self.events.message(channel, body)
        self.events.mention(channel, body)
        return post

    def change(self, channel: Channel, post: Post, changes: Json, editor: str | None) -> None:
        """Replace parts of a message; with an editor it is marked as edited."""
        before = dict(post.body)
        post.body.update(changes)
        for key in [key for key, value in changes.items() if value is None]:
            del post.body[key]
        now = self.workspace.clock.stamp()
        if editor:
            post.body["edited"] = {"user": editor, "ts": now}
        post.changed()
        self._page(channel, {"type": "changed", "message": post.body, "thread_ts": post.thread_ts})
        self.events.message(
            channel,
            {
                "type": "message",
                "subtype": "message_changed",
                "message": post.body | {"source_team": self.workspace.team["id"]},
                "previous_message": before,
                "hidden": True,
                "ts": now,
            },
        )

    def delete(self, channel: Channel, post: Post) -> None:
        """Take a message away; one with replies stays as a tombstone."""
        before = dict(post.body)
        if channel.replies(post.ts):
            self._bury(channel, post)
        else:
            del channel.posts[post.ts]
            self._page(channel, {"type": "deleted", "ts": post.ts, "thread_ts": post.thread_ts})
        if post.thread_ts:
            self._recount(channel, post.thread_ts)
        self.events.message(
            channel,
            {
                "type": "message",
                "subtype": "message_deleted",
                "deleted_ts": post.ts,
                "previous_message": before,
                "hidden": True,
                "ts": self.workspace.clock.stamp(),
            },
        )

    def whisper(self, channel: Channel, user_id: str, body: Json) -> Post:
        """Show a message to one person only; the bot gets no event of it."""
        ts = self.workspace.clock.stamp()
        body = {"type": "message", "ts": ts, "ephemeral": True, "is_ephemeral": True, **body}
        post = Post(body, only_for=user_id)
        channel.ephemerals[post.ts] = post
        self.stream.tell(
            {"type": "ephemeral", "channel": channel.id, "message": body}, to=[user_id]
        )
        return post

    def rewrite_whisper(self, channel: Channel, post: Post, changes: Json | None) -> None:
        """Change a message that one person sees, or with None take it away."""
        event: Json = {"type": "ephemeral_deleted", "channel": channel.id, "ts": post.ts}
        if changes is None:
            channel.ephemerals.pop(post.ts, None)
        else:
            post.body.update(changes)
            event = {"type": "ephemeral", "channel": channel.id, "message": post.body}
        self.stream.tell(event, to=[post.only_for or ""])

    def join(self, channel: Channel, user_id: str, inviter: str | None = None) -> None:
        """Make somebody a member; being one already changes nothing."""
        if user_id in channel.members:
            return
        channel.members.append(user_id)
        self.stream.tell({"type": "state"})
        self.events.joined(channel, user_id, inviter)

    def leave(self, channel: Channel, user_id: str) -> None:
        """End somebody's membership; the bot itself hears `channel_left` or `group_left`."""
        if user_id not in channel.members:
            return
        if user_id != self.workspace.app.user_id:
            self.events.left(channel, user_id)
        channel.members.remove(user_id)
        self.stream.tell({"type": "state"})
        if user_id == self.workspace.app.user_id:
            self.events.bot_left(channel)

    def audience(self, channel: Channel) -> list[str] | None:
        """Name the persons who may see a conversation; None is everybody."""
        return None if channel.kind is Kind.PUBLIC else channel.members

    def _page(self, channel: Channel, event: Json) -> None:
        told = {key: value for key, value in event.items() if value is not None}
        self.stream.tell({**told, "channel": channel.id}, to=self.audience(channel))

    def _moved_thread(self, channel: Channel, post: Post) -> None:
        if post.thread_ts:
            parent = channel.posts[post.thread_ts]
            post.body["parent_user_id"] = parent.body.get("user")
            self._recount(channel, post.thread_ts)

    def _recount(self, channel: Channel, ts: str) -> None:
        parent = channel.posts.get(ts)
        if parent is None:
            return
        parent.changed()
        replies = channel.replies(ts)
        people = list(dict.fromkeys(str(reply.body.get("user")) for reply in replies))
        if replies:
            parent.body |= {
                "thread_ts": ts,
                "reply_count": len(replies),
                "reply_users": people[:5],
                "reply_users_count": len(people),
                "latest_reply": replies[-1].ts,
                "is_locked": False,
                "subscribed": False,
            }
        else:
            _uncounted(parent.body)
            if parent.body.get("subtype") == "tombstone":
                del channel.posts[ts]
                self._page(channel, {"type": "deleted", "ts": ts})
                return
        self._page(channel, {"type": "changed", "message": parent.body})

    def _bury(self, channel: Channel, post: Post) -> None:
        kept = ("type", "ts", "thread_ts", "reply_count", "reply_users", "latest_reply")
        body = {key: post.body[key] for key in kept if key in post.body}
        text = "This message was deleted."
        post.body = body | {"subtype": "tombstone", "text": text, "hidden": True}
        post.changed()
        self._page(channel, {"type": "changed", "message": post.body})


def _uncounted(body: Json) -> None:
    for key in (
        "thread_ts",
        "reply_count",
        "reply_users",
        "reply_users_count",
        "latest_reply",
        "is_locked",
        "subscribed",
    ):
        body.pop(key, None)
