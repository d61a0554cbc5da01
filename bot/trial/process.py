"""The sandbox as a process of its own beside the bot: nothing of it is imported here."""

import json
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

START_WITHIN_S = 20
STOP_WITHIN_S = 5
PORTS = range(8700, 8720)  # the first free one is taken


class SandboxFailed(Exception):
    """The sandbox did not start; its text says why."""


@dataclass(slots=True)
class SandboxProcess:
    """A running sandbox."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def address(self) -> str:
        """The page to open."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def api_url(self) -> str:
        """What the bot takes for Slack's Web API."""
        return f"{self.address}api/"

    @property
    def clock_url(self) -> str:
        """Where the sandbox tells its time."""
        return f"{self.address}ui/clock"

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        try:
            self.process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()


def start_sandbox(
    workspace: dict[str, Any], *, state: Path, port: int | None = None
) -> SandboxProcess:
    """Start the sandbox, which goes on from its state file, and wait until it answers.

    Raises SandboxFailed.
    """
    state.parent.mkdir(parents=True, exist_ok=True)
    file = state.with_name("workspace.json")
    file.write_text(json.dumps(workspace, ensure_ascii=False, indent=1), encoding="utf-8")
    chosen = port or _free_port()
    command = [
        sys.executable,
        "-m",
        "sandbox",
        "--workspace",
        str(file.resolve()),
        "--port",
        str(chosen),
        "--state",
        str(state.resolve()),
        "--end-with-stdin",
    ]
    process = subprocess.Popen(  # noqa: S603  our own module
        command,
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,  # it ends with us, however we end
        start_new_session=True,  # Ctrl-C is for the bot alone, which stops the sandbox last
    )
    running = SandboxProcess(process, chosen)
    _wait_for(running)
    return running


def _free_port() -> int:
    for port in PORTS:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    msg = f"no free port between {PORTS.start} and {PORTS.stop - 1} for the sandbox"
    raise SandboxFailed(msg)


def _wait_for(running: SandboxProcess) -> None:
    end = time.monotonic() + START_WITHIN_S
    while time.monotonic() < end:
        if running.process.poll() is not None:
            msg = f"the sandbox ended with status {running.process.returncode}"
            raise SandboxFailed(msg)
        try:
            if httpx.get(running.clock_url, timeout=1).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    running.stop()
    msg = f"the sandbox did not answer within {START_WITHIN_S} s"
    raise SandboxFailed(msg)
