"""Figures as plain JSON and back, so that a digest says for ever what it said (RELIABILITY.md F26)."""

import types
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from tickets.ports.periods import Figures, Json

Made = TypeVar("Made")


def freeze(figures: object) -> Figures:
    """Take a dataclass of figures apart."""
    return cast(Figures, _freeze(figures))


def thaw(kind: type[Made], frozen: Figures) -> Made:
    """Put a dataclass of figures together again; what was not kept yet takes its default."""
    return cast(Made, _reader(cast(Hashable, kind))(frozen))


def _freeze(value: object) -> Json:
    if is_dataclass(value):
        return {one.name: _freeze(getattr(value, one.name)) for one in fields(value)}
    match value:
        case Mapping():
            return {str(name): _freeze(one) for name, one in value.items()}
        case tuple() | list():
            return [_freeze(one) for one in value]
        case datetime():
            return value.isoformat()
        case StrEnum():
            return str(value)
        case _:
            return cast(Json, value)


@cache
def _reader(hint: Hashable) -> Callable[[Any], Any]:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        read = _reader(next(one for one in inner if one is not type(None)))
        return lambda value: None if value is None else read(value)
    if origin is tuple:
        read = _reader(inner[0])
        return lambda values: tuple(read(one) for one in values)
    if origin is Mapping:
        read = _reader(inner[1])
        return lambda values: {name: read(one) for name, one in values.items()}
    return _plain_reader(hint)


def _plain_reader(hint: Hashable) -> Callable[[Any], Any]:
    if hint is datetime:
        return datetime.fromisoformat
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    if isinstance(hint, type) and is_dataclass(hint):
        return _object_reader(hint)
    return lambda value: value


def _object_reader(kind: type) -> Callable[[Any], Any]:
    readers = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
    return lambda given: kind(
        **{name: readers[name](one) for name, one in given.items() if name in readers}
    )
