"""`deskbot check`: everything that can be wrong before the desk opens, each with what to do."""

import json
from typing import Annotated

import typer

from bot.cli.trouble import FAILED, told


def check(
    *,
    live: Annotated[
        bool,
        typer.Option(
            "--live", help="Also post a probe and read it back; send robots and webhooks a test."
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Check the desk file, keys, database, tokens, scopes, channels and memberships."""
    with told():
        from bot.checkup import check_up
        from bot.settings import read_settings

        findings = check_up(read_settings(), live=live)
    if as_json:
        typer.echo(json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            typer.echo(str(finding))
    if any(finding.is_wrong for finding in findings):
        raise typer.Exit(FAILED)
