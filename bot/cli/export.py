"""`deskbot export`: the team's own tables as a file, masked unless two people agreed (R92, R99–R101, R105, X18)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.trouble import WRONG_USE, fail, told
from tickets.sheets.tables import OF_CASES, Table

if TYPE_CHECKING:
    from rich.progress import Progress

    from bot.cli.at_desk import AtDesk
    from tickets.case.values import Status
    from tickets.sheets.wish import Wish

SUFFIXES = (".xlsx", ".csv")
AGO = timedelta(days=30)
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
BLANKS = 5  # forms on as many sheets of paper
OPTIONS = {
    "since": "--since",
    "until": "--until",
    "department": "--department",
    "export_status": "--status",
}
"""By the field that the form in Slack has for it."""


def export(  # noqa: PLR0913  an option each
    file: Annotated[Path, typer.Argument(help="The file to write: .xlsx or .csv (UTF-8).")],
    *,
    table: Annotated[
        str,
        typer.Option(
            "--table", help=f"Which table: {', '.join(Table)}; else the one desk.yml says."
        ),
    ] = "",
    since: Annotated[
        str, typer.Option("--since", help="The first day, 2026-11-01; else the last 30 days.")
    ] = "",
    until: Annotated[str, typer.Option("--until", help="The last day, counted in.")] = "",
    department: Annotated[
        str, typer.Option("--department", help="Of one department, by its key in desk.yml.")
    ] = "",
    status: Annotated[
        str, typer.Option("--status", help="Of these statuses, e.g. closed,archived.")
    ] = "",
    lang: Annotated[
        str, typer.Option("--lang", help=f"Headings and words: {', '.join(LANGUAGES)}.")
    ] = "",
    request: Annotated[
        str,
        typer.Option(
            "--request", help="An approved request: what it names, unmasked; it serves once."
        ),
    ] = "",
    blank: Annotated[
        bool,
        typer.Option(
            "--blank", help="The form to print (A4) for the day the desk is down: .xlsx or .html."
        ),
    ] = False,
) -> None:
    """Write one of the team's tables, column for column in its own order; masked, and with who took it out.

    Everything unmasked is asked for in Slack (/ticket export) by a supervisor and approved there by a director.
    """
    if file.exists():
        fail(f"deskbot: {file} exists already; nothing was written")
    with told(), _at_desk() as here:
        if blank:
            _blank(here, file, table, lang)
            return
        if file.suffix not in SUFFIXES:
            fail(f"deskbot: {file} has to end in {' or '.join(SUFFIXES)}", status=WRONG_USE)
        _require_extra(file)
        with _beside(file) as part:
            if request:
                wish = _approved(here, request)
            else:
                wish = _wish(here, table, (since, until), department, status, lang)
                _noted(here, wish)
            rows = _write(here, part, wish, request)
            if request:
                _used(here, request)
    typer.echo(
        f"written: {file} ({rows} rows; mode 0600, {'nothing in it is masked' if request else 'masked'})"
    )


def _wish(
    here: "AtDesk", table: str, period: tuple[str, str], department: str, status: str, lang: str
) -> "Wish":
    from bot.desk_config.misfit import Misfit
    from bot.desk_config.moments import parse_one_date
    from tickets.sheets.tables import Narrowing
    from tickets.sheets.wish import Wish

    handbook, today = here.desk.handbook(), here.desk.calendar().date_of(here.desk.clock.now())
    wanted = _table(here, table)
    if department and department not in handbook.departments:
        known = ", ".join(handbook.departments)
        fail(f"deskbot: no department {department!r}; there are: {known}", status=WRONG_USE)
    if lang and lang not in LANGUAGES:
        fail(f"deskbot: no language {lang!r}; there are: {', '.join(LANGUAGES)}", status=WRONG_USE)
    statuses = _statuses(status)
    try:
        last = parse_one_date(period[1]) if period[1] else today
        first = parse_one_date(period[0]) if period[0] else last - AGO
    except (ValueError, Misfit) as wrong:
        fail(f"deskbot: {wrong}", status=WRONG_USE)
    wish = Wish(
        table=wanted,
        since=first,
        until=last,
        department=department or None,
        statuses=statuses,
        language=lang or handbook.language,
    )
    if any(period) and not wish.goes_by(Narrowing.PERIOD):
        fail(f"deskbot: --table {wanted} takes no --since and no --until", status=WRONG_USE)
    for name, problem in wish.problems().items():
        fail(f"deskbot: {OPTIONS[name]}: {here.in_english(problem)}", status=WRONG_USE)
    return wish


def _table(here: "AtDesk", typed: str) -> Table:
    from tickets.sheets.usual import usual_table

    if typed and typed not in set(Table):
        fail(f"deskbot: no table {typed!r}; there are: {', '.join(Table)}", status=WRONG_USE)
    return Table(typed) if typed else usual_table(here.desk.handbook())


def _statuses(typed: str) -> "frozenset[Status]":
    from tickets.case.values import Status

    named = [one.strip() for one in typed.split(",") if one.strip()]
    for one in named:
        if one not in set(Status):
            fail(f"deskbot: no status {one!r}; there are: {', '.join(Status)}", status=WRONG_USE)
    return frozenset(map(Status, named))


def _approved(here: "AtDesk", request: str) -> "Wish":
    from tickets.desk.export import begin_approved

    return begin_approved(here.desk, request).wish


def _used(here: "AtDesk", request: str) -> None:
    from tickets.desk.export import use_approved

    use_approved(here.desk, request)


def _noted(here: "AtDesk", wish: "Wish") -> None:
    from tickets.desk.export import note_taken

    note_taken(here.desk, wish)


def _require_extra(file: Path) -> None:
    from bot.papers.fonts import has_sheets

    if file.suffix == ".xlsx" and not has_sheets():
        fail(
            "deskbot: writing xlsx needs the extra 'reports': pip install 'deskbot[reports]'; .csv does not"
        )


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """Give a name beside the file's own: it becomes the file once all is written and noted, else it goes."""
    part = file.with_name(f".{file.stem}-{token_hex(4)}{file.suffix}")
    part.touch(
        mode=0o600, exist_ok=False
    )  # a folder that takes no file is told before anything is noted
    part.unlink()
    try:
        yield part
        if file.exists():
            fail(f"deskbot: {file} exists already; nothing was written")
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)


