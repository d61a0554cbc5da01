"""The parts of a case as a line of a sheet says them, one function a part."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from tickets.case.values import Kind, Priority, Status
from tickets.sheets import words
from tickets.sheets.cells import read_contact, read_customer, read_name, read_owner
from tickets.sheets.entries import read_entries
from tickets.sheets.line import Line
from tickets.sheets.moments import at, first_day_in
from tickets.sheets.numbers import as_number, cut_short
from tickets.sheets.row import CaseRow, Unreadable
from tickets.sheets.tables import COLUMNS, Table

CLOSING = 17 * 60  # R63: records are checked before 17:00; the hour of a date without one
_UNKNOWN = frozenset({"客户", "customer"})


def fill_number(line: Line, row: CaseRow) -> None:
    """Read the number, or note that the case gets one."""
    text = line.get("number")
    number = as_number(text)
    if number:
        row.number = number
    elif cut_short(text):
        line.guess("number", "lost its digits in a spreadsheet: gets one of its day")
    elif text:
        row.old_number = text
        line.guess(
            "number", "is no number of this desk: gets one of its day, its own stays beside it"
        )
    elif "number" in COLUMNS[line.table]:
        line.guess("number", "is empty: gets a number of its day")


def fill_customer(line: Line, row: CaseRow) -> None:
    """Read who called."""
    name = line.get("name")
    if line.get("customer"):
        name, row.code = read_customer(line.get("customer"))
    row.name, row.salutation = read_name(name)
    if row.name in _UNKNOWN or row.name == "客戶":
        row.name = ""
    row.contact = read_contact(line.get("contact"))
    typed = line.get("customer_type")
    key = line.names.plain(typed)
    if key in words.GROUPS:
        row.groups = frozenset({words.GROUPS[key]})
    elif key.startswith("vip"):
        row.customer_type = line.names.types["vip"]
    elif typed and key not in line.names.types:
        line.guess("customer_type", "is no type of ours: taken as an existing customer")
    else:
        row.customer_type = line.names.types.get(key, row.customer_type)


def fill_what(line: Line, row: CaseRow) -> None:
    """Read what it is about, how urgent, and which way it came."""
    first, second = line.get("category_1"), line.get("category_2")
    whole = line.get("category")
    if whole and not (first or second):
        parts = [one.strip() for one in re.split(r"[/>、\-—:：]+", whole, maxsplit=1)]
        first, second = parts[0], parts[1] if len(parts) > 1 else ""
    found = line.names.category(first, second)
    if found is None and not second:
        found = line.names.category("", first)
    if found is None and (first or second):
        line.guess(
            _first_of(line.placed, "category_2", "category"), "is no category here: left open"
        )
        found = line.names.category(first, "")
    row.category = found or ""
    row.kind = _kind(line, first, row.category)
    row.product = line.get("product")
    typed = line.get("urgency")
    urgency = line.names.priorities.get(line.names.plain(typed))
    if urgency is None and "urgency" in line.placed:
        said = "is no urgency of ours" if typed else "is empty"
        line.guess("urgency", f"{said}: taken as {Priority.P2}")
    row.urgency = urgency or Priority.P2
    typed = line.get("channel")
    channel = line.names.channels.get(line.names.plain(typed))
    if channel is None and typed:
        line.guess("channel", "is no channel of ours: taken as the telephone")
    row.channel = channel or row.channel
    row.remarks = line.get("remarks")
    if row.contact.others:
        line.guess(
            "contact", "has several numbers: the first is taken, the others are kept in the remarks"
        )
        _remark(line, row, "contact", row.contact.others)
    row.is_backfilled = line.names.plain(line.get("backfilled")) in words.YES


def _kind(line: Line, first: str, category: str) -> Kind:
    """Tell the kind by its own column, else by the category as the desk has it, else by the category's word."""
    typed, known = line.get("kind"), line.names.kinds
    kind = known.get(line.names.plain(typed)) if typed else None
    if typed and kind is None:
        line.guess("kind", "is no kind of ours: taken by its category, else as an inquiry")
    of_category = line.names.kinds_of.get(category)
    return kind or of_category or known.get(line.names.plain(first)) or Kind.INQUIRY


