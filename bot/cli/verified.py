"""What `deskbot audit verify` reads and says."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Connection, func, select

from bot.cli.verified_backups import BackupHeads, heads_of_backups
from bot.clock import SystemClock
from bot.foundation import database_file, keys_of
from bot.settings import Settings
from storage.archive_seal import verify_archive
from storage.audit import row_of
from storage.audit_check import Verdict, verify
from storage.audit_findings import Finding, Trouble
from storage.audit_heads import RESTORED, Noted, not_given_up, noted_in
from storage.canary import hear_canaries
from storage.database import JOBS, Database, open_database
from storage.schema import is_of_this_program
from storage.tables import audit, audit_seals
from storage.trouble import KeyLost, RecordsUnusable, SchemaTooOld
from storage.vault import Vault
from tickets.case.log import OPERATOR
from tickets.people.roles import Action
from tickets.ports import AuditEntry

MOST_LINES = 50
SAID = {
    Trouble.EDITED: "the row was changed after it was sealed",
    Trouble.REMOVED: "removed",
    Trouble.MOVED: "the row is the desk's, but not at this place: rows were moved, or the seal was changed",
    Trouble.INSERTED: "the desk did not write this row",
    Trouble.REKEYED: "the chain begins or changes its key here without saying so",
    Trouble.KEY_MISSING: "this key is not at hand: put it into DESK_KEYS, behind the newest",
    Trouble.WRONG_KEY: "this key is not the one the rows were sealed with",
    Trouble.PASSED_OVER: "neither sealed nor waiting to be: it was taken out of the queue",
    Trouble.CUT: "the end of the log is gone",
    Trouble.REWRITTEN: "the log is not the one whose head was noted",
    Trouble.HEAD_CHANGED: "this line of the heads' file is not the desk's",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The verdict over audit log, noted heads, backups and archive."""

    verdict: Verdict
    backups: BackupHeads
    archive: tuple[str, ...]
    heads_file: str  # "" where there is none
    given_up: tuple[str, ...] = ()  # what restorations took from the log, in sentences
    unnoted: str = ""  # why this look is not on the log itself

    @property
    def is_whole(self) -> bool:
        """Tell whether everything fits."""
        return self.verdict.is_whole and not self.archive

    def as_data(self) -> dict[str, Any]:
        """Give it for scripts."""
        found = self.verdict
        return {
            "whole": self.is_whole,
            "sealed": found.sealed,
            "unsealed": found.unsealed,
            "unsealed_since": found.unsealed_since or None,
            "heads": found.heads,
            "heads_file": self.heads_file or None,
            "backups": self.backups.as_data(),
            "given_up": list(self.given_up),
            "unnoted": self.unnoted or None,
            "findings": [asdict(one) for one in found.findings],
            "archive": list(self.archive),
        }

    def lines(self) -> Iterator[str]:
        """Say it for people, the first bad row first."""
        found = self.verdict
        for one in found.findings[:MOST_LINES]:
            yield _line(one)
        yield from self.archive[:MOST_LINES]
        more = max(0, len(found.findings) - MOST_LINES) + max(0, len(self.archive) - MOST_LINES)
        if more:
            yield f"and {more:,} more; --json lists all"
        tail = f"; {found.unsealed:,} wait since {found.unsealed_since}" if found.unsealed else ""
        yield f"audit log: {found.sealed:,} rows chained{tail}"
        if self.heads_file:
            yield f"heads noted elsewhere: {found.heads:,} in {self.heads_file}"
            yield from self.given_up
        else:
            yield "heads noted elsewhere: none, so a cut end would leave no trace but in the backups"
        yield from self.backups.lines()
        if self.unnoted:
            yield f"this look was not put on the log: {self.unnoted}"
        yield "all fits" if self.is_whole else "NOT as the desk wrote it"


def verified(settings: Settings, heads: Path | None) -> Verified:
    """Verify the log; the look itself is put on it. Raises storage.trouble's errors."""
    file = database_file(settings)
    if file and not file.exists():
        msg = f"there is no desk to verify: {file} does not exist"
        raise RecordsUnusable(msg)
    vault = Vault(keys_of(settings))
    if heads and not heads.exists():
        msg = f"there is no folder {heads} with heads of the log"
        raise RecordsUnusable(msg)
    folder = heads or settings.audit_heads
    noted = noted_in(folder, vault.signer) if folder else []
    backups = heads_of_backups(settings.backups, noted, vault.signer)
    held = (*not_given_up(noted), *backups.heads)
    database = open_database(settings.database_url, readers=2)
    try:
        _require_this_schema(database)
        with database.reading() as connection, _progress(connection) as tell:
            verdict = verify(connection, vault.signer, held, tell=tell)
            archive = tuple(str(one) for one in verify_archive(connection, vault))
        verdict.findings += _strange_lines(noted)
        unnoted = _put_on_record(database, vault, whole=verdict.is_whole and not archive)
    finally:
        database.dispose()
    return Verified(
        verdict=verdict,
        backups=backups,
        archive=archive,
        heads_file=_named(folder, noted),
        given_up=tuple(_given_up(noted)),
        unnoted=unnoted,
    )


def _require_this_schema(database: Database) -> None:
    """Only the schema matters here: what is damaged or unguarded is to be found, not refused."""
    if not is_of_this_program(database):
        msg = "the database is not of this program's schema: run `deskbot db upgrade`, or the newer program"
        raise SchemaTooOld(msg)


def _given_up(noted: list[Noted]) -> Iterator[str]:
    """Say what each restoration took from the log: it was noted to be longer before."""
    longest = 0
    for head in (one.head for one in noted if one.head):
        if head.what != RESTORED:
            longest = max(longest, head.seq)
        elif longest > head.seq:
            yield (
                f"a backup was restored at {head.at}: at least {longest - head.seq:,} rows written since"
                f" it are not there, the log goes on after place {head.seq:,}"
            )
            longest = head.seq


def _strange_lines(noted: list[Noted]) -> Iterator[Finding]:
    for one in noted:
        if one.head is None and one.missing_key:
            yield Finding(trouble=Trouble.KEY_MISSING, detail=one.missing_key)
        elif one.head is None:
            yield Finding(trouble=Trouble.HEAD_CHANGED, detail=f"line {one.place}")


def _put_on_record(database: Database, vault: Vault, *, whole: bool) -> str:
    """Note the look; with keys that are not the desk's it would stand there as a forgery for ever. Say why not."""
    entry = AuditEntry(
        at=SystemClock().now(),
        by=OPERATOR,
        action=Action.VERIFY_AUDIT,
        number=None,
        outcome="done",
        detail={"whole": whole},
    )
    try:
        with database.writing(JOBS) as connection:
            hear_canaries(connection, vault)
            connection.execute(audit.insert().inline(), row_of(entry, vault.signer))
    except KeyLost as lost:
        return str(lost)
    return ""


@contextmanager
def _progress(connection: Connection) -> Iterator[Callable[[int], None]]:
    total = connection.scalar(select(func.count()).select_from(audit_seals))
    console = Console(file=sys.stderr)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading the log", total=total)
        yield lambda count: bar.advance(task, count)


def _named(folder: Path | None, noted: list[Noted]) -> str:
    return str(folder) if folder and noted else ""


def _line(one: Finding) -> str:
    where = [
        f"place {one.seq}" if one.seq is not None else "",
        f"row {one.row}" if one.row is not None else "",
        one.detail,
    ]
    return f"{', '.join(part for part in where if part)}: {SAID[one.trouble]}"
