"""What came from a sheet of the team's own (R99–R101)."""

from dataclasses import dataclass

from tickets.case.facts.base import Fact
from tickets.case.values import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported(Fact):
    """导入: the case came in with a sheet; its own words stay beside what they were taken for."""

    source: str  # the team's table
    labels: Text | None = None
