"""`deskbot simulate`: the stored tickets lived through under another desk.yml; no ticket changes."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.run import desk_file
from bot.cli.trouble import WRONG_USE, fail, told

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.replay import Replay
    from tickets.case.log import Event
    from tickets.handbook import Handbook
    from tickets.time.rehearsal import Difference
    from tickets.time.tally import Tally


def simulate(
    *,
    config: Annotated[Path, typer.Option("--config", help="The desk.yml to try.")],
    since: Annotated[
        str, typer.Option(help="How far back tickets were logged: 90d, 48h or a date.")
    ] = "90d",
    limit: Annotated[int, typer.Option(help="How many tickets are listed at most.", min=0)] = 40,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print everything as JSON, without a limit.")
    ] = False,
) -> None:
    """Show which stored tickets would have been late, warned of or sent otherwise under another desk.yml.

    What people did stays as it was; only the rules differ. Nothing is written but
    that it was done, on the audit log; the bot may run.
    """
    with told():
        from bot.cli.simulated import as_data, as_text
        from bot.clock import SystemClock
        from bot.desk_config.load import load_handbook
        from bot.settings import read_settings

        settings, now = read_settings(), SystemClock().now()
        present = load_handbook(desk_file(settings), today=now.date(), lookup=None).handbook
        other = load_handbook(config, today=now.date(), lookup=None).handbook
        begin = _moment(since, present, now)
        differences, tally = _rehearsed(settings, present, other, since=begin, now=now)
    if as_json:
        data = as_data(differences, tally, since=begin, config=str(config))
        typer.echo(json.dumps(data, ensure_ascii=False))
    else:
        typer.echo(f"{config} instead of the desk.yml in force, tickets logged since {since}")
        typer.echo(as_text(differences, tally, zone=present.timezone, limit=limit))


def _moment(since: str, handbook: "Handbook", now: datetime) -> datetime:
    """Read `90d`, `48h` or `2026-09-01`, the desk's midnight."""
    from bot.desk_config.misfit import Misfit
    from bot.desk_config.moments import as_timedelta, parse_duration, parse_one_date
    from tickets.time.calendar import Calendar

    try:
        if since[-1:].isalpha():
            return now - as_timedelta(parse_duration(since, units=("h", "d")))
        return Calendar(handbook.calendar).start_of(parse_one_date(since))
    except Misfit as misfit:
        fail(f"deskbot: --since: {misfit}", status=WRONG_USE)


def _rehearsed(
    settings: "Settings", present: "Handbook", other: "Handbook", *, since: datetime, now: datetime
) -> "tuple[list[Difference], Tally]":
    from bot.clock import SystemClock
    from bot.foundation import database_file, vault_of
    from storage.database import open_database
    from storage.operator import note_operator
    from storage.replay import Replay
    from storage.schema import require_current

    file = database_file(settings)
    if file and not file.exists():
        fail(f"deskbot: there is no database at {file} yet, so there is nothing to live through")
    vault = vault_of(settings)
    database = open_database(settings.database_url, readers=2)
    try:
        require_current(database)
        replay = Replay(database, vault)
        now = max(now, replay.newest() or now)
        compared = _compared(replay, present, other, since=since, now=now)
        note_operator(
            database, vault.signer, "simulate", at=SystemClock().now(), since=since.isoformat()
        )
        return compared
    finally:
        database.dispose()


def _compared(
    replay: "Replay", present: "Handbook", other: "Handbook", *, since: datetime, now: datetime
) -> "tuple[list[Difference], Tally]":
    from tickets.time.rehearsal import Difference, Rehearsal
    from tickets.time.tally import Tally

    as_it_is, as_it_would_be = Rehearsal(present), Rehearsal(other)
    tally, differences = Tally(), []
    for log in _with_progress(replay, since):
        one = Difference(
            log[0].number, as_it_is.fate(log, now=now), as_it_would_be.fate(log, now=now)
        )
        tally.add(one)
        if one.is_any:
            differences.append(one)
    return differences, tally


def _with_progress(replay: "Replay", since: datetime) -> "Iterator[tuple[Event, ...]]":
    """Draw a bar on stderr, where it is a terminal."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(
        replay.logs(since),
        description="tickets",
        total=replay.count(since),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
