"""A line of a sheet while it is read: its cells, its moments, and what was guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tickets.sheets import words
from tickets.sheets.moments import at, read_typed
from tickets.sheets.names import Names
from tickets.sheets.row import Unreadable
from tickets.sheets.tables import Table, letters


@dataclass(slots=True)
class Line:
    """The line that is read now and what was guessed of it; an hour alone stands under the date above it."""

    table: Table
    placed: Mapping[str, int]  # where each column stands
    headings: Sequence[str]
    names: Names
    now: datetime
    _days: dict[str, date] = field(default_factory=dict)
    guessed: list[str] = field(default_factory=list)
    number: int = 0
    said: Mapping[str, str] = field(default_factory=dict)

    def cells(self, line: Sequence[str]) -> dict[str, str]:
        """Give a line's cells by column."""
        return {
            name: line[place].strip() if place < len(line) else ""
            for name, place in self.placed.items()
        }

    def take(self, line: Sequence[str], number: int) -> None:
        """Go on to this line of the sheet."""
        self.said, self.number, self.guessed = self.cells(line), number, []

    def get(self, name: str) -> str:
        """Give what a cell says; 无 and a stroke say nothing."""
        text = self.said.get(name, "")
        if not text or len(text) > words.LONGEST_NOTHING:
            return text
        return "" if self.names.plain(text) in words.NOTHING else text

    def where(self, name: str) -> str:
        """Say where a column's cell stands, as the sheet has it."""
        place = self.placed.get(name)
        if place is None:
            return f"{name} (no such column)"
        return f"{letters(place)}{self.number} {self.headings[place]}"

    def wrong(self, name: str, why: str) -> Unreadable:
        """Make the refusal of a cell."""
        return Unreadable(f"{self.where(name)} {why}")

    def guess(self, name: str, what: str) -> None:
        """Note what was taken for what a cell leaves open."""
        self.guessed.append(f"{self.where(name)}: {what}")

    def _lately(self) -> date:
        """Stand where the year is anybody's guess: what lies nearest to half a year ago has been in the last year."""
        return self.now.astimezone(self.names.zone).date() - timedelta(days=182)

    def moment(
        self, name: str, otherwise: date | None, *, hour: int | None = None
    ) -> datetime | None:
        """Read a moment; an hour alone, or a day without its year, goes by the date above it, else by `otherwise`. Raises Unreadable."""
        text = self.get(name)
        if not text:
            return None
        near = (self._days.get(name) if name == "received_at" else None) or otherwise
        stated = read_typed(text)
        typed = stated if stated and stated.day else read_typed(text, near or self._lately())
        if typed is None:
            raise self.wrong(name, "says no moment (write 2023-10-01 09:30)")
        day = typed.day or near
        if day is None:
            raise self.wrong(name, "is an hour without a date above it")
        if stated is None or stated.day is None:
            self.guess(name, f"taken as of {day}")
        self._days[name] = day
        minute = None if name == "closed_on" and not typed.minute else typed.minute
        if minute is None:
            minute = 0 if hour is None else hour
            if name != "closed_on":
                self.guess(name, f"no hour: taken as {minute // 60:02}:{minute % 60:02}")
        return at(day, minute, self.names.zone)
