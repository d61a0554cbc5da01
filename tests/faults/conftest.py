"""Workers for every test that kills some."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.vault import Vault
from tests.faults.nursery import Nursery, a_nursery
from tests.faults.plant import Plant, a_plant


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """The process that forks workers."""
    with a_nursery() as forking:
        yield forking


@pytest.fixture
def plant(
    nursery: Nursery, tmp_path: Path, empty_desk: Path, vault: Vault, desk_key: str
) -> Iterator[Plant]:
    """A desk whose delivery can be killed."""
    with a_plant(nursery, tmp_path, empty_desk, vault, desk_key) as desk:
        yield desk
