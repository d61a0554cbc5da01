"""What a person does with the app: commands, clicks, suggestions, forms."""

from dataclasses import dataclass

from sandbox.answers import Answers
from sandbox.client_checks import refusals
from sandbox.inputs import SHAPES, Placed, find, first_values, given_value
from sandbox.limits.options import checked_suggestions
from sandbox.limits.views import checked_view
from sandbox.normal import with_ids
from sandbox.payloads import Payloads
from sandbox.sandbox import Sandbox
from sandbox.view_stacks import View
from sandbox.wire import Json, RefusalError
from sandbox.workspace import Channel, Post

Target = View | tuple[Channel, Post]


@dataclass(frozen=True, slots=True)
class Hands:
    """One person's interactions; every refusal is what Slack's client would show."""

    sandbox: Sandbox
    user_id: str

    @property
    def payloads(self) -> Payloads:
        """Give the builder of this person's payloads."""
        return Payloads(self.sandbox, self.user_id)

    async def command(self, name: str, text: str, channel: Channel) -> None:
        """Send a slash command and show what the acknowledgement carries."""
        command = self.sandbox.workspace.commands.get(name)
        if command is None:
            raise RefusalError("unknown_command")
        if "commands" not in self.sandbox.workspace.app.scopes:
            raise RefusalError("unknown_command")
        payload = self.payloads.command(command, text, channel)
        answer = await self.sandbox.delivery.ask("slash_commands", payload, accepts_payload=True)
        if answer.get("text") or answer.get("blocks") or answer.get("attachments"):
            self._show(answer, channel)

    async def act(
        self, target: Target, block_id: str | None, action_id: str, plain: object
    ) -> None:
        """Press a button or change an element that sends `block_actions`."""
        placed = find(_blocks(target), block_id, action_id)
        if not placed.dispatches:
            raise RefusalError("not_dispatched")
        entry = self._entry(placed, plain)
        self._remember(target, placed, entry)
        action = self.payloads.action(placed, entry)
        if isinstance(target, View):
            payload = self.payloads.view_action(target, action)
        else:
            payload = self.payloads.message_action(*target, action)
        await self.sandbox.delivery.ask("interactive", payload, accepts_payload=False)

    async def options(
        self, target: Target, block_id: str | None, action_id: str, typed: str
    ) -> Json:
        """Ask the app for the options that fit what was typed."""
        placed = find(_blocks(target), block_id, action_id)
        payload = self.payloads.suggestion(target, placed, typed)
        answer = await self.sandbox.delivery.ask("interactive", payload, accepts_payload=True)
        return checked_suggestions(answer)

    async def submit(self, view: View) -> str | None:
        """Send a form and do what the answer says; give its `response_action`.

        Raises RefusalError `invalid_input` or `submission_errors` with `errors` by block_id.
        """
        if errors := refusals(view.blocks, view.values):
            raise RefusalError("invalid_input", errors=errors)
        payload = self.payloads.submission(view)
        answer = await self.sandbox.delivery.ask("interactive", payload, accepts_payload=True)
        action = answer.get("response_action")
        match action:
            case None:
                self.sandbox.views.close(view)
            case "clear":
                self.sandbox.views.clear(self.user_id)
            case "errors":
                raise RefusalError("submission_errors", errors=_known_errors(view, answer))
            case "update" | "push":
                self._follow(view, action, answer)
            case _:
                raise RefusalError("dispatch_failed", detail=f"response_action {action!r}")
        return str(action) if action else None

    async def close(self, view: View, *, everything: bool) -> None:
        """Put a form away, or the whole stack; the app hears it if it asked to."""
        stack = self.sandbox.views.stack(self.user_id)
        clears = everything or bool(view.body["clear_on_close"])
        closed = list(reversed(stack)) if clears else [view]
        if clears:
            self.sandbox.views.clear(self.user_id)
        else:
            self.sandbox.views.close(view)
        for each in closed:
            if each.body["notify_on_close"]:
                payload = self.payloads.closing(each, is_cleared=clears)
                await self._tell(payload)

    async def _tell(self, payload: Json) -> None:
        try:
            await self.sandbox.delivery.ask("interactive", payload, accepts_payload=False)
        except RefusalError:
            return  # the window is closed already; nobody sees the failure

    def _show(self, answer: Json, channel: Channel) -> None:
        try:
            Answers(self.sandbox).show(answer, channel, self.user_id)
        except RefusalError as refusal:
            raise RefusalError("dispatch_failed", detail=refusal.error) from None

    def _follow(self, view: View, action: str, answer: Json) -> None:
        try:
            given = checked_view(answer.get("view"), "modal")
            given["blocks"] = with_ids(self.sandbox.workspace.ids, given["blocks"])
            if action == "push":
                self.sandbox.views.push(self.user_id, given)
            else:
                self.sandbox.views.update(view, given)
        except RefusalError as refusal:
            details = refusal.details.get("response_metadata", refusal.error)
            raise RefusalError("dispatch_failed", detail=details) from None

    def _entry(self, placed: Placed, plain: object) -> Json | None:
        element = placed.element
        if element["type"] == "button":
            return None
        if element["type"] == "overflow":
            chosen = next((o for o in element["options"] if o["value"] == plain), None)
            if chosen is None:
                raise RefusalError("invalid_value")
            return {"selected_option": chosen}
        return given_value(self.sandbox.workspace, element, plain)

    def _remember(self, target: Target, placed: Placed, entry: Json | None) -> None:
        if entry is None or placed.element["type"] not in SHAPES:
            return
        if isinstance(target, View):
            target.values[placed.block_id][placed.action_id] = entry
            return
        post = target[1]
        values = post.values.setdefault(self.user_id, first_values(_blocks(target)))
        values.setdefault(placed.block_id, {})[placed.action_id] = entry
        post.changed()


def _blocks(target: Target) -> list[Json]:
    if isinstance(target, View):
        return target.blocks
    blocks: list[Json] = target[1].body.get("blocks", [])
    return blocks


def _known_errors(view: View, answer: Json) -> dict[str, str]:
    errors: dict[str, str] = answer.get("errors") or {}
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not errors or not errors.keys() <= inputs:
        unknown = sorted(errors.keys() - inputs)
        raise RefusalError("dispatch_failed", detail=f"errors for no input block: {unknown}")
    return errors
