"""Every Web API method this stand-in knows: the table of contents."""

from collections.abc import Awaitable, Callable

from sandbox.web_api import auth, chat, conversations, files, reactions, users, views
from sandbox.web_api.call import Call
from sandbox.wire import Json

Method = Callable[[Call], Awaitable[Json]]

METHODS: dict[str, Method] = {
    "api.test": auth.api_test,
    "apps.connections.open": auth.connections_open,
    "auth.test": auth.auth_test,
    "bots.info": auth.bots_info,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.get_permalink,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "conversations.history": conversations.history,
    "conversations.info": conversations.info,
    "conversations.join": conversations.join,
    "conversations.list": conversations.list_all,
    "conversations.members": conversations.members,
    "conversations.open": conversations.open_direct,
    "conversations.replies": conversations.replies,
    "files.completeUploadExternal": files.complete_upload,
    "files.getUploadURLExternal": files.get_upload_url,
    "files.info": files.info,
    "reactions.add": reactions.add,
    "team.info": auth.team_info,
    "usergroups.list": users.groups,
    "usergroups.users.list": users.group_users,
    "users.conversations": conversations.of_user,
    "users.info": users.info,
    "users.list": users.list_all,
    "users.lookupByEmail": users.lookup_by_email,
    "views.open": views.open_modal,
    "views.publish": views.publish,
    "views.push": views.push,
    "views.update": views.update,
}
NO_TOKEN = frozenset({"api.test"})
APP_TOKEN = frozenset({"apps.connections.open"})
