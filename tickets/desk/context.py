"""What every use case stands on, put together once by the bot."""

from collections.abc import Callable
from dataclasses import dataclass

from tickets.handbook import Handbook
from tickets.ports import Clock, NewId, Phones, Records
from tickets.time.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk at work: its records, clock, handbook and helpers; use cases take it first."""

    records: Records
    clock: Clock
    handbook: Callable[[], Handbook]  # the revision in force
    calendar: Callable[[], Calendar]  # built from it
    phones: Phones
    new_id: NewId
    wake: Callable[[], None]  # there may be something to post
