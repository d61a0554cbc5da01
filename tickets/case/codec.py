"""Facts as plain JSON values and back, with people's words apart so that they can be sealed."""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Union, cast, get_args, get_origin, get_type_hints

from tickets.case import facts
from tickets.case.facts import Fact
from tickets.case.values import ERASED, Text

Json = str | int | float | bool | None | list[str]
"""What a plain field of a fact becomes."""


@dataclass(frozen=True, slots=True)
class Written:
    """A fact as the records keep it: kind, plain values and sealed words."""

    kind: str
    plain: Mapping[str, Json]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    is_words: bool
    write: Callable[[object], Json]
    read: Callable[[Json], object]


def write(fact: Fact) -> Written:
    """Take a fact apart; fields that are None or empty are left out."""
    plain: dict[str, Json] = {}
    words: dict[str, str] = {}
    for one in _fields_of(type(fact)):  # type: ignore[arg-type]  # mypy takes the class's __hash__ for its type's
        value = getattr(fact, one.name)
        if value is None:
            continue
        if one.is_words:
            words[one.name] = cast(str, value)
        else:
            plain[one.name] = one.write(value)
    return Written(type(fact).__name__, plain, words)


def words_of(fact: Fact) -> list[str]:
    """Give what people said in a fact, without its plain values."""
    said = (getattr(fact, name) for name in _words_in(type(fact)))  # type: ignore[arg-type]  # as above
    return [text for text in said if text]


def read(written: Written) -> Fact:
    """Put a fact together again; unknown fields of a newer version are an error, missing ones take their default."""
    made = _kinds()[written.kind]
    known = {one.name: one for one in _fields_of(made)}  # type: ignore[arg-type]  # as above
    values: dict[str, object] = {
        name: known[name].read(value) for name, value in written.plain.items()
    }
    values.update(written.words)
    return made(**values)


def read_bare(written: Written) -> Fact:
    """Put a fact together whose words stayed sealed: those it cannot do without are empty."""
    return _read_with("", written)


def read_erased(written: Written) -> Fact:
    """Put a fact together whose words are gone for ever: those it cannot do without say so."""
    return _read_with(ERASED, written)


def _read_with(stands_in: str, written: Written) -> Fact:
    needed = _indispensable(_kinds()[written.kind])  # type: ignore[arg-type]  # as above
    words = {**dict.fromkeys(needed, stands_in), **written.words}
    return read(Written(written.kind, written.plain, words))


@cache
def _words_in(kind: type[Fact]) -> tuple[str, ...]:
    return tuple(one.name for one in _fields_of(kind) if one.is_words)  # type: ignore[arg-type]  # as above


@cache
def _indispensable(kind: type[Fact]) -> tuple[str, ...]:
    words = _words_in(kind)  # type: ignore[arg-type]  # as above
    return tuple(one.name for one in fields(kind) if one.name in words and one.default is MISSING)


@cache
def _kinds() -> Mapping[str, type[Fact]]:
    return {
        kind.__name__: kind
        for kind in vars(facts).values()
        if isinstance(kind, type) and issubclass(kind, Fact)
    }


@cache
def _fields_of(kind: type[Fact]) -> tuple[_Field, ...]:
    hints = get_type_hints(kind)
    return tuple(_field(f.name, hints[f.name]) for f in fields(kind))


def _field(name: str, hint: object) -> _Field:
    bare = _without_none(hint)
    if bare is Text:
        return _Field(
            name, is_words=True, write=cast(Callable[[object], Json], str), read=lambda v: v
        )
    return _Field(name, is_words=False, write=_writer(bare), read=_reader(bare))


def _without_none(hint: object) -> object:
    if get_origin(hint) in {Union, types.UnionType}:
        return next(arg for arg in get_args(hint) if arg is not type(None))
    return hint


def _writer(hint: object) -> Callable[[object], Json]:
    if hint is datetime:
        return lambda v: cast(datetime, v).isoformat()
    if get_origin(hint) is frozenset:
        return lambda v: sorted(str(x) for x in cast(frozenset[str], v))
    if get_origin(hint) is tuple:
        return lambda v: [str(x) for x in cast(tuple[str, ...], v)]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return str
    return lambda v: cast(Json, v)


def _reader(hint: object) -> Callable[[Json], object]:
    if hint is datetime:
        return lambda v: datetime.fromisoformat(cast(str, v))
    if get_origin(hint) in {frozenset, tuple}:
        collect = cast(type, get_origin(hint))
        inner = _reader(get_args(hint)[0])
        return lambda v: collect(inner(x) for x in cast(list[str], v))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    if hint is float:  # PostgreSQL writes a whole one without its point
        return lambda v: float(cast(float, v))
    return lambda v: v
