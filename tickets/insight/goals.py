"""The desk's goals, against which every figure is shown (R107; `goals:` of desk.yml)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_GOAL = re.compile(r"(\d{1,5}(?:\.\d+)?) ?(%|m|h|d)?")  # a change, "-30%", is no level to hold
_CHANGE = re.compile(r"([+-]\d{1,3}) ?%")
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60}


@dataclass(frozen=True, slots=True, kw_only=True)
class Goals:
    """What is aimed at; None: nobody set a goal."""

    response_rate: int | None = None  # percent at least
    solved_rate: int | None = None  # percent at least
    satisfaction: int | None = None  # percent at least
    response_minutes: int | None = None  # minutes at most
    response_change: int | None = None  # percent against the baseline month, -30 or lower (R107)
    repeats: int | None = None  # percent at most
    recovery: int | None = None  # percent at least, as the following
    promises: int | None = None
    answers: int | None = None
    baseline: str | None = None  # the month that figures are held against, 2026-01


def read_goals(written: Mapping[str, str]) -> Goals:
    """Read the goals that figures know; others are somebody else's."""
    return Goals(
        response_rate=_percent(written.get("response_rate")),
        solved_rate=_percent(written.get("solved_rate") or written.get("solve_rate")),
        satisfaction=_percent(written.get("satisfaction")),
        response_minutes=_minutes(written.get("response_time")),
        response_change=_change(written.get("response_time")),
        repeats=_percent(written.get("repeats")),
        recovery=_percent(written.get("recovery")),
        promises=_percent(written.get("promises")),
        answers=_percent(written.get("answers")),
        baseline=_month(written.get("baseline")),
    )


def _percent(written: str | None) -> int | None:
    amount, unit = _parts(written)
    return round(amount) if amount is not None and unit in {"%", ""} else None


def _minutes(written: str | None) -> int | None:
    amount, unit = _parts(written)
    return round(amount * _MINUTES[unit]) if amount is not None and unit in _MINUTES else None


def _change(written: str | None) -> int | None:
    fit = _CHANGE.fullmatch((written or "").strip())
    return int(fit[1]) if fit else None


def _month(written: str | None) -> str | None:
    return written if written and _MONTH.fullmatch(written) else None


def _parts(written: str | None) -> tuple[float | None, str]:
    fit = _GOAL.fullmatch((written or "").strip())
    return (float(fit[1]), fit[2] or "") if fit else (None, "")
