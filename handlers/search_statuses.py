"""Reads what a search calls a status: the desk's own words, each for what cards show by it, else the usual ones."""

from collections.abc import Iterator, Mapping

from handlers.search_words import STATUSES
from handlers.words import folded
from tickets.case.shown import Shown, Side, sides_of
from tickets.case.values import Status
from tickets.handbook import Handbook

_KEPT: Mapping[str, Status | Side] = {
    **{f"{status}/": status for status in Status},
    **{str(side): side for side in Side},
}
"""As a form's line keeps them: a desk may call one status by another's name."""


def statuses_named(typed: str, handbook: Handbook) -> frozenset[Status | Side]:
    """Find what a desk shows by a word; two statuses may share it, or a status bear two."""
    word = folded(typed)
    if word in _KEPT:
        return frozenset({_KEPT[word]})
    found = frozenset(part for name, part in _shown(handbook) if folded(name) == word)
    usual = STATUSES.get(word)
    if usual is None or (usual in handbook.status_labels and found):
        return found
    if usual in handbook.status_labels or word == usual:
        return found | {usual}
    return found | {_plain(usual, handbook)}


def kept_as(part: Status | Side) -> str:
    """Write a part so that it is read as itself at any desk."""
    return next(name for name, one in _KEPT.items() if one is part)


def _shown(handbook: Handbook) -> Iterator[tuple[str, Status | Side]]:
    for status, label in handbook.status_labels.items():
        for language, name in label.by_language.items():
            yield name, _plain(status, handbook, name, language)
    for side in Side:
        own = handbook.shown_labels.get(side.shown) if side.shown else None
        for name in own.by_language.values() if own else ():
            yield name, side


def _plain(status: Status, handbook: Handbook, name: str = "", language: str = "") -> Status | Side:
    """Give what the status's own word is shown for: all of it, or the side that has no word of its own."""
    for one in Shown:
        own = handbook.shown_labels.get(one) if one.status is status else None
        if own and (not language or own.by_language.get(language, name) != name):
            return next(side for side in sides_of(status) if side.shown is None)
    return status
