"""`deskbot customer`: what is held about one customer, and its erasure once two people agreed on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.trouble import WRONG_USE, fail, told

if TYPE_CHECKING:
    from bot.cli.at_desk import AtDesk
    from tickets.desk.subject import Which

group = typer.Typer(
    help="Customers' rights: everything held about one, and erasing it.", no_args_is_help=True
)

Phone = Annotated[str, typer.Option(help="The customer's phone number.")]
Mail = Annotated[str, typer.Option(help="The customer's mail address.")]
NumberOf = Annotated[str, typer.Option("--number", help="A ticket of the customer.")]
Reference = Annotated[
    str, typer.Option("--id", help="The customer's reference, as an export has it.")
]


@group.callback()
def customer() -> None:
    """Show a customer what is held about them, or erase it."""


@group.command()
def export(
    *,
    phone: Phone = "",
    mail: Mail = "",
    number: NumberOf = "",
    reference: Reference = "",
    reason: Annotated[str, typer.Option(help="Why; it goes on the audit log.")] = "",
    out: Annotated[
        Path, typer.Option(help="The file to write (a zip with JSON and readable text).")
    ] = Path("customer.zip"),
) -> None:
    """Write everything held about a customer, opened, into one file that you alone can read."""
    which = _which(phone, mail, number, reference)
    if not reason.strip():
        fail("deskbot: say why with --reason; it goes on the audit log", status=WRONG_USE)
    if out.exists():
        fail(f"deskbot: {out} exists already; nothing was written")
    with _at_desk() as here:
        from bot.papers.subject import save
        from tickets.case.values import Text
        from tickets.desk.subject import hold

        held = hold(here.desk, which, Text(reason))
        with here.desk.records.read() as unit:
            now = here.desk.clock.now()
            save(held, out, here.desk.handbook(), here.readers.channel(unit.directory), now=now)
    typer.echo(f"written: {out} ({len(held.cases)} cases; mode 0600, nothing in it is masked)")


@group.command()
def erase(
    *, phone: Phone = "", mail: Mail = "", number: NumberOf = "", reference: Reference = ""
) -> None:
    """Erase a customer for whom a supervisor asked and a director approved; ended anywhere, run it again.

    The record, the words of every case and the key that opens backups of them go; numbers, categories,
    times and scores stay.
    """
    which = _which(phone, mail, number, reference)
    with _at_desk() as here:
        from tickets.desk.subject import erase as carry_out

        done = carry_out(here.desk, which)
    if done is None:
        typer.echo("this customer was erased before; nothing was changed")
        return
    report = done.report
    typer.echo(
        f"erased: 1 customer, the words of {report['tickets']} cases; no backup brings them back"
    )
    if report.get("evidence"):
        typer.echo(f"evidence that Slack still keeps, delete it there: {report['files']}")
    typer.echo("Make a backup now: the customers' keys kept beside older ones are replaced by it.")


def _which(phone: str, mail: str, number: str, reference: str) -> "Which":
    from tickets.desk.subject import Which

    if sum(map(bool, (phone, mail, number, reference))) != 1:
        fail(
            "deskbot: name the customer by one of --phone, --mail, --number or --id",
            status=WRONG_USE,
        )
    return Which(phone=phone, mail=mail, number=number, id=reference)


@contextmanager
def _at_desk() -> "Iterator[AtDesk]":
    with told():
        from bot.cli.at_desk import at_desk
        from tickets.errors import DeskError

        with at_desk() as here:
            try:
                yield here
            except DeskError as refusal:
                fail(f"deskbot: {here.english(refusal)}")
