"""After a restoration: nothing is said until it is known what was said since the backup (RELIABILITY.md F45)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, literal, select, update

from storage.backups.restore import AFTERMATH
from storage.columns import Moment
from storage.database import JOBS, Database
from storage.numbers import find_key
from storage.tables import is_unfinished, marks, notices, tickets
from tickets.notices import NoticeState

_N = notices.c
_WAITS = exists().where(marks.c.name == AFTERMATH)


def is_calm() -> ColumnElement[bool]:
    """Say that notices may be claimed."""
    return ~_WAITS


@dataclass(frozen=True, slots=True)
class SqlAftermath:
    """A restored desk's way back to speaking; any number of processes may take it."""

    database: Database

    def since(self) -> datetime | None:
        """Tell which moment the backup held; None: the desk was not restored, or is done with it."""
        asked = select(marks.c.at).where(marks.c.name == AFTERMATH)
        with self.database.reading() as connection:
            return connection.execute(asked).scalar()

    def begin(self, *, now: datetime) -> int | None:
        """Have what is due by now be looked for where it should stand, and let the desk speak again.

        Called once everything that fell due since the backup is planned. Gives how many notices are
        looked for; None: another process was faster.
        """
        with self.database.writing(JOBS) as connection:
            ended = delete(marks).where(marks.c.name == AFTERMATH).returning(marks.c.at)
            made_at = connection.execute(ended).scalar()
            if made_at is None:
                return None
            doubtful = (
                update(notices)
                .where(is_unfinished(notices), _N.due_at <= now)
                .values(
                    state=NoticeState.UNCLEAR,
                    first_sent_at=func.coalesce(_N.first_sent_at, literal(made_at, Moment())),
                    last_sent_at=made_at,
                    retry_at=None,
                    epoch=_N.epoch + 1,
                )
            )
            return connection.execute(doubtful).rowcount

    def unknown(self, numbers: Collection[str]) -> list[str]:
        """Sort out which of these can be tickets' numbers, and are none that the records hold."""
        keys = {key: number for number in numbers if (key := find_key(number)) is not None}
        with self.database.reading() as connection:
            asked = select(tickets.c.number_key).where(tickets.c.number_key.in_(keys))
            known = set(connection.execute(asked).scalars())
        return [keys[key] for key in sorted(keys.keys() - known)]
