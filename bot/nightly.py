"""The nightly backup: a process of its own, so that nobody waits for it; one of several bots makes it.

Another one follows an erasure at once: only then is the customer's key gone from beside the backups too.
"""

import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from tickets.desk.carry_out import BACKUP_WANTED
from tickets.desk.context import Desk
from tickets.notices import Notice, NoticeKind, Urgency, to_person
from tickets.ports import Clock, Unit
from tickets.ports.watching import Mark

log = structlog.get_logger(__name__)

MARK = "backup"
AT = time(3)  # by the desk's clock
GIVEN_UP_AFTER = timedelta(hours=3)  # its process was killed with the bot
RUNNING, DONE = "running", "done"
LAST_LINE = 200  # characters of what went wrong


@dataclass(slots=True)
class Nightly:
    """Begins a backup once a night, and hears how it ended; called at every beat."""

    desk: Desk
    real: Clock
    folder: Path
    keep: int
    command: tuple[str, ...] = (sys.executable, "-m", "bot", "backup")
    _run: "subprocess.Popen[str] | None" = field(default=None, init=False)

    def __call__(self) -> None:
        """Look whether one is due or has ended."""
        if self._run is None:
            if self._is_taken():
                self._begin()
        elif self._run.poll() is not None:
            self._end(self._run)
            self._run = None

    def stop(self) -> None:
        """Leave nothing behind when the bot ends."""
        if self._run is not None:
            self._run.terminate()
            self._run.communicate()
            self._run = None

    def _is_taken(self) -> bool:
        """Take tonight's backup, unless it is made or another process makes it."""
        now = self.real.now()
        tonight = latest(now.astimezone(ZoneInfo(self.desk.handbook().timezone)))
        with self.desk.records.read() as unit:
            if not _is_wanted(unit, tonight, now):
                return False
        with self.desk.records.write() as unit:
            if not _is_wanted(unit, tonight, now):
                return False
            unit.watch.keep_mark(MARK, Mark(now, RUNNING))
        return True

    def _begin(self) -> None:
        self._run = subprocess.Popen(  # noqa: S603  this very program
            [*self.command, str(self.folder), "--keep", str(self.keep)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def _end(self, run: "subprocess.Popen[str]") -> None:
        _, told = run.communicate()
        now = self.real.now()
        with self.desk.records.write() as unit:
            unit.watch.keep_mark(MARK, Mark(now, DONE))
        if run.returncode == 0:
            log.info("backed up", folder=str(self.folder))
            return
        why = (told.strip().splitlines() or [f"status {run.returncode}"])[-1][:LAST_LINE]
        log.error("not backed up", folder=str(self.folder), why=why)
        self._tell(why, now)

    def _tell(self, why: str, now: datetime) -> None:
        newest = max(self.folder.glob("desk-*.deskbackup"), default=None)
        notices = [
            Notice(
                key=f"{NoticeKind.OPERATOR}:backup:{now:%Y%m%d}:{admin}",
                kind=NoticeKind.OPERATOR,
                place=to_person(admin),
                urgency=Urgency.PRIVATE,
                due_at=self.desk.clock.now(),
                params={
                    "message": "operator.not_backed_up",
                    "why": why,
                    "last": newest.name if newest else "–",
                },
            )
            for admin in sorted(self.desk.handbook().people.admins)
        ]
        with self.desk.records.write() as unit:
            unit.notices.plan(notices)
        self.desk.wake()


def latest(now: datetime) -> datetime:
    """Give the latest moment at which a backup was to be made; `now` in the desk's zone."""
    today = datetime.combine(now.date(), AT, tzinfo=now.tzinfo)
    return today if today <= now else today - timedelta(days=1)


def _is_wanted(unit: Unit, tonight: datetime, now: datetime) -> bool:
    erased = unit.watch.mark(BACKUP_WANTED)
    due = max(tonight, erased.at) if erased and erased.at <= now else tonight
    return _is_open(unit.watch.mark(MARK), due, now)


def _is_open(mark: Mark | None, due: datetime, now: datetime) -> bool:
    if mark is None or mark.at < due:
        return True
    return mark.value == RUNNING and now - mark.at > GIVEN_UP_AFTER
