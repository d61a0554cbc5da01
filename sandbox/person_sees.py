"""What one person sees, asked from a test's thread."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from sandbox.sandbox import Sandbox
from sandbox.talk import Talk
from sandbox.wire import Json
from sandbox.workspace import Channel

T = TypeVar("T")
Ask = Callable[[Coroutine[Any, Any, Any]], Any]
PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True)
class PersonSees:
    """One person's eyes; what takes a moment to come is waited for."""

    sandbox: Sandbox
    id: str
    _ask: Ask

    def modal(self, callback_id: str | None = None, timeout_s: float = PATIENCE_S) -> Json:
        """Wait for a modal on top (of this callback_id) and give it; raises TimeoutError."""

        def found() -> Json | None:
            top = self.sandbox.views.stack(self.id)[-1:]
            wanted = [v.body for v in top if callback_id in {None, v.body["callback_id"]}]
            return dict(wanted[0]) if wanted else None

        return self.wait_for(found, timeout_s)

    def modals(self) -> list[Json]:
        """Give the open modals, bottom first."""
        bodies: list[Json] = self._ask(self._later(lambda: self.sandbox.views.bodies(self.id)))
        return bodies

    def home(self, timeout_s: float = PATIENCE_S) -> Json:
        """Wait for the home page and give it; raises TimeoutError."""

        def found() -> Json | None:
            view = self.sandbox.views.home(self.id)
            return dict(view.body) if view else None

        return self.wait_for(found, timeout_s)

    def inbox(self) -> list[Json]:
        """List the direct messages with the bot, oldest first."""
        return self.messages(self.direct)

    @property
    def direct(self) -> str:
        """Give the id of the direct message with the bot."""
        channel: str = self._ask(self._later(lambda: self.sandbox.workspace.direct(self.id).id))
        return channel

    def messages(self, channel: str) -> list[Json]:
        """List what this person sees in a conversation, ephemeral messages among it."""

        def listed() -> list[Json]:
            place = self._place(channel)
            whispers = (p for p in place.ephemerals.values() if p.only_for == self.id)
            posts = sorted((*place.posts.values(), *whispers), key=lambda post: post.ts)
            return [dict(post.body) for post in posts]

        found: list[Json] = self._ask(self._later(listed))
        return found

    def whispers(self, channel: str | None = None) -> list[Json]:
        """List the ephemeral messages shown to this person, in the bot's direct message by default."""
        return [m for m in self.messages(channel or self.direct) if m.get("ephemeral")]

    def wait_for(self, question: Callable[[], T | None], timeout_s: float = PATIENCE_S) -> T:
        """Wait until a question, asked on the stand-in's thread, has a true answer."""

        async def wait() -> T:
            async with asyncio.timeout(timeout_s):
                while not (found := question()):
                    await asyncio.sleep(0.005)
                return found

        answer: T = self._ask(wait())
        return answer

    @property
    def _talk(self) -> Talk:
        return Talk(self.sandbox, self.id)

    def _place(self, channel: str | None) -> Channel:
        workspace = self.sandbox.workspace
        if channel is None:
            return workspace.direct(self.id)
        named = workspace.channels.get(channel) or workspace.channel_named(channel)
        return self._talk.channel(named.id if named else channel)

    async def _later(self, work: Callable[[], Any]) -> Any:
        return work()
