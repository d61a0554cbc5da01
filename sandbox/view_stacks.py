"""Modals and home pages: who has which open, their state and their hashes."""

import secrets
from dataclasses import dataclass, field

from sandbox.inputs import find, first_values, given_value, kept_values
from sandbox.stream import Stream
from sandbox.wire import Json, RefusalError
from sandbox.workspace import Workspace

DEEPEST = 3  # SLACK.md 2.1: one open and two pushes


@dataclass(eq=False, slots=True)
class View:
    """A view that is open for one person; `body` is Slack's view object."""

    body: Json
    user_id: str

    @property
    def id(self) -> str:
        """Give the view's id."""
        return str(self.body["id"])

    @property
    def blocks(self) -> list[Json]:
        """Give its blocks."""
        blocks: list[Json] = self.body["blocks"]
        return blocks

    @property
    def values(self) -> dict[str, Json]:
        """Give its `state.values`."""
        values: dict[str, Json] = self.body["state"]["values"]
        return values


@dataclass(slots=True)
class ViewStacks:
    """Every person's modals, bottom first, and home pages."""

    workspace: Workspace
    stream: Stream
    _stacks: dict[str, list[View]] = field(default_factory=dict)
    _homes: dict[str, View] = field(default_factory=dict)

    def stack(self, user_id: str) -> list[View]:
        """Give a person's modals, bottom first."""
        return self._stacks.setdefault(user_id, [])

    def bodies(self, user_id: str) -> list[Json]:
        """Give a person's modals as Slack objects, bottom first."""
        return [view.body for view in self.stack(user_id)]

    def home(self, user_id: str) -> View | None:
        """Give a person's home page if the app published one."""
        return self._homes.get(user_id)

    def homes(self) -> list[View]:
        """List the home pages the app published."""
        return list(self._homes.values())

    def put_back(self, user_id: str, body: Json) -> None:
        """Give a person the home page of before a restart."""
        self._homes[user_id] = View(body, user_id)

    def find(self, user_id: str, view_id: str) -> View:
        """Find a view that this person has open; raises `view_not_found`."""
        for view in (*self.stack(user_id), *filter(None, [self.home(user_id)])):
            if view.id == view_id:
                return view
        raise RefusalError("view_not_found")

    def find_any(self, view_id: object, external_id: object) -> View:
        """Find an open view by the app's handle on it; raises `not_found`."""
        for view in self._all():
            named = external_id and view.body["external_id"] == external_id
            if view.id == view_id or named:
                return view
        raise RefusalError("not_found")

    def open(self, user_id: str, given: Json) -> View:
        """Open a modal as a new stack."""
        self._require_free(given)
        view = self._made(user_id, given, below=None)
        self._stacks[user_id] = [view]
        return self._shown(view)

    def push(self, user_id: str, given: Json) -> View:
        """Put a modal on top; raises `push_limit_reached` or `not_found` without one below."""
        stack = self.stack(user_id)
        if not stack:
            raise RefusalError("not_found")
        if len(stack) >= DEEPEST:
            raise RefusalError("push_limit_reached")
        self._require_free(given)
        view = self._made(user_id, given, below=stack[-1])
        stack.append(view)
        return self._shown(view)

    def update(self, view: View, given: Json, given_hash: object = None) -> View:
        """Re-render a view in place, keeping what was typed; raises `hash_conflict`."""
        if given_hash and given_hash != view.body["hash"]:
            raise RefusalError("hash_conflict")
        if given.get("type") != view.body["type"]:
            raise RefusalError("invalid_arguments", response_metadata=_message("view type"))
        self._require_free(given, besides=view)
        kept = {key: view.body[key] for key in ("id", "root_view_id", "previous_view_id")}
        typed = view.values
        view.body = self._body(given) | kept
        view.body["state"] = {"values": kept_values(typed, view.blocks)}
        return self._shown(view)

    def publish(self, user_id: str, given: Json, given_hash: object = None) -> View:
        """Set a person's home page; raises `hash_conflict`."""
        self.workspace.person(user_id)
        view = self._homes.get(user_id)
        if view is not None:
            return self.update(view, given, given_hash)
        view = self._homes[user_id] = self._made(user_id, given, below=None)
        return self._shown(view)

    def fill(self, view: View, values: dict[str, Json]) -> None:
        """Take what a person typed: plain values by block_id and action_id."""
        for block_id, actions in values.items():
            for action_id, plain in actions.items():
                placed = find(view.blocks, block_id, action_id)
                entry = given_value(self.workspace, placed.element, plain)
                view.values[block_id][action_id] = entry

    def close(self, view: View) -> None:
        """Take one modal away."""
        stack = self.stack(view.user_id)
        if view in stack:
            stack.remove(view)
        self._tell_stack(view.user_id)

    def clear(self, user_id: str) -> None:
        """Take all of a person's modals away."""
        self.stack(user_id).clear()
        self._tell_stack(user_id)

    def _all(self) -> list[View]:
        return [view for stack in self._stacks.values() for view in stack] + [*self._homes.values()]

    def _require_free(self, given: Json, besides: View | None = None) -> None:
        wanted = given.get("external_id")
        taken = (v for v in self._all() if v is not besides and v.body["external_id"] == wanted)
        if wanted and next(taken, None):
            raise RefusalError("duplicate_external_id")

    def _made(self, user_id: str, given: Json, below: View | None) -> View:
        body = self._body(given)
        body["id"] = self.workspace.ids.next("V")
        body["root_view_id"] = below.body["root_view_id"] if below else body["id"]
        body["previous_view_id"] = below.id if below else None
        body["state"] = {"values": first_values(body["blocks"])}
        return View(body, user_id)

    def _body(self, given: Json) -> Json:
        app = self.workspace.app
        body: Json = {
            "team_id": self.workspace.team["id"],
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "title": None,
            "submit": None,
            "close": None,
            "clear_on_close": False,
            "notify_on_close": False,
            "submit_disabled": False,
            "app_id": app.app_id,
            "app_installed_team_id": self.workspace.team["id"],
            "bot_id": app.bot_id,
            **given,
        }
        body["hash"] = f"{int(self.workspace.clock.real())}.{secrets.token_hex(4)}"
        return body

    def _shown(self, view: View) -> View:
        if view.body["type"] == "home":
            self.stream.tell({"type": "home", "home": view.body}, to=[view.user_id])
        else:
            self._tell_stack(view.user_id)
        return view

    def _tell_stack(self, user_id: str) -> None:
        self.stream.tell({"type": "view", "views": self.bodies(user_id)}, to=[user_id])


def _message(what: str) -> Json:
    return {"messages": [f"[ERROR] {what} may not change [json-pointer:/view/type]"]}
