"""What goes over the wire: JSON objects, refusals with Slack's error codes, and identifiers."""

from typing import Any

Json = dict[str, Any]  # Slack's objects are open and nested; the validators say what is in them


class RefusalError(Exception):
    """Slack's answer `ok: false` with its error code and what else stands beside it."""

    def __init__(self, error: str, **details: Any) -> None:
        """Keep the code and the fields that go into the reply."""
        super().__init__(error)
        self.error = error
        self.details = details

    def as_json(self) -> Json:
        """Say it as the Web API does."""
        return {"ok": False, "error": self.error, **self.details}


class Ids:
    """Hands out identifiers that look like Slack's and never repeat."""

    def __init__(self) -> None:
        """Start at a number that makes eleven characters."""
        self.last = 0x10000

    def next(self, prefix: str) -> str:
        """Give the next identifier with this prefix (`F`, `V`, `Ev`…)."""
        self.last += 1
        return f"{prefix}0{self.last:09X}"


def escape(text: str) -> str:
    """Escape the three characters that Slack escapes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Undo `escape`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
