"""The operator's commands, one file a group; heavy imports happen inside the commands."""

import typer

from bot.cli import (
    audit,
    backup,
    check,
    customer,
    database,
    digest,
    export,
    importing,
    init,
    keys,
    run,
    sandbox,
    simulate,
    stats,
)

application = typer.Typer(
    name="deskbot",
    help="A customer-service desk that lives in Slack.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
application.command("run")(run.run)
application.command("sandbox")(sandbox.sandbox)
application.command("init")(init.init)
application.command("check")(check.check)
application.command("simulate")(simulate.simulate)
application.command("import")(importing.import_)
application.command("export")(export.export)
application.command("backup")(backup.backup)
application.command("restore")(backup.restore)
application.add_typer(database.group, name="db")
application.add_typer(audit.group, name="audit")
application.add_typer(digest.group, name="digest")
application.add_typer(keys.group, name="keys")
application.add_typer(customer.group, name="customer")
application.add_typer(stats.group, name="stats")
