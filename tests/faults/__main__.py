"""`python -m tests.faults`: a whole campaign of kills; prints its figures, and ends with status 1 where one is wrong."""

import argparse
import logging
import sys
import tempfile
from functools import partial
from pathlib import Path

import structlog

from storage.canary import prove_keys
from storage.database import open_database
from storage.keys import new_key, parse_ring
from storage.schema import upgrade
from storage.vault import Vault
from tests.faults.campaign import Campaign
from tests.faults.nursery import a_nursery
from tests.faults.plant import a_plant


def main() -> int:
    """Run the campaign."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults")
    asked.add_argument("--kills", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=20251124)
    wanted = asked.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    # Answers are lost on purpose.
    logging.getLogger("uvicorn.error").addFilter(lambda line: "ASGI callable" not in line.msg)
    key = new_key()
    vault = Vault(parse_ring(key))
    with tempfile.TemporaryDirectory(prefix="deskbot-faults-") as name, a_nursery() as nursery:
        folder = Path(name)
        empty = folder / "empty.db"
        database = open_database(f"sqlite:///{empty}", readers=1)
        upgrade(database)
        prove_keys(database, vault)
        database.dispose()
        with a_plant(nursery, folder, empty, vault, key) as plant:
            campaign = Campaign(plant, wanted.kills, wanted.seed, partial(print, flush=True))
            figures = campaign.run()
    for line in campaign.lines(figures):
        print(line)
    for key in (*figures.lost, *figures.doubled, *figures.strange):
        print(f"  {key}")
    return int(bool(figures.lost or figures.doubled or figures.strange or figures.unsaid))


if __name__ == "__main__":
    sys.exit(main())
