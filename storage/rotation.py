"""Rotates the desk's key: batches of short transactions, while the desk runs; ended anywhere, it goes on (F58, F59).

What is done shows in the rows themselves, so nothing else has to be remembered. A customer is found
by the hash of either key all along: the new one is reckoned into a second column, and takes the
first one's place once every customer has it.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from storage.canary import leave_canary
from storage.database import Database
from storage.desk_keys import LOOK_EVERY_S
from storage.key_needs import Needs, needs_of, rotated_needs_of
from storage.rotation_steps import Step, Steps
from storage.tables import canaries
from storage.vault import Vault

BATCH = 500  # rows a transaction: people wait for one at most
PATIENCE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one of the steps is."""

    step: str
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Rotation:
    """From whatever keys there are to the first of the ring."""

    database: Database
    vault: Vault
    settle_s: float = LOOK_EVERY_S + 2
    """After so long every process seals with the new key."""

    batch: int = BATCH
    polite: float = 1.0
    """So long as a batch took, times this, others have the database to themselves."""

    @property
    def _steps(self) -> Steps:
        return Steps(self.vault)

    @property
    def to(self) -> str:
        """Name the key that everything is brought to."""
        return self._steps.to

    def is_needed(self) -> bool:
        """Tell whether anything is to be done, be it for customers from before they had keys."""
        with self.database.reading() as connection:
            waits = any(one.count(connection) for one in self._steps.before_the_swap())
        return waits or self.is_under_way()

    def is_under_way(self) -> bool:
        """Tell whether the key is not in use yet, or another one still opens what is to be rotated."""
        with self.database.reading() as connection:
            used = set(connection.execute(select(canaries.c.key_id)).scalars())
            if self.to not in used or self._steps.swap().count(connection):
                return True
            older = used - {self.to}
            return any(
                rotated_needs_of(connection, one) or not needs_of(connection, one).opens
                for one in older
            )

    def run(self) -> Iterator[Progress]:
        """Rotate, telling how far it is. Raises storage.trouble's errors; run again, it goes on."""
        began = time.monotonic()
        self._begin()
        steps = self._steps
        yield from self._work(steps.before_the_swap())
        # Whoever had not noticed yet has by then: what they sealed meanwhile is done too.
        time.sleep(max(0.0, self.settle_s - (time.monotonic() - began)))
        yield from self._work(steps.before_the_swap())
        yield from self._work([steps.swap()])
        self._retire()
        self.database.overwrite_removed()

    def needs(self) -> Mapping[str, Needs]:
        """Tell of each older key, at hand or in use, what still needs it."""
        with self.database.reading() as connection:
            used = set(connection.execute(select(canaries.c.key_id)).scalars())
            known = {key.id for key in self.vault.desk.ring.keys} | used
            return {key_id: needs_of(connection, key_id) for key_id in sorted(known - {self.to})}

    def _begin(self) -> None:
        """Put the key to use: from now on it seals, and who lacks it serves no more."""
        with self.database.writing(PATIENCE) as connection:
            self.vault.desk.look_now(connection)
            leave_canary(connection, self.vault, self.to)

    def _retire(self) -> None:
        """Take the canaries away of keys that open nothing any more: the desk starts without them."""
        for key_id, needs in self.needs().items():
            if not needs.opens:
                with self.database.writing(PATIENCE) as connection:
                    if not rotated_needs_of(connection, key_id):
                        connection.execute(delete(canaries).where(canaries.c.key_id == key_id))

    def _work(self, steps: Sequence[Step]) -> Iterator[Progress]:
        for step in steps:
            with self.database.reading() as connection:
                left = step.count(connection)
            done, after = 0, None
            while left:
                began = time.monotonic()
                with self.database.writing(PATIENCE) as connection:
                    rows = step.next(connection, after, most=self.batch)
                    if rows:
                        step.change(connection, rows)
                if not rows:
                    break
                after, done = rows[-1][0], done + len(rows)
                yield Progress(step.name, done, max(done, left))
                time.sleep((time.monotonic() - began) * self.polite)
