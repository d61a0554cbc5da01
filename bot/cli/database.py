"""`deskbot db`: the database's schema."""

import typer

from bot.cli.trouble import told

group = typer.Typer(help="The database.", no_args_is_help=True)


@group.callback()
def database() -> None:
    """Keep the database fit for this program."""


@group.command("upgrade")
def upgrade() -> None:
    """Bring the database to this program's schema, all or nothing."""
    with told():
        from bot.foundation import naming_the_newest_backup
        from bot.settings import read_settings
        from storage import waterline
        from storage.database import JOBS, open_database
        from storage.reach import require_reachable
        from storage.schema import upgrade as bring_up

        settings = read_settings()
        opened = open_database(settings.database_url, readers=2)
        try:
            require_reachable(opened, within=JOBS, tell=_tell_waiting)
            with naming_the_newest_backup(settings):
                waterline.require_there(opened)
                done = bring_up(opened)
        finally:
            opened.dispose()
        typer.echo(f"upgraded: {', '.join(done)}" if done else "the database is up to date")


def _tell_waiting(why: str, seconds: int) -> None:
    typer.echo(f"the database does not answer yet, waiting {seconds} s more: {why}", err=True)
