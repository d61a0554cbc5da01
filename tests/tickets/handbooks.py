"""The example desk as a handbook: the desk that most tests work at."""

from datetime import date
from functools import cache
from pathlib import Path

from bot.desk_config.load import load_handbook
from tickets.handbook import Handbook

EXAMPLE = Path(__file__).parents[1] / "bot" / "desk_config" / "desk.example.yml"


@cache
def a_handbook() -> Handbook:
    """The desk of tests/bot/desk_config/desk.example.yml, as of September 2025."""
    return load_handbook(EXAMPLE, today=date(2025, 9, 22), lookup=None).handbook
