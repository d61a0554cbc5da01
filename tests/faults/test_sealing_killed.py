"""The audit log's chain while its writers are killed with -9 in the middle: whole each time, nothing left out (F65)."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from storage.audit_check import verify
from storage.records import SqlRecords
from tests.faults.sealer import NINE

ROOT = Path(__file__).parents[2]
MOST_S = 0.4


def started(url: str, key: str) -> "subprocess.Popen[str]":
    """Begin a writer; give it once it works."""
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.sealer", url, key],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert run.stdout
    assert run.stdout.readline() == "begun\n"
    return run


def killed(records: SqlRecords, key: str, *, times: int, seed: int) -> None:
    """Kill one of two writers again and again; look at the chain each time."""
    chance = Random(seed)
    url = records.database.writers.url.render_as_string(hide_password=False)
    sealed = 0
    for _ in range(times):
        two = [started(url, key), started(url, key)]
        time.sleep(chance.random() * MOST_S)
        for one in two:
            one.send_signal(signal.SIGKILL)
        for one in two:
            one.communicate()
        with records.database.reading() as connection:
            found = verify(connection, records.vault.signer)
        assert found.findings == []
        assert found.sealed >= sealed
        sealed = found.sealed
    with records.write() as unit:
        unit.audit.seal(at=NINE, limit=100_000)
    with records.database.reading() as connection:
        last = verify(connection, records.vault.signer)
    assert (last.findings, last.unsealed) == ([], 0)
    assert last.sealed >= sealed > 0


@pytest.mark.proves("F65", "X27")
def test_killed_a_few_times(either_records: SqlRecords, desk_key: str) -> None:
    killed(either_records, desk_key, times=2, seed=1)


@pytest.mark.long
@pytest.mark.proves("F65", "X27")
def test_killed_many_times(either_records: SqlRecords, desk_key: str) -> None:
    killed(either_records, desk_key, times=20, seed=2)
