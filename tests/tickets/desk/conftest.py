"""The same use cases on both engines."""

import pytest

from storage.records import SqlRecords


@pytest.fixture
def records(either_records: SqlRecords) -> SqlRecords:
    """Empty records on each engine."""
    return either_records
