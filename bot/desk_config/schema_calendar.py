"""The schema of the calendar: opening hours, public holidays and the desk's own exceptions."""

from typing import Annotated

from pydantic import AfterValidator, Field

from bot.desk_config.holidays import check_country
from bot.desk_config.hours import parse_spans, parse_weekdays
from bot.desk_config.notations import Dates, HoursKey, Many, OneDate, OpeningHours, Spans, told
from bot.desk_config.schema_rules import Section
from tickets.handbook import Span

Year = Annotated[int, Field(ge=2000, le=2100)]


class Decree(Section):
    """A year's public holidays as decreed, where the holiday library does not have them yet."""

    holidays: Many[Dates]
    workdays: Many[Dates] = ()
    """Make-up working days 调休上班日."""


class Calendar(Section):
    """Opening hours, legal working days and the desk's own exceptions."""

    country: Annotated[str, AfterValidator(told(check_country))] | None = None
    """Two letters such as CN; without it there are no public holidays."""
    subdivision: str | None = None
    """A state or province as the holiday library names it, e.g. BY in DE."""
    hours: Annotated[dict[HoursKey, OpeningHours], Field(min_length=1)]
    """Opening hours by days: mon-fri, mon,wed, sat, daily; and holidays: usual, closed or hours."""
    peak: Spans = parse_spans("08:00-12:00, 14:00-18:00")
    """忙时, by clock time every day."""
    closed: Many[Dates] = ()
    """Extra days off."""
    open: dict[OneDate, OpeningHours] = Field(default_factory=dict)
    """Extra working days and their hours; `usual` for those of the weekday."""
    decreed: dict[Year, Decree] = Field(default_factory=dict)

    def hours_by_weekday(self) -> dict[int, tuple[Span, ...]]:
        """Give the opening spans of each weekday that has any, Monday being 0."""
        return {
            day: spans
            for key, spans in self.hours.items()
            if key != "holidays" and spans
            for day in parse_weekdays(key)
        }
