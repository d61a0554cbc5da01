"""`deskbot db`: the database's schema."""

import typer

from bot.cli.trouble import told

group = typer.Typer(
    help="The database: bring it up to date, make the figures and the index of addenda anew.",
    no_args_is_help=True,
)


@group.callback()
def database() -> None:
    """Keep the database fit for this program."""


@group.command("upgrade")
def upgrade() -> None:
    """Bring the database to this program's schema, all or nothing."""
    with told():
        from bot.clock import SystemClock
        from bot.foundation import key_a_fresh_desk, naming_the_newest_backup, vault_of
        from bot.settings import read_settings
        from storage import waterline
        from storage.canary import hear_canaries
        from storage.database import JOBS, open_database
        from storage.operator import note_operator
        from storage.reach import require_reachable
        from storage.schema import revision_at
        from storage.schema import upgrade as bring_up

        settings = read_settings()
        opened = open_database(settings.database_url, readers=2)
        try:
            require_reachable(opened, within=JOBS, tell=_tell_waiting)
            with naming_the_newest_backup(settings):
                waterline.require_there(opened)
                key_a_fresh_desk(settings)
                was, done = revision_at(opened), bring_up(opened)
            if (
                was and done
            ):  # a new desk has nobody's records yet, and a server's key may come later
                vault = vault_of(settings)
                with opened.reading() as connection:
                    hear_canaries(connection, vault)  # or the log would hold a forgery for ever
                note_operator(
                    opened,
                    vault.signer,
                    "upgrade",
                    at=SystemClock().now(),
                    was=was,
                    now=done[-1],
                )
        finally:
            opened.dispose()
        typer.echo(f"upgraded: {', '.join(done)}" if done else "the database is up to date")


@group.command("rebuild-figures")
def rebuild_figures() -> None:
    """Make the rows that figures are taken from anew out of the log; the desk may run meanwhile."""
    with told():
        from bot.cli.at_desk import at_desk
        from tickets.desk.figure_rows import how_many, rebuild

        with (
            at_desk() as here,
            typer.progressbar(length=how_many(here.desk), label="figures") as bar,
        ):
            for count in rebuild(here.desk):
                bar.update(count)
        typer.echo("the rows of all figures were made anew")


@group.command("index-addenda")
def index_addenda() -> None:
    """Let archived cases be found by the addenda written before search knew them; the desk may run meanwhile."""
    with told():
        from bot.cli.at_desk import at_desk
        from tickets.desk.addendum import index_addenda

        with at_desk() as here:
            count = index_addenda(here.desk)
        typer.echo(f"archived cases found by their addenda: {count}")


def _tell_waiting(why: str, seconds: int) -> None:
    typer.echo(f"the database does not answer yet, waiting {seconds} s more: {why}", err=True)
