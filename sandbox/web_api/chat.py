"""chat.*: posting, changing, deleting, whispering, permalinks."""

from sandbox.faces import bot_profile
from sandbox.limits.messages import (
    LONGEST_TEXT,
    LONGEST_UPDATE,
    checked_attachments,
    checked_blocks,
    checked_metadata,
)
from sandbox.normal import normal_text, with_ids
from sandbox.web_api.call import Call
from sandbox.wire import Json, RefusalError
from sandbox.workspace import Channel, Kind, Post, Workspace


async def post_message(call: Call) -> Json:
    """Post as the bot."""
    channel = destination(call)
    body = bot_message(call.workspace) | content(call)
    _own_name(call, body)
    thread_ts = _thread(call, channel)
    if thread_ts:
        body["thread_ts"] = thread_ts
        if call.flag("reply_broadcast"):
            body["subtype"] = "thread_broadcast"
            body["root"] = {"ts": thread_ts, "type": "message"}
    if call.args.get("metadata") is not None:
        metadata, call.warnings[:] = checked_metadata(call.args["metadata"])
        body |= {"metadata": metadata} if metadata else {}
    post = call.sandbox.rooms.post(channel, body, seen_from=call.seen_from)
    return {"channel": channel.id, "ts": post.ts, "message": post.body}


async def post_ephemeral(call: Call) -> Json:
    """Show a message to one person in a conversation."""
    channel = destination(call)
    user_id = call.text("user")
    if user_id not in call.workspace.people or user_id not in channel.members:
        raise RefusalError("user_not_in_channel")
    body = bot_message(call.workspace) | content(call)
    if thread_ts := _thread(call, channel):
        body["thread_ts"] = thread_ts
    post = call.sandbox.rooms.whisper(channel, user_id, body)
    return {"message_ts": post.ts}


async def update(call: Call) -> Json:
    """Change one of the bot's own messages."""
    channel = _writable(call, call.channel(), archived="is_inactive")
    post = call.sandbox.rooms.find(channel, call.text("ts"))
    if post.body.get("bot_id") != call.workspace.app.bot_id:
        raise RefusalError("cant_update_message")
    if len(call.maybe("text") or "") > LONGEST_UPDATE:
        raise RefusalError("msg_too_long")
    changes = content(call)
    if call.maybe("text") is None and call.maybe("markdown_text") is None:
        del changes["text"]
    elif "blocks" not in changes:
        changes["blocks"] = None  # a new text without blocks takes the old blocks away
    if call.args.get("metadata") is not None:
        changes["metadata"], call.warnings[:] = checked_metadata(call.args["metadata"])
    known = {key: value for key, value in changes.items() if value is not None or key in post.body}
    editor = None if changes.get("blocks") else call.workspace.app.user_id
    call.sandbox.rooms.change(channel, post, known, editor)
    return {"channel": channel.id, "ts": post.ts, "text": post.body["text"], "message": post.body}


async def delete(call: Call) -> Json:
    """Delete one of the bot's own messages."""
    channel = call.channel()
    post = call.sandbox.rooms.find(channel, call.text("ts"))
    if post.body.get("bot_id") != call.workspace.app.bot_id:
        raise RefusalError("cant_delete_message")
    call.sandbox.rooms.delete(channel, post)
    return {"channel": channel.id, "ts": post.ts}


async def get_permalink(call: Call) -> Json:
    """Give the address of a message."""
    channel = call.channel()
    post = call.sandbox.rooms.find(channel, call.text("message_ts"))
    address = f"{call.sandbox.address}/archives/{channel.id}/p{post.ts.replace('.', '')}"
    if post.thread_ts:
        address += f"?thread_ts={post.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": address}


def destination(call: Call) -> Channel:
    """Give the conversation to post to: an id, a person's id, or a public channel's name."""
    workspace, wanted = call.workspace, call.text("channel")
    if wanted in workspace.people:
        if workspace.people[wanted].deleted or workspace.people[wanted].is_bot:
            raise RefusalError("channel_not_found")
        return workspace.direct(wanted)
    channel = workspace.channels.get(wanted) or workspace.channel_named(wanted)
    if channel is None or not workspace.bot_sees(channel):
        raise RefusalError("channel_not_found")
    return _writable(call, channel, archived="is_archived")


def bot_message(workspace: Workspace) -> Json:
    """Give the parts that all of the bot's messages have."""
    app = workspace.app
    return {
        "user": app.user_id,
        "bot_id": app.bot_id,
        "app_id": app.app_id,
        "team": workspace.team["id"],
        "bot_profile": bot_profile(workspace),
    }


def content(call: Call) -> Json:
    """Check and give text, blocks and attachments; raises `no_text` without any."""
    if call.args.get("markdown_text") is not None:
        return _markdown(call)
    body: Json = {}
    if call.args.get("blocks") not in (None, ""):
        body["blocks"] = with_ids(call.workspace.ids, checked_blocks(call.args["blocks"]))
    if call.args.get("attachments") not in (None, ""):
        body["attachments"] = checked_attachments(call.args["attachments"])
    text = call.maybe("text") or ""
    if not text.strip() and not body.get("blocks") and not body.get("attachments"):
        raise RefusalError("no_text")
    if len(text) > LONGEST_TEXT:
        text = text[:LONGEST_TEXT]
        call.warnings.append("message_truncated")
    body["text"] = normal_text(text)
    if not call.flag("mrkdwn", default=True):
        body["mrkdwn"] = False
    return body


def _markdown(call: Call) -> Json:
    if call.args.get("text") or call.args.get("blocks"):
        raise RefusalError("markdown_text_conflict")
    text = call.text("markdown_text")
    if len(text) > 12_000:
        raise RefusalError("msg_too_long")
    block = {"type": "markdown", "text": text}
    return {"text": normal_text(text), "blocks": with_ids(call.workspace.ids, [block])}


def _own_name(call: Call, body: Json) -> None:
    if any(call.args.get(name) for name in ("username", "icon_emoji", "icon_url")):
        call.need("chat:write.customize")
        body["username"] = call.maybe("username") or call.workspace.app.name


def _writable(call: Call, channel: Channel, *, archived: str) -> Channel:
    if channel.is_archived:
        raise RefusalError(archived)
    member = call.workspace.app.user_id in channel.members
    if not member and not (
        channel.kind is Kind.PUBLIC and "chat:write.public" in call.workspace.app.scopes
    ):
        raise RefusalError("not_in_channel")
    return channel


def _thread(call: Call, channel: Channel) -> str | None:
    thread_ts = call.maybe("thread_ts")
    if not thread_ts:
        return None
    parent: Post | None = channel.posts.get(thread_ts)
    if parent is None or parent.thread_ts:
        raise RefusalError("cannot_reply_to_message")
    return thread_ts
