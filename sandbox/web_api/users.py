"""users.* and usergroups.*: who there is."""

from sandbox.faces import user_object
from sandbox.web_api.call import Call
from sandbox.web_api.paging import page
from sandbox.wire import Json, RefusalError


async def list_all(call: Call) -> Json:
    """List everybody, those who left included."""
    shown, metadata = page(call, list(call.workspace.people.values()))
    with_locale = call.flag("include_locale")
    members = [user_object(call.workspace, person, with_locale=with_locale) for person in shown]
    now = int(call.workspace.clock.now())
    return {"members": members, "cache_ts": now, "response_metadata": metadata}


async def info(call: Call) -> Json:
    """Describe one person."""
    person = call.workspace.person(call.text("user"))
    with_locale = call.flag("include_locale")
    return {"user": user_object(call.workspace, person, with_locale=with_locale)}


async def lookup_by_email(call: Call) -> Json:
    """Find a person by address."""
    wanted = call.text("email").lower()
    for person in call.workspace.humans():
        if person.email.lower() == wanted:
            return {"user": user_object(call.workspace, person)}
    raise RefusalError("users_not_found")


async def groups(call: Call) -> Json:
    """List the user groups."""
    with_users = call.flag("include_users")
    bodies = [_group(call, group, with_users=with_users) for group in _known(call)]
    return {"usergroups": bodies}


async def group_users(call: Call) -> Json:
    """List who is in a user group."""
    group = call.workspace.groups.get(call.text("usergroup"))
    if group is None:
        raise RefusalError("no_such_subteam")
    return {"users": list(group["users"])}


def _known(call: Call) -> list[Json]:
    return list(call.workspace.groups.values())


def _group(call: Call, group: Json, *, with_users: bool) -> Json:
    body: Json = {
        "id": group["id"],
        "team_id": call.workspace.team["id"],
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.get("name", group["handle"]),
        "handle": group["handle"],
        "description": "",
        "date_delete": 0,
        "user_count": len(group["users"]),
    }
    return body | ({"users": list(group["users"])} if with_users else {})
