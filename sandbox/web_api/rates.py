"""Slack's rate limits: tiers per method, and one post a second per channel (SLACK.md 2.3)."""

import math
from collections import deque
from dataclasses import dataclass, field

from sandbox.clock import SandboxClock
from sandbox.settings import Settings

TIERS: dict[str, int] = {
    "apps.connections.open": 1,
    "chat.update": 3,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "conversations.list": 2,
    "conversations.info": 3,
    "conversations.members": 4,
    "conversations.history": 3,
    "conversations.replies": 3,
    "conversations.open": 3,
    "conversations.join": 3,
    "users.list": 2,
    "users.info": 4,
    "users.conversations": 3,
    "usergroups.list": 2,
    "usergroups.users.list": 2,
    "views.open": 4,
    "views.push": 4,
    "views.update": 4,
    "views.publish": 4,
    "files.info": 4,
    "reactions.add": 3,
    "team.info": 3,
    "bots.info": 3,
}
A_MINUTE: dict[int, int] = {1: 10, 2: 20, 3: 50, 4: 100}  # tier 1 with its burst


@dataclass(slots=True)
class Rates:
    """Counts calls in real time and says how long to wait."""

    clock: SandboxClock
    settings: Settings
    _calls: dict[str, deque[float]] = field(default_factory=dict)
    _tokens: dict[str, tuple[float, float]] = field(default_factory=dict)

    def wait_s(self, method: str, channel: str | None) -> int:
        """Give the whole seconds to wait before this call is allowed, 0 for now."""
        if not self.settings.rate_limits:
            return 0
        if method == "chat.postMessage" and channel:
            return self._post(channel)
        tier = TIERS.get(method)
        return self._tiered(method, A_MINUTE[tier]) if tier else 0

    def _tiered(self, method: str, most: int) -> int:
        now = self.clock.real()
        calls = self._calls.setdefault(method, deque())
        while calls and calls[0] <= now - 60:
            calls.popleft()
        if len(calls) >= most:
            return math.ceil(calls[0] + 60 - now)
        calls.append(now)
        return 0

    def _post(self, channel: str) -> int:
        now = self.clock.real()
        rate, burst = self.settings.posts_per_channel_s, self.settings.post_burst
        left, at = self._tokens.get(channel, (float(burst), now))
        left = min(float(burst), left + (now - at) * rate)
        if left < 1:
            self._tokens[channel] = (left, now)
            return math.ceil((1 - left) / rate)
        self._tokens[channel] = (left - 1, now)
        return 0
