"""The five ready desks, read as they are."""

from datetime import date
from functools import cache

from bot.cli.preset import PRESETS, preset_file
from bot.desk_config.load import Loaded, load_handbook
from tickets.handbook import Handbook

DESKS = tuple(name for name in PRESETS if name != "sandbox")
TODAY = date(2026, 11, 29)


@cache
def loaded(desk: str) -> Loaded:
    """Read a desk's file, with what is doubtful in it."""
    return load_handbook(preset_file(desk), today=TODAY, lookup=None)


def handbook(desk: str) -> Handbook:
    """Give a desk's rules."""
    return loaded(desk).handbook
