"""`deskbot audit`: the log verified, who saw what, and the report of an incident."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.trouble import FAILED, WRONG_USE, fail, told

if TYPE_CHECKING:
    from bot.cli.at_desk import AtDesk
    from bot.cli.verified import Verified

group = typer.Typer(
    help="The audit log: whether it is whole, who saw whose data, a report of an incident.",
    no_args_is_help=True,
)

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
Since = Annotated[str, typer.Option(help="From when on: 90d, 48h or a date such as 2026-11-24.")]
Lang = Annotated[str, typer.Option(help=f"{', '.join(LANGUAGES)}; the desk's own otherwise.")]


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


@group.command("who-saw")
def who_saw(  # one parameter an option
    *,
    phone: Annotated[str, typer.Option(help="The customer's phone number.")] = "",
    mail: Annotated[str, typer.Option(help="The customer's mail address.")] = "",
    customer: Annotated[str, typer.Option(help="The customer's reference.")] = "",
    ticket: Annotated[str, typer.Option(help="A ticket's number.")] = "",
    since: Since = "",
    lang: Lang = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the entries as JSON.")] = False,
) -> None:
    """List who saw, looked up or took a customer's or a ticket's data, when, of what kind and why.

    Refused attempts are listed too. The question itself goes on the audit log.
    """
    if sum(map(bool, (phone, mail, customer, ticket))) != 1:
        fail("deskbot: name one of --phone, --mail, --customer or --ticket", status=WRONG_USE)
    _require_language(lang)
    with _at_desk() as here:
        from bot.cli.sighted import Question, sighted

        seen = sighted(here, Question(phone, mail, customer, ticket, since, lang))
    if as_json:
        typer.echo(json.dumps(seen.as_data(), ensure_ascii=False))
    else:
        seen.print()


@group.command()
def incident(
    *,
    since: Since,
    until: Annotated[str, typer.Option(help="Up to when: a date is meant whole.")] = "",
    person: Annotated[str, typer.Option(help="What one member saw: U0123ABCD.")] = "",
    out: Annotated[Path, typer.Option(help="The file to write: .md or .xlsx.")],
    lang: Lang = "",
) -> None:
    """Write the report of an incident: whose data was seen by whom, when, why and of what kind.

    Names in it are masked; its last part has the elements of the notice that the law asks for.
    """
    if out.suffix not in {".md", ".xlsx"}:
        fail(f"deskbot: --out {out}: expected a name that ends in .md or .xlsx", status=WRONG_USE)
    if out.exists():
        fail(f"deskbot: {out} exists already; nothing was written")
    _require_language(lang)
    with _at_desk() as here:
        from bot.cli.sighted import Span, reported

        told_of = reported(here, Span(since, until, person, lang), out)
    typer.echo(f"written: {out} ({told_of}; mode 0600, names masked)")


def _require_language(lang: str) -> None:
    if lang and lang not in LANGUAGES:
        fail(f"deskbot: --lang {lang}: expected {', '.join(LANGUAGES)}", status=WRONG_USE)


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
