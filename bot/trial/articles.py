"""The few articles and scripts a trial begins with; any desk can take the same table in (`deskbot import`)."""

from collections.abc import Callable
from pathlib import Path

from bot.papers.tables import read_table
from tickets.desk.context import Desk
from tickets.desk.import_articles import import_articles

ARTICLES = Path(__file__).parents[2] / "presets" / "articles.csv"


def bring_articles(desk: Desk, fold: Callable[[str], str]) -> int:
    """Take them in; what is there already stays as it is. Gives how many rows there were."""
    parts = import_articles(desk, read_table(ARTICLES), fold, dry_run=False)
    return sum(len(part) for part in parts)
