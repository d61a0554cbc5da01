"""Everything held about a customer as one file: JSON for machines, the same in Markdown for people (PIPL art. 45)."""

import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from bot.papers.markdown import document, flat, heading, item
from handlers.views import labels
from handlers.views.customer import customer_type
from handlers.views.history import headline
from handlers.views.modal import Sheet
from handlers.views.profile import own_value
from handlers.views.rich import absolute
from handlers.views.timeline_words import spoken
from tickets.case.codec import write
from tickets.case.log import Event
from tickets.desk.look import CaseView
from tickets.desk.subject import Held
from tickets.handbook import Handbook
from tickets.people.customers import ELDERLY, Customer
from tickets.people.profile import as_lines
from tickets.tongue import Tongue

JSON_NAME, TEXT_NAME = "customer.json", "customer.md"


def save(held: Held, path: Path, handbook: Handbook, tongue: Tongue, *, now: datetime) -> None:
    """Write a file that its owner alone reads; never over another one. Raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as both:
        data = json.dumps(as_data(held, now=now), ensure_ascii=False, indent=1)
        both.writestr(JSON_NAME, data)
        both.writestr(TEXT_NAME, as_text(held, handbook, tongue, now=now))


def as_data(held: Held, *, now: datetime) -> Mapping[str, object]:
    """Give everything as plain values, words in full."""
    who = held.customer
    return {
        "written_at": now.isoformat(),
        "customer": {
            "id": who.id,
            "code": who.code,
            "name": who.name,
            "phone": who.phone,
            "email": who.email,
            "address": who.address,
            "salutation": who.salutation,
            "preferred_channel": who.preferred_channel,
            "type": who.type,
            "level": who.level,
            "groups": sorted(who.groups),
            "profile": asdict(who.profile),
            "marks": [{"tag": one.tag, "since": one.since.isoformat()} for one in who.marks],
            "opt_outs": sorted(who.opt_outs),
            "created_at": who.created_at.isoformat(),
            "erased": who.is_erased,
        },
        "cases": [
            {
                "number": case.ticket.number,
                "status": case.ticket.status,
                "events": [_event(one) for one in case.events],
                "deadlines": [
                    {"kind": one.kind, "round": one.round, "due_at": _moment(one.due_at)}
                    for one in case.deadlines
                ],
            }
            for case in held.cases
        ],
    }


def as_text(held: Held, handbook: Handbook, tongue: Tongue, *, now: datetime) -> str:
    """Write the same for the customer to read."""
    stamp = tongue(
        "subject.stamp",
        desk=handbook.name.in_(tongue.language),
        at=f"{absolute(now, tongue)} {tongue.timezone}",
    )
    parts = [
        heading(tongue("subject.title"), 1),
        item(stamp),
        heading(tongue("subject.record")),
        "\n".join(_record(held.customer, handbook, tongue)),
    ]
    for case in held.cases:
        category = labels.category_path(case.ticket.category, handbook, tongue)
        named = tongue("subject.case", number=case.ticket.number, category=category)
        sheet = Sheet(case=case, handbook=handbook, tongue=tongue, now=now)
        parts += [heading(named), "\n".join(_case(case, sheet))]
    return document(parts)


def _record(who: Customer, handbook: Handbook, tongue: Tongue) -> Iterator[str]:
    kept = who.profile
    values = (
        ("subject.id", " · ".join(filter(None, (who.code, who.id)))),
        ("form.name", who.name),
        ("form.salutation", tongue(f"salutation.{who.salutation}") if who.name else ""),
        ("form.phone", who.phone),
        ("form.email", who.email),
        ("details.address", who.address),
        ("subject.type", customer_type(who.type, who.level, tongue)),
        ("subject.groups", labels.listed(_groups(who, tongue), tongue)),
        ("profile.contribution", kept.contribution),
        ("profile.products", as_lines(kept.products).replace("\n", "; ")),
        ("profile.preferences", kept.preferences),
        ("profile.tags", labels.listed((*kept.tags, *_marks(who, handbook, tongue)), tongue)),
        ("subject.known_since", absolute(who.created_at, tongue)),
    )
    for label, value in values:
        if value:
            yield item(tongue("dossier.line", label=tongue(label), value=value))
    for field in handbook.customer_fields:
        if field.key in kept.fields:
            name = field.name.in_(tongue.language)
            value = own_value(field, kept.fields[field.key], tongue)
            yield item(tongue("dossier.line", label=name, value=value))


def _marks(who: Customer, handbook: Handbook, tongue: Tongue) -> Iterator[str]:
    for one in who.marks:
        name = labels.customer_tag(one.tag, handbook, tongue)
        yield tongue("why.noted", what=name, note=absolute(one.since, tongue))


def _groups(who: Customer, tongue: Tongue) -> Iterator[str]:
    for one in sorted(who.groups):
        yield tongue("customer.elderly") if one == ELDERLY else one


def _case(case: CaseView, sheet: Sheet) -> Iterator[str]:
    for event in case.events:
        said = [
            (
                sheet.tongue(f"timeline.words.{name}"),
                spoken(event.fact, words, sheet.handbook, sheet.tongue),
            )
            for name, words in write(event.fact).words.items()
        ]
        yield item(flat(headline(event, sheet)), said)


def _event(event: Event) -> Mapping[str, object]:
    written = write(event.fact)
    return {
        "at": event.at.isoformat(),
        "by": event.by,
        "what": written.kind,
        **written.plain,
        **written.words,
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