def _write(here: "AtDesk", file: Path, wish: "Wish", request: str) -> int:
    from rich.console import Console
    from rich.progress import Progress

    from bot.papers.export import Stamp, write_table
    from bot.papers.export_rows import Rows
    from tickets.desk.take_out import EVERYTHING

    with here.desk.records.read() as unit:
        tongue = here.readers.channel(unit.directory, language=wish.language)
        stamp = Stamp(
            wish=wish,
            handbook=here.desk.handbook(),
            tongue=tongue,
            by="deskbot",
            at=here.desk.clock.now(),
            request=request,
        )
        with Progress(console=Console(stderr=True), transient=True) as progress:
            rows = Rows(
                desk=here.desk,
                unit=unit,
                wish=wish,
                sight=EVERYTHING,
                tongue=tongue,
                is_full=bool(request),
                step=_stepping(progress),
            )
            return write_table(file, stamp, rows.all())


def _stepping(progress: "Progress") -> Callable[[int, int], None]:
    task = progress.add_task("writing", total=None)

    def step(done: int, total: int) -> None:
        progress.update(task, completed=done, total=total)

    return step


def _blank(here: "AtDesk", file: Path, table: str, lang: str) -> None:
    from bot.papers.blank_form import SUFFIXES as FORMS
    from bot.papers.blank_form import write_blank

    if file.suffix not in FORMS:
        fail(f"deskbot: the form is written as {' or '.join(FORMS)}", status=WRONG_USE)
    _require_extra(file)
    wanted = _table(here, table)
    if wanted not in OF_CASES:
        cases = ", ".join(OF_CASES)
        fail(f"deskbot: the form is of a table of cases: {cases}", status=WRONG_USE)
    with here.desk.records.read() as unit:
        tongue = here.readers.channel(unit.directory, language=lang or None)
        write_blank(file, wanted, here.desk.handbook(), tongue, pages=BLANKS)
    typer.echo(f"written: {file}; what is filled in comes back with `deskbot import`")


@contextmanager
def _at_desk() -> "Iterator[AtDesk]":
    from bot.cli.at_desk import at_desk
    from tickets.errors import DeskError

    with at_desk() as here:
        try:
            yield here
        except DeskError as refusal:
            fail(f"deskbot: {here.english(refusal)}")
