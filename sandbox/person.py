"""Acts as one person from a test's thread, as the browser would."""

from dataclasses import dataclass, field

from sandbox.hands import Hands, Target
from sandbox.inputs import elements_of
from sandbox.person_sees import PersonSees
from sandbox.storage_room import StorageRoom
from sandbox.view_stacks import View
from sandbox.wire import Json, RefusalError


@dataclass(frozen=True, slots=True)
class Submitted:
    """What came of a form: `errors` by block_id, the answer's action, the stack after it."""

    errors: dict[str, str] = field(default_factory=dict)
    action: str | None = None
    views: list[Json] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PersonActs(PersonSees):
    """One person's hands; a refusal is raised as RefusalError, as their client would show it."""

    def command(self, name: str, text: str = "", *, channel: str | None = None) -> None:
        """Send a slash command, from the direct message with the bot unless a channel is named."""
        self._ask(self._command(name, text, channel))

    def post(
        self,
        channel: str,
        text: str,
        *,
        thread_ts: str | None = None,
        files: dict[str, bytes] | None = None,
    ) -> Json:
        """Post in a channel (id or name), with files by name; give the message."""
        posted: Json = self._ask(self._post(channel, text, thread_ts, files or {}))
        return posted

    def edit(self, message: Json, text: str, *, channel: str) -> None:
        """Change an own message."""
        self._ask(self._later(lambda: self._talk.edit(self._place(channel), message["ts"], text)))

    def delete(self, message: Json, *, channel: str) -> None:
        """Delete an own message."""
        self._ask(self._later(lambda: self._talk.delete(self._place(channel), message["ts"])))

    def click(
        self,
        target: Json,
        action_id: str,
        *,
        channel: str | None = None,
        block_id: str | None = None,
        value: object = None,
        values: Json | None = None,
    ) -> None:
        """Press or choose on a view, or on a message of `channel`; `values` as in `submit`."""
        self._ask(self._click(target, action_id, channel, block_id, value, values))

    def options(
        self,
        target: Json,
        action_id: str,
        typed: str,
        *,
        channel: str | None = None,
        block_id: str | None = None,
    ) -> list[Json]:
        """Type into an external select and give the options offered, groups flattened."""
        found: list[Json] = self._ask(self._options(target, action_id, typed, channel, block_id))
        return found

    def submit(self, view: Json, values: Json | None = None) -> Submitted:
        """Send a form. `values`: plain values (page_api.md) by block_id, or by block_id and action_id."""
        submitted: Submitted = self._ask(self._submit(view, values or {}))
        return submitted

    def close(self, view: Json, *, everything: bool = False) -> None:
        """Put a form away, or the whole stack."""
        self._ask(self._close(view, everything=everything))

    def open_home(self, tab: str = "home") -> None:
        """Open the app's page."""
        view = self.sandbox.views.home(self.id)
        body = view.body if view else None
        self._ask(self._later(lambda: self.sandbox.events.home(self.id, tab, body)))

    @property
    def _hands(self) -> Hands:
        return Hands(self.sandbox, self.id)

    async def _command(self, name: str, text: str, channel: str | None) -> None:
        await self._hands.command(name, text, self._place(channel))

    async def _post(
        self, channel: str, text: str, thread_ts: str | None, files: dict[str, bytes]
    ) -> Json:
        room = StorageRoom(self.sandbox.workspace, self.sandbox.address)
        ids = [room.keep(name, content, self.id).body["id"] for name, content in files.items()]
        place = self._place(channel)
        return dict(self._talk.post(place, text, thread_ts=thread_ts, files=tuple(ids)).body)

    async def _click(
        self,
        target: Json,
        action_id: str,
        channel: str | None,
        block_id: str | None,
        value: object,
        values: Json | None,
    ) -> None:
        found = self._target(target, channel)
        if isinstance(found, View) and values:
            self.sandbox.views.fill(found, _by_action(found, values))
        await self._hands.act(found, block_id, action_id, value)

    async def _options(
        self, target: Json, action_id: str, typed: str, channel: str | None, block_id: str | None
    ) -> list[Json]:
        found = self._target(target, channel)
        answer = await self._hands.options(found, block_id, action_id, typed)
        groups = answer.get("option_groups", [])
        return [*(answer.get("options") or []), *(o for g in groups for o in g["options"])]

    async def _submit(self, target: Json, values: Json) -> Submitted:
        view = self.sandbox.views.find(self.id, target["id"])
        self.sandbox.views.fill(view, _by_action(view, values))
        try:
            action = await self._hands.submit(view)
        except RefusalError as refusal:
            if "errors" not in refusal.details:
                raise
            bodies = self.sandbox.views.bodies(self.id)
            return Submitted(refusal.details["errors"], "errors", bodies)
        return Submitted({}, action, self.sandbox.views.bodies(self.id))

    async def _close(self, target: Json, *, everything: bool) -> None:
        view = self.sandbox.views.find(self.id, target["id"])
        await self._hands.close(view, everything=everything)

    def _target(self, target: Json, channel: str | None) -> Target:
        if "root_view_id" in target:
            return self.sandbox.views.find(self.id, target["id"])
        place = self._place(channel)
        return place, self._talk.message(place, target["ts"])


def _by_action(view: View, values: Json) -> dict[str, Json]:
    """Let a value stand directly under its block_id where the block has one element."""
    placed = {each.block_id: each.action_id for each in elements_of(view.blocks)}
    known = {(each.block_id, each.action_id) for each in elements_of(view.blocks)}
    return {
        block_id: given
        if isinstance(given, dict) and all((block_id, key) in known for key in given)
        else {placed[block_id]: given}
        for block_id, given in values.items()
    }
