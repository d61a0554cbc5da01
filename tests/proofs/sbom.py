"""`make sbom`: what is installed by requirements.lock, as CycloneDX 1.6 in JSON: names, versions, hashes, licences.

Out of the lock and of what the installed distributions say of themselves; whether one of them has a known hole is
asked of a service (`pip-audit`, `osv-scanner`, which read this file), not here.
"""

import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[2] / "requirements.lock"
_PIN = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")


def components(lock: str) -> Iterator[dict[str, Any]]:
    """Give the parts of a lock in its order."""
    for entry in re.split(r"\n(?=\S)", lock):
        pin = _PIN.match(entry)
        if pin is None:
            continue
        name, version = pin.groups()
        part: dict[str, Any] = {
            "type": "library",
            "bom-ref": f"{name}=={version}",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name.lower().replace('_', '-')}@{version}",
            "hashes": [
                {"alg": "SHA-256", "content": found}
                for found in re.findall(r"sha256:([0-9a-f]{64})", entry)
            ],
        }
        if licence := _licence(name):
            part["licenses"] = [{"license": {"name": licence}}]
        yield part


def _licence(name: str) -> str:
    try:
        told = distribution(name).metadata
    except PackageNotFoundError:  # for another platform
        return ""
    by_class = [
        one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or () if "License ::" in one
    ]
    return str(told.get("License-Expression") or ", ".join(by_class))


def bill(lock: str) -> dict[str, Any]:
    """Make the bill of materials of a lock."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "deskbot"}},
        "components": list(components(lock)),
    }


if __name__ == "__main__":
    json.dump(bill(LOCK.read_text(encoding="utf-8")), sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")
