"""What of a sandbox outlives it, as JSON: each message is encoded once, until it changes."""

import base64
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from sandbox.sandbox import Sandbox
from sandbox.wire import Json
from sandbox.workspace import Channel, Post, StoredFile

FORMAT, VERSION = "deskbot sandbox", 1


@dataclass(slots=True)
class State:
    """The state file's text, in parts that a thread may write while the sandbox goes on.

    `plan` is the workspace file that the sandbox was built from.
    """

    sandbox: Sandbox
    plan: Json
    _head: str = ""
    _count: int = 0
    _contents: dict[str, tuple[bytes, str]] = field(default_factory=dict)  # encoded once each

    def renewed(self) -> list[str] | None:
        """Give the text if anything changed since the last call."""
        head, count = _encoded(self._small()), sum(len(c.posts) for c in self._channels())
        fresh = self._encode_posts()
        if not fresh and (head, count) == (self._head, self._count):
            return None
        self._head, self._count = head, count
        return list(self._parts())

    def lost(self) -> None:
        """Note that the text given last did not reach the file."""
        self._head = ""

    def whole(self) -> list[str]:
        """Give the text with every message encoded anew."""
        for channel in self._channels():
            for post in channel.posts.values():
                post.changed()
        self._encode_posts()
        self._head = _encoded(self._small())
        return list(self._parts())

    def _parts(self) -> Iterator[str]:
        yield f'{{"workspace": {self._head},\n"posts": {{'
        for place, channel in enumerate(c for c in self._channels() if c.posts):
            yield f'{"," if place else ""}\n"{channel.id}": ['
            for nth, post in enumerate(channel.posts.values()):
                yield ",\n" if nth else "\n"
                yield post.encoded or ""
            yield "]"
        yield "},\n"
        yield f'"contents": {_encoded(dict(self._encoded_contents()))}}}\n'

    def _small(self) -> Json:
        workspace = self.sandbox.workspace
        return {
            "format": FORMAT,
            "version": VERSION,
            "address": self.sandbox.address,
            "team": workspace.team["id"],
            "bot": workspace.app.user_id,
            # Its tokens open nothing but this sandbox; still they need not lie about twice.
            "plan": {key: value for key, value in self.plan.items() if key != "tokens"},
            "clock": {"offset": workspace.clock.offset, "last_stamp": workspace.clock.last_stamp},
            "last_id": workspace.ids.last,
            "people": [asdict(person) for person in workspace.people.values()],
            "channels": [_channel(channel) for channel in self._channels()],
            "files": [_file(stored) for stored in workspace.files.values()],
            "homes": {view.user_id: view.body for view in self.sandbox.views.homes()},
        }

    def _channels(self) -> list[Channel]:
        return list(self.sandbox.workspace.channels.values())

    def _encode_posts(self) -> int:
        changed = [p for c in self._channels() for p in c.posts.values() if p.encoded is None]
        for post in changed:
            post.encoded = _encoded(_post(post))
        return len(changed)

    def _encoded_contents(self) -> Iterator[tuple[str, str]]:
        for file_id, stored in self.sandbox.workspace.files.items():
            known = self._contents.get(file_id)
            if known is None or known[0] is not stored.content:
                known = (stored.content, base64.b64encode(stored.content).decode())
                self._contents[file_id] = known
            yield file_id, known[1]


def _encoded(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _post(post: Post) -> Json:
    return {"body": post.body, "seen_from": post.seen_from, "values": post.values}


def _channel(channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "members": channel.members,
        "created": channel.created,
        "user": channel.user,
        "is_archived": channel.is_archived,
        "last_read": channel.last_read,
    }


def _file(stored: StoredFile) -> Json:
    return {
        "body": stored.body,
        "channels": sorted(stored.channels),
        "given_to_app": stored.given_to_app,
    }
