"""Reads rows of a sheet one after the other: what each says, and of what it leaves open what was taken for it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tickets.case.values import Kind, Priority, Status
from tickets.sheets import words
from tickets.sheets.cells import read_contact, read_customer, read_name, read_owner
from tickets.sheets.entries import read_entries
from tickets.sheets.moments import at, first_day_in, read_typed
from tickets.sheets.names import Names
from tickets.sheets.numbers import as_number
from tickets.sheets.row import CaseRow, Unreadable
from tickets.sheets.tables import COLUMNS, OF_CASES, Table, letters

CLOSING = 17 * 60  # R63: records are checked before 17:00; the hour of a date without one
LABELS = (
    "customer_type category_1 category_2 category kind urgency channel department assignee owner status archived"
).split()
"""Columns whose own words are kept beside what they were taken for."""

FIELDS = (*dict.fromkeys(one for table in OF_CASES for one in COLUMNS[table]), "backfilled")
DATED = frozenset({"received_at", "due_at", "done_at", "closed_on"})
_UNKNOWN = frozenset({"客户", "customer"})


@dataclass(slots=True)
class Reader:
    """Reads the rows of one sheet in order: an hour alone stands under the date above it."""

    table: Table
    placed: Mapping[str, int]  # where each column stands
    headings: Sequence[str]
    names: Names
    now: datetime
    _days: dict[str, date] = field(default_factory=dict)
    _guessed: list[str] = field(default_factory=list)
    _line: int = 0
    _cells: Mapping[str, str] = field(default_factory=dict)

    def cells(self, line: Sequence[str]) -> dict[str, str]:
        """Give a line's cells by column."""
        return {
            name: line[place].strip() if place < len(line) else ""
            for name, place in self.placed.items()
        }

    def read(self, line: Sequence[str], number: int) -> tuple[CaseRow, tuple[str, ...]]:
        """Read a line of the sheet and tell what was guessed. Raises Unreadable."""
        self._cells, self._line, self._guessed = self.cells(line), number, []
        received = self._moment("received_at", None)
        if received is None:
            raise self._wrong("received_at", "says no moment (write 2023-10-01 09:30)")
        if received > self.now:
            raise self._wrong("received_at", "lies in the future")
        row = CaseRow(table=self.table, received_at=received)
        row.description = self._get("description")
        if not row.description:
            raise self._wrong("description", "is empty")
        for step in (
            self._number,
            self._customer,
            self._what,
            self._who,
            self._times,
            self._status,
            self._end,
            self._talk,
        ):
            step(row)
        row.labels = tuple(
            (self.headings[self.placed[name]], self._cells[name])
            for name in (("number", *LABELS) if row.old_number else LABELS)
            if self._cells.get(name)
        )
        return row, tuple(self._guessed)

    # --- cells ----------------------------------------------------------------------------------

    def _get(self, name: str) -> str:
        """Give what a cell says; 无 and a stroke say nothing."""
        text = self._cells.get(name, "")
        return "" if self.names.plain(text) in words.NOTHING else text

    def _where(self, name: str) -> str:
        place = self.placed.get(name)
        if place is None:
            return f"{name} (no such column)"
        return f"{letters(place)}{self._line} {self.headings[place]}"

    def _wrong(self, name: str, why: str) -> Unreadable:
        return Unreadable(f"{self._where(name)} {why}")

    def _guess(self, name: str, what: str) -> None:
        self._guessed.append(f"{self._where(name)}: {what}")

    def _moment(
        self, name: str, otherwise: date | None, *, hour: int | None = None
    ) -> datetime | None:
        """Read a moment; an hour alone, or a day without its year, goes by the date above it, else by `otherwise`. Raises Unreadable."""
        text = self._get(name)
        if not text:
            return None
        near = (self._days.get(name) if name == "received_at" else None) or otherwise
        typed = read_typed(text, near)
        if typed is None:
            raise self._wrong(name, "says no moment (write 2023-10-01 09:30)")
        day = typed.day or near
        if day is None:
            raise self._wrong(name, "is an hour without a date above it")
        stated = read_typed(text)
        if stated is None or stated.day is None:
            self._guess(name, f"taken as of {day}")
        self._days[name] = day
        minute = None if name == "closed_on" and not typed.minute else typed.minute
        if minute is None:
            minute = 0 if hour is None else hour
            if name != "closed_on":
                self._guess(name, f"no hour: taken as {minute // 60:02}:{minute % 60:02}")
        return at(day, minute, self.names.zone)

    # --- parts ----------------------------------------------------------------------------------

    def _number(self, row: CaseRow) -> None:
        text = self._get("number")
        number = as_number(text)
        if number:
            row.number = number
        elif text:
            row.old_number = text
            self._guess(
                "number", "is no number of this desk: gets one of its day, its own stays beside it"
            )
        elif "number" in COLUMNS[self.table]:
            self._guess("number", "is empty: gets a number of its day")

    def _customer(self, row: CaseRow) -> None:
        name = self._get("name")
        if self._get("customer"):
            name, row.code = read_customer(self._get("customer"))
        row.name, row.salutation = read_name(name)
        if row.name in _UNKNOWN or row.name == "客戶":
            row.name = ""
        row.contact = read_contact(self._get("contact"))
        typed = self._get("customer_type")
        key = self.names.plain(typed)
        if key in words.GROUPS:
            row.groups = frozenset({words.GROUPS[key]})
        elif key.startswith("vip"):
            row.customer_type = self.names.types["vip"]
        elif typed and key not in self.names.types:
            self._guess("customer_type", "is no type of ours: taken as an existing customer")
        else:
            row.customer_type = self.names.types.get(key, row.customer_type)

    def _what(self, row: CaseRow) -> None:
        first, second = self._get("category_1"), self._get("category_2")
        whole = self._get("category")
        if whole and not (first or second):
            parts = [one.strip() for one in re.split(r"[/>、\-—:：]+", whole, maxsplit=1)]
            first, second = parts[0], parts[1] if len(parts) > 1 else ""
        found = self.names.category(first, second)
        if found is None and not second:
            found = self.names.category("", first)
        if found is None and (first or second):
            self._guess(
                _first_of(self.placed, "category_2", "category"), "is no category here: left open"
            )
            found = self.names.category(first, "")
        row.category = found or ""
        row.kind = self._kind(first)
        row.product = self._get("product")
        typed = self._get("urgency")
        urgency = self.names.priorities.get(self.names.plain(typed))
        if urgency is None and "urgency" in self.placed:
            said = "is no urgency of ours" if typed else "is empty"
            self._guess("urgency", f"{said}: taken as {Priority.P2}")
        row.urgency = urgency or Priority.P2
        typed = self._get("channel")
        channel = self.names.channels.get(self.names.plain(typed))
        if channel is None and typed:
            self._guess("channel", "is no channel of ours: taken as the telephone")
        row.channel = channel or row.channel
        row.remarks = self._get("remarks")
        row.is_backfilled = self.names.plain(self._get("backfilled")) in words.YES

    def _kind(self, first: str) -> Kind:
        typed = self._get("kind")
        kind = self.names.kinds.get(self.names.plain(typed or first))
        if typed and kind is None:
            self._guess("kind", f"is no kind of ours: taken as {Kind.INQUIRY}")
        return kind or Kind.INQUIRY

    def _who(self, row: CaseRow) -> None:
        department, person = self._get("department"), self._get("assignee")
        if self._get("owner"):
            department, person = read_owner(self._get("owner"))
        if department:
            row.department = self.names.departments.get(self.names.plain(department))
            if row.department is None:
                self._guess(
                    _first_of(self.placed, "department", "owner"),
                    "is no department here: its word stays beside it",
                )
        if person:
            row.assignee = self.names.person(person)
            if row.assignee is None:
                self._guess(
                    _first_of(self.placed, "assignee", "owner"),
                    "is nobody known here: its word stays beside it",
                )

    def _times(self, row: CaseRow) -> None:
        day = row.received_at.astimezone(self.names.zone).date()
        row.due_at = self._due(day)
        if row.due_at and row.due_at <= row.received_at:
            self._guess("due_at", "lies before the case came: left out")
            row.due_at = None
        row.done_at = self._not_ahead("done_at", self._moment("done_at", day), row)
        row.closed_at = self._not_ahead(
            "closed_on", self._moment("closed_on", day, hour=CLOSING), row
        )

    def _due(self, day: date) -> datetime | None:
        try:
            return self._moment("due_at", day)
        except Unreadable:
            self._guess("due_at", "says no moment: the desk's own targets hold")
            return None

    def _not_ahead(self, name: str, moment: datetime | None, row: CaseRow) -> datetime | None:
        if moment is None:
            return None
        if moment > self.now + timedelta(days=1):
            raise self._wrong(name, "lies in the future")
        if moment < row.received_at:
            self._guess(name, "lies before the case came: taken as the same moment")
        return min(max(moment, row.received_at), self.now)

    def _status(self, row: CaseRow) -> None:
        typed = self._get("status")
        key = self.names.plain(typed)
        status = self.names.statuses.get(key)
        if typed and status is None:
            raise self._wrong("status", f"is no status known here: {typed[:20]!r}")
        row.is_confirmed = key == words.CONFIRMED and self.table is Table.AFTER_SALES
        filed = self.names.plain(self._get("archived")) in words.ARCHIVED
        row.is_archived = filed or status is Status.ARCHIVED or row.closed_at is not None
        if status is None:
            status = (
                Status.CLOSED if row.is_archived else Status.RESOLVED if row.done_at else Status.NEW
            )
            self._guess("status", f"is empty: taken as {status}")
        if row.is_archived:
            if status.is_working:
                why = _first_of(self.placed, "closed_on", "archived")
                self._guess(
                    "status", f"says {typed}, but {self._where(why)} stands: taken as archived"
                )
            status = status if status is Status.INVALID else Status.CLOSED
        elif self.table is Table.CRM and status is Status.CLOSED:
            row.is_archived = True  # this table knows no further state
        row.status = status

    def _end(self, row: CaseRow) -> None:
        row.result = self._get("result")
        row.feedback = self._get("feedback")
        typed = self._get("score")
        score = words.SCORES.get(self.names.plain(typed.removesuffix(".0")))
        if typed and score is None:
            raise self._wrong("score", "is no score from 1 to 5")
        if score and row.status.is_working:
            self._guess("score", "stands on a case that is not solved: kept in the remarks")
            row.remarks = "\n".join(
                filter(None, (row.remarks, f"{self.headings[self.placed['score']]} {typed}"))
            )
            score = None
        row.score = score

    def _talk(self, row: CaseRow) -> None:
        zone, day = self.names.zone, row.received_at.astimezone(self.names.zone).date()
        row.process = read_entries(self._get("process"), day, zone)
        row.talk = read_entries(self._get("talk"), day, zone)
        row.plan = self._get("plan")
        named = first_day_in(row.plan) if row.plan else None
        if named:
            row.finish_by = at(named, CLOSING, zone)
        elif row.plan:
            self._guess("plan", "names no date: taken as when it was to be done")


def _first_of(placed: Mapping[str, int], *names: str) -> str:
    return next((one for one in names if one in placed), names[0])
