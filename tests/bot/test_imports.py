"""Reading any module of ours does nothing: no environment is needed, nothing starts, nothing is written."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
READS_ALL = """
import importlib, pkgutil, sys, threading
sys.path.insert(0, sys.argv[1])
for room in ("bot", "handlers", "scheduler", "storage", "tickets", "sandbox"):
    for found in pkgutil.walk_packages(importlib.import_module(room).__path__, room + "."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
print(threading.active_count())
"""


def test_importing_everything_has_no_effect(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", READS_ALL, str(ROOT)],
        cwd=tmp_path,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "1", "")
    assert list(tmp_path.iterdir()) == []
