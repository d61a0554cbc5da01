"""reactions.add."""

from sandbox.web_api.call import Call
from sandbox.wire import Json, RefusalError


async def add(call: Call) -> Json:
    """Put the bot's reaction on a message."""
    channel = call.channel()
    post = call.sandbox.rooms.find(channel, call.text("timestamp"))
    name, bot = call.text("name").strip(":"), call.workspace.app.user_id
    reactions: list[Json] = post.body.setdefault("reactions", [])
    reaction = next((r for r in reactions if r["name"] == name), None)
    if reaction is None:
        reaction = {"name": name, "users": [], "count": 0}
        reactions.append(reaction)
    if bot in reaction["users"]:
        raise RefusalError("already_reacted")
    reaction["users"].append(bot)
    reaction["count"] = len(reaction["users"])
    post.changed()
    event = {"type": "changed", "channel": channel.id, "message": post.body}
    call.sandbox.stream.tell(event, to=call.sandbox.rooms.audience(channel))
    return {}
