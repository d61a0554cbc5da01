"""The handbook in force, read anew on request; a bad file keeps the old one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from bot.desk_config.load import Loaded, load_handbook
from bot.desk_config.people import Lookup
from bot.desk_config.problems import DeskFileError, Problem
from bot.desk_config.words import put_converter_away
from bot.memory import give_back
from tickets.handbook import Handbook


@dataclass(frozen=True, slots=True)
class Reload:
    """How reading the file anew went: what is in force now, or why the old one stays."""

    in_force: Loaded
    is_changed: bool
    problems: tuple[Problem, ...] = ()


class Book:
    """Holds the handbook in force for every thread; readers never wait."""

    def __init__(self, path: Path, *, today: Callable[[], date], lookup: Lookup | None) -> None:
        """Read the file for the first time; raises DeskFileError if it cannot be used."""
        self._path = path
        self._today = today
        self._lookup = lookup
        self._turn = Lock()
        self._loaded = self._read()

    @property
    def loaded(self) -> Loaded:
        """Give the file in force with its warnings."""
        return self._loaded

    @property
    def handbook(self) -> Handbook:
        """Give the handbook in force; a use case takes it once and keeps it to its end."""
        return self._loaded.handbook

    def reload(self) -> Reload:
        """Read the file again and swap it in whole if it is good; else say what is wrong."""
        with self._turn:
            before = self._loaded
            try:
                self._loaded = self._read()
            except DeskFileError as error:
                return Reload(before, is_changed=False, problems=error.problems)
            return Reload(self._loaded, is_changed=self._loaded.handbook != before.handbook)

    def _read(self) -> Loaded:
        try:
            return load_handbook(self._path, today=self._today(), lookup=self._lookup)
        finally:
            put_converter_away()
            give_back()
