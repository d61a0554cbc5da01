"""Puts a kept state into a freshly built workspace: what was changed stays, what the file says now is added."""

import base64
from dataclasses import dataclass, fields

from sandbox.blueprint import build
from sandbox.sandbox import Sandbox
from sandbox.state import FORMAT, VERSION
from sandbox.wire import Json
from sandbox.workspace import Channel, Kind, Person, Post, StoredFile, Workspace

ID_LEAP = 0x10000  # over the identifiers that a killed sandbox handed out after its last write
_OWN = {"id", "color", "updated", "is_bot"}  # of a person: never the workspace file's to change


class ForeignStateError(Exception):
    """A state that is not this workspace's; its text says why."""


def revive(sandbox: Sandbox, state: Json) -> None:
    """Put a state back. Raises ForeignStateError, or KeyError, TypeError, ValueError for a damaged one."""
    head = state["workspace"]
    _require_own(sandbox.workspace, head)
    revival = Revival(sandbox, then=build(head["plan"]), state=state)
    revival.people()
    revival.files()
    revival.channels()
    revival.rest()


def _require_own(workspace: Workspace, head: Json) -> None:
    if head["format"] != FORMAT:
        raise ForeignStateError("it is no sandbox's state")
    if head["version"] != VERSION:
        raise ForeignStateError(
            f"it is of version {head['version']}, this sandbox writes {VERSION}"
        )
    if (head["team"], head["bot"]) != (workspace.team["id"], workspace.app.user_id):
        raise ForeignStateError("it belongs to another workspace")


@dataclass(frozen=True, slots=True)
class Revival:
    """One state being put back; `then` is what the workspace file said when it was written."""

    sandbox: Sandbox
    then: Workspace
    state: Json

    @property
    def _now(self) -> Workspace:
        return self.sandbox.workspace

    @property
    def _head(self) -> Json:
        head: Json = self.state["workspace"]
        return head

    def people(self) -> None:
        """Bring back what changed of people, and those who came later or left something behind."""
        kept = [Person(**entry) for entry in self._head["people"]]
        missed = self._left_something()
        for person in kept:
            planned, present = self.then.people.get(person.id), self._now.people.get(person.id)
            if present and planned:
                _take_changes(person, planned, present)
            elif present is None and (planned is None or person.id in missed):
                self._now.people[person.id] = person

    def _left_something(self) -> set[str]:
        posts = [post["body"] for posts in self.state["posts"].values() for post in posts]
        files = [entry["body"] for entry in self._head["files"]]
        direct = [c["user"] for c in self._head["channels"] if c["id"] in self.state["posts"]]
        return {str(body.get("user")) for body in (*posts, *files)} | {*map(str, direct)}

    def files(self) -> None:
        """Bring back every file."""
        for entry in self._head["files"]:
            content = base64.b64decode(self.state["contents"][entry["body"]["id"]])
            stored = StoredFile(
                entry["body"], content, set(entry["channels"]), entry["given_to_app"]
            )
            self._now.files[stored.body["id"]] = stored

    def channels(self) -> None:
        """Bring back conversations: changed, opened, joined, left, deleted, and what was said."""
        for channel in [c for c in self._now.channels.values() if c.kind is Kind.IM]:
            del self._now.channels[channel.id]
        kept = [self._channel(entry) for entry in self._head["channels"]]
        for channel in kept:
            self._put_back(channel)
        for channel_id in self.then.channels.keys() - {channel.id for channel in kept}:
            self._now.channels.pop(channel_id, None)
        for channel in self._now.channels.values():
            channel.members = [m for m in channel.members if m in self._now.people]

    def _channel(self, entry: Json) -> Channel:
        channel = Channel(**entry | {"kind": Kind(entry["kind"])})
        for kept in self.state["posts"].get(channel.id, []):
            post = Post(kept["body"], kept["seen_from"], kept["values"])
            if files := post.body.get("files"):
                # The message shows the very file, so that a new title shows in it.
                known = self._now.files
                post.body["files"] = [known[f["id"]].body if f["id"] in known else f for f in files]
            channel.posts[post.ts] = post
        return channel

    def _put_back(self, channel: Channel) -> None:
        planned, present = self.then.channels.get(channel.id), self._now.channels.get(channel.id)
        if present:
            _take_channel(channel, planned or channel, present)
            return
        wanted = planned is None or channel.kind is Kind.IM or bool(channel.posts)
        if wanted and (channel.user is None or channel.user in self._now.people):
            self._now.channels[channel.id] = channel

    def rest(self) -> None:
        """Bring back the clock, the counters and the home pages; open new people's messages."""
        clock = self._head["clock"]
        self._now.clock.resume(float(clock["offset"]), int(clock["last_stamp"]))
        self._now.ids.last = int(self._head["last_id"]) + ID_LEAP
        for user_id, body in self._head["homes"].items():
            if user_id in self._now.people:
                self.sandbox.views.put_back(user_id, body)
        for human in list(self._now.humans()):
            self._now.direct(human.id)


def _take_changes(kept: Person, planned: Person, present: Person) -> None:
    for name in (each.name for each in fields(Person)):
        if name in _OWN or getattr(kept, name) != getattr(planned, name):
            setattr(present, name, getattr(kept, name))


def _take_channel(kept: Channel, planned: Channel, present: Channel) -> None:
    present.created, present.last_read, present.posts = kept.created, kept.last_read, kept.posts
    if kept.name != planned.name:
        present.name = kept.name
    if kept.is_archived != planned.is_archived:
        present.is_archived = kept.is_archived
    came = [m for m in kept.members if m not in planned.members]
    left = {m for m in planned.members if m not in kept.members}
    stayed = [m for m in present.members if m not in left]
    present.members = stayed + [m for m in came if m not in stayed]
