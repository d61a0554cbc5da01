"""The handbook in force, read anew on request; a bad file keeps the old one.

The records hold which revision is in force for all processes (DESK.md 10). Which of two files is newer:

- a file no process has had before is newer: whoever starts with it, or is told to reload it, adopts it;
- a file that was in force and was replaced is older: the process says so and takes the one in force;
- except that a file which was changed since this process last read it, and is reloaded (SIGHUP), was put
  there on purpose: it is adopted even if it had been in force before. That is the way back.

Every process looks for a newer revision at each tick and takes it over (`follow`). What a revision is
called follows from its content; comments do not count (revisions.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

import structlog

from bot.desk_config.load import Loaded, load_handbook, read_handbook
from bot.desk_config.people import Lookup
from bot.desk_config.problems import DeskFileError, Problem
from bot.desk_config.words import put_converter_away
from bot.memory import give_back
from tickets.handbook import Handbook
from tickets.ports import Adopted, Revisions

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reload:
    """How reading the file anew went: what is in force now, or why the old one stays."""

    in_force: Loaded
    is_changed: bool
    problems: tuple[Problem, ...] = ()


class Book:
    """Holds the handbook in force for every thread; readers never wait."""

    def __init__(
        self,
        path: Path,
        *,
        today: Callable[[], date],
        lookup: Lookup | None,
        revisions: Revisions | None = None,
    ) -> None:
        """Read the file for the first time; raises DeskFileError if it, or the one in force, cannot be used.

        Without `revisions` the file alone counts.
        """
        self._path = path
        self._today = today
        self._lookup = lookup
        self._revisions = revisions
        self._turn = Lock()
        self._refused = ""  # a revision of another process that this one cannot read
        self._own = self._read()
        self._loaded = self._settled(self._own, revisions.offer) if revisions else self._own

    @property
    def loaded(self) -> Loaded:
        """Give the file in force with its warnings."""
        return self._loaded

    @property
    def handbook(self) -> Handbook:
        """Give the handbook in force; a use case takes it once and keeps it to its end."""
        return self._loaded.handbook

    def reload(self) -> Reload:
        """Read the file again and swap it in whole if it is good; else say what is wrong. Raises Busy."""
        with self._turn:
            before = self._loaded
            try:
                own = self._read()
                self._loaded = self._reloaded(own)
            except DeskFileError as error:
                return Reload(before, is_changed=False, problems=error.problems)
            self._own = own
            return Reload(self._loaded, is_changed=self._loaded.handbook != before.handbook)

    def follow(self) -> bool:
        """Take over what another process adopted; tell whether there was something. Raises Busy."""
        if self._revisions is None or self._revisions.in_force() in {self._name, self._refused}:
            return False
        with self._turn:
            newest = self._revisions.newest()
            if newest is None or newest.revision == self._name:
                return False
            try:
                self._loaded = self._of(newest)
            except DeskFileError as error:
                self._refused = newest.revision
                problem = str(error.problems[0])
                log.error("revision cannot be used here, the old one stays", problem=problem)  # noqa: TRY400  the file is wrong, not the program
                return False
        log.info("another process's desk file taken over", revision=newest.revision)
        return True

    @property
    def _name(self) -> str:
        return self._loaded.handbook.revision

    def _reloaded(self, own: Loaded) -> Loaded:
        if self._revisions is None:
            return own
        on_purpose = own.text != self._own.text
        return self._settled(own, self._revisions.insist if on_purpose else self._revisions.offer)

    def _settled(self, own: Loaded, ask: Callable[[str, str], Adopted]) -> Loaded:
        adopted = ask(own.handbook.revision, own.text)
        if adopted.revision == own.handbook.revision:
            return own
        log.warning(
            "the desk file is older than the one in force, which is taken instead; to go back to the "
            "file, change a comment in it and reload it with SIGHUP",
            file=str(self._path),
            revision=own.handbook.revision,
            in_force=adopted.revision,
            since=adopted.adopted_at.isoformat(timespec="seconds"),
        )
        return self._of(adopted)

    def _of(self, adopted: Adopted) -> Loaded:
        name = f"revision {adopted.revision}"
        return self._reading(
            lambda: read_handbook(
                adopted.source, file=name, today=self._today(), lookup=self._lookup
            )
        )

    def _read(self) -> Loaded:
        return self._reading(
            lambda: load_handbook(self._path, today=self._today(), lookup=self._lookup)
        )

    def _reading(self, reading: Callable[[], Loaded]) -> Loaded:
        try:
            return reading()
        finally:
            if put_converter_away():
                give_back()
