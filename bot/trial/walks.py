"""The walk through each ready desk: one case of its procedure, from the first contact on."""

from pathlib import Path

from bot.trial.cases import Case, load_case, load_cases

WALKS = Path(__file__).parents[2] / "presets" / "walks"


def walk_of(desk: str) -> Path:
    """Name the file of a ready desk's walk."""
    return WALKS / f"{desk}.yml"


def load_walk(desk: str) -> dict[str, Case]:
    """Read the case that shows a desk; the trial's own desk is shown by all worked cases. Raises CaseUnreadable."""
    file = walk_of(desk)
    return {desk: load_case(file)} if file.exists() else load_cases()
