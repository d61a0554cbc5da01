"""A ready desk's text with a team's own people and channels in place of the made-up ones; its comments stay."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ruamel.yaml import YAML

ROLES = ("agents", "supervisors", "directors", "admins", "auditors", "librarians", "analysts")
NEEDED = ("agents", "supervisors")

_SECTION = re.compile(r"([a-z_]+):")
_ENTRY = re.compile(r"  ([\w-]+):")
_ROLE = re.compile(r"  (\w+): \[[^\]]*\]")
_OF_ONE = re.compile(r"    (lead): \S+|    (members): \[[^\]]*\]")
_CHANNEL = re.compile(r'"([#CG][^"\s]*)"')


@dataclass(frozen=True, slots=True)
class Staff:
    """A team: people by role, each department's with the lead first, its channels by the preset's names."""

    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    departments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Places:
    """What a ready desk has places for."""

    roles: tuple[str, ...]
    departments: Mapping[str, str]
    """Their Chinese names by key."""
    channels: tuple[str, ...]

    def missing(self, staff: Staff) -> list[str]:
        """Name who is needed and not given: nobody could log, decide or take a case without them."""
        roles = [role for role in NEEDED if not staff.roles.get(role)]
        return roles + [key for key in self.departments if not staff.departments.get(key)]


def places_of(text: str) -> Places:
    """Read what a ready desk has places for."""
    desk = YAML(typ="safe").load(text)
    departments = desk["departments"]
    rows = [desk["desk"], *departments.values(), *desk["digests"].values()]
    return Places(
        roles=tuple(role for role in ROLES if role in desk["people"]),
        departments={key: row["name"]["zh"] for key, row in departments.items()},
        channels=tuple(dict.fromkeys(row["channel"] for row in rows if "channel" in row)),
    )


def filled(text: str, staff: Staff) -> str:
    """Put a team in; roles it does not have stay empty, deputies and staff numbers become comments."""
    return "".join(_lines(text.splitlines(keepends=True), staff))


def _lines(lines: Iterable[str], staff: Staff) -> Iterator[str]:
    section = entry = ""
    for line in lines:
        if fit := _SECTION.match(line):
            section = fit[1]
        elif fit := _ENTRY.match(line):
            entry = fit[1]
        yield _channels(_people(line, section, entry, staff), staff)


def _people(line: str, section: str, entry: str, staff: Staff) -> str:
    if not line.strip() or line.lstrip().startswith("#"):
        return line
    if section == "people" and entry in {"deputies", "staff_no"}:
        return f"  # {line[2:]}" if line.startswith("  ") else line
    if section == "people" and (fit := _ROLE.match(line)):
        return f"  {fit[1]}: [{', '.join(staff.roles.get(fit[1], ()))}]{line[fit.end() :]}"
    if section == "departments" and (fit := _OF_ONE.match(line)):
        lead, *others = staff.departments[entry]
        own = f"lead: {lead}" if fit[1] else f"members: [{', '.join(others)}]"
        return f"    {own}{line[fit.end() :]}"
    return line


def _channels(line: str, staff: Staff) -> str:
    return _CHANNEL.sub(lambda fit: f'"{staff.channels.get(fit[1], fit[1])}"', line)
