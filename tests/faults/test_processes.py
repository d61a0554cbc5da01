"""Several bots on one PostgreSQL: the posts of one, whoever is killed, frozen or left without a server."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cluster import Cluster
from tests.conftest import Address, fresh_url
from tests.faults.several import Several, several, wait_for

AGENTS = ("U0AGENT1", "U0AGENT2")
TICKS_S = 2.5  # two of theirs
HELD = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
    AND state LIKE 'idle in transaction%' AND state_change < now() - interval '10 seconds'"""


@pytest.fixture
def served(postgres: Cluster, desk_key: str) -> Address:
    return Address(fresh_url(postgres), desk_key)


@pytest.fixture(scope="module")
def alone(
    postgres: Cluster, desk_key: str, tmp_path_factory: pytest.TempPathFactory
) -> Counter[tuple[str, ...]]:
    """What one bot posts of a day and a half."""
    address = Address(fresh_url(postgres), desk_key)
    with several(address, tmp_path_factory.mktemp("alone"), bots=1) as house:
        a_day_and_a_half(house)
        return house.said()


def a_day_and_a_half(house: Several) -> None:
    """Two agents log cases in turn; nobody does anything about them, and their deadlines pass."""
    for agent in AGENTS * 2:
        assert house.log(agent), house.logs()
    house.settle()
    for hours in (1, 5, 30):
        house.skip(timedelta(hours=hours))
        time.sleep(TICKS_S)
        house.settle()


def seen_once(house: Several) -> None:
    doubled = {key: count for key, count in house.visible().items() if count > 1}
    assert doubled == {}, house.logs()
    assert len(house.visible()) == house.said().total(), house.logs()


@pytest.mark.proves("F24")
@pytest.mark.parametrize("bots", [2, pytest.param(4, marks=pytest.mark.long)])
def test_several_bots_post_what_one_does(
    served: Address, tmp_path: Path, alone: Counter[tuple[str, ...]], bots: int
) -> None:
    with several(served, tmp_path, bots=bots) as house:
        a_day_and_a_half(house)

        assert house.said() == alone
        assert {"breach", "escalation", "digest"} <= {kind for kind, *_ in alone}
        seen_once(house)


@pytest.mark.proves("F24")
def test_one_is_killed_again_and_again_while_others_go_on(served: Address, tmp_path: Path) -> None:
    taken = 0
    with several(served, tmp_path, bots=2) as house:
        for _ in range(3):
            with ThreadPoolExecutor(2) as hands:
                logging = [hands.submit(house.log, agent) for agent in AGENTS]
                house.processes[-1].kill()
                taken += sum(one.result() for one in logging)
            house.start()
        taken += house.log()
        house.settle()

        assert taken >= 1
        assert house.serials() == list(range(1, len(house.serials()) + 1))
        assert len(house.serials()) >= taken
        seen_once(house)


@pytest.mark.proves("F25")
@pytest.mark.long
@pytest.mark.parametrize("point", ["claimed", "before the first byte"])
def test_a_process_frozen_past_its_lease_and_woken_does_no_harm(
    served: Address, tmp_path: Path, point: str
) -> None:
    with several(served, tmp_path, bots=2) as house:
        frozen = house.processes[0]
        frozen.freeze_at(point)
        while not frozen.is_frozen:
            assert house.log() or frozen.is_frozen
            time.sleep(0.2)

        house.give_up_the_deaf()
        house.settle()
        before = house.said()
        frozen.wake()
        time.sleep(2 * TICKS_S)  # it may post what it held; the sweep takes the younger copy away
        wait_for(lambda: max(house.visible().values()) == 1)

        assert house.said() == before
        seen_once(house)


@pytest.mark.proves("F25")
@pytest.mark.long
def test_a_process_frozen_in_a_transaction_does_not_hold_up_the_others(
    served: Address, tmp_path: Path
) -> None:
    with several(served, tmp_path, bots=2) as house:
        frozen = house.processes[0]
        frozen.freeze_at("in a transaction")
        while not frozen.is_frozen:
            house.log()

        # Slack notices the deaf socket by itself; what it sends there until then nobody hears.
        house.give_up_the_deaf()
        wait_for(lambda: house.log("U0AGENT2"))
        assert house.ask(HELD) == [(0,)], house.logs()
        frozen.wake()
        assert house.log()
        house.settle()

        assert house.serials() == list(range(1, len(house.serials()) + 1))
        seen_once(house)
