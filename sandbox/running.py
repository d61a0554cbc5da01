"""Runs a stand-in in a thread for tests, and lets them act as its people.

with running({"users": [{"id": "U0ANN", "name": "ann"}], "commands": ["/ticket"], ...}) as slack:
    client = WebClient(token=slack.app.bot_token, base_url=slack.api_url)
    ...                                                   # connect the bot
    ann = slack.person("U0ANN")
    ann.command("/ticket", "new")
    ann.submit(ann.modal("new_ticket"), {"what": "hot"})  # plain values by block_id
    card = slack.messages("tech")[-1]
    ann.click(card, "accept", channel="tech")
"""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sandbox.faults import Fault, FaultKind
from sandbox.person import PersonActs
from sandbox.sandbox import Sandbox
from sandbox.server import server
from sandbox.serving import opened
from sandbox.settings import Settings
from sandbox.traffic import Entry
from sandbox.ui.admin import Admin
from sandbox.wire import Json
from sandbox.workspace import App

T = TypeVar("T")
FAST = Settings(event_retries_s=(0.0, 0.05, 0.1))


@dataclass(frozen=True, slots=True)
class RunningSandbox:
    """A stand-in that is being served; every method may be called from the test's thread."""

    sandbox: Sandbox
    loop: asyncio.AbstractEventLoop

    @property
    def url(self) -> str:
        """Give the page's address."""
        return self.sandbox.address

    @property
    def api_url(self) -> str:
        """Give the Web API's address, for SLACK_API_URL."""
        return f"{self.sandbox.address}/api/"

    @property
    def app(self) -> App:
        """Give the installed app: ids, tokens, signing secret."""
        return self.sandbox.workspace.app

    def person(self, user_id: str) -> PersonActs:
        """Act as a person."""
        return PersonActs(self.sandbox, user_id, self.ask)

    def ask(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the stand-in's thread and give its result."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=60)

    def look(self, question: Callable[[], T]) -> T:
        """Run a function on the stand-in's thread, where nothing moves meanwhile."""

        async def asked() -> T:
            return question()

        return self.ask(asked())

    def wait_until(self, question: Callable[[], T], timeout_s: float = 5.0) -> T:
        """Wait until a question (asked on the stand-in's thread) is answered by something true.

        Raises TimeoutError.
        """

        async def wait() -> T:
            async with asyncio.timeout(timeout_s):
                while not (found := question()):
                    await asyncio.sleep(0.005)
                return found

        return self.ask(wait())

    def settle(self) -> None:
        """Wait until every event is acknowledged or given up."""
        self.ask(self.sandbox.delivery.settled())

    def messages(self, channel: str, thread_ts: str | None = None) -> list[Json]:
        """List a conversation's messages (by id or name), or a thread's, oldest first."""

        def listed() -> list[Json]:
            workspace = self.sandbox.workspace
            found = workspace.channels.get(channel) or workspace.channel_named(channel)
            if found is None:
                raise LookupError(channel)
            posts = found.posts.values()
            if thread_ts is None:
                return [dict(post.body) for post in posts if post.in_channel]
            return [dict(p.body) for p in posts if thread_ts in {p.ts, p.thread_ts}]

        return self.look(listed)

    def admin(self, do: str, **order: Any) -> Json:
        """Do what /ui/admin does (page_api.md)."""
        return self.ask(Admin(self.sandbox).do({"do": do, **order}))

    def fault(self, method: str, kind: FaultKind | str, **how: Any) -> Fault:
        """Put a fault in force."""
        fault = Fault(method, FaultKind(kind), **how)
        return self.look(lambda: self.sandbox.faults.add(fault))

    def skip(self, seconds: float) -> None:
        """Move the clock forward."""
        self.look(lambda: self.sandbox.workspace.clock.skip(seconds))

    def traffic(self) -> list[Entry]:
        """List what went over the wire, oldest first."""
        return self.look(lambda: list(self.sandbox.traffic))

    def redeliver(self, payload: Json | None = None, *, attempt: int = 1) -> None:
        """Deliver an event once more, the last one if none is given."""

        def again() -> None:
            event = payload or self.sandbox.delivery.last_event
            if event is None:
                raise LookupError("no event was delivered yet")
            self.sandbox.delivery.again(event, attempt=attempt)

        self.look(again)


@contextlib.contextmanager
def running(
    plan: Json, settings: Settings | None = None, port: int = 0, state: Path | None = None
) -> Iterator[RunningSandbox]:
    """Serve a stand-in for `plan` (page_api.md) in a thread, on a free port unless given one.

    With a `state` file it begins where the one before stopped.
    """
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        sandbox, keeper = opened(plan, address, state, settings or FAST)
        web = server(sandbox, listener.getsockname()[1], keeper=keeper)
        loop = asyncio.new_event_loop()
        work = lambda: _run(loop, web.serve(sockets=[listener]))  # noqa: E731
        thread = threading.Thread(target=work, name="sandbox", daemon=True)
        thread.start()
        while not web.started and thread.is_alive():
            threading.Event().wait(0.005)
        try:
            yield RunningSandbox(sandbox, loop)
        finally:
            loop.call_soon_threadsafe(web.stop)
            thread.join(timeout=10)


def _run(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, None]) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(work)
    finally:
        leftover = asyncio.all_tasks(loop)
        for task in leftover:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*leftover, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
