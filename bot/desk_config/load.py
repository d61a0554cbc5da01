"""A desk file from disk or text to the handbook in force, or the list of all that is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from bot.desk_config.checks import mistakes
from bot.desk_config.convert import handbook_of
from bot.desk_config.doubts import doubts
from bot.desk_config.json_schema import json_schema
from bot.desk_config.people import Lookup, resolve
from bot.desk_config.problems import DeskFileError, Mark, Problem
from bot.desk_config.revisions import revision_of
from bot.desk_config.schema import DeskSchema, reference_context
from bot.desk_config.schema_edges import Robot, Webhook
from bot.desk_config.tree import Document, read_tree
from bot.desk_config.wording import problems_of
from tickets.handbook import Handbook


@dataclass(frozen=True, slots=True)
class Loaded:
    """A desk file that can be used: the handbook, what is doubtful, and its text as it was."""

    handbook: Handbook
    warnings: tuple[Problem, ...]
    text: str
    webhooks: Mapping[str, Webhook]
    robots: Mapping[str, Robot]


def load_handbook(path: Path, *, today: date, lookup: Lookup | None) -> Loaded:
    """Read and check a desk file.

    `today` is the desk's date, for the years of the calendar. Without a lookup, addresses and user
    groups stay as written with a warning. Raises DeskFileError with every mistake and its place.
    """
    return read_handbook(_text_of(path), file=str(path), today=today, lookup=lookup)


def read_handbook(text: str, *, file: str, today: date, lookup: Lookup | None) -> Loaded:
    """Check a desk file's text, e.g. a revision kept in the database; `file` is for messages.

    Raises DeskFileError.
    """
    return _understood(text, file, today, lookup) if lookup else _as_written(text, file, today)


def _understood(text: str, file: str, today: date, lookup: Lookup | None) -> Loaded:
    document = read_tree(text, file=file)
    desk = _validated(document)
    members, unresolved = resolve(desk, lookup)
    wrong = mistakes(desk, members, document) + (unresolved if lookup else [])
    _refuse(document.problems + [document.found(finding) for finding in wrong])
    handbook = handbook_of(
        desk, document, members, revision=revision_of(document.data), today=today
    )
    doubtful = doubts(desk, handbook) + ([] if lookup else unresolved)
    return Loaded(
        handbook=handbook,
        warnings=tuple(sorted({document.found(finding) for finding in doubtful})),
        text=text,
        webhooks=desk.webhooks,
        robots=desk.robots,
    )


@lru_cache(maxsize=2)
def _as_written(text: str, file: str, today: date) -> Loaded:
    """Without a lookup the same text says the same all day: a trial opens and checks one file again and again."""
    return _understood(text, file, today, lookup=None)


def _validated(document: Document) -> DeskSchema:
    try:
        return DeskSchema.model_validate(document.data, context=reference_context(document.data))
    except ValidationError as error:
        wrong = document.problems + problems_of(error, document, json_schema())
        raise DeskFileError(wrong) from None


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise DeskFileError(problems)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = Problem(Mark(line, 1), "expected text saved as UTF-8", str(path))
        raise DeskFileError([problem]) from None
    except OSError as error:
        problem = Problem(
            Mark(1, 1), f"expected a file that can be read: {error.strerror}", str(path)
        )
        raise DeskFileError([problem]) from None
