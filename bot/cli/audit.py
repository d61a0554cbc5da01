"""`deskbot audit`: the log verified, who saw what, and the report of an incident."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.trouble import FAILED, told

if TYPE_CHECKING:
    from bot.cli.verified import Verified

group = typer.Typer(help="The audit log.", no_args_is_help=True)


@group.callback()
def audit() -> None:
    """Read and verify the log of what was done, refused and shown."""


@group.command()
def verify(
    *,
    heads: Annotated[
        Path | None,
        typer.Option(
            help="Where the heads were noted; AUDIT_FOLDER or beside the backups otherwise."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Hold every row of the audit log and the archive against their chains; name what does not fit.

    Ends with 0 when all fits, with 1 when something does not. The bot may run.
    """
    with told():
        from bot.cli.verified import verified
        from bot.settings import read_settings

        found = verified(read_settings(), heads)
    if as_json:
        typer.echo(json.dumps(found.as_data(), ensure_ascii=False))
    else:
        _print(found)
    if not found.is_whole:
        raise typer.Exit(FAILED)


def _print(found: "Verified") -> None:
    for line in found.lines():
        typer.echo(line)
