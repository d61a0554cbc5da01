"""What a scheduled job is told: its period, whether it comes late, and which lists it stands in for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tickets.desk.context import Desk
from tickets.ports import Unit
from tickets.time.periods import Period


@dataclass(frozen=True, slots=True)
class Occasion:
    """One running of a job."""

    period: Period
    is_late: bool = False  # 补发
    skipped: tuple[date, ...] = ()  # days whose lists this one stands in for


Run = Callable[[Desk, Unit, Occasion], None]
"""Plans the notices of a period inside the transaction that marks it done, and freezes its figures."""


Prepare = Callable[[Desk, Unit, Occasion], Run]
"""Takes a period's figures while everybody may write; what it gives says them in the transaction that marks it done."""


@dataclass(frozen=True, slots=True)
class Job:
    """A scheduled job: reports are caught up each, work lists only the newest (DESK.md 5)."""

    run: Run
    catch_up: Literal["each", "newest"]
    prepare: Prepare | None = None  # of figures over so many cases that writers would wait too long
