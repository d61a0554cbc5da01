"""A campaign in small: forty workers killed beside a Slack that fails, with people at work in between."""

import time
from pathlib import Path

import pytest

from tests.faults.campaign import Campaign
from tests.faults.nursery import Worker, a_nursery
from tests.faults.plant import Plant

SEED = 20251124
WITHIN_S = 30.0


@pytest.mark.proves("F05", "F06", "F07", "F08", "F09", "F10")
def test_forty_kills_lose_nothing_and_double_nothing(plant: Plant) -> None:
    told: list[str] = []
    campaign = Campaign(plant, kills=40, seed=SEED, tell=told.append)

    figures = campaign.run()

    assert campaign.killed >= 40
    assert campaign.cases > 0
    assert figures.states["sent"] > campaign.cases
    assert (figures.lost, figures.doubled, figures.strange) == ([], [], [])
    assert figures.unsaid == 0, plant.waiting()
    assert any(fault.hits for fault in campaign.faults)
    assert told


@pytest.mark.parametrize("how", ["closed", "killed"])
def test_no_worker_outlives_its_nursery(plant: Plant, how: str) -> None:
    """Not even one that nobody stopped: a campaign may be broken off at any moment."""
    with a_nursery() as nursery:
        worker = nursery.start(plant.order)
        if how == "killed":
            nursery.run.kill()

    end = time.monotonic() + WITHIN_S
    while is_alive(worker):
        assert time.monotonic() < end
        time.sleep(0.02)


def is_alive(worker: Worker) -> bool:
    return Path(f"/proc/{worker.pid}").exists() and not worker.has_ended
