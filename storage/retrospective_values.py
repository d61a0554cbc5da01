"""Retrospectives and pursuits as the columns hold them."""

import json
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row as SqlRow

from storage.numbers import number_of
from tickets.case.values import CauseDimension, PersonId, Text
from tickets.retrospectives.causes import Cause
from tickets.retrospectives.pursuit import Check, Direction, Figure, Pursuit, Target, Verdict
from tickets.retrospectives.retrospective import Occasion, Record, Retrospective, Standing

_MOMENTS = (
    "starts_at",
    "ends_at",
    "held_at",
    "started_at",
    "closed_at",
    "decided_at",
    "packed_at",
)
_PLAIN = ("made_by", "chair", "recap", "submitted_by", "decided_by", "asked", "calls", "caused")


def about_of(retro: Retrospective) -> dict[str, object]:
    """Write what is plain of a retrospective; what is not set is left out."""
    values: dict[str, object] = {name: getattr(retro, name) for name in _PLAIN}
    values |= {name: _moment(getattr(retro, name)) for name in _MOMENTS}
    values["people"] = list(retro.people) or None
    return {name: value for name, value in values.items() if value is not None}


def retro_of(row: SqlRow[*tuple[Any, ...]]) -> Retrospective:
    """Read a retrospective without its words."""
    about = dict(row.about)
    given: dict[str, Any] = {
        name: datetime.fromisoformat(about.pop(name)) for name in _MOMENTS if name in about
    }
    people = tuple(PersonId(one) for one in about.pop("people", ()))
    return Retrospective(
        id=row.id,
        occasion=Occasion(row.occasion),
        key=row.key,
        standing=Standing(row.standing),
        number=None if row.number_key is None else number_of(row.number_key),
        made_at=row.made_at,
        people=people,
        changes=row.changes,
        look_at=row.look_at,
        **given,
        **about,
    )


def record_text(record: Record) -> str:
    """Write what people said as one text, to be sealed."""
    said = asdict(record)
    return json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)


def record_of(text: str) -> Record:
    """Read what people said."""
    said = json.loads(text)
    causes = tuple(
        Cause(**(one | {"dimension": CauseDimension(one["dimension"]), "text": Text(one["text"])}))
        for one in said.pop("causes", ())
    )
    known = {one.name for one in fields(Record)}
    return Record(
        causes=causes, **{name: Text(value) for name, value in said.items() if name in known}
    )


def about_pursuit(pursuit: Pursuit) -> dict[str, object]:
    """Write what is plain of a pursuit."""
    return {
        "direction": pursuit.direction,
        "target": asdict(pursuit.target),
        "follows": pursuit.follows,
        "chased": pursuit.chased,
        "checks": [asdict(one) | {"at": one.at.isoformat()} for one in pursuit.checks],
    }


def pursuit_of(row: SqlRow[*tuple[Any, ...]]) -> Pursuit:
    """Read a pursuit without its words."""
    about = row.about
    target = about["target"]
    figure = Figure(target["figure"]) if target["figure"] else None
    return Pursuit(
        item=row.item,
        retro=row.retro,
        place=row.place,
        direction=Direction(about["direction"]),
        target=Target(**(target | {"figure": figure})),
        follows=about["follows"],
        chased=about["chased"],
        checks=tuple(_check(one) for one in about["checks"]),
        look_at=row.look_at,
    )


def _check(kept: dict[str, Any]) -> Check:
    verdict = Verdict(kept["verdict"]) if kept["verdict"] else None
    return Check(**(kept | {"at": datetime.fromisoformat(kept["at"]), "verdict": verdict}))


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
