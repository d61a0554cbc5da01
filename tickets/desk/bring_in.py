"""Bring in the cases of a team's own sheet (R99–R101): each row understood, guessed or refused; run again, nothing more."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from tickets.case.announce import notices_of
from tickets.case.codec import write
from tickets.case.conditions import CaseFacts
from tickets.case.fold import fold
from tickets.case.listing import Redacted
from tickets.case.log import OPERATOR, Event
from tickets.case.redaction import summarise
from tickets.case.routing import Staffing, decide_priority, route
from tickets.case.ticket import Ticket
from tickets.case.values import CustomerId, Number, PersonId, Status, Text
from tickets.desk.archive import archive_key
from tickets.desk.context import Desk
from tickets.desk.staff import home_of
from tickets.desk.surely import surely
from tickets.notices import Plain
from tickets.people.customers import Customer
from tickets.people.privacy import redact
from tickets.people.roles import Action
from tickets.ports import AuditEntry, Unit
from tickets.ports.sheets import Brought, Known
from tickets.sheets.moments import at, read_typed
from tickets.sheets.names import Names
from tickets.sheets.reading import DATED, FIELDS, Reader
from tickets.sheets.row import CaseRow, Unreadable
from tickets.sheets.story import Setting, tell
from tickets.sheets.tables import Table
from tickets.time.deadlines import Reckoning
from tickets.time.durations import add

AT_ONCE = 500  # rows in one transaction
ACTION = "import_tickets"

Line = tuple[int, Sequence[str]]
"""A row's line in its sheet, and its cells."""

Render = Callable[[Unit, Number, Table], Sequence[Mapping[str, str]]]
"""Gives a case as a row of a table, masked and opened, to tell whether a sheet says anything else."""


