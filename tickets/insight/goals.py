"""The desk's goals, against which every figure is shown (R107; `goals:` of desk.yml)."""

import re
from collections.abc import Callable, Mapping, Sequence
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
    handling_minutes: int | None = None  # minutes at most, as the following
    answering_minutes: int | None = None
    repurchase: int | None = None  # percent at least (R106)
    complaints: int | None = None  # percent of orders at most
    churn: int | None = None  # percent at most
    baseline: str | None = None  # the month that figures are held against, 2026-01


def read_goals(written: Mapping[str, str]) -> Goals:
    """Read the goals that figures know; others are somebody else's."""
    found: dict[str, int | str | None] = {}
    for key, value in written.items():
        for name, read in _READERS.get(key, ()):
            said = read(value)
            found[name] = found.get(name) if said is None else said
    return Goals(**found)  # type: ignore[arg-type]  # each reader gives what its field holds


def unread_goals(written: Mapping[str, str]) -> tuple[str, ...]:
    """Name the goals that no figure is held against: of no such figure, or written as it cannot be."""
    return tuple(
        key
        for key, value in written.items()
        if not any(read(value) is not None for _, read in _READERS.get(key, ()))
    )


def _percent(written: str) -> int | None:
    amount, unit = _parts(written)
    return round(amount) if amount is not None and unit in {"%", ""} else None


def _minutes(written: str) -> int | None:
    amount, unit = _parts(written)
    return round(amount * _MINUTES[unit]) if amount is not None and unit in _MINUTES else None


def _change(written: str) -> int | None:
    fit = _CHANGE.fullmatch(written.strip())
    return int(fit[1]) if fit else None


def _month(written: str) -> str | None:
    return written if _MONTH.fullmatch(written) else None


def _parts(written: str) -> tuple[float | None, str]:
    fit = _GOAL.fullmatch(written.strip())
    return (float(fit[1]), fit[2] or "") if fit else (None, "")


_READERS: Mapping[str, Sequence[tuple[str, Callable[[str], int | str | None]]]] = {
    "response_rate": (("response_rate", _percent),),
    "solved_rate": (("solved_rate", _percent),),
    "solve_rate": (("solved_rate", _percent),),
    "satisfaction": (("satisfaction", _percent),),
    "response_time": (("response_minutes", _minutes), ("response_change", _change)),
    "handling_time": (("handling_minutes", _minutes),),
    "answering_time": (("answering_minutes", _minutes),),
    "repeats": (("repeats", _percent),),
    "recovery": (("recovery", _percent),),
    "promises": (("promises", _percent),),
    "answers": (("answers", _percent),),
    "repurchase": (("repurchase", _percent),),
    "complaints": (("complaints", _percent),),
    "churn": (("churn", _percent),),
    "baseline": (("baseline", _month),),
}
"""By the key in desk.yml: what it sets, and how it is read."""
GOALS = tuple(_READERS)
