"""Trigger ids (three seconds, one use) and response URLs (five uses in thirty minutes)."""

import secrets
from dataclasses import dataclass, field

from sandbox.settings import Settings
from sandbox.wire import RefusalError
from sandbox.workspace import Workspace


@dataclass(slots=True)
class Trigger:
    """What an interaction allows the app to open, once; `born` is real epoch seconds."""

    user_id: str
    born: float
    view_id: str | None = None
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """Where the app may answer an interaction; `born` is sandbox epoch seconds."""

    user_id: str
    channel_id: str
    born: float
    message_ts: str | None = None
    uses: int = 0


@dataclass(slots=True)
class Triggers:
    """All that were handed out."""

    workspace: Workspace
    settings: Settings
    address: str = ""
    _triggers: dict[str, Trigger] = field(default_factory=dict)
    _urls: dict[str, ResponseUrl] = field(default_factory=dict)

    def trigger(self, user_id: str, view_id: str | None = None) -> str:
        """Hand out a trigger id; `view_id` when it comes from inside a modal."""
        number = secrets.randbelow(10**10)
        trigger_id = f"{number}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = Trigger(user_id, self.workspace.clock.real(), view_id)
        return trigger_id

    def exchange(self, trigger_id: object) -> Trigger:
        """Use a trigger id up; raises `invalid_`, `exchanged_` or `expired_trigger_id`."""
        trigger = self._triggers.get(trigger_id) if isinstance(trigger_id, str) else None
        if trigger is None:
            raise RefusalError("invalid_trigger_id")
        if trigger.used:
            raise RefusalError("exchanged_trigger_id")
        if self.workspace.clock.real() - trigger.born > self.settings.trigger_limit_s:
            raise RefusalError("expired_trigger_id")
        trigger.used = True
        return trigger

    def response_url(self, user_id: str, channel_id: str, message_ts: str | None = None) -> str:
        """Hand out a URL for answers to one interaction."""
        key = secrets.token_urlsafe(18)
        now = self.workspace.clock.now()
        self._urls[key] = ResponseUrl(user_id, channel_id, now, message_ts)
        return f"{self.address}/response/{key}"

    def respond(self, key: str) -> ResponseUrl:
        """Use a response URL once; raises `used_url` or `expired_url`."""
        found = self._urls.get(key)
        if found is None:
            raise RefusalError("invalid_url")
        if self.workspace.clock.now() - found.born > self.settings.response_url_limit_s:
            raise RefusalError("expired_url")
        if found.uses >= self.settings.response_url_uses:
            raise RefusalError("used_url")
        found.uses += 1
        return found
