"""`deskbot sandbox --preset NAME` as it is typed: the desk opens with records of its own."""

import os
import subprocess
import sys
from pathlib import Path

import httpx

from tests.scenarios.house import free_port

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60


def test_a_ready_desk_opens_without_a_line_of_configuration(tmp_path: Path) -> None:
    port = free_port()
    own = {"PATH", "HOME", "LANG", "TMPDIR"}
    environment = {name: value for name, value in os.environ.items() if name in own}
    opened = subprocess.Popen(
        [sys.executable, "-m", "bot", "sandbox", "--preset", "after-sales", "--port", str(port)],
        cwd=tmp_path,
        env=environment
        | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "PORT": str(free_port())}
        | {"DATABASE_URL": f"sqlite:///{tmp_path / 'real.db'}"},  # a made-up desk stays out of it
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert opened.stdout
        read = ""
        for line in opened.stdout:
            read += line
            if "Ctrl-C" in line:
                break
        workspace = httpx.get(f"http://127.0.0.1:{port}/", timeout=PATIENCE_S)
    finally:
        opened.terminate()
        opened.wait(PATIENCE_S)
        if opened.stdout:
            opened.stdout.close()

    assert f"http://127.0.0.1:{port}/" in read
    assert workspace.status_code == 200
    assert not (tmp_path / "real.db").exists()
    made = {file.name for file in (tmp_path / "data").iterdir()}
    assert {"after-sales.db", "after-sales.key", "after-sales.sandbox.json"} <= made
