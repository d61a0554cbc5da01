"""What the page does for a person: one function per call of page_api.md."""

from collections.abc import Awaitable, Callable

from sandbox.hands import Hands, Target
from sandbox.sandbox import Sandbox
from sandbox.talk import Talk
from sandbox.wire import Json, RefusalError

Deed = Callable[[Sandbox, str, Json], Awaitable[Json]]


async def message(sandbox: Sandbox, user_id: str, given: Json) -> Json:
    """Post what was typed."""
    text = str(given.get("text") or "")
    if text.split(" ", maxsplit=1)[0] in sandbox.workspace.commands:
        raise RefusalError("use_command")
    talk = Talk(sandbox, user_id)
    post = talk.post(
        talk.channel(given["channel"]),
        text,
        thread_ts=given.get("thread_ts"),
        broadcast=bool(given.get("broadcast")),
        files=tuple(given.get("files") or ()),
    )
    return {"message": post.body}


async def edit(sandbox: Sandbox, user_id: str, given: Json) -> Json:
    """Change one's own message."""
    talk = Talk(sandbox, user_id)
    post = talk.edit(talk.channel(given["channel"]), given["ts"], str(given["text"]))
    return {"message": post.body}


async def delete(sandbox: Sandbox, user_id: str, given: Json) -> Json:
    """Delete one's own message."""
    talk = Talk(sandbox, user_id)
    talk.delete(talk.channel(given["channel"]), given["ts"])
    return {}


async def dismiss(sandbox: Sandbox, user_id: str, given: Json) -> Json:
    """Put an ephemeral message away."""
    talk = Talk(sandbox, user_id)
    talk.dismiss(talk.channel(given["channel"]), given["ts"])
    return {}


async def command(sandbox: Sandbox, user_id: str, given: Json) -> Json:
    """Send a slash command."""
    channel = Talk(sandbox, user_id).channel(given["channel"])
    text = str(given.get("text") or "")
    await Hands(sandbox, user_id).command(str(given["command"]), text, channel)
    return {}


async def action(sandbox: Sandbox, user_id: str, given: Json) -> Json:
    """Press a button or change an element."""
    target = _target(sandbox, user_id, given)
    block_id, action_id = given.get("block_id"), str(given["action_id"])
    await Hands(sandbox, user_id).act(target, block_id, action_id, given.get("value"))
    return {}


async def options(sandbox: Sandbox, user_id: str, given: Json) -> Json:
    """Ask for suggestions."""
    target = _target(sandbox, user_id, given)
    block_id, action_id = given.get("block_id"), str(given["action_id"])
    typed = str(given.get("typed") or "")
    return await Hands(sandbox, user_id).options(target, block_id, action_id, typed)


async def submit(sandbox: Sandbox, user_id: str, given: Json) -> Json:
    """Send a form."""
    view = sandbox.views.find(user_id, str(given["view_id"]))
    sandbox.views.fill(view, given.get("values") or {})
    done = await Hands(sandbox, user_id).submit(view)
    return {"response_action": done, "views": sandbox.views.bodies(user_id)}


async def close(sandbox: Sandbox, user_id: str, given: Json) -> Json:
    """Put a form away."""
    view = sandbox.views.find(user_id, str(given["view_id"]))
    await Hands(sandbox, user_id).close(view, everything=bool(given.get("all")))
    return {"views": sandbox.views.bodies(user_id)}


async def home(sandbox: Sandbox, user_id: str, given: Json) -> Json:
    """Open the app's page."""
    view = sandbox.views.home(user_id)
    body = view.body if view else None
    sandbox.events.home(user_id, str(given.get("tab") or "home"), body)
    return {"home": body}


async def read(sandbox: Sandbox, user_id: str, given: Json) -> Json:
    """Note how far somebody has read."""
    talk = Talk(sandbox, user_id)
    talk.read(talk.channel(given["channel"]), given.get("ts"))
    return {}


async def join(sandbox: Sandbox, user_id: str, given: Json) -> Json:
    """Join a public channel."""
    sandbox.rooms.join(Talk(sandbox, user_id).channel(given["channel"]), user_id)
    return {}


async def leave(sandbox: Sandbox, user_id: str, given: Json) -> Json:
    """Leave a channel."""
    sandbox.rooms.leave(Talk(sandbox, user_id).channel(given["channel"]), user_id)
    return {}


DEEDS: dict[str, Deed] = {
    "message": message,
    "edit": edit,
    "delete": delete,
    "dismiss": dismiss,
    "command": command,
    "action": action,
    "options": options,
    "submit": submit,
    "close": close,
    "home": home,
    "read": read,
    "join": join,
    "leave": leave,
}


def _target(sandbox: Sandbox, user_id: str, given: Json) -> Target:
    if given.get("view_id"):
        view = sandbox.views.find(user_id, str(given["view_id"]))
        sandbox.views.fill(view, given.get("values") or {})
        return view
    talk = Talk(sandbox, user_id)
    channel = talk.channel(str(given["channel"]))
    return channel, talk.message(channel, str(given["ts"]))
