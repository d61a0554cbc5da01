"""Where a trial keeps what belongs to its desk: the sandbox's files beside the database."""

from pathlib import Path

from bot.foundation import database_file
from bot.settings import Settings

NAME, USUAL = "sandbox.json", "desk"
FOLDER = Path("data")  # of a desk whose database is no file


def state_beside(settings: Settings) -> Path:
    """Name the file of the workspace's state; a fresh desk sets the one of a former desk aside."""
    database = _records_of(settings)
    if database is None:
        return FOLDER / NAME
    state = _state_of(database)
    if state.exists() and not _holds_anything(database):
        state.replace(state.with_name(f"{state.name}.old"))
    return state


def first_made(settings: Settings) -> list[tuple[Path, str]]:
    """List the files that a start is about to make, each with what it is for."""
    database = _records_of(settings)
    if database is None:
        return []
    wanted = [(database, "the desk's records")]
    if not settings.desk_keys:
        key = database.with_suffix(".key")
        wanted.append((key, "their key: keep a copy elsewhere, without it nothing can be read"))
    wanted.append((_state_of(database), "the trial workspace"))
    return [(file, what) for file, what in wanted if not file.exists()]


def _state_of(database: Path) -> Path:
    """Two desks in one folder have a workspace each."""
    return database.with_name(NAME if database.stem == USUAL else f"{database.stem}.{NAME}")


def _records_of(settings: Settings) -> Path | None:
    file = database_file(settings)
    return None if file is None or file.name == ":memory:" else file


def _holds_anything(database: Path) -> bool:
    return database.exists() and database.stat().st_size > 0
