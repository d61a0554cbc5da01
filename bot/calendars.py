"""The calendar in force: built once for each calendar that the desk file describes."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tickets.handbook import CalendarPlan, Handbook
from tickets.time.calendar import Calendar


@dataclass(slots=True)
class Calendars:
    """Keeps the calendar of the handbook in force; threads may share it."""

    handbook: Callable[[], Handbook]
    _built: tuple[CalendarPlan, Calendar] | None = field(default=None)

    def in_force(self) -> Calendar:
        """Give the calendar of the handbook as it is now."""
        plan = self.handbook().calendar
        built = self._built
        if built is None or built[0] is not plan:
            built = (plan, Calendar(plan))
            self._built = built
        return built[1]
