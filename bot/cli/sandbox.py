"""`deskbot sandbox`: the desk with a trial workspace, whatever the environment says; `--tour` shows it at work."""

from typing import Annotated

import typer

from bot.cli.preset import preset_file
from bot.cli.run import desk_file
from bot.cli.trouble import told


def sandbox(
    *,
    tour: Annotated[
        bool,
        typer.Option(
            "--tour",
            help="Play the sources' worked cases (of a ready desk: its own), then stay open.",
        ),
    ] = False,
    many: Annotated[
        int, typer.Option("--tickets", help="Log this many varied tickets first.", min=0, max=5000)
    ] = 0,
    preset: Annotated[
        str | None,
        typer.Option(help="Open one of the ready desks, with records of its own."),
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Where the page is served.", min=1, max=65535)
    ] = None,
) -> None:
    """Run the desk with a trial workspace in the browser; no Slack account is needed."""
    with told():
        from bot.journal import start_journal
        from bot.settings import read_settings
        from bot.trial.desk import run_with_sandbox
        from bot.trial.tour import guide

        settings = read_settings().model_copy(
            update={"slack_bot_token": None, "slack_app_token": None, "slack_signing_secret": None}
        )
        file = preset_file(preset) if preset else desk_file(settings)
        if preset:  # a made-up desk must never be adopted by the records of a real one
            settings = settings.model_copy(update={"database_url": f"sqlite:///data/{preset}.db"})
        start_journal(level=settings.log_level, style=settings.log_format)
        run_with_sandbox(
            settings,
            file,
            announce=typer.echo,
            port=port,
            opened=guide(tour=tour, many=many, announce=typer.echo, of=preset),
        )
