"""What is to be taken out as a table: which one, of which cases, in whose language, masked or whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tickets.case.values import Status
from tickets.message import Message, say
from tickets.notices import Plain
from tickets.sheets.tables import NARROWED, Narrowing, Table
from tickets.time.reach import EARLIEST, LATEST, are_in_reach

SUFFIXES = (".xlsx", ".csv")
MOST_DAYS = 3_700  # ten years: each row of the days' figures is reckoned from all its cases


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A table to be written; days are the desk's own, both counted in."""

    table: Table
    since: date
    until: date
    department: str | None = None
    statuses: frozenset[Status] = frozenset()
    language: str = "zh-Hans"
    suffix: str = ".xlsx"

    def goes_by(self, narrowing: Narrowing) -> bool:
        """Tell whether its table is narrowed by this at all."""
        return narrowing in NARROWED[self.table]

    def problems(self) -> Mapping[str, Message]:
        """Say what it asks that its table cannot give, by the field that asks it."""
        found: dict[str, Message] = {}
        if self.until < self.since:
            found["until"] = say("export.ends_before")
        if self.table is Table.RESPONSE and (self.until - self.since).days >= MOST_DAYS:
            found["until"] = say("export.too_many_days", most=MOST_DAYS)
        for name, day in (("since", self.since), ("until", self.until)):
            if not are_in_reach(day):
                found[name] = say("field.day_out_of_reach", first=EARLIEST, last=LATEST)
        if self.department and not self.goes_by(Narrowing.DEPARTMENT):
            found["department"] = say("export.not_by_department")
        if self.statuses and not self.goes_by(Narrowing.STATUS):
            found["export_status"] = say("export.not_by_status")
        return found

    def plain(self) -> Mapping[str, Plain]:
        """Write it down plainly: nothing in it names anybody."""
        return {
            "table": self.table,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "department": self.department or "",
            "statuses": ",".join(sorted(self.statuses)),
            "language": self.language,
            "format": self.suffix,
        }


def read_wish(plain: Mapping[str, object]) -> Wish:
    """Read what `plain` wrote."""
    statuses = str(plain.get("statuses") or "")
    return Wish(
        table=Table(str(plain["table"])),
        since=date.fromisoformat(str(plain["since"])),
        until=date.fromisoformat(str(plain["until"])),
        department=str(plain.get("department") or "") or None,
        statuses=frozenset(Status(one) for one in statuses.split(",") if one),
        language=str(plain.get("language") or "zh-Hans"),
        suffix=str(plain.get("format") or SUFFIXES[0]),
    )