def fill_who(line: Line, row: CaseRow) -> None:
    """Read who has it; a word that names nobody here stays beside it."""
    department, person = line.get("department"), line.get("assignee")
    if line.get("owner"):
        department, person = read_owner(line.get("owner"))
    if department:
        row.department = line.names.departments.get(line.names.plain(department))
        if row.department is None:
            line.guess(
                _first_of(line.placed, "department", "owner"),
                "is no department here: its word stays beside it",
            )
    if person:
        row.assignee = line.names.person(person)
        if row.assignee is None:
            line.guess(
                _first_of(line.placed, "assignee", "owner"),
                "is nobody known here: its word stays beside it",
            )


def fill_times(line: Line, row: CaseRow) -> None:
    """Read what was due and when it was done; nothing lies ahead or before the case came."""
    day = row.received_at.astimezone(line.names.zone).date()
    row.due_at = _due(line, day)
    if row.due_at and row.due_at <= row.received_at:
        line.guess("due_at", "lies before the case came: left out")
        row.due_at = None
    row.done_at = _not_ahead(line, "done_at", line.moment("done_at", day), row)
    row.closed_at = _not_ahead(line, "closed_on", line.moment("closed_on", day, hour=CLOSING), row)


def _due(line: Line, day: date) -> datetime | None:
    try:
        return line.moment("due_at", day)
    except Unreadable:
        line.guess("due_at", "says no moment: the desk's own targets hold")
        return None


def _not_ahead(line: Line, name: str, moment: datetime | None, row: CaseRow) -> datetime | None:
    if moment is None:
        return None
    if moment > line.now + timedelta(days=1):
        raise line.wrong(name, "lies in the future")
    if moment < row.received_at:
        line.guess(name, "lies before the case came: taken as the same moment")
    return min(max(moment, row.received_at), line.now)


def fill_status(line: Line, row: CaseRow) -> None:
    """Read how far it is."""
    typed = line.get("status")
    key = line.names.plain(typed)
    status = line.names.statuses.get(key)
    if typed and status is None:
        raise line.wrong("status", f"is no status known here: {typed[:20]!r}")
    row.is_confirmed = key in line.names.confirmed and line.table is Table.AFTER_SALES
    filed = line.names.plain(line.get("archived")) in words.ARCHIVED
    row.is_archived = filed or status is Status.ARCHIVED or row.closed_at is not None
    if status is None:
        status = (
            Status.CLOSED if row.is_archived else Status.RESOLVED if row.done_at else Status.NEW
        )
        line.guess("status", f"is empty: taken as {status}")
    if row.is_archived:
        if status.is_working:
            why = _first_of(line.placed, "closed_on", "archived")
            line.guess("status", f"says {typed}, but {line.where(why)} stands: taken as archived")
        status = status if status is Status.INVALID else Status.CLOSED
    elif line.table is Table.CRM and status is Status.CLOSED:
        row.is_archived = True  # this table knows no further state
    row.status = status


def fill_end(line: Line, row: CaseRow) -> None:
    """Read how it ended."""
    row.result = line.get("result")
    row.feedback = line.get("feedback")
    typed = line.get("score")
    if line.names.plain(typed) in words.UNSCORED:
        typed = ""
    score = words.SCORES.get(line.names.plain(typed.removesuffix(".0")))
    if typed and score is None:
        raise line.wrong("score", "is no score from 1 to 5")
    if score and row.status.is_working:
        line.guess("score", "stands on a case that is not solved: kept in the remarks")
        _remark(line, row, "score", typed)
        score = None
    row.score = score


def _remark(line: Line, row: CaseRow, name: str, text: str) -> None:
    """Keep in the remarks what a cell says and nothing else of the case does."""
    said = f"{line.headings[line.placed[name]]} {text}"
    row.remarks = "\n".join(filter(None, (row.remarks, said)))


def fill_talk(line: Line, row: CaseRow) -> None:
    """Read what was done and said, and the plan."""
    zone, day = line.names.zone, row.received_at.astimezone(line.names.zone).date()
    row.process = read_entries(line.get("process"), day, zone)
    row.talk = read_entries(line.get("talk"), day, zone)
    row.plan = line.get("plan")
    named = first_day_in(row.plan, day) if row.plan else None
    if named:
        row.finish_by = at(named, CLOSING, zone)
    elif row.plan:
        line.guess("plan", "names no date: taken as when it was to be done")


def _first_of(placed: Mapping[str, int], *names: str) -> str:
    return next((one for one in names if one in placed), names[0])


PARTS = (
    fill_number,
    fill_customer,
    fill_what,
    fill_who,
    fill_times,
    fill_status,
    fill_end,
    fill_talk,
)
"""In the order in which one builds on another."""
