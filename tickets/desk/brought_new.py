"""Rows of a sheet that are new: each becomes a case with its customer, its log and what it owes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tickets.case import facts as f
from tickets.case.announce import notices_of
from tickets.case.conditions import CaseFacts
from tickets.case.fold import fold
from tickets.case.listing import Redacted
from tickets.case.log import OPERATOR, Event
from tickets.case.redaction import said_in, summarise
from tickets.case.routing import Staffing, decide_priority, route
from tickets.case.ticket import Ticket
from tickets.case.values import AssignCause, CustomerId, Number, PersonId, Status, Text
from tickets.desk.archive import archive_key
from tickets.desk.bringing import Came, Read, RowReport, Run, in_order, source_no
from tickets.desk.staff import assigned_by, home_of, pick_in, route_case
from tickets.insight.rounds import rows_of
from tickets.notices import Plain
from tickets.people.customers import Customer
from tickets.people.privacy import redact
from tickets.people.roles import Action
from tickets.ports import AuditEntry, Unit
from tickets.ports.sheets import Brought
from tickets.sheets.row import CaseRow
from tickets.sheets.story import Setting, tell
from tickets.time.durations import add


def keep_new(run: Run, unit: Unit, new: Sequence[Read]) -> list[RowReport]:
    """Keep new cases, seal those that came in as archived, and give each its number. Raises HandledMeanwhile."""
    customers = _customers(run, unit, new)
    run.in_hand.clear()  # a part that is tried again begins anew; one that was kept is counted by the records
    brought, told = [], []
    for one, customer in zip(new, customers, strict=True):
        if one.number is None:
            one.number = _next_number(run, unit, one)
        case = _case(run, unit, one, customer)
        _count(run, case.ticket)
        brought.append(case)
        told.append(RowReport(one.line, Came.MADE, one.number, one.guessed))
    if brought:
        unit.sheets.add(brought)
        _seal(run, unit, [one.ticket for one in brought])
        _announce(run, unit, brought)
    return told


def _count(run: Run, ticket: Ticket) -> None:
    """Count an open case as its assignee's: the next one of the part goes as if this one had come before it."""
    if ticket.assignee and ticket.status.is_open:
        run.in_hand[ticket.assignee] += 1


def _announce(run: Run, unit: Unit, brought: Sequence[Brought]) -> None:
    """What was taken down by hand while the desk was down is new to everybody (补录); of all else nothing is said."""
    handbook = run.desk.handbook()
    for one in brought:
        ticket = one.ticket
        if _is_news(ticket.status, is_backfilled=ticket.intake.backfilled):
            unit.cards.want(ticket.number, department=ticket.department, version=ticket.version)
            unit.notices.plan(notices_of(None, ticket, tuple(one.events), handbook))


def _next_number(run: Run, unit: Unit, one: Read) -> Number:
    """Draw a number of the case's own day that neither the records nor any row of the sheet have."""
    day = run.desk.calendar().date_of(one.row.received_at)
    while True:
        number = unit.tickets.next_number(day)
        if number not in run.borne and not unit.sheets.by_number([number]):
            return number


def _customers(run: Run, unit: Unit, new: Sequence[Read]) -> list[Customer]:
    """Find or make each row's customer; by a masked number nobody is found."""
    ways_of = [_ways(run, one.row) for one in new]
    asked = {way for ways in ways_of for way in ways if way not in run.customers}
    run.customers |= unit.sheets.customers(asked)
    made: dict[CustomerId, Customer] = {}
    whose: list[CustomerId] = []
    known: dict[CustomerId, Customer] = {}
    for one, ways in zip(new, ways_of, strict=True):
        who = next((run.customers[way] for way in ways if way in run.customers), None)
        if who is None:
            who = _new_customer(run, one.row)
            made[who.id] = who
        run.customers |= dict.fromkeys(ways, who)
        known[who.id] = who
        whose.append(who.id)
    if made:  # each has a public id from now on
        known |= {one.id: one for one in unit.sheets.add_customers(list(made.values()))}
        for ways, its in zip(ways_of, whose, strict=True):
            run.customers |= dict.fromkeys(ways, known[its])
    return [known[its] for its in whose]


