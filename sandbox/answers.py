"""Messages that answer an interaction: in the acknowledgement, or by a response URL."""

import json
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox.limits.messages import checked_attachments, checked_blocks
from sandbox.normal import normal_text, with_ids
from sandbox.sandbox import Sandbox
from sandbox.traffic import Kind
from sandbox.triggers import ResponseUrl
from sandbox.web_api.chat import bot_message
from sandbox.wire import Json, RefusalError
from sandbox.workspace import Channel, Post


@dataclass(frozen=True, slots=True)
class Answers:
    """Shows answers to one person or in the channel."""

    sandbox: Sandbox

    def show(self, given: Json, channel: Channel, user_id: str) -> None:
        """Show a new message; ephemeral unless `response_type` is `in_channel`."""
        body = bot_message(self.sandbox.workspace) | self._content(given)
        if given.get("thread_ts"):
            body["thread_ts"] = given["thread_ts"]
        if given.get("response_type") == "in_channel":
            self.sandbox.rooms.post(channel, body)
        else:
            self.sandbox.rooms.whisper(channel, user_id, body)

    async def endpoint(self, request: Request) -> Response:
        """Take what the app posts to a response URL."""
        given: Json = json.loads(await request.body() or b"{}")
        error = None
        try:
            self._respond(str(request.path_params["key"]), given)
        except RefusalError as refusal:
            error = refusal.error
        self._note(given, error)
        if error is None:
            return PlainTextResponse("ok")
        status = 404 if error in {"used_url", "expired_url", "invalid_url"} else 400
        return JSONResponse({"ok": False, "error": error}, status_code=status)

    def _respond(self, key: str, given: Json) -> None:
        url = self.sandbox.triggers.respond(key)
        channel = self.sandbox.workspace.channel(url.channel_id)
        post = self._original(channel, url)
        if given.get("delete_original"):
            self._delete(channel, post)
        elif given.get("replace_original") and post is not None:
            self._replace(channel, post, given)
        else:
            self.show(given, channel, url.user_id)

    def _original(self, channel: Channel, url: ResponseUrl) -> Post | None:
        ts = url.message_ts or ""
        return channel.posts.get(ts) or channel.ephemerals.get(ts)

    def _delete(self, channel: Channel, post: Post | None) -> None:
        if post is None:
            raise RefusalError("message_not_found")
        if post.only_for:
            self.sandbox.rooms.rewrite_whisper(channel, post, None)
        else:
            self.sandbox.rooms.delete(channel, post)

    def _replace(self, channel: Channel, post: Post, given: Json) -> None:
        changes = {"blocks": [], **self._content(given)}
        if post.only_for:
            self.sandbox.rooms.rewrite_whisper(channel, post, changes)
        else:
            self.sandbox.rooms.change(channel, post, changes, editor=None)

    def _content(self, given: Json) -> Json:
        body: Json = {"text": normal_text(str(given.get("text") or ""))}
        if given.get("blocks"):
            body["blocks"] = with_ids(self.sandbox.workspace.ids, checked_blocks(given["blocks"]))
        if given.get("attachments"):
            body["attachments"] = checked_attachments(given["attachments"])
        if not body["text"].strip() and len(body) == 1:
            raise RefusalError("no_text")
        return body

    def _note(self, given: Json, error: str | None) -> None:
        clock, traffic = self.sandbox.workspace.clock, self.sandbox.traffic
        traffic.note(
            Kind.RESPONSE_URL,
            "respond",
            at=clock.now(),
            ok=error is None,
            error=error,
            request=given,
        )
