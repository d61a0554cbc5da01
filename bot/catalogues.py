"""Catalogues: the .po files of a language, checked and compiled in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO

import structlog
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDERS = {"en": "en", "zh-Hans": "zh_Hans", "zh-Hant": "zh_Hant"}
"""The languages the desk speaks, and where their sentences lie."""

log = structlog.get_logger(__name__)


class UnknownPhrase(KeyError):
    """A message id that no catalogue holds; a mistake of ours, never shown as an id on a screen."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sentences of one language."""

    sentences: GNUTranslations
    known: frozenset[str] = field(repr=False)
    counted: frozenset[str] = field(repr=False)  # ids with plural forms, chosen by `count`
    instead: "Catalogue | None" = None  # in service: what says a missing sentence

    def phrase(self, message_id: str, count: object) -> str:
        """Give a sentence with its places open. Raises UnknownPhrase."""
        if message_id not in self.known:
            return self._missing(message_id, count)
        if message_id in self.counted and isinstance(count, int):
            return self.sentences.ngettext(message_id, message_id, count)
        return self.sentences.gettext(message_id)

    def _missing(self, message_id: str, count: object) -> str:
        if self.instead is None:
            raise UnknownPhrase(message_id)
        log.error("sentence missing", id=message_id)
        return self.instead.phrase(message_id, count)


def catalogues() -> dict[str, Catalogue]:
    """Compile every language; what one lacks is said in English and logged."""
    made = strict_catalogues()
    return {
        language: catalogue if language == "en" else replace(catalogue, instead=made["en"])
        for language, catalogue in made.items()
    }


def strict_catalogues() -> dict[str, Catalogue]:
    """Compile every language, once in a process; what one lacks raises UnknownPhrase."""
    return {language: _of(language) for language in FOLDERS}


@cache
def _of(language: str) -> Catalogue:
    return _compiled(sentences_of(language))


def sentences_of(language: str) -> Catalog:
    """Read all .po files of a language as one catalogue. Raises ValueError for an id given twice."""
    folder = FOLDERS[language]
    whole = Catalog(locale=folder)
    for path in _po_files(files("locales") / folder / "LC_MESSAGES"):
        with path.open("rb") as file:
            for message in read_po(file, locale=folder):
                if message.id and message.id in whole:
                    raise ValueError(f"{folder}/{path.name}: {message.id} is given twice")
                if message.id:
                    whole[message.id] = message
    return whole


def _po_files(folder: Traversable) -> list[Traversable]:
    return sorted(
        (path for path in folder.iterdir() if path.name.endswith(".po")), key=lambda path: path.name
    )


def _compiled(catalog: Catalog) -> Catalogue:
    binary = BytesIO()
    write_mo(binary, catalog)
    binary.seek(0)
    spoken = [message for message in catalog if message.id and all(_forms(message))]
    return Catalogue(
        GNUTranslations(binary),
        known=frozenset(_id(message) for message in spoken),
        counted=frozenset(_id(message) for message in spoken if message.pluralizable),
    )


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> Sequence[str]:
    return (message.string,) if isinstance(message.string, str) else message.string or ("",)
