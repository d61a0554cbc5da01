"""`deskbot run`: the bot; with no Slack token it starts a sandbox beside it and prints the address."""

from typing import TYPE_CHECKING

import typer

from bot.cli.trouble import fail, told

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings


def run() -> None:
    """Run the desk: connected to Slack, or with a sandbox to try it in when no SLACK_BOT_TOKEN is set."""
    with told():
        from bot.journal import start_journal
        from bot.settings import Connection, read_settings

        settings = read_settings()
        start_journal(level=settings.log_level, style=settings.log_format)
        if settings.connection is Connection.SANDBOX:
            from bot.trial.desk import run_with_sandbox

            run_with_sandbox(settings, desk_file(settings), announce=typer.echo)
            return
        run_in_slack(settings)


def desk_file(settings: "Settings") -> "Path":
    """Give the desk file to use; without one, a trial uses the sandbox's preset."""
    from bot.settings import Connection
    from bot.trial.desk import PRESET

    if settings.desk_config.exists():
        return settings.desk_config
    if settings.connection is Connection.SANDBOX:
        return PRESET
    return fail(
        f"deskbot: {settings.desk_config} is missing; `deskbot init` writes one to start from"
    )


def run_in_slack(settings: "Settings") -> None:
    """Run connected to Slack until told to stop."""
    from bot.clock import SystemClock
    from bot.life import live

    live(settings, desk_file(settings), clock=SystemClock())