def _ways(run: Run, row: CaseRow) -> list[tuple[str, str]]:
    """Give by what a row's customer is known, the surest first."""
    ways = {
        "id": row.code,
        "phone": _normal(run, row.contact.phone) or "",
        "mail": row.contact.email,
    }
    return [(kind, value) for kind, value in ways.items() if value]


def _normal(run: Run, typed: str) -> str | None:
    """Read a telephone number once, however often it calls."""
    if typed and typed not in run.phones:
        run.phones[typed] = run.desk.phones.normalise(typed)
    return run.phones.get(typed)


def _new_customer(run: Run, row: CaseRow) -> Customer:
    contact = row.contact
    phone = _normal(run, contact.phone)
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


def _case(run: Run, unit: Unit, one: Read, customer: Customer) -> Brought:
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
        given=_given(run, unit, row, facts),
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
    ticket, owed = fold(log), run.reckoning.owed(log)
    owes = is_open or row.due_at is not None
    return Brought(
        ticket=ticket,
        events=log,
        deadlines=owed if owes else (),
        figures=rows_of(ticket, log, owed, desk.calendar()),
        redacted=_redacted(run, log, row.description, customer),
        source=run.sheet.table,
        source_no=source_no(row),
        cells=in_order(one.cells),
    )


def _redacted(run: Run, log: Sequence[Event], description: str, customer: Customer) -> Redacted:
    """Take personal data out of every text once, however many rows there are."""
    names, phones = (customer.name,) if customer.name else (), run.desk.phones.spans
    others = "\n".join(text for text in said_in(log) if text != description)
    clean = redact(description, names=names, phones=phones)
    return Redacted(
        summary=summarise(clean),
        search="\n".join([clean, redact(others, names=names, phones=phones)]),
    )


def _given(run: Run, unit: Unit, row: CaseRow, case: CaseFacts) -> f.Assigned | None:
    """Where it lies and whose it is: as the sheet says; what is new to everybody goes as if it were logged now."""
    if _is_news(row.status, is_backfilled=row.is_backfilled) and not row.assignee:
        return _routed(run, unit, row, case)
    department = _department(run, row, case)
    if not (department or row.assignee):
        return None
    return f.Assigned(department=department, assignee=row.assignee, cause=AssignCause.PERSON)


def _routed(run: Run, unit: Unit, row: CaseRow, case: CaseFacts) -> f.Assigned:
    target = run.desk.handbook().departments.get(row.department or "")
    if target is None:
        return assigned_by(route_case(run.desk, unit, case, besides=run.in_hand))
    person, absent = pick_in(run.desk, unit, target, besides=run.in_hand)
    return f.Assigned(
        department=target.key, assignee=person, cause=AssignCause.PERSON, stands_in_for=absent
    )


def _is_news(status: Status, *, is_backfilled: bool) -> bool:
    """Tell what was taken down by hand while the desk was down, and nobody has begun."""
    return is_backfilled and status is Status.NEW


def _department(run: Run, row: CaseRow, case: CaseFacts) -> str:
    """Where it lies: as the sheet says, with its assignee, or where an open one would go by the rules."""
    if row.department is not None:
        return row.department
    handbook = run.desk.handbook()
    if row.assignee:
        return home_of(row.assignee, handbook, otherwise="")
    if not row.status.is_open:
        return ""
    return route(handbook, case, Staffing(local_now=run.desk.calendar().local(run.now))).department


def _logger(run: Run, row: CaseRow) -> PersonId:
    """Who answers for an open case from now on: its assignee where that is an agent, else a supervisor."""
    people = run.desk.handbook().people
    if row.assignee in people.agents:
        return row.assignee
    return min(people.supervisors, default=OPERATOR)


def _filed(run: Run, row: CaseRow, number: Number) -> str:
    """Name where it is filed, by the same words as everything else (R95)."""
    return archive_key(number, row.category, run.desk.handbook())


def _seal(run: Run, unit: Unit, tickets: Sequence[Ticket]) -> None:
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
    on_log(run, unit, Action.ARCHIVE, detail)


def on_log(run: Run, unit: Unit, action: str, detail: Mapping[str, Plain]) -> None:
    """Put on the audit log what the operator did."""
    unit.audit.write(
        AuditEntry(
            at=run.now, by=OPERATOR, action=action, number=None, outcome="done", detail=detail
        )
    )
