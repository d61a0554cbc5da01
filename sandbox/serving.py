"""Serves a workspace file until told to stop."""

import json
import os
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from sandbox.keeping import Keeper, reopened
from sandbox.sandbox import Sandbox, assemble
from sandbox.server import PromptServer, server
from sandbox.settings import Settings
from sandbox.state import State
from sandbox.wire import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What the command line asked for."""

    plan: Path
    port: int
    host: str = "127.0.0.1"
    state: Path | None = None
    ends_with_stdin: bool = False
    settings: Settings | None = None

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT, or until standard input ends if that was asked for."""
        web = self._server(json.loads(self.plan.read_text("utf-8")))
        if self.ends_with_stdin:
            threading.Thread(target=_end_with_stdin, args=(web,), daemon=True).start()
        web.run()

    def _server(self, plan: Json) -> PromptServer:
        name = f"[{self.host}]" if ":" in self.host else self.host
        sandbox, keeper = opened(plan, f"http://{name}:{self.port}", self.state, self.settings)
        return server(sandbox, self.port, self.host, keeper)


def opened(
    plan: Json, address: str, state: Path | None, settings: Settings | None
) -> tuple[Sandbox, Keeper | None]:
    """Build the sandbox of a plan; with a state file, as that remembers it and with its keeper."""
    if state is None:
        sandbox = assemble(plan, settings)
        sandbox.serve_at(address)
        return sandbox, None
    sandbox = reopened(plan, settings, address, state)
    return sandbox, Keeper(state, State(sandbox, plan))


def _end_with_stdin(web: PromptServer) -> None:
    """Stop the server when whoever started it is gone, killed perhaps, and its pipe closed."""
    while os.read(sys.stdin.fileno(), 1024):  # unbuffered: a buffer's lock would hold up the exit
        continue
    web.should_exit = True
