"""The same store tests on both engines."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database, open_database
from storage.records import SqlRecords
from storage.vault import Vault
from tests.conftest import BOTH, READERS, copied, fresh_url


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty desk's database on each engine."""
    if request.param == "sqlite":
        opened = copied(tmp_path / "desk.db", request.getfixturevalue("empty_desk"))
    else:
        url = fresh_url(request.getfixturevalue("postgres"))
        opened = open_database(url, readers=READERS)
    yield opened
    opened.dispose()


@pytest.fixture
def records(database: Database, vault: Vault) -> SqlRecords:
    """Empty records on each engine; texts are searched as they are, without OpenCC."""
    return SqlRecords(database=database, vault=vault, fold_text=str)
