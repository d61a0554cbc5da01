"""The form's part for complaints alone: their type, the authority outside that one came through, its number and date there."""

from collections.abc import Iterator

from slack_sdk.models.blocks import InputBlock

from handlers.views import labels
from handlers.views.form_fields import FIELD_BLOCKS
from handlers.views.inputs import field, line, moment, option, select
from handlers.views.modals_authority import authorities
from tickets.case.intake import Intake
from tickets.case.values import Kind
from tickets.handbook import Handbook
from tickets.tongue import Tongue


def complaint_fields(values: Intake, handbook: Handbook, tongue: Tongue) -> Iterator[InputBlock]:
    """Ask what only a complaint has, once its first level is picked."""
    if not _may_be_complaint(values.category, handbook):
        return
    types = [
        option(one.key, labels.complaint_type(one.key, handbook, tongue))
        for one in handbook.complaints.types
    ]
    chosen = select(types, values.complaint_type)
    yield field(FIELD_BLOCKS["complaint_type"], tongue("form.complaint_type"), chosen)
    offered = authorities(handbook, tongue)
    none = tongue("form.authority_none")
    yield field(
        FIELD_BLOCKS["authority"],
        tongue("form.authority"),
        select(offered, values.authority, placeholder=none),
    )
    number = line(values.authority_no)
    yield field(FIELD_BLOCKS["authority_no"], tongue("form.authority_no"), number)
    yield field(
        FIELD_BLOCKS["authority_due"],
        tongue("form.authority_due"),
        moment(values.authority_due),
        hint=tongue("form.authority_due_hint"),
    )


def _may_be_complaint(category: str, handbook: Handbook) -> bool:
    """Tell whether a category is a complaint's, or has one below it."""
    first = handbook.categories.get(category.partition("/")[0])
    sub = handbook.subcategory(category)
    kinds = {sub.kind} if sub else {one.kind for one in first.sub.values()} if first else set()
    return Kind.COMPLAINT in kinds
