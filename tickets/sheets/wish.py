"""What is to be taken out as a table: which one, of which cases, in whose language, masked or whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tickets.case.values import Status
from tickets.notices import Plain
from tickets.sheets.tables import Table

SUFFIXES = (".xlsx", ".csv")


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