class Came(StrEnum):
    """What became of a row."""

    MADE = "new"
    SAME = "unchanged"
    DIFFERS = "differs"  # on record with other words; nothing was overwritten
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row: its line, what became of it, under which number, what was guessed and why it was refused."""

    line: int
    came: Came
    number: str = ""
    guessed: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOfCases:
    """A sheet with its head found, and how its words are to be read."""

    table: Table
    placed: Mapping[str, int]
    headings: Sequence[str]
    lines: Sequence[Line]
    names: Names
    render: Render
    renumber: bool = False  # a number that another case has is given up for a new one


@dataclass(slots=True)
class _Run:
    """What one run remembers from part to part."""

    desk: Desk
    sheet: SheetOfCases
    reader: Reader
    keeps: bool
    now: datetime
    reckoning: Reckoning
    numbers: dict[str, int] = field(default_factory=dict)  # number of the sheet → its line
    customers: dict[str, Customer] = field(default_factory=dict)  # by id, phone or mail


@dataclass(slots=True)
class _Read:
    """A row on its way."""

    line: int
    cells: Mapping[str, str]
    row: CaseRow
    guessed: tuple[str, ...]
    number: Number | None = None


def bring_in(desk: Desk, sheet: SheetOfCases, *, keeps: bool) -> Iterator[tuple[RowReport, ...]]:
    """Take a sheet's cases in by parts, each one transaction, or only say what would come of it. Raises Busy.

    Nothing is posted. A case that is on record is never overwritten: what differs is reported.
    """
    now, handbook = desk.clock.now(), desk.handbook()
    run = _Run(
        desk=desk,
        sheet=sheet,
        reader=Reader(sheet.table, sheet.placed, sheet.headings, sheet.names, now),
        keeps=keeps,
        now=now,
        reckoning=Reckoning(handbook.policies, desk.calendar(), pauses=handbook.pauses),
    )
    for begun in range(0, len(sheet.lines), AT_ONCE):
        yield _part(run, sheet.lines[begun : begun + AT_ONCE])


def _part(run: _Run, lines: Sequence[Line]) -> tuple[RowReport, ...]:
    refused, read = _understood(run, lines)
    if not run.keeps:
        with run.desk.records.read() as unit:
            done, _new = _sorted(run, unit, read)
    else:

        def once() -> list[RowReport]:
            with run.desk.records.write() as unit:
                told, new = _sorted(run, unit, read)
                told += _kept(run, unit, new)
                _note(run, unit, [*refused, *told])
                return told

        return tuple(sorted([*refused, *surely(once)], key=lambda one: one.line))
    return tuple(sorted([*refused, *done], key=lambda one: one.line))


def _understood(run: _Run, lines: Sequence[Line]) -> tuple[list[RowReport], list[_Read]]:
    refused, read = [], []
    for line, cells in lines:
        try:
            row, guessed = run.reader.read(cells, line)
        except Unreadable as trouble:
            refused.append(RowReport(line, Came.REFUSED, why=str(trouble)))
            continue
        one = _Read(line, run.reader.cells(cells), row, guessed)
        before = run.numbers.setdefault(_source_no(row), line) if _source_no(row) else line
        if before != line:
            why = f"the number {_source_no(row)} stands on line {before} already"
            refused.append(RowReport(line, Came.REFUSED, why=why))
            continue
        read.append(one)
    return refused, read


def _source_no(row: CaseRow) -> str:
    return (row.number or row.old_number)[:64]


# --- what is on record already --------------------------------------------------------------------


def _sorted(run: _Run, unit: Unit, read: Sequence[_Read]) -> tuple[list[RowReport], list[_Read]]:
    """Tell what is on record, and what is new."""
    source = run.sheet.table
    came_in = unit.sheets.by_source(
        source, [_source_no(one.row) for one in read if _source_no(one.row)]
    )
    there = unit.sheets.by_number([Number(one.row.number) for one in read if one.row.number])
    alone = [one.row.received_at for one in read if not _source_no(one.row)]
    then = unit.sheets.by_moment(alone) if alone else {}
    told: list[RowReport] = []
    new: list[_Read] = []
    for one in read:
        same_number = came_in.get(_source_no(one.row)) or there.get(Number(one.row.number))
        if not _source_no(one.row):
            report = _without_number(run, unit, one, then.get(one.row.received_at, ()))
        else:
            report = _with_number(run, unit, one, same_number) if same_number else None
        if report:
            told.append(report)
            continue
        one.number = Number(one.row.number) if one.row.number and not same_number else None
        new.append(one)
        if not run.keeps:
            told.append(RowReport(one.line, Came.MADE, one.number or "", one.guessed))
    return told, new


def _with_number(run: _Run, unit: Unit, one: _Read, known: Known) -> RowReport | None:
    """Hold a row against the case of its number; None: another case has it, and it may have a new one."""
    changed = _changed(run, unit, one, known)
    if not changed:
        return RowReport(one.line, Came.SAME, known.number)
    is_other = (
        known.source != run.sheet.table
        if known.source
        else known.received_at != one.row.received_at
    )
    if is_other:
        return _taken(run, one, known)
    why = "on record with other words, nothing was overwritten: " + ", ".join(changed)
    return RowReport(one.line, Came.DIFFERS, known.number, why=why)


def _taken(run: _Run, one: _Read, known: Known) -> RowReport | None:
    if run.sheet.renumber:
        one.guessed = (
            *one.guessed,
            f"{known.number} is another case's: gets a new number of its day",
        )
        return None
    why = f"the number {known.number} is another case's (--renumber gives this one a new number of its day)"
    return RowReport(one.line, Came.REFUSED, why=why)


def _without_number(run: _Run, unit: Unit, one: _Read, there: Sequence[Known]) -> RowReport | None:
    """Look for a row among the cases of its minute; one with the same customer and words in part is that case."""
    for known in there:
        changed = _changed(run, unit, one, known)
        if not changed:
            return RowReport(one.line, Came.SAME, known.number)
        named = {
            run.sheet.headings[run.sheet.placed[name]]
            for name in _IDENTITY
            if name in run.sheet.placed
        }
        if known.source == run.sheet.table and not named & set(changed):
            why = "on record with other words, nothing was overwritten: " + ", ".join(changed)
            return RowReport(one.line, Came.DIFFERS, known.number, why=why)
    return None


_IDENTITY = ("customer", "name", "contact", "description", "kind")


def _changed(run: _Run, unit: Unit, one: _Read, known: Known) -> list[str]:
    """Name the columns in which a row says something else than when it came in, and than the case says now."""
    marked = known.marks and known.source == run.sheet.table
    changed = _remarked(run, unit, one, known) if marked else list(run.sheet.placed)
    if not changed:
        return []
    for shown in run.sheet.render(unit, known.number, run.sheet.table):
        changed = [
            name
            for name in changed
            if _says(name, one.cells[name]) != _says(name, shown.get(name, ""))
        ]
    return [run.sheet.headings[run.sheet.placed[name]] for name in changed]


def _remarked(run: _Run, unit: Unit, one: _Read, known: Known) -> list[str]:
    marks = unit.sheets.marks(_in_order(one.cells), key_id=known.marked_with)
    if marks is None:
        return list(run.sheet.placed)
    length = unit.sheets.mark_length()
    parts = [slice(at, at + length) for at in range(0, len(marks), length)]
    return [
        name
        for name, part in zip(FIELDS, parts, strict=True)
        if name in run.sheet.placed and marks[part] != known.marks[part]
    ]


def _in_order(cells: Mapping[str, str]) -> list[str]:
    return [_says(name, cells.get(name, "")) for name in FIELDS]


def _says(name: str, text: str) -> str:
    """Give what a cell says, however a program wrote it: the same moment, the same words."""
    typed = read_typed(text) if name in DATED and text else None
    if typed is None:
        return " ".join(text.split())
    if typed.day is None or name == "closed_on":
        return f"{typed.day} {typed.minute}" if typed.day is None else f"{typed.day}"
    return f"{at(typed.day, typed.minute or 0, UTC)}"


# --- what is new ----------------------------------------------------------------------------------


def _kept(run: _Run, unit: Unit, new: Sequence[_Read]) -> list[RowReport]:
    customers = _customers(run, unit, new)
    kept: set[Number | None] = {one.number for one in new if one.number}
    brought, told = [], []
    for one, customer in zip(new, customers, strict=True):
        if one.number is None:
            one.number = _next_number(run, unit, one, kept)
        case = _case(run, one, customer)
        brought.append(case)
        told.append(RowReport(one.line, Came.MADE, one.number, one.guessed))
    if brought:
        unit.sheets.add(brought)
        _seal(run, unit, [one.ticket for one in brought])
        _announce(run, unit, brought)
    return told


def _announce(run: _Run, unit: Unit, brought: Sequence[Brought]) -> None:
    """What was taken down by hand while the desk was down is new to everybody (补录); of all else nothing is said."""
    handbook = run.desk.handbook()
    for one in brought:
        ticket = one.ticket
        if ticket.intake.backfilled and ticket.status is Status.NEW:
            unit.cards.want(ticket.number, department=ticket.department, version=ticket.version)
            unit.notices.plan(notices_of(None, ticket, tuple(one.events), handbook))


def _next_number(run: _Run, unit: Unit, one: _Read, kept: set[Number | None]) -> Number:
    """Draw a number of the case's own day that neither the records nor this part have."""
    day = run.desk.calendar().date_of(one.row.received_at)
    while True:
        number = unit.tickets.next_number(day)
        if number not in kept and not unit.sheets.by_number([number]):
            kept.add(number)
            return number


