"""The schema of `authorities`: who outside complaints come through or go to, and how long each gives."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from pydantic import Field

from bot.desk_config.naming import Key
from bot.desk_config.notations import Target
from bot.desk_config.schema_rules import Section, misfit
from bot.desk_config.schema_texts import AnyWords
from tickets.handbook import AUTHORITIES, Authority, Duration

USUAL = Duration(5, "wd", "close")


class AuthorityRow(Section):
    """An authority outside."""

    name: AnyWords | None = None
    """Where it is not one of the usual ones (12315, 12345, platform, regulator), or goes by another name here."""
    within: Target | None = None
    """How long it gives for an answer where its letter names no date; 5wd without it."""


Rows = Annotated[dict[Key, AuthorityRow], Field(min_length=1)]


def authorities_of(rows: Mapping[str, AuthorityRow] | None) -> Mapping[str, Authority]:
    """Give them in the order they are written; the usual ones where the desk names none."""
    if rows is None:
        return AUTHORITIES
    return {key: _authority(key, row) for key, row in rows.items()}


def _authority(key: str, row: AuthorityRow) -> Authority:
    usual = AUTHORITIES.get(key)
    within = row.within or (usual.within if usual else USUAL)
    return Authority(
        key=key,
        within=replace(within, ends="close") if within.unit == "wd" else within,
        words=row.name.words().by_language if row.name else {},
    )


def require_words(rows: Mapping[str, AuthorityRow] | None) -> None:
    """Ask for a name where the desk has none of its own. Raises a custom error that concerns the whole."""
    for key, row in (rows or {}).items():
        if row.name is None and key not in AUTHORITIES:
            raise misfit(f"expected a 'name' for '{key}', which is none of the usual authorities")
