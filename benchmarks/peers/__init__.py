"""Other people's programs that the desk is measured beside, in an environment of their own (peers.lock)."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ENVIRONMENT = HERE.parents[1] / ".venv-peers"
PYTHON = ENVIRONMENT / "bin" / "python"
NOT_HERE = "not installed here: `make peers`"
PATIENCE_S = 900


def are_installed() -> bool:
    """Tell whether the environment is complete (`make peers`, which `make bench` tries)."""
    return (ENVIRONMENT / ".installed").exists()


def run(script: str, *arguments: object, told: Mapping[str, Any] | None = None) -> Any:
    """Run one of the scripts here in the peers' environment and read the JSON it prints.

    Raises CalledProcessError.
    """
    done = subprocess.run(
        [PYTHON, HERE / script, *map(str, arguments)],
        input=json.dumps(told or {}),
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_S,
        env={"PATH": os.environ.get("PATH", ""), "PYTHONWARNINGS": "ignore"},
    )
    return json.loads(done.stdout.splitlines()[-1])
