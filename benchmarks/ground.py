"""A desk of its own in a temporary folder: the sandbox's preset on SQLite with synchronous=FULL."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bot.clock import SystemClock
from bot.desk_config.load import read_handbook
from bot.foundation import Foundation, Simplified
from bot.ids import new_id
from bot.phones import NumberingPlans
from storage.canary import prove_keys
from storage.database import open_database
from storage.keys import make_key_file, read_key_file
from storage.schema import upgrade
from storage.vault import Vault
from tickets.case.values import PersonId
from tickets.desk.context import Desk
from tickets.handbook import Handbook
from tickets.time.calendar import Calendar

PRESET = Path(__file__).parents[1] / "presets" / "sandbox.yml"
READERS = 32
AGENTS = tuple(PersonId(f"U0AGENT{n}") for n in range(1, 41))
ENGINEERS = tuple(PersonId(f"U0ENG{n}") for n in range(1, 31))
OPERATOR, SUPERVISOR = PersonId("U0OPS"), PersonId("U0SUPER")


@dataclass(frozen=True, slots=True)
class Place:
    """A database file with its key file."""

    folder: Path

    @property
    def database(self) -> Path:
        """Name the database's file."""
        return self.folder / "desk.db"

    @property
    def keys(self) -> Path:
        """Name the key file, where the bot looks for it too."""
        return self.database.with_suffix(".key")

    @property
    def desk_file(self) -> Path:
        """Name the desk file."""
        return self.folder / "desk.yml"

    @property
    def url(self) -> str:
        """Give the database's URL."""
        return f"sqlite:///{self.database}"

    def copied(self, name: str) -> "Place":
        """Copy the desk to a folder beside this one; no write of it is left to disturb what follows."""
        target = Place(self.folder.parent / name)
        shutil.rmtree(target.folder, ignore_errors=True)
        shutil.copytree(self.folder, target.folder)
        os.sync()
        return target

    def remove(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def new_place(folder: Path) -> Place:
    """Make an empty desk."""
    place = Place(folder)
    make_key_file(place.keys)
    place.desk_file.write_text(desk_text(), encoding="utf-8")
    with founded(place) as foundation:
        upgrade(foundation.database)
        prove_keys(foundation.database, foundation.vault)
    return place


@contextmanager
def founded(place: Place) -> Iterator[Foundation]:
    """Open a desk's records as the bot does."""
    foundation = Foundation(
        database=open_database(place.url, readers=READERS),
        vault=Vault(read_key_file(place.keys)),
        simplified=Simplified(),
    )
    try:
        yield foundation
    finally:
        foundation.close()


def desk_text() -> str:
    """Give the preset with as many agents and engineers as a desk of real size has."""
    text = PRESET.read_text(encoding="utf-8")
    for few, many in (("U0AGENT1, U0AGENT2", AGENTS), ("U0ENG1, U0ENG2", ENGINEERS)):
        if few not in text:
            msg = f"the preset names no [{few}] any more"
            raise ValueError(msg)
        text = text.replace(few, ", ".join(many))
    return text


@cache
def handbook() -> Handbook:
    """Read the desk file."""
    return read_handbook(desk_text(), file="desk.yml", today=today(), lookup=None).handbook


def today() -> date:
    """Give the day on which this runs; all stored tickets are older."""
    return SystemClock().now().date()


def desk_on(foundation: Foundation) -> Desk:
    """Put the use cases' ground together as bot/app.py does; nobody is woken."""
    calendar = Calendar(handbook().calendar)
    return Desk(
        records=foundation.for_jobs,
        clock=SystemClock(),
        handbook=handbook,
        calendar=lambda: calendar,
        phones=NumberingPlans(),
        new_id=new_id,
        wake=lambda: None,
    )
