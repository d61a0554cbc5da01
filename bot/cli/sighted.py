"""What `deskbot audit who-saw` and `incident` read and say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.cli.at_desk import AtDesk
from bot.cli.trouble import WRONG_USE, fail
from bot.desk_config.misfit import Misfit
from bot.desk_config.moments import as_timedelta, parse_duration, parse_one_date
from bot.papers.incident import Incident, save
from tickets.case.values import Number, PersonId
from tickets.desk.context import Desk
from tickets.desk.sightings import Asked, Sighting, who_saw
from tickets.desk.subject import Which
from tickets.ports import Unit
from tickets.tongue import Tongue

WIDTH = 120
COLUMNS = ("at", "who", "what", "outcome", "case", "customer", "kinds")


@dataclass(frozen=True, slots=True)
class Question:
    """What `who-saw` was asked, as typed."""

    phone: str
    mail: str
    customer: str
    ticket: str
    since: str
    lang: str


@dataclass(frozen=True, slots=True)
class Span:
    """What `incident` was asked, as typed."""

    since: str
    until: str
    person: str
    lang: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Who saw what, and how it is told."""

    rows: Sequence[Sighting]
    lines: Sequence[Sequence[str]]
    headings: Sequence[str]

    def as_data(self) -> list[dict[str, Any]]:
        """Give it for scripts: codes and masked names."""
        return [
            {
                "at": one.at.isoformat(),
                "by": one.by,
                "action": one.action,
                "outcome": one.outcome,
                "ticket": one.number,
                "customer": one.customer,
                "name": one.seen.name if one.seen else None,
                "kinds": list(one.kinds),
                "reason": one.reason or None,
            }
            for one in self.rows
        ]

    def print(self) -> None:
        """Print it for people."""
        console = Console(width=None if Console().is_terminal else WIDTH, highlight=False)
        table = Table(*self.headings)
        for line in self.lines:
            table.add_row(*line)
        console.print(table)


def sighted(here: AtDesk, question: Question) -> Seen:
    """Answer who saw a customer's or a case's data. Raises NotFound."""
    which = Which(phone=question.phone, mail=question.mail, id=question.customer)
    desk = here.desk
    asked = Asked(
        customer=None if question.ticket else which,
        number=Number(question.ticket) if question.ticket else None,
        since=_moment(question.since, desk, "--since") if question.since else None,
    )
    rows = who_saw(desk, asked)
    with desk.records.read() as unit:
        tongue = _tongue(here, unit, question.lang)
        told = _incident(desk, tongue, rows, asked.since or desk.clock.now())
        lines = [_line(told, one) for one in rows]
    headings = [tongue(f"incident.column.{name}") for name in COLUMNS]
    return Seen(rows, lines, [*headings, tongue("incident.reason")])


def reported(here: AtDesk, span: Span, out: Path) -> str:
    """Write the report of an incident; say how much it holds. Raises OSError."""
    desk = here.desk
    since = _moment(span.since, desk, "--since")
    until = _end(span.until, desk) if span.until else desk.clock.now()
    by = PersonId(span.person) if span.person else None
    rows = who_saw(desk, Asked(by=by, since=since, until=until))
    with desk.records.read() as unit:
        tongue = _tongue(here, unit, span.lang)
        told = _incident(desk, tongue, rows, since, until)
        save(told, out)
    return f"{len(told.customers)} customers, {len(told.shown)} looks"


def _incident(
    desk: Desk,
    tongue: Tongue,
    rows: Sequence[Sighting],
    since: datetime,
    until: datetime | None = None,
) -> Incident:
    now = desk.clock.now()
    return Incident(sightings=rows, since=since, until=until or now, made_at=now, tongue=tongue)


def _line(told: Incident, one: Sighting) -> list[str]:
    return [
        told.moment(one.at),
        told.who(one),
        told.what(one),
        told.outcome(one),
        one.number or "–",
        told.name(one),
        told.kinds(one.kinds),
        one.reason,
    ]


def _tongue(here: AtDesk, unit: Unit, lang: str) -> Tongue:
    """Speak the desk's language unless another is asked for; names are read in this transaction."""
    return here.readers.channel(unit.directory, language=lang or None)


def _moment(typed: str, desk: Desk, option: str) -> datetime:
    try:
        if typed[-1:].isalpha():
            return desk.clock.now() - as_timedelta(parse_duration(typed, units=("h", "d")))
        return desk.calendar().start_of(parse_one_date(typed))
    except Misfit as misfit:
        fail(f"deskbot: {option}: {misfit}", status=WRONG_USE)


def _end(typed: str, desk: Desk) -> datetime:
    """A date is meant whole: the report ends where the next day begins."""
    at = _moment(typed, desk, "--until")
    return (
        at
        if typed[-1:].isalpha()
        else desk.calendar().start_of(parse_one_date(typed) + timedelta(days=1))
    )