def _customers(run: _Run, unit: Unit, new: Sequence[_Read]) -> list[Customer]:
    """Find or make each row's customer; by a masked number nobody is found."""
    made: dict[CustomerId, Customer] = {}
    whose: list[Customer] = []
    for one in new:
        keys = _keys(run, one.row)
        known = next((run.customers[key] for key in keys if key in run.customers), None)
        known = known or _on_record(unit, keys)
        if known is None:
            known = _new_customer(run, one.row)
            made[known.id] = known
        run.customers |= dict.fromkeys(keys, known)
        whose.append(known)
    codes = {one.id: one for one in unit.sheets.add_customers(list(made.values()))} if made else {}
    run.customers = {key: codes.get(one.id, one) for key, one in run.customers.items()}
    return [codes.get(one.id, one) for one in whose]


def _keys(run: _Run, row: CaseRow) -> list[str]:
    phone = run.desk.phones.normalise(row.contact.phone) if row.contact.phone else None
    keys = {"id": row.code, "phone": phone or "", "mail": row.contact.email}
    return [f"{kind}:{value}" for kind, value in keys.items() if value]


def _on_record(unit: Unit, keys: Sequence[str]) -> Customer | None:
    ways = dict(key.split(":", 1) for key in keys)
    code, phone, email = (ways.get(kind) for kind in ("id", "phone", "mail"))
    found = unit.customers.by_code(code) if code else None
    if found is None and (phone or email):
        found = unit.customers.find(phone=phone, email=email)
    return found if found and not found.is_erased else None


