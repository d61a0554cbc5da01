"""`deskbot keys`: the desk's encryption keys."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.keys_left import tell
from bot.cli.trouble import fail, told

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.rotation import Rotation

group = typer.Typer(
    help="The encryption keys: bring everything to a new one.", no_args_is_help=True
)

_POLITE = 10  # the desk goes first
_NOTHING = (
    "deskbot: there is nothing to rotate to: everything is under {first} already, the first of DESK_KEYS."
    " Make a new key (`openssl rand -base64 32`), put it first (DESK_KEYS=new-id:key,{first}:…), start"
    " every bot again with that, then run this again"
)


@group.callback()
def keys() -> None:
    """Change the keys that customers and texts are sealed with."""


@group.command("rotate")
def rotate(
    *,
    drop: Annotated[
        bool,
        typer.Option(
            "--drop",
            help="Take keys that the database needs no more out of the key file;"
            " backups from before do not open then.",
        ),
    ] = False,
    with_proofs: Annotated[
        bool,
        typer.Option(
            "--drop-proofs",
            help="As --drop, and those that open nothing, but prove what stands in audit log and archive.",
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what is left as JSON.")] = False,
) -> None:
    """Bring everything to a new key while the desk runs; ended anywhere, it goes on when run again.

    The new key is the first of DESK_KEYS, which every bot was started with; an embedded desk makes one
    in its key file, which a running bot reads by itself.
    """
    with told():
        from bot.settings import read_settings

        os.nice(_POLITE)
        settings = read_settings()
        with _opened(settings) as rotation:
            _run(rotation)
            _put_on_record(rotation)
            needs = rotation.needs()
            free = [
                key_id
                for key_id, one in needs.items()
                if one.is_none or (with_proofs and not one.opens)
            ]
            dropped = _drop(settings, free) if drop or with_proofs else []
            tell(rotation.to, needs, dropped, as_json=as_json)


@contextmanager
def _opened(settings: "Settings") -> Iterator["Rotation"]:
    from bot.foundation import database_file, key_file_of, vault_of
    from storage.canary import prove_keys
    from storage.database import JOBS, open_database
    from storage.keys import add_first_key
    from storage.reach import require_reachable
    from storage.rotation import Rotation
    from storage.schema import require_current

    file, key_file = database_file(settings), key_file_of(settings)
    if file and not file.exists():
        fail(f"deskbot: there is no desk whose keys could be rotated: {file} does not exist")
    database = open_database(settings.database_url, readers=2)
    try:
        require_reachable(database, within=JOBS, tell=lambda why, _: typer.echo(why, err=True))
        require_current(database)
        with _alone(key_file):
            vault = vault_of(settings)
            prove_keys(database, vault)
            rotation = Rotation(database, vault)
            if key_file is None and not rotation.is_needed():
                fail(_NOTHING.format(first=rotation.to))
            if key_file and not rotation.is_under_way():
                add_first_key(key_file)
                typer.echo(f"made a new key in {key_file}: keep a copy elsewhere", err=True)
                rotation = Rotation(database, vault_of(settings))
            yield rotation
    finally:
        database.dispose()


@contextmanager
def _alone(key_file: Path | None) -> Iterator[None]:
    """Let one command at a time change a key file."""
    import fcntl

    if key_file is None:
        yield
        return
    handle = os.open(key_file.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        fail("deskbot: the keys are being rotated already; wait until that has ended")
    finally:
        os.close(handle)


def _run(rotation: "Rotation") -> None:
    from tickets.errors import Busy

    try:
        for one in rotation.run():
            line = f"\r{one.step}: {one.done:,} of {one.of:,}"
            typer.echo(line, err=True, nl=one.done >= one.of)
    except Busy:
        fail("deskbot: the database was busy for too long; run this again, it goes on from there")


def _put_on_record(rotation: "Rotation") -> None:
    from bot.clock import SystemClock
    from storage.operator import note_operator
    from tickets.people.actions import Action

    signer, now = rotation.vault.signer, SystemClock().now()
    note_operator(rotation.database, signer, Action.CONFIGURE, at=now, rotated_to=rotation.to)


def _drop(settings: "Settings", free: list[str]) -> list[str]:
    from bot.foundation import key_file_of
    from storage.keys import drop_keys

    key_file = key_file_of(settings)
    if key_file is None:
        typer.echo("DESK_KEYS is yours to change: take the keys out that are named below", err=True)
        return []
    drop_keys(key_file, free)
    return free
