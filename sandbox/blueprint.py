"""Reads the workspace file (page_api.md) into a fresh workspace."""

from sandbox.clock import SandboxClock
from sandbox.wire import Json
from sandbox.workspace import App, Channel, Command, Kind, Person, Workspace


def build(plan: Json) -> Workspace:
    """Make the workspace that a file describes."""
    team = {"id": "T0DESK", "name": "Desk", "domain": "desk", **plan.get("team", {})}
    workspace = Workspace(team=team, app=_app(plan), clock=SandboxClock(plan.get("start_at")))
    app = workspace.app
    workspace.add_person(Person(app.user_id, app.name, app.name, is_bot=True))
    for user in plan.get("users", []):
        workspace.add_person(person_from(user))
    for group in plan.get("groups", []):
        workspace.groups[group["id"]] = {"handle": group["id"].lower(), "users": [], **group}
    for channel in plan.get("channels", []):
        _add_channel(workspace, channel)
    for command in plan.get("commands", []):
        _add_command(workspace, command, should_escape=plan.get("should_escape", True))
    for human in list(workspace.humans()):
        workspace.direct(human.id)
    return workspace


def person_from(user: Json) -> Person:
    """Read one person of the file."""
    name: str = user.get("name") or user["id"].lower()
    return Person(
        id=user["id"],
        name=name,
        real_name=user.get("real_name", name),
        locale=user.get("locale", "en-US"),
        tz=user.get("tz", "Etc/UTC"),
        email=user.get("email", f"{name}@example.com"),
        is_admin=user.get("is_admin", False),
        is_bot=user.get("is_bot", False),
        deleted=user.get("deleted", False),
    )


def _app(plan: Json) -> App:
    bot, tokens, standard = plan.get("bot", {}), plan.get("tokens", {}), App()
    return App(
        user_id=bot.get("user_id", standard.user_id),
        bot_id=bot.get("bot_id", standard.bot_id),
        app_id=bot.get("app_id", standard.app_id),
        name=bot.get("name", standard.name),
        scopes=list(bot.get("scopes", standard.scopes)),
        events=list(bot.get("events", standard.events)),
        bot_token=tokens.get("bot", standard.bot_token),
        app_token=tokens.get("app", standard.app_token),
        signing_secret=tokens.get("signing_secret", standard.signing_secret),
        request_url=plan.get("request_url"),
    )


def _add_channel(workspace: Workspace, given: Json) -> None:
    members = list(given.get("members", [human.id for human in workspace.humans()]))
    if given.get("bot_is_member", True):
        members.append(workspace.app.user_id)
    kind = Kind.PRIVATE if given.get("is_private") else Kind.PUBLIC
    name = given["name"].removeprefix("#")
    workspace.add_channel(Channel(given["id"], name, kind, members, 0))


def _add_command(workspace: Workspace, given: Json | str, *, should_escape: bool) -> None:
    plain: Json = {"command": given} if isinstance(given, str) else given
    command = Command(
        command=plain["command"],
        description=plain.get("description", ""),
        usage_hint=plain.get("usage_hint", ""),
        should_escape=plain.get("should_escape", should_escape),
    )
    workspace.commands[command.command] = command
