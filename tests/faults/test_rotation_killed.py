"""A rotation of the desk's key, killed with -9 anywhere: nothing unreadable, nobody lost (RELIABILITY.md F58, X22)."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from storage.canary import prove_keys
from storage.keys import KeyRing, new_key, parse_ring
from storage.records import SqlRecords
from storage.rotation import Rotation
from storage.vault import Vault
from tests.storage.rotating import a_stock, records_of, require_all

ROOT = Path(__file__).parents[2]
STATEMENTS = 60  # of a whole rotation of this stock there are more
MOST_S = 0.25

Order = Callable[..., int]


@pytest.fixture(scope="module")
def ordered() -> Iterator[Order]:
    """Carry an order out in a process of its own; give how it ended."""
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.rotator"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert run.stdin
    assert run.stdout

    def order(url: str, keys: str, *, at_statement: int | None, after_s: float | None) -> int:
        asked = {"url": url, "keys": keys, "at_statement": at_statement, "after_s": after_s}
        run.stdin.write(json.dumps(asked) + "\n")  # type: ignore[union-attr]
        run.stdin.flush()  # type: ignore[union-attr]
        return int(json.loads(run.stdout.readline()))  # type: ignore[union-attr]

    yield order
    run.stdin.close()
    run.wait(10)
    run.stdout.close()


@pytest.mark.proves("X22", "F58", "F59")
def test_killed_a_few_times(either_records: SqlRecords, desk_key: str, ordered: Order) -> None:
    killed(either_records, desk_key, ordered, times=6, seed=1)


@pytest.mark.long
@pytest.mark.proves("X22", "F58", "F59")
@pytest.mark.parametrize("seed", [2, 3])
def test_killed_forty_times(
    either_records: SqlRecords, desk_key: str, ordered: Order, seed: int
) -> None:
    killed(either_records, desk_key, ordered, times=40, seed=seed)


def killed(records: SqlRecords, desk_key: str, ordered: Order, *, times: int, seed: int) -> None:
    """Rotate again and again to a new key, killed so many times, in and between transactions."""
    choose = Random(seed)
    database = records.database
    url = database.writers.url.render_as_string(hide_password=False)
    stock = a_stock(records, count=23)
    keys, kills = f"{new_key()},{desk_key}", 0
    running = records_of(database, parse_ring(keys))  # a bot that was started before
    while kills < times:
        by_time = choose.random() < 0.3
        ended = ordered(
            url,
            keys,
            at_statement=None if by_time else choose.randint(1, STATEMENTS),
            after_s=choose.uniform(0, MOST_S) if by_time else None,
        )
        require_all(running, stock)
        require_all(records_of(database, parse_ring(keys)), stock)
        if ended == 0:  # it came to its end before it was to be killed
            keys = f"{new_key()},{keys}"
            running = records_of(database, parse_ring(keys))
            continue
        assert ended == -signal.SIGKILL
        kills += 1
    ring = parse_ring(keys)
    assert ordered(url, keys, at_statement=None, after_s=None) == 0
    alone = KeyRing(ring.keys[:1])
    prove_keys(database, Vault(alone))
    require_all(records_of(database, alone), stock)
    left = Rotation(database, Vault(ring)).needs()
    assert [key_id for key_id, one in left.items() if one.opens] == []
