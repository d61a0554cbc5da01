"""`python -m sandbox` as its users start and stop it."""

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answered(url: str) -> httpx.Response:
    for _ in range(200):
        try:
            return httpx.get(url, timeout=1)
        except httpx.TransportError:
            time.sleep(0.05)
    raise TimeoutError(url)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_a_workspace_file_and_stops_without_a_word(
    tmp_path: Path, plan: dict[str, Any], end: signal.Signals
):
    file, port = tmp_path / "workspace.json", free_port()
    file.write_text(json.dumps(plan), "utf-8")
    command = [sys.executable, "-m", "sandbox", "--workspace", str(file), "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as process:
        state = answered(f"http://127.0.0.1:{port}/ui/state").json()
        with httpx.stream("GET", f"http://127.0.0.1:{port}/ui/stream") as stream:
            assert next(stream.iter_lines()) == ": connected"
            process.send_signal(end)
            _, said = process.communicate(timeout=20)

    assert state["team"]["name"] == "Desk"
    assert said == b""
