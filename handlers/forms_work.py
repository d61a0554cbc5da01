"""The forms of work on a case as facts (DESK.md 1, handling)."""

import re
import unicodedata
from datetime import datetime

from handlers.forms import Fields
from handlers.views.ids import FieldId as F
from tickets.case import facts as f
from tickets.case.values import CauseDimension, ContactChannel, ContactOutcome, Text
from tickets.errors import Incomplete
from tickets.message import say

_AMOUNT = re.compile(r"([0-9]{1,7})(?:\.([0-9]{1,2}))?")


def words(fields: Fields, name: str) -> Text | None:
    """Read an optional text."""
    text = fields.text(name).strip()
    return Text(text) if text else None


def must_say(fields: Fields, name: str) -> Text:
    """Read a text that must be there. Raises Incomplete."""
    return Text(fields.required(name))


def block_in(fields: Fields, name: str) -> str:
    """Find the block of a field; where a text was put into it, it stands in one of another name."""
    return next((one for one in fields.values if one.startswith(f"{name}.")), name)


def contacted(fields: Fields, *, now: datetime) -> f.Contacted:
    """Read a contact with the customer; without a moment it was now."""
    return f.Contacted(
        way=fields.must_choose(F.WAY, ContactChannel),
        outcome=fields.choice(F.OUTCOME, ContactOutcome) or ContactOutcome.REACHED,
        happened_at=fields.moment(F.WHEN) or now,
        note=words(fields, F.NOTE),
        answer=words(fields, F.ANSWER),
    )


def amount(fields: Fields) -> int | None:
    """Read an amount of money in hundredths: `300`, `1,200.50`. Raises Incomplete."""
    typed = unicodedata.normalize("NFKC", fields.text(F.AMOUNT)).strip().replace(",", "")
    if not typed:
        return None
    found = _AMOUNT.fullmatch(typed)
    if found is None:
        raise Incomplete({F.AMOUNT: say("compensation.not_a_number")})
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def planned(fields: Fields) -> f.Planned:
    """Read a plan; its date must be set (R73)."""
    return f.Planned(
        measures=must_say(fields, F.MEASURES),
        resources=words(fields, F.RESOURCES),
        finish_by=fields.must_be_set(F.FINISH_BY),
        cost=words(fields, F.COST),
        amount=amount(fields),
        reason=words(fields, F.REASON),
    )


def workaround_given(fields: Fields) -> f.WorkaroundGiven:
    """Read an interim solution."""
    return f.WorkaroundGiven(
        workaround=must_say(fields, F.WORKAROUND),
        told=fields.ticked(F.TOLD),
        fixed_by=fields.moment(F.FIXED_BY),
        compensation=words(fields, F.COMPENSATION),
        amount=amount(fields),
        reason=words(fields, F.REASON),
    )


def resolved(fields: Fields) -> f.Resolved:
    """Read a result."""
    return f.Resolved(
        result=must_say(fields, block_in(fields, F.RESULT)),
        prevention=words(fields, F.PREVENTION),
        first_cause=words(fields, F.FIRST_CAUSE),
        dimension=fields.choice(F.DIMENSION, CauseDimension),
        overdue_reason=words(fields, F.OVERDUE_REASON),
    )


def answered(fields: Fields) -> f.Resolved:
    """Read an answer given on the spot (R36)."""
    return f.Resolved(result=must_say(fields, block_in(fields, F.RESULT)), on_the_spot=True)


def collaborators(fields: Fields) -> f.CollaboratorsNamed:
    """Read who helps and the one contact among them (R41)."""
    people = fields.people(F.PEOPLE)
    contact = fields.person(F.CONTACT_PERSON) or (people[0] if len(people) == 1 else None)
    if people and contact is None:
        raise Incomplete({F.CONTACT_PERSON: say("collaborators.contact_missing")})
    if contact and contact not in people:
        people = (*people, contact)
    return f.CollaboratorsNamed(people=people, contact=contact, need=words(fields, F.NEED))
