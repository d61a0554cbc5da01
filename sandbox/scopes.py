"""Which scope a Web API method or an event needs (SLACK.md 2.3)."""

METHOD_SCOPES: dict[str, str] = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "conversations.join": "channels:join",
    "users.list": "users:read",
    "users.info": "users:read",
    "bots.info": "users:read",
    "usergroups.list": "usergroups:read",
    "usergroups.users.list": "usergroups:read",
    "team.info": "team:read",
    "reactions.add": "reactions:write",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.info": "files:read",
    "users.lookupByEmail": "users:read.email",
}

READ = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}
HISTORY = {
    "public_channel": "channels:history",
    "private_channel": "groups:history",
    "im": "im:history",
    "mpim": "mpim:history",
}
OPEN = {"im": "im:write", "mpim": "mpim:write"}

EVENTS: dict[str, str | None] = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "app_mention": "app_mentions:read",
    "app_home_opened": None,
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_rename": "channels:read",
    "channel_created": "channels:read",
    "channel_left": "channels:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "group_deleted": "groups:read",
    "group_rename": "groups:read",
    "group_left": "groups:read",
    "user_change": "users:read",
    "team_join": "users:read",
    "file_shared": "files:read",
    "reaction_added": "reactions:read",
    "subteam_members_changed": "usergroups:read",
    "tokens_revoked": None,
    "app_uninstalled": None,
}

SCOPES = frozenset(
    {
        *METHOD_SCOPES.values(),
        *READ.values(),
        *HISTORY.values(),
        *OPEN.values(),
        *(scope for scope in EVENTS.values() if scope),
        "chat:write.public",
        "chat:write.customize",
        "commands",
    }
) - {"chat:write.public", "chat:write.customize"}  # granted only when asked for
