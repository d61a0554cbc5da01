"""The same store tests on both engines; PostgreSQL is skipped, loudly, where it cannot be started."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

from storage.canary import prove_keys
from storage.database import Database, open_database
from storage.records import SqlRecords
from storage.schema import upgrade
from storage.vault import Vault
from tests.conftest import READERS, copied
from tests.storage.cluster import NoPostgres, private_cluster

_left_out: list[str] = []
_names = (f"desk_{number}" for number in count(1))


@pytest.fixture(scope="session")
def postgres(vault: Vault) -> Iterator[str]:
    """The URL pattern of a cluster that holds a migrated, empty desk as a template."""
    try:
        with private_cluster() as url:
            _make(url, "empty_desk")
            database = open_database(url.format(database="empty_desk"), readers=1)
            upgrade(database)
            prove_keys(database, vault)
            database.dispose()
            yield url
    except NoPostgres as reason:
        _left_out.append(str(reason))
        pytest.skip(f"PostgreSQL is NOT tested: {reason}")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty desk's database on each engine."""
    if request.param == "sqlite":
        opened = copied(tmp_path / "desk.db", request.getfixturevalue("empty_desk"))
    else:
        url = request.getfixturevalue("postgres")
        name = next(_names)
        _make(url, name, template="empty_desk")
        opened = open_database(url.format(database=name), readers=READERS)
    yield opened
    opened.dispose()


@pytest.fixture
def records(database: Database, vault: Vault) -> SqlRecords:
    """Empty records on each engine; texts are searched as they are, without OpenCC."""
    return SqlRecords(database=database, vault=vault, fold_text=str)


def _make(url: str, name: str, *, template: str = "template1") -> None:
    address = make_url(url.format(database="postgres")).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
    engine.dispose()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end of the run what was left out; a skip alone is easily overlooked."""
    for reason in _left_out:
        terminalreporter.write_line(f"PostgreSQL is NOT tested: {reason}", yellow=True, bold=True)
