"""Fixtures for every room: real records on an SQLite file of their own, or on a private PostgreSQL."""

import gc
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, make_url

from storage.canary import prove_keys
from storage.database import Database, open_database
from storage.keys import new_key, parse_ring
from storage.records import SqlRecords
from storage.schema import upgrade
from storage.vault import Vault
from tests.cluster import Cluster, NoPostgres, private_cluster

# How long an example takes says nothing on a busy machine; timing is for the benchmarks.
settings.register_profile("desk", parent=settings(), deadline=None)
settings.load_profile("desk")

READERS = 16
BOTH = ("sqlite", "postgresql")
_left_out: list[str] = []
_names = (f"desk_{number}" for number in count(1))


@dataclass(frozen=True, slots=True)
class Address:
    """Where an empty desk's records are, and the key that opens them; as DATABASE_URL and DESK_KEYS."""

    url: str
    key: str


@pytest.fixture(scope="session")
def desk_key() -> str:
    """The encryption key of this test run."""
    return new_key()


@pytest.fixture(scope="session")
def vault(desk_key: str) -> Vault:
    """A vault with the key of this test run."""
    return Vault(parse_ring(desk_key))


@pytest.fixture(scope="session")
def empty_desk(tmp_path_factory: pytest.TempPathFactory, vault: Vault) -> Path:
    """The file of a freshly migrated database, to be copied."""
    path = tmp_path_factory.mktemp("records") / "empty.db"
    _migrate(f"sqlite:///{path}", vault)
    return path


@pytest.fixture(scope="session")
def postgres(vault: Vault) -> Iterator[Cluster]:
    """A server that holds a migrated, empty desk as a template; skipped, loudly, where none starts."""
    try:
        with private_cluster() as cluster:
            make_database(cluster, "empty_desk", template="template1")
            _migrate(cluster.url("empty_desk"), vault)
            yield cluster
    except NoPostgres as reason:
        _left_out.append(str(reason))
        pytest.skip(f"PostgreSQL is NOT tested: {reason}")


@pytest.fixture
def filed_records(tmp_path: Path, empty_desk: Path, vault: Vault) -> Iterator[SqlRecords]:
    """Empty records on a file of their own; texts are searched as they are, without OpenCC."""
    database = copied(tmp_path / "desk.db", empty_desk)
    yield SqlRecords(database=database, vault=vault, fold_text=str)
    database.dispose()


@pytest.fixture
def records(filed_records: SqlRecords) -> SqlRecords:
    """Empty records; rooms that care for the engine have them on both (`either_records`)."""
    return filed_records


@pytest.fixture(params=BOTH)
def either_records(request: pytest.FixtureRequest) -> SqlRecords:
    """Empty records on each engine."""
    name = "filed_records" if request.param == "sqlite" else "served_records"
    found: SqlRecords = request.getfixturevalue(name)
    return found


@pytest.fixture
def served_records(postgres: Cluster, vault: Vault) -> Iterator[SqlRecords]:
    """Empty records on PostgreSQL."""
    database = open_database(fresh_url(postgres), readers=READERS)
    yield SqlRecords(database=database, vault=vault, fold_text=str)
    database.dispose()


@pytest.fixture
def filed_address(tmp_path: Path, empty_desk: Path, desk_key: str) -> Address:
    """An empty desk on a file of its own, for a whole bot to open."""
    file = tmp_path / "desk.db"
    shutil.copyfile(empty_desk, file)
    return Address(f"sqlite:///{file}", desk_key)


@pytest.fixture(params=BOTH)
def address(request: pytest.FixtureRequest, desk_key: str) -> Address:
    """An empty desk on each engine, for a whole bot to open."""
    if request.param == "sqlite":
        found: Address = request.getfixturevalue("filed_address")
        return found
    return Address(fresh_url(request.getfixturevalue("postgres")), desk_key)


def copied(path: Path, empty_desk: Path) -> Database:
    """Open a copy of the empty desk's file."""
    shutil.copyfile(empty_desk, path)
    return open_database(f"sqlite:///{path}", readers=READERS)


def fresh_url(cluster: Cluster) -> str:
    """Make an empty desk's database; give its address."""
    name = next(_names)
    make_database(cluster, name, template="empty_desk")
    return cluster.url(name)


def make_database(cluster: Cluster, name: str, *, template: str) -> None:
    """Make a database like another one, by copying its files: PostgreSQL 15 and later would log each page."""
    address = make_url(cluster.url("postgres")).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        version = engine.dialect.server_version_info or ()
        how = " STRATEGY FILE_COPY" if version >= (15,) else ""
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}{how}")
    engine.dispose()


def _migrate(url: str, vault: Vault) -> None:
    database = open_database(url, readers=1)
    upgrade(database)
    prove_keys(database, vault)
    database.dispose()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the rooms of the longest tests: who has them is busy while the others share the rest."""
    items.sort(key=lambda item: not item.nodeid.startswith(("tests/year/", "tests/faults/")))


def pytest_collection_finish() -> None:
    """Thousands of tests let the collector run; it need not look through what every one of them imported."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end of the run what was left out; a skip alone is easily overlooked."""
    for reason in _left_out:
        terminalreporter.write_line(f"PostgreSQL is NOT tested: {reason}", yellow=True, bold=True)
