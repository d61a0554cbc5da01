"""The bill of materials names every pinned distribution with its hashes."""

import re

import pytest

from tests.proofs.sbom import LOCK, bill


@pytest.mark.proves("X37")
def test_every_pin_of_the_lock_is_on_the_bill() -> None:
    lock = LOCK.read_text(encoding="utf-8")
    parts = bill(lock)["components"]

    assert len(parts) == len(re.findall(r"(?m)^[A-Za-z0-9._-]+(?:\[[^\]]*\])?==", lock)) > 40
    assert sum(len(part["hashes"]) for part in parts) == lock.count("--hash=sha256:")
    assert all(part["hashes"] and part["purl"].startswith("pkg:pypi/") for part in parts)
    assert sum("licenses" in part for part in parts) > len(parts) * 0.8
