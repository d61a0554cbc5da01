"""conversations.*: what channels there are, who is in them, what was said."""

from sandbox.faces import channel_object
from sandbox.scopes import HISTORY, OPEN, READ
from sandbox.web_api.call import Call
from sandbox.web_api.paging import page
from sandbox.wire import Json, RefusalError
from sandbox.workspace import Channel, Kind, Post

MOST_USERS = 8  # SLACK.md 2.2


async def list_all(call: Call) -> Json:
    """List the conversations the bot may know of."""
    found = [c for c in _of_types(call) if call.workspace.bot_sees(c)]
    return _listed(call, found)


async def of_user(call: Call) -> Json:
    """List the conversations a person (default: the bot) is in."""
    user_id = call.maybe("user") or call.workspace.app.user_id
    call.workspace.person(user_id)
    seen = (c for c in _of_types(call) if call.workspace.bot_sees(c))
    return _listed(call, [c for c in seen if user_id in c.members])


async def info(call: Call) -> Json:
    """Describe one conversation."""
    channel = call.channel()
    call.need(READ[channel.kind])
    members = call.flag("include_num_members")
    return {"channel": channel_object(call.workspace, channel, members=members)}


async def members(call: Call) -> Json:
    """List who is in a conversation."""
    channel = call.channel()
    call.need(READ[channel.kind])
    shown, metadata = page(call, channel.members)
    return {"members": shown, "response_metadata": metadata}


async def history(call: Call) -> Json:
    """List a conversation's messages, newest first, replies left out."""
    channel = _readable(call)
    posts = [p for p in _seen(call, channel) if p.in_channel and _within(call, p)]
    shown, metadata = page(call, posts[::-1])
    return _messages(call, shown, metadata) | {"pin_count": 0}


async def replies(call: Call) -> Json:
    """List a thread, the parent first; `ts` of a reply gives that reply alone."""
    channel = _readable(call)
    ts = call.text("ts")
    parent = channel.posts.get(ts)
    if parent is None:
        raise RefusalError("thread_not_found")
    seen = {post.ts for post in _seen(call, channel)}
    posts = [p for p in channel.replies(ts) if p.ts in seen and _within(call, p)]
    shown, metadata = page(call, [parent, *posts], default=1_000)
    return _messages(call, shown, metadata)


async def open_direct(call: Call) -> Json:
    """Open a direct message with one person or several, or the one given by id."""
    channel = call.channel() if call.maybe("channel") else _opened(call, call.names("users"))
    body: Json = {"id": channel.id}
    if call.flag("return_im"):
        body = channel_object(call.workspace, channel)
    return {"channel": body}


async def join(call: Call) -> Json:
    """Make the bot a member of a public channel."""
    channel = call.channel()
    if channel.kind is not Kind.PUBLIC:
        raise RefusalError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise RefusalError("is_archived")
    call.sandbox.rooms.join(channel, call.workspace.app.user_id)
    return {"channel": channel_object(call.workspace, channel)}


def _of_types(call: Call) -> list[Channel]:
    types = call.names("types") or [Kind.PUBLIC]
    for kind in types:
        if kind not in READ:
            raise RefusalError("invalid_types")
        call.need(READ[kind])
    hidden = call.flag("exclude_archived")
    found = (c for c in call.workspace.channels.values() if c.kind in types)
    return [channel for channel in found if not (hidden and channel.is_archived)]


def _listed(call: Call, channels: list[Channel]) -> Json:
    shown, metadata = page(call, channels)
    bodies = [channel_object(call.workspace, channel, members=True) for channel in shown]
    return {"channels": bodies, "response_metadata": metadata}


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.need(HISTORY[channel.kind])
    if call.workspace.app.user_id not in channel.members:
        raise RefusalError("not_in_channel")
    return channel


def _seen(call: Call, channel: Channel) -> list[Post]:
    now = call.workspace.clock.real()
    return [post for post in channel.posts.values() if post.seen_from <= now]


def _within(call: Call, post: Post) -> bool:
    oldest, latest = call.maybe("oldest") or "0", call.maybe("latest") or "9999999999"
    if call.flag("inclusive"):
        return float(oldest) <= float(post.ts) <= float(latest)
    return float(oldest) < float(post.ts) < float(latest)


def _messages(call: Call, posts: list[Post], metadata: Json) -> Json:
    with_metadata = call.flag("include_all_metadata")
    bodies = [
        {key: value for key, value in post.body.items() if with_metadata or key != "metadata"}
        for post in posts
    ]
    more = bool(metadata["next_cursor"])
    answer: Json = {"messages": bodies, "has_more": more}
    return answer | ({"response_metadata": metadata} if more else {})


def _opened(call: Call, users: list[str]) -> Channel:
    if not users:
        raise RefusalError("users_list_not_supplied")
    if len(users) > MOST_USERS:
        raise RefusalError("too_many_users")
    people = [call.workspace.person(user_id) for user_id in users]
    if any(person.deleted for person in people):
        raise RefusalError("user_disabled")
    if any(person.is_bot for person in people):
        raise RefusalError("cannot_dm_bot")
    call.need(OPEN["im" if len(users) == 1 else "mpim"])
    if len(users) == 1:
        return call.workspace.direct(users[0])
    return _group(call, users)


def _group(call: Call, users: list[str]) -> Channel:
    everyone = {*users, call.workspace.app.user_id}
    for channel in call.workspace.channels.values():
        if channel.kind is Kind.MPIM and set(channel.members) == everyone:
            return channel
    names = "--".join(sorted(call.workspace.people[user].name for user in users))
    new_id = call.workspace.ids.next("G")
    channel = Channel(new_id, f"mpdm-{names}-1", Kind.MPIM, sorted(everyone), 0)
    return call.workspace.add_channel(channel)
