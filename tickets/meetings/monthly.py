"""月度服务优化会: how far it is; its agenda is the month's report (R84, points.py)."""

from dataclasses import dataclass
from datetime import datetime

from tickets.case.values import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyMeeting:
    """One monthly meeting, run from the report of its month; unique by the report's period."""

    key: str  # 2026-10
    changes: int = 0  # what was done in it, counted
    started_at: datetime | None = None
    started_by: PersonId | None = None
    closed_at: datetime | None = None
    closed_by: PersonId | None = None
