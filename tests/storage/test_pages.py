"""How much of an SQLite file a writer keeps in memory."""

from datetime import timedelta
from pathlib import Path

import pytest

from storage.database import open_database


@pytest.mark.parametrize(("asked", "kib"), [({}, 2_048), ({"pages_mib": 64}, 65_536)])
def test_a_writer_keeps_as_many_pages_as_it_was_opened_with(
    tmp_path: Path, asked: dict[str, int], kib: int
) -> None:
    database = open_database(f"sqlite:///{tmp_path}/desk.db", readers=1, **asked)

    with database.writing(timedelta(seconds=2)) as connection:
        size = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()

    database.dispose()
    assert size == -kib
