"""The report of an incident: whose data was seen by whom, when, why and of what kind; and what the law asks to be told (X41).

Names are masked, so that the report itself leaks nothing. The headings of its last part are the elements
of PIPL art. 57; what only people know of an incident is left to be written under them.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.papers.markdown import document, heading, item
from bot.papers.sheets import Column, Sheet, write_sheet
from handlers.views.audit import what, who
from handlers.views.customer import masked_contact, masked_name
from tickets.case.values import CustomerId
from tickets.desk.sightings import DataKind, Sighting
from tickets.tongue import Tongue

MARKDOWN, SHEET = ".md", ".xlsx"
ELEMENTS = ("kinds", "cause", "harm", "measures", "mitigation", "contact", "authority")
_WIDTHS = {"at": 17, "who": 18, "what": 24, "outcome": 10, "case": 14, "customer": 22, "kinds": 24}


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What the report is about, and in which words."""

    sightings: Sequence[Sighting]
    since: datetime
    until: datetime
    made_at: datetime
    tongue: Tongue

    @property
    def shown(self) -> list[Sighting]:
        """Give what was really shown."""
        return [one for one in self.sightings if one.was_shown and one.customer]

    @property
    def customers(self) -> dict[CustomerId, list[Sighting]]:
        """Give what was shown of each customer."""
        found: defaultdict[CustomerId, list[Sighting]] = defaultdict(list)
        for one in self.shown:
            if one.customer:
                found[one.customer].append(one)
        return dict(found)

    def moment(self, at: datetime) -> str:
        """Write a moment by the desk's clock."""
        return f"{at.astimezone(ZoneInfo(self.tongue.timezone)):%Y-%m-%d %H:%M}"

    def name(self, one: Sighting) -> str:
        """Name the customer, masked."""
        if one.seen is None:
            return "–"
        return f"{masked_name(one.seen, self.tongue)} {masked_contact(one.seen)}".strip()

    def kinds(self, kinds: Sequence[DataKind]) -> str:
        """Name kinds of data."""
        return self.listed(self.tongue(f"incident.kind.{kind}") for kind in kinds)

    def listed(self, words: Iterable[str]) -> str:
        """Write several in a row, as the language does."""
        mark = "、" if self.tongue.language.startswith("zh") else ", "
        return mark.join(words) or "–"

    def who(self, one: Sighting) -> str:
        """Name who looked."""
        return who(one.by, self.tongue)

    def what(self, one: Sighting) -> str:
        """Name what they did."""
        return what(one.action, self.tongue)

    def outcome(self, one: Sighting) -> str:
        """Name how it ended."""
        return self.tongue(f"audit.outcome.{one.outcome}")


def save(incident: Incident, path: Path) -> None:
    """Write the report, by its suffix as a sheet or as text, for its owner alone. Raises OSError."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    if path.suffix == SHEET:
        _save_sheet(incident, path)
    else:
        path.write_text(text_of(incident), encoding="utf-8")


def text_of(incident: Incident) -> str:
    """Write the report as Markdown."""
    tongue = incident.tongue
    return document(
        [
            heading(tongue("incident.title"), 1),
            "\n".join(item(line) for line in _head(incident)),
            heading(tongue("incident.customers")),
            *_listed(_by_customer(incident), tongue),
            heading(tongue("incident.people")),
            *_listed(_by_person(incident), tongue),
            heading(tongue("incident.looks")),
            *_listed((_look(incident, one) for one in incident.sightings), tongue),
            heading(tongue("incident.law")),
            *_law(incident),
        ]
    )


def _listed(lines: Iterator[str], tongue: Tongue) -> list[str]:
    entries = "\n".join(lines)
    return [entries or item(tongue("audit.none"))]


def _head(incident: Incident) -> Iterator[str]:
    tongue = incident.tongue
    yield tongue(
        "incident.span",
        since=incident.moment(incident.since),
        until=incident.moment(incident.until),
        zone=tongue.timezone,
    )
    yield tongue("incident.made", at=incident.moment(incident.made_at))
    yield tongue(
        "incident.counted",
        customers=len(incident.customers),
        looks=len(incident.shown),
        people=len({one.by for one in incident.shown}),
        refused=sum(one.outcome == "refused" for one in incident.sightings),
    )


def _by_customer(incident: Incident) -> Iterator[str]:
    for customer, looks in incident.customers.items():
        numbers = sorted({one.number for one in looks if one.number})
        said = incident.tongue(
            "incident.customer",
            name=incident.name(looks[-1]),
            id=customer,
            cases=incident.listed(numbers),
            looks=len(looks),
            people=incident.listed(sorted({incident.who(one) for one in looks})),
            kinds=incident.kinds(_kinds_of(looks)),
        )
        yield item(said)


def _by_person(incident: Incident) -> Iterator[str]:
    for person in sorted({one.by for one in incident.shown}):
        looks = [one for one in incident.shown if one.by == person]
        said = incident.tongue(
            "incident.person",
            name=incident.who(looks[0]),
            id=person,
            looks=len(looks),
            customers=len({one.customer for one in looks}),
            first=incident.moment(looks[0].at),
            last=incident.moment(looks[-1].at),
        )
        yield item(said)


def _look(incident: Incident, one: Sighting) -> str:
    tongue = incident.tongue
    said = tongue(
        "incident.look",
        at=incident.moment(one.at),
        who=incident.who(one),
        what=incident.what(one),
        outcome=incident.outcome(one),
        case=one.number or "–",
        customer=incident.name(one),
        kinds=incident.kinds(one.kinds),
    )
    return item(said, [(tongue("incident.reason"), one.reason)] if one.reason else ())


def _law(incident: Incident) -> Iterator[str]:
    """The elements of a notice; the kinds are known, the rest is for people to write."""
    tongue = incident.tongue
    yield item(tongue("incident.law_basis"))
    for element in ELEMENTS:
        named = heading(tongue(f"incident.element.{element}"), 3)
        yield "\n".join([named, "", item(_said(incident, element))])


def _kinds_of(looks: Sequence[Sighting]) -> list[DataKind]:
    found = {kind for one in looks for kind in one.kinds}
    return [kind for kind in DataKind if kind in found]


def _save_sheet(incident: Incident, path: Path) -> None:
    tongue = incident.tongue
    told = [
        tongue("incident.title"),
        *_head(incident),
        tongue("incident.law_basis"),
        *(f"{tongue(f'incident.element.{one}')}: {_said(incident, one)}" for one in ELEMENTS),
    ]
    columns = [
        *(Column(tongue(f"incident.column.{name}"), width) for name, width in _WIDTHS.items()),
        Column(tongue("incident.reason"), 40),
    ]
    sheet = Sheet(name=tongue("incident.sheet"), stamp=told, columns=columns)
    write_sheet(path, sheet, (_row(incident, one) for one in incident.sightings))


def _said(incident: Incident, element: str) -> str:
    if element == "kinds":
        return incident.kinds(_kinds_of(incident.shown))
    return incident.tongue("incident.to_write")


def _row(incident: Incident, one: Sighting) -> list[str | datetime]:
    tongue = incident.tongue
    return [
        one.at.astimezone(ZoneInfo(tongue.timezone)).replace(tzinfo=None),
        incident.who(one),
        incident.what(one),
        incident.outcome(one),
        one.number or "",
        incident.name(one),
        incident.kinds(one.kinds),
        one.reason,
    ]
