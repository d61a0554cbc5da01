"""What a person says: posting, editing, deleting, reading, joining."""

import uuid
from dataclasses import dataclass

from sandbox.sandbox import Sandbox
from sandbox.typed import message_text, typed_blocks
from sandbox.wire import Json, RefusalError
from sandbox.workspace import Channel, Kind, Post

LONGEST_MESSAGE = 40_000


@dataclass(frozen=True, slots=True)
class Talk:
    """One person's messages."""

    sandbox: Sandbox
    user_id: str

    def channel(self, channel_id: str) -> Channel:
        """Find a conversation this person may see; raises `channel_not_found`."""
        channel = self.sandbox.workspace.channel(channel_id)
        if not self.sees(channel):
            raise RefusalError("channel_not_found")
        return channel

    def sees(self, channel: Channel) -> bool:
        """Tell whether this person may see a conversation."""
        return channel.kind is Kind.PUBLIC or self.user_id in channel.members

    def message(self, channel: Channel, ts: str) -> Post:
        """Find a message shown to this person; raises `message_not_found`."""
        whisper = channel.ephemerals.get(ts)
        if whisper is not None and whisper.only_for == self.user_id:
            return whisper
        return self.sandbox.rooms.find(channel, ts)

    def post(
        self,
        channel: Channel,
        text: str,
        *,
        thread_ts: str | None = None,
        broadcast: bool = False,
        files: tuple[str, ...] = (),
    ) -> Post:
        """Post what was typed, with files."""
        self._require_open(channel)
        if not text.strip() and not files:
            raise RefusalError("no_text")
        if len(text) > LONGEST_MESSAGE:
            raise RefusalError("msg_too_long")
        if thread_ts and thread_ts not in channel.posts:
            raise RefusalError("message_not_found")
        body = self._body(text)
        if thread_ts:
            body["thread_ts"] = thread_ts
            if broadcast:
                body["subtype"] = "thread_broadcast"
        if files:
            body |= {"subtype": "file_share", "files": self._files(channel, files)}
            body |= {"upload": False, "display_as_bot": False}
        post = self.sandbox.rooms.post(channel, body)
        for file_id in files:
            self.sandbox.events.file(channel, file_id, self.user_id)
        return post

    def edit(self, channel: Channel, ts: str, text: str) -> Post:
        """Change one's own message."""
        post = self._own(channel, ts, "cant_update_message")
        if not text.strip():
            raise RefusalError("no_text")
        body = self._body(text)
        changes = {"text": body["text"], "blocks": body["blocks"]}
        self.sandbox.rooms.change(channel, post, changes, self.user_id)
        return post

    def delete(self, channel: Channel, ts: str) -> None:
        """Delete one's own message."""
        self.sandbox.rooms.delete(channel, self._own(channel, ts, "cant_delete_message"))

    def dismiss(self, channel: Channel, ts: str) -> None:
        """Put away a message that only this person sees."""
        post = self.message(channel, ts)
        if post.only_for:
            self.sandbox.rooms.rewrite_whisper(channel, post, None)

    def read(self, channel: Channel, ts: str | None) -> None:
        """Note how far this person has read."""
        newest = next(reversed(channel.posts), "0")
        channel.last_read[self.user_id] = ts or newest

    def _body(self, text: str) -> Json:
        workspace = self.sandbox.workspace
        return {
            "user": self.user_id,
            "client_msg_id": str(uuid.uuid4()),
            "team": workspace.team["id"],
            "text": message_text(workspace, text),
            "blocks": typed_blocks(workspace, text) if text else [],
        }

    def _files(self, channel: Channel, files: tuple[str, ...]) -> list[Json]:
        bodies: list[Json] = []
        for file_id in files:
            stored = self.sandbox.workspace.files.get(file_id)
            if stored is None or stored.body["user"] != self.user_id:
                raise RefusalError("file_not_found")
            stored.channels.add(channel.id)
            bodies.append(stored.body)
        return bodies

    def _own(self, channel: Channel, ts: str, error: str) -> Post:
        post = self.sandbox.rooms.find(channel, ts)
        if post.body.get("user") != self.user_id:
            raise RefusalError(error)
        return post

    def _require_open(self, channel: Channel) -> None:
        if channel.is_archived:
            raise RefusalError("is_archived")
        if self.user_id not in channel.members:
            raise RefusalError("not_in_channel")
