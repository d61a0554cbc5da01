"""What one person may see, in the shapes of page_api.md."""

from dataclasses import asdict, dataclass

from sandbox.mrkdwn import pings
from sandbox.sandbox import Sandbox
from sandbox.talk import Talk
from sandbox.wire import Json
from sandbox.workspace import Channel, Kind, Person, Post

NOTICE = "A sandbox for trying the desk: nothing here is real, and nothing leaves this machine."


@dataclass(frozen=True, slots=True)
class Shown:
    """One person's sight of the workspace."""

    sandbox: Sandbox
    user_id: str

    def state(self) -> Json:
        """Give everything but messages."""
        workspace, views = self.sandbox.workspace, self.sandbox.views
        app, home = workspace.app, views.home(self.user_id)
        return {
            "team": workspace.team,
            "now": workspace.clock.now(),
            "offset": workspace.clock.offset,
            "me": self.person(workspace.people[self.user_id]),
            "users": [self.person(person) for person in workspace.people.values()],
            "groups": list(workspace.groups.values()),
            "channels": self.channels(),
            "bots": [{key: getattr(app, key) for key in ("user_id", "bot_id", "app_id", "name")}],
            "commands": [asdict(command) for command in workspace.commands.values()],
            "views": views.bodies(self.user_id),
            "home": home.body if home else None,
            "connected": len(self.sandbox.sockets.connections),
            "notice": NOTICE,
        }

    def channels(self) -> list[Json]:
        """List the conversations this person may see."""
        workspace = self.sandbox.workspace
        workspace.direct(self.user_id)
        sees = Talk(self.sandbox, self.user_id).sees
        return [self._channel(channel) for channel in workspace.channels.values() if sees(channel)]

    def messages(
        self, channel: Channel, *, thread_ts: str | None, before: str | None, limit: int
    ) -> Json:
        """List a conversation's or a thread's newest messages, oldest first."""
        posts = [
            post
            for post in (*channel.posts.values(), *self._whispers(channel))
            if _belongs(post, thread_ts) and (before is None or post.ts < before)
        ]
        posts.sort(key=lambda post: post.ts)
        return {
            "messages": [post.body for post in posts[-limit:]],
            "has_more": len(posts) > limit,
        }

    def person(self, person: Person) -> Json:
        """Give what the page needs of a person."""
        kept = ("id", "name", "real_name", "locale", "tz", "is_bot", "is_admin", "deleted")
        return {**{key: getattr(person, key) for key in kept}, "color": f"#{person.color}"}

    def found(self, query: str) -> Json:
        """Find people and channels whose name holds the words typed."""
        wanted = query.lower().lstrip("@#")
        people = self.sandbox.workspace.people.values()
        named = [p for p in people if wanted in f"{p.name} {p.real_name}".lower()]
        places = [c for c in self.channels() if c["name"] and wanted in c["name"]]
        return {"users": [self.person(person) for person in named][:20], "channels": places[:20]}

    def _whispers(self, channel: Channel) -> list[Post]:
        return [p for p in channel.ephemerals.values() if p.only_for == self.user_id]

    def _channel(self, channel: Channel) -> Json:
        read = channel.last_read.get(self.user_id, "0")
        fresh = [
            post.body
            for post in channel.posts.values()
            if post.in_channel and post.ts > read and post.body.get("user") != self.user_id
        ]
        direct = channel.kind is Kind.IM
        mentions = fresh if direct else [body for body in fresh if self._pinged(body)]
        return {
            "id": channel.id,
            "name": channel.name,
            "is_im": direct,
            "is_private": channel.kind is not Kind.PUBLIC,
            "is_archived": channel.is_archived,
            "is_member": self.user_id in channel.members,
            "user": self.sandbox.workspace.app.user_id if direct else None,
            "members": len(channel.members),
            "unread": len(fresh),
            "mentions": len(mentions),
            "latest": next(reversed(channel.posts), None),
        }

    def _pinged(self, body: Json) -> bool:
        groups = self.sandbox.workspace.groups.values()
        mine = frozenset(group["id"] for group in groups if self.user_id in group["users"])
        return pings(body, self.user_id, mine)


def _belongs(post: Post, thread_ts: str | None) -> bool:
    if thread_ts is None:
        return post.in_channel
    return post.ts == thread_ts or post.body.get("thread_ts") == thread_ts
