"""One call of a Web API method: its arguments, whatever way they were encoded."""

import json
from dataclasses import dataclass, field

from sandbox.sandbox import Sandbox
from sandbox.wire import Json, RefusalError
from sandbox.workspace import Channel, Workspace


@dataclass(slots=True)
class Call:
    """What a method's function works on."""

    sandbox: Sandbox
    method: str
    args: Json
    seen_from: float = 0.0  # a fault may hide a post from history for a while
    warnings: list[str] = field(default_factory=list)

    @property
    def workspace(self) -> Workspace:
        """Give the workspace."""
        return self.sandbox.workspace

    def text(self, name: str) -> str:
        """Give a required text argument; raises `invalid_arguments`."""
        value = self.maybe(name)
        if value is None or value == "":
            message = f"[ERROR] missing required field: {name}"
            raise RefusalError("invalid_arguments", response_metadata={"messages": [message]})
        return value

    def maybe(self, name: str) -> str | None:
        """Give an optional text argument."""
        value = self.args.get(name)
        return None if value is None else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Give a yes-or-no argument."""
        value = self.args.get(name)
        return default if value is None else str(value).lower() in {"1", "true", "yes"}

    def number(self, name: str, default: int) -> int:
        """Give a whole number; raises `invalid_arguments`."""
        value = self.args.get(name)
        if value in (None, ""):
            return default
        try:
            return int(str(value))
        except ValueError:
            raise RefusalError("invalid_arguments") from None

    def names(self, name: str) -> list[str]:
        """Give a list argument: an array, its JSON, or words with commas."""
        value = self.args.get(name)
        if isinstance(value, str) and value.startswith("["):
            value = json.loads(value)
        if isinstance(value, str):
            value = value.split(",")
        return [str(each).strip() for each in value or [] if str(each).strip()]

    def channel(self, name: str = "channel") -> Channel:
        """Give the conversation an argument names by id; raises `channel_not_found`."""
        return self.workspace.for_bot(self.maybe(name) or "")

    def need(self, scope: str) -> None:
        """Require a scope that depends on the arguments; raises `missing_scope`."""
        granted = self.workspace.app.scopes
        if scope not in granted:
            raise RefusalError("missing_scope", needed=scope, provided=",".join(granted))
