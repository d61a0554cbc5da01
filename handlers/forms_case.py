"""The new-ticket form and the quick one as an Intake, sent or half filled (R2–R19)."""

from datetime import UTC, datetime

from handlers.forms import Fields, fields_of, tampered
from handlers.forms_talk import evidence_file
from handlers.forms_work import block_in
from handlers.numbers import number_in
from handlers.payloads import Json, memory_of
from handlers.views.form_fields import (
    FIELD_BLOCKS,
    QUICK_BLOCKS,
    description_block,
    second_level_block,
)
from handlers.views.meta import Opaque, unpack
from tickets.case.intake import EvidenceFile, Intake
from tickets.case.values import (
    ContactChannel,
    CustomerId,
    CustomerType,
    Emotion,
    Impact,
    Number,
    Priority,
    Risk,
    Salutation,
)

MOST_PARTS = 50  # of a long description; the form shows at most a dozen


def remembered(view: Json) -> dict[str, Opaque]:
    """Give what the form remembers: when it opened, the case before, the repeat, the draft."""
    return unpack(memory_of(view))


def opened_at(view: Json, *, now: datetime) -> datetime:
    """Tell when the form opened; never after now."""
    stamp = remembered(view).get("opened")
    if not isinstance(stamp, int) or not 0 < stamp <= now.timestamp():
        return now
    return datetime.fromtimestamp(stamp, UTC)


def number_remembered(view: Json, name: str) -> Number | None:
    """Give a ticket number the form remembers. Raises DeskError for what can be none."""
    number = remembered(view).get(name)
    if number is None:
        return None
    return number_in(str(number))


def used_in(view: Json) -> tuple[int, ...]:
    """Give the articles whose words were taken over into the form."""
    kept = str(remembered(view).get("used", ""))
    return tuple(int(one) for one in kept.split(",") if one.isascii() and one.isdigit())


def intake_of(view: Json, *, now: datetime, customer_id: CustomerId | None = None) -> Intake:
    """Read the form as typed so far. Raises DeskError for values it cannot send."""
    fields = fields_of(view)
    b = FIELD_BLOCKS
    return Intake(
        customer_id=customer_id,
        linked_to=number_remembered(view, "link"),
        name=fields.text(b["name"]),
        salutation=fields.choice(b["salutation"], Salutation) or Salutation.NONE,
        phone=fields.text(b["phone"]),
        email=fields.text(b["email"]),
        preferred_channel=fields.choice(b["preferred_channel"], ContactChannel),
        anonymous=fields.ticked(b["anonymous"]),
        withholds_contact=fields.ticked(b["withholds_contact"]),
        customer_type=fields.choice(b["customer_type"], CustomerType),
        customer_level=fields.text(b["customer_level"]),
        elderly=fields.ticked(b["elderly"]),
        contact_channel=fields.choice(b["contact_channel"], ContactChannel) or ContactChannel.PHONE,
        received_at=fields.moment(b["received_at"]) or opened_at(view, now=now),
        category=category_of(fields),
        description=description_of(fields),
        when=fields.text(b["when"]),
        where=fields.text(b["where"]),
        expectation=fields.text(b["expectation"]),
        expected_by=fields.moment(b["expected_by"]),
        product=fields.text(b["product"]),
        order_no=fields.text(b["order_no"]),
        urgency=fields.choice(b["urgency"], Priority),
        emotion=fields.choice(b["emotion"], Emotion) or Emotion.CALM,
        risks=fields.choices(b["risks"], Risk),
        impact=fields.choice(b["impact"], Impact) or Impact.ONE,
        needs_customer=fields.ticked(b["needs_customer"]),
        known_issue=fields.ticked(b["known_issue"]),
        complaint_type=fields.picked(b["complaint_type"]) or "",
        authority=fields.picked(b["authority"]) or "",
        authority_no=fields.text(b["authority_no"]),
        authority_due=fields.moment(b["authority_due"]),
        evidence=_evidence(fields),
        evidence_without=fields.text(b["evidence_without"]),
        remarks=fields.text(b["remarks"]),
        read_back=fields.ticked(b["read_back"]),
        answered_with=fields.text(block_in(fields, b["answered_with"])),
        invalid_note=fields.text(b["invalid_note"]),
    )


def quick_intake_of(view: Json, *, now: datetime) -> Intake:
    """Read the quick form."""
    fields = fields_of(view)
    return Intake(
        received_at=opened_at(view, now=now),
        category=fields.picked(QUICK_BLOCKS["category"]) or "",
        description=fields.text(QUICK_BLOCKS["description"]),
        answered_with=fields.text(QUICK_BLOCKS["answered_with"]),
    )


def category_of(fields: Fields) -> str:
    """Read the second level's key, or the first level's while the second is not picked yet."""
    first = fields.picked(FIELD_BLOCKS["category"])
    if first is None:
        return ""
    second = fields.picked(second_level_block(first))
    if second and second.partition("/")[0] != first:
        raise tampered()
    return second or first


def description_of(fields: Fields) -> str:
    """Read the description; a long prefill stands in several fields, joined again as it was."""
    blocks = (description_block(place) for place in range(1, MOST_PARTS + 1))
    return "".join(fields.text(block) for block in blocks)


def _evidence(fields: Fields) -> tuple[EvidenceFile, ...]:
    found = map(evidence_file, fields.files(FIELD_BLOCKS["evidence"]))
    return tuple(
        EvidenceFile(file_id=one.file_id, name=one.name, mimetype=one.mimetype, size=one.size)
        for one in found
    )
