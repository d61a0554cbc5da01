"""Fixtures for every room: real records on a temporary SQLite file."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.canary import prove_keys
from storage.database import Database, open_database
from storage.keys import new_key, parse_ring
from storage.records import SqlRecords
from storage.schema import upgrade
from storage.vault import Vault

READERS = 16


@pytest.fixture(scope="session")
def vault() -> Vault:
    """A vault with a key of this test run."""
    return Vault(parse_ring(new_key()))


@pytest.fixture(scope="session")
def empty_desk(tmp_path_factory: pytest.TempPathFactory, vault: Vault) -> Path:
    """The file of a freshly migrated database, to be copied."""
    path = tmp_path_factory.mktemp("records") / "empty.db"
    database = open_database(f"sqlite:///{path}", readers=1)
    upgrade(database)
    prove_keys(database, vault)
    database.dispose()
    return path


@pytest.fixture
def records(tmp_path: Path, empty_desk: Path, vault: Vault) -> Iterator[SqlRecords]:
    """Empty records on a file of their own; texts are searched as they are, without OpenCC."""
    database = copied(tmp_path / "desk.db", empty_desk)
    yield SqlRecords(database=database, vault=vault, fold_text=str)
    database.dispose()


def copied(path: Path, empty_desk: Path) -> Database:
    """Open a copy of the empty desk's file."""
    shutil.copyfile(empty_desk, path)
    return open_database(f"sqlite:///{path}", readers=READERS)