def _new_customer(run: _Run, row: CaseRow) -> Customer:
    contact = row.contact
    phone = run.desk.phones.normalise(contact.phone) if contact.phone else None
    return Customer(
        id=CustomerId(run.desk.new_id()),
        code=row.code,
        name=row.name,
        phone=phone or contact.phone or contact.masked,
        email=contact.email or contact.masked_email,
        salutation=row.salutation,
        type=row.customer_type,
        groups=row.groups,
        created_at=row.received_at,
    )


def _case(run: _Run, one: _Read, customer: Customer) -> Brought:
    desk, row = run.desk, one.row
    handbook = desk.handbook()
    facts = CaseFacts(
        kind=row.kind,
        category=row.category,
        priority=row.urgency,
        customer=row.customer_type,
        level=Text(customer.level),
        groups=customer.groups | row.groups,
    )
    is_open = row.status.is_open
    setting = Setting(
        customer=customer,
        logger=_logger(run, row) if is_open else OPERATOR,
        department=_department(run, row, facts),
        priority=decide_priority(handbook, row.urgency, facts) if is_open else row.urgency,
        watched_until=lambda end: add(end, handbook.follow_up, desk.calendar()),
        archive_key="",
        now=run.now,
    )
    number = one.number or Number("")
    if row.is_archived:
        setting = replace(setting, archive_key=_filed(run, row, number))
    ticket_id = desk.new_id()
    log = tuple(
        Event(ticket_id, number, seq, at, by, fact)
        for seq, (at, by, fact) in enumerate(tell(row, setting), start=1)
    )
    ticket = fold(log)
    owes = is_open or row.due_at is not None
    return Brought(
        ticket=ticket,
        events=log,
        deadlines=run.reckoning.owed(log) if owes else (),
        redacted=_redacted(run, log, row.description, customer),
        source=run.sheet.table,
        source_no=_source_no(row),
        cells=_in_order(one.cells),
    )


def _redacted(run: _Run, log: Sequence[Event], description: str, customer: Customer) -> Redacted:
    """Take personal data out of every text once, however many rows there are."""
    names, phones = (customer.name,) if customer.name else (), run.desk.phones.spans
    said = [text for event in log for text in write(event.fact).words.values()]
    others = "\n".join(text for text in said if text and text != description)
    clean = redact(description, names=names, phones=phones)
    return Redacted(
        summary=summarise(clean),
        search="\n".join([clean, redact(others, names=names, phones=phones)]),
    )


def _department(run: _Run, row: CaseRow, case: CaseFacts) -> str:
    """Where it lies: as the sheet says, with its assignee, or where an open one would go by the rules."""
    if row.department is not None:
        return row.department
    handbook = run.desk.handbook()
    if row.assignee:
        return home_of(row.assignee, handbook, otherwise="")
    if not row.status.is_open:
        return ""
    return route(handbook, case, Staffing(local_now=run.desk.calendar().local(run.now))).department


def _logger(run: _Run, row: CaseRow) -> PersonId:
    """Who answers for an open case from now on: its assignee where that is an agent, else a supervisor."""
    people = run.desk.handbook().people
    if row.assignee in people.agents:
        return row.assignee
    return min(people.supervisors, default=OPERATOR)


def _filed(run: _Run, row: CaseRow, number: Number) -> str:
    """Name where it is filed, by the same words as everything else (R95)."""
    return archive_key(number, row.category, run.desk.handbook())


def _seal(run: _Run, unit: Unit, tickets: Sequence[Ticket]) -> None:
    """Seal what came in as archived, as a press does."""
    numbers = [one.number for one in tickets if one.status is Status.ARCHIVED]
    if not numbers:
        return
    part = unit.archive.seal(numbers, day=run.desk.calendar().date_of(run.now), at=run.now)
    detail: dict[str, Plain] = {
        "archived": len(numbers),
        "day": part.day.isoformat(),
        "part": part.part,
        "head": part.head,
    }
    _audit(run, unit, Action.ARCHIVE, detail)


def _note(run: _Run, unit: Unit, told: Sequence[RowReport]) -> None:
    counts: dict[str, Plain] = {str(came): sum(one.came is came for one in told) for came in Came}
    _audit(run, unit, ACTION, {"table": run.sheet.table, **counts})


def _audit(run: _Run, unit: Unit, action: str, detail: Mapping[str, Plain]) -> None:
    unit.audit.write(
        AuditEntry(
            at=run.now, by=OPERATOR, action=action, number=None, outcome="done", detail=detail
        )
    )
