"""How people, channels and the bot look in Slack's JSON."""

from sandbox.wire import Json
from sandbox.workspace import Channel, Kind, Person, Workspace


def user_object(workspace: Workspace, person: Person, *, with_locale: bool = False) -> Json:
    """Give a user object as `users.info` does; e-mail only with its scope."""
    profile: Json = {
        "real_name": person.real_name,
        "display_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name_normalized": person.real_name,
        "team": workspace.team["id"],
        "status_text": "",
        "status_emoji": "",
    }
    if person.email and "users:read.email" in workspace.app.scopes:
        profile["email"] = person.email
    user: Json = {
        "id": person.id,
        "team_id": workspace.team["id"],
        "name": person.name,
        "deleted": person.deleted,
        "profile": profile,
        "is_bot": person.is_bot,
        "updated": person.updated,
    }
    if not person.deleted:
        user |= {
            "color": person.color,
            "real_name": person.real_name,
            "tz": person.tz,
            "tz_label": person.tz,
            "tz_offset": 0,
            "is_admin": person.is_admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "is_app_user": False,
        }
    if with_locale and not person.deleted:
        user["locale"] = person.locale
    return user


def channel_object(workspace: Workspace, channel: Channel, *, members: bool = False) -> Json:
    """Give a conversation object as `conversations.info` does."""
    if channel.kind is Kind.IM:
        return _direct_object(workspace, channel)
    body: Json = {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind is Kind.PUBLIC,
        "is_group": channel.kind is Kind.PRIVATE,
        "is_im": False,
        "is_mpim": channel.kind is Kind.MPIM,
        "is_private": channel.kind is not Kind.PUBLIC,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_general": False,
        "is_member": workspace.app.user_id in channel.members,
        "creator": channel.members[0] if channel.members else workspace.app.user_id,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "context_team_id": workspace.team["id"],
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "previous_names": [],
    }
    if members:
        body["num_members"] = len(channel.members)
    return body


def _direct_object(workspace: Workspace, channel: Channel) -> Json:
    return {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": workspace.team["id"],
        "user": channel.user,
        "is_user_deleted": bool(channel.user and workspace.people[channel.user].deleted),
    }


def bot_profile(workspace: Workspace) -> Json:
    """Give the `bot_profile` that stands on the bot's messages."""
    app = workspace.app
    return {
        "id": app.bot_id,
        "app_id": app.app_id,
        "user_id": app.user_id,
        "name": app.name,
        "icons": {},
        "deleted": False,
        "updated": 0,
        "team_id": workspace.team["id"],
    }


def user_stub(workspace: Workspace, person: Person) -> Json:
    """Give the `user` part of an interactive payload."""
    return {
        "id": person.id,
        "username": person.name,
        "name": person.name,
        "team_id": workspace.team["id"],
    }
