"""files.*: uploading in three steps, and looking one up."""

import asyncio
import json

from sandbox.storage_room import StorageRoom
from sandbox.web_api.call import Call
from sandbox.web_api.chat import bot_message
from sandbox.wire import Json, RefusalError
from sandbox.workspace import Channel, StoredFile

MOST_CHANNELS = 100
SHARED_AFTER_S = 0.02  # the share message comes later, as its own event (SLACK.md 2.2)


async def get_upload_url(call: Call) -> Json:
    """Give an address to post the bytes to."""
    name, length = call.text("filename"), call.number("length", 0)
    if length < 1:
        raise RefusalError("invalid_arguments")
    if len(call.maybe("alt_txt") or "") > 1_000:
        raise RefusalError("alt_txt_too_large")
    room = StorageRoom(call.workspace, call.sandbox.address)
    stored = room.keep(name, b"", call.workspace.app.user_id)
    stored.body["size"] = length
    file_id = stored.body["id"]
    return {"upload_url": f"{call.sandbox.address}/upload/{file_id}", "file_id": file_id}


async def complete_upload(call: Call) -> Json:
    """Finish an upload and share it in a conversation if one is named."""
    given = call.args.get("files")
    if isinstance(given, str):
        given = json.loads(given)
    files = [_finished(call, each) for each in given or []]
    if not files:
        raise RefusalError("invalid_arguments")
    channels = call.names("channels") or [c for c in [call.maybe("channel_id")] if c]
    if len(channels) > MOST_CHANNELS:
        raise RefusalError("invalid_arguments")
    for channel_id in channels:
        _share(call, call.workspace.for_bot(channel_id), files)
    return {"files": [{"id": f.body["id"], "title": f.body["title"]} for f in files]}


async def info(call: Call) -> Json:
    """Describe a file the app may see."""
    stored = call.workspace.files.get(call.text("file"))
    room = StorageRoom(call.workspace, call.sandbox.address)
    if stored is None or not room.bot_may_read(stored):
        raise RefusalError("file_not_found")
    return {"file": stored.body | {"channels": sorted(stored.channels)}}


def _finished(call: Call, given: Json) -> StoredFile:
    stored = call.workspace.files.get(str(given.get("id")))
    if stored is None or not stored.content:
        raise RefusalError("file_not_found")
    stored.body["title"] = given.get("title") or stored.body["name"]
    return stored


def _share(call: Call, channel: Channel, files: list[StoredFile]) -> None:
    if call.workspace.app.user_id not in channel.members:
        raise RefusalError("not_in_channel")
    if channel.is_archived:
        raise RefusalError("is_archived")
    for stored in files:
        stored.channels.add(channel.id)
    body = bot_message(call.workspace) | {
        "subtype": "file_share",
        "text": call.maybe("initial_comment") or "",
        "files": [stored.body for stored in files],
        "upload": True,
    }
    if thread_ts := call.maybe("thread_ts"):
        body["thread_ts"] = thread_ts
    post = call.sandbox.rooms.post
    asyncio.get_running_loop().call_later(SHARED_AFTER_S, lambda: post(channel, body))
