"""The payloads of commands, clicks, forms and suggestions, field by field as Slack's."""

from dataclasses import dataclass

from sandbox.faces import user_stub
from sandbox.inputs import SHAPES, Placed
from sandbox.sandbox import Sandbox
from sandbox.typed import command_text
from sandbox.view_stacks import View
from sandbox.wire import Json, escape
from sandbox.workspace import Channel, Command, Kind, Post


@dataclass(frozen=True, slots=True)
class Payloads:
    """Builds payloads for what one person does."""

    sandbox: Sandbox
    user_id: str

    def command(self, command: Command, text: str, channel: Channel) -> Json:
        """Give the body of a slash command."""
        workspace = self.sandbox.workspace
        spelt = command_text(workspace, text) if command.should_escape else escape(text)
        return {
            "token": workspace.app.verification_token,
            "team_id": workspace.team["id"],
            "team_domain": workspace.team["domain"],
            "channel_id": channel.id,
            "channel_name": channel_name(channel),
            "user_id": self.user_id,
            "user_name": workspace.people[self.user_id].name,
            "command": command.command,
            "text": spelt.strip(),
            "api_app_id": workspace.app.app_id,
            "is_enterprise_install": "false",
            "response_url": self.sandbox.triggers.response_url(self.user_id, channel.id),
            "trigger_id": self.sandbox.triggers.trigger(self.user_id),
        }

    def message_action(self, channel: Channel, post: Post, action: Json) -> Json:
        """Give the `block_actions` of a click on a message."""
        triggers = self.sandbox.triggers
        body = self._envelope("block_actions") | {
            "container": self._message_container(channel, post),
            "trigger_id": triggers.trigger(self.user_id),
            "channel": {"id": channel.id, "name": channel_name(channel)},
            "state": {"values": post.values.get(self.user_id, {})},
            "response_url": triggers.response_url(self.user_id, channel.id, post.ts),
            "actions": [action],
        }
        if post.only_for is None:
            body["message"] = post.body
        return body

    def view_action(self, view: View, action: Json) -> Json:
        """Give the `block_actions` of an action in a modal or on the home page."""
        return self._envelope("block_actions") | {
            "container": {"type": "view", "view_id": view.id},
            "trigger_id": self.sandbox.triggers.trigger(self.user_id, view.id),
            "view": view.body,
            "actions": [action],
        }

    def suggestion(self, target: View | tuple[Channel, Post], placed: Placed, typed: str) -> Json:
        """Give the `block_suggestion` of somebody typing into an external select."""
        body = self._envelope("block_suggestion") | {
            "action_id": placed.action_id,
            "block_id": placed.block_id,
            "value": typed,
        }
        if isinstance(target, View):
            return body | {
                "container": {"type": "view", "view_id": target.id},
                "view": target.body,
            }
        channel, post = target
        return body | {
            "container": self._message_container(channel, post),
            "channel": {"id": channel.id, "name": channel_name(channel)},
            "message": post.body,
        }

    def submission(self, view: View) -> Json:
        """Give the `view_submission` of a form."""
        return self._envelope("view_submission") | {
            "trigger_id": self.sandbox.triggers.trigger(self.user_id, view.id),
            "view": view.body,
            "response_urls": [],
        }

    def closing(self, view: View, *, is_cleared: bool) -> Json:
        """Give the `view_closed` of a form put away."""
        return self._envelope("view_closed") | {"view": view.body, "is_cleared": is_cleared}

    def action(self, placed: Placed, entry: Json | None) -> Json:
        """Give one entry of `actions`."""
        element, kind = placed.element, placed.element["type"]
        action: Json = {
            "type": kind,
            "block_id": placed.block_id,
            "action_id": placed.action_id,
            "action_ts": self.sandbox.workspace.clock.stamp(),
        }
        shown = ("text", "value", "style", "confirm") if kind == "button" else ("placeholder",)
        action |= {key: element[key] for key in shown if key in element}
        if kind in SHAPES and SHAPES[kind][1] in element and kind != "plain_text_input":
            action[SHAPES[kind][1]] = element[SHAPES[kind][1]]
        return action | (entry or {})

    def _envelope(self, kind: str) -> Json:
        workspace = self.sandbox.workspace
        return {
            "type": kind,
            "user": user_stub(workspace, workspace.people[self.user_id]),
            "api_app_id": workspace.app.app_id,
            "token": workspace.app.verification_token,
            "team": {"id": workspace.team["id"], "domain": workspace.team["domain"]},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _message_container(self, channel: Channel, post: Post) -> Json:
        container: Json = {
            "type": "message",
            "message_ts": post.ts,
            "channel_id": channel.id,
            "is_ephemeral": post.only_for is not None,
        }
        return container | ({"thread_ts": post.thread_ts} if post.thread_ts else {})


def channel_name(channel: Channel) -> str:
    """Give a conversation's name as payloads carry it."""
    if channel.kind is Kind.IM:
        return "directmessage"
    return "privategroup" if channel.kind is Kind.PRIVATE else channel.name
