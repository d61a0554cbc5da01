"""The desk's goals, against which every figure is shown (R107; `goals:` of desk.yml)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_GOAL = re.compile(r"(\d{1,5}(?:\.\d+)?) ?(%|m|h|d)?")  # a change, "-30%", is no level to hold
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60}


@dataclass(frozen=True, slots=True, kw_only=True)
class Goals:
    """What is aimed at; None: nobody set a goal."""

    response_rate: int | None = None  # percent at least
    solved_rate: int | None = None  # percent at least
    satisfaction: int | None = None  # percent at least
    response_minutes: int | None = None  # minutes at most


def read_goals(written: Mapping[str, str]) -> Goals:
    """Read the goals that figures know; others are somebody else's."""
    return Goals(
        response_rate=_percent(written.get("response_rate")),
        solved_rate=_percent(written.get("solved_rate") or written.get("solve_rate")),
        satisfaction=_percent(written.get("satisfaction")),
        response_minutes=_minutes(written.get("response_time")),
    )


def _percent(written: str | None) -> int | None:
    amount, unit = _parts(written)
    return round(amount) if amount is not None and unit in {"%", ""} else None


def _minutes(written: str | None) -> int | None:
    amount, unit = _parts(written)
    return round(amount * _MINUTES[unit]) if amount is not None and unit in _MINUTES else None


def _parts(written: str | None) -> tuple[float | None, str]:
    fit = _GOAL.fullmatch((written or "").strip())
    return (float(fit[1]), fit[2] or "") if fit else (None, "")
