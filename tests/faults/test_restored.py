"""A desk put back from a backup: what it said since is not said again, and no number is given twice (F45, I12)."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.voice.wire import key_hash
from storage.backups.backup import KEYS_NAME, make_backup
from storage.backups.restore import restore
from storage.keys import parse_ring
from tests.faults.plant import MONDAY, Plant
from tests.faults.test_crash_points import KILLED
from tickets.case.values import Priority

A_DAY = timedelta(days=1)
AT_ONCE = timedelta(0)


def say_everything(plant: Plant, *, later: timedelta = AT_ONCE) -> None:
    worker = plant.start(later=later)
    plant.settle(worker)
    assert worker.stop() == 0


def put_back(plant: Plant, records: Path) -> None:
    database = plant.records.database
    url = str(database.writers.url)
    database.dispose()
    restore(
        records,
        records.with_name(KEYS_NAME),
        url,
        parse_ring(plant.order.key),
        zone=MONDAY.tzinfo,
        at=SystemClock().now(),
    )


def backed_up(plant: Plant, folder: Path) -> Path:
    ring = parse_ring(plant.order.key)
    return make_backup(plant.records.database, ring, folder, at=SystemClock().now()).records


def named(plant: Plant, marks: list[str]) -> list[str]:
    """Give the keys of marks."""
    keys = {key_hash(row[0]): row[0] for row in plant.ask("SELECT key FROM notices")}
    return sorted(keys.get(mark, mark) for mark in marks)


@pytest.mark.proves("F45")
@pytest.mark.parametrize("killed_at", ["", "reconcile.commit", "claim.commit"])
def test_nothing_is_said_twice_and_no_number_given_twice(
    plant: Plant, tmp_path: Path, killed_at: str
) -> None:
    first = [plant.log(Priority.P1), plant.log()]
    say_everything(plant)
    waiting = plant.log()  # its posts are not out yet when the backup is made
    backup = backed_up(plant, tmp_path / "kept")
    lost = plant.log()
    say_everything(plant)
    say_everything(plant, later=A_DAY)  # warnings, breaches, the ladder, the day's digests
    before = plant.marks()

    put_back(plant, backup)
    if killed_at:
        killed = plant.start(later=A_DAY, crash_at=killed_at, nth=3)
        assert killed.ends_within(60) == KILLED
    say_everything(plant, later=A_DAY)

    after = plant.marks()
    assert named(plant, [mark for mark, count in after.items() if count > 1]) == []
    assert set(before) <= set(after)  # nothing was taken away either
    figures = plant.figures()
    assert figures.lost == []
    said = {(kind, number) for kind, number, _ in plant.said()}
    assert {("card", number) for number in (*first, waiting)} <= said
    told = plant.ask("SELECT params FROM notices WHERE key LIKE 'operator:restored%'")
    assert len(told) == 1
    assert f'"numbers":"{lost}"' in told[0][0]
    again = plant.log()
    assert again not in {*first, waiting, lost}
    assert int(again[8:]) == 504


@pytest.mark.proves("F45")
def test_a_desk_that_was_put_back_says_nothing_while_slack_cannot_be_read(
    plant: Plant, tmp_path: Path
) -> None:
    plant.log()
    backup = backed_up(plant, tmp_path / "kept")
    put_back(plant, backup)
    for _ in range(5):
        plant.slack.fault("conversations.history", "error", error="internal_error")

    say_everything(plant)

    assert max(plant.marks().values()) == 1
    assert plant.said()
