"""`deskbot backup` and `deskbot restore`."""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.trouble import WRONG_USE, fail, told

if TYPE_CHECKING:
    from bot.settings import Settings

_POLITE = 10  # the desk goes first


def backup(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="Where it is written; BACKUP_FOLDER otherwise."),
    ] = None,
    *,
    keep: Annotated[
        int | None, typer.Option(help="Remove all but so many backups of the records.", min=1)
    ] = None,
    check: Annotated[
        Path | None, typer.Option(help="Write nothing; read this backup to its end.")
    ] = None,
    desk_file: Annotated[
        Path | None,
        typer.Option(
            metavar="BACKUP",
            help="Write no backup; print the desk.yml that was in force when this one was made.",
        ),
    ] = None,
) -> None:
    """Write an encrypted backup of one moment while the desk runs, and open it before it counts."""
    with told():
        from bot.foundation import keys_at_hand
        from bot.settings import read_settings

        settings = read_settings()
        os.nice(_POLITE)
        if desk_file is not None and check is not None:
            fail("deskbot: --check and --desk-file ask for two things; name one", status=WRONG_USE)
        if desk_file is not None:
            _print_desk_file(settings, desk_file)
            return
        if check is not None:
            from storage.backups.backup import made_at, verify

            _require_file(check)
            rows = verify(check, keys_at_hand(settings))
            typer.echo(f"{check} is whole: {_counted(rows)}, as of {_moment(made_at(check))}")
            return
        _written(settings, _folder(settings, folder), keep)


def _print_desk_file(settings: "Settings", path: Path) -> None:
    from bot.foundation import keys_at_hand
    from storage.backups.desk_file import desk_file_in

    _require_file(path)
    typer.echo(desk_file_in(path, keys_at_hand(settings)), nl=False)


def _require_file(path: Path) -> None:
    if not path.is_file():
        fail(f"deskbot: there is no file {path}", status=WRONG_USE)


def _written(settings: "Settings", folder: Path, keep: int | None) -> None:
    from bot.clock import SystemClock
    from bot.foundation import database_file, vault_of
    from storage.backups.backup import KEYS_NAME, forget_old, make_backup
    from storage.canary import hear_canaries
    from storage.database import open_database
    from storage.operator import note_operator
    from storage.schema import require_current

    file = database_file(settings)
    if file and not file.exists():
        fail(f"deskbot: there is no desk to back up: {file} does not exist")
    database = open_database(settings.database_url, readers=2)
    try:
        require_current(database)
        vault, now = vault_of(settings), SystemClock().now()
        with database.reading() as connection:
            # A key that waits for its rotation seals no backup, nor does one that is not the desk's.
            hear_canaries(connection, vault)
        made = make_backup(database, vault.desk.ordered, folder, at=now)
        note_operator(database, vault.signer, "backup", at=now, file=made.records.name)
    finally:
        database.dispose()
    gone = forget_old(folder, keep=keep) if keep else []
    typer.echo(f"backed up: {made.records} ({made.size:,} bytes, {_counted(made.rows)})")
    typer.echo(
        f"customers' keys: {folder / KEYS_NAME} (the newest only, so that erased stays erased)"
    )
    if gone:
        typer.echo(f"removed {len(gone)} older backups")
    typer.echo(
        "Keep the desk's key (DESK_KEYS or the .key file) elsewhere: without it no backup opens."
    )


def restore(
    records: Annotated[
        Path, typer.Argument(metavar="BACKUP", help="desk-….deskbackup", exists=True)
    ],
    *,
    keys: Annotated[
        Path | None,
        typer.Option(help="The customers' keys; customer-keys.deskbackup beside it otherwise."),
    ] = None,
) -> None:
    """Put a backup into the database of DATABASE_URL; what stands there is put aside, never removed.

    Stop the desk first. When it is started again it reads in Slack what it said since the backup
    before it says anything.
    """
    with told():
        from zoneinfo import ZoneInfo

        from bot.cli.run import desk_file
        from bot.clock import SystemClock
        from bot.desk_config.load import load_handbook
        from bot.foundation import keys_at_hand
        from bot.settings import read_settings
        from storage.backups.backup import KEYS_NAME
        from storage.backups.restore import restore as put_back

        settings, now = read_settings(), SystemClock().now()
        beside = keys or records.with_name(KEYS_NAME)
        if not beside.exists():
            fail(
                f"deskbot: {beside} is missing: name the file of customers' keys with --keys",
                status=WRONG_USE,
            )
        handbook = load_handbook(desk_file(settings), today=now.date(), lookup=None).handbook
        zone = ZoneInfo(handbook.timezone)
        done = put_back(
            records, beside, settings.database_url, keys_at_hand(settings), zone=zone, at=now
        )
        _note_where_the_log_goes_on(settings, now)
        typer.echo(f"restored: {done.rows:,} rows as of {_moment(done.made_at)}")
        if done.aside:
            typer.echo(f"what stood there before: {done.aside}")
        first, *_, last = [*done.numbers_from, *done.numbers_from]
        days = first if first == last else f"{first} to {last}"
        typer.echo(f"numbers of {days} go on 500 higher, so that none is given twice")
        typer.echo("Start the desk: it reads in Slack what was said since, and says nothing twice.")


def _note_where_the_log_goes_on(settings: "Settings", now: datetime) -> None:
    """Say beside the heads noted so far that the audit log is shorter on purpose (`deskbot audit verify`)."""
    from bot.foundation import keys_of
    from storage.audit_heads import RESTORED, append, head_of
    from storage.database import open_database
    from storage.signing import Signer

    if settings.audit_heads is None:
        return
    database = open_database(settings.database_url, readers=1)
    try:
        with database.reading() as connection:
            head = head_of(connection, at=now, what=RESTORED)
    finally:
        database.dispose()
    append(settings.audit_heads, head, Signer(keys_of(settings)))


def _folder(settings: "Settings", named: Path | None) -> Path:
    folder = named or settings.backups
    if folder is None:
        fail("deskbot: name a folder, or set BACKUP_FOLDER", status=WRONG_USE)
    return folder


def _counted(rows: Mapping[str, int]) -> str:
    return f"{rows.get('tickets', 0):,} tickets, {sum(rows.values()):,} rows"


def _moment(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M %Z}"
