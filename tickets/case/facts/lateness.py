"""Why a case is late, as the people who know say it (超时原因)."""

from dataclasses import dataclass

from tickets.case.facts.base import Fact
from tickets.case.values import LateCause, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LatenessExplained(Fact):
    """超时原因: one of a few causes for the figures (R105), and words where they say more."""

    cause: LateCause
    overdue_reason: Text | None = None
