"""The repeat, offered at once: an earlier case of the same customer and category (R79)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block

from handlers.views import labels
from handlers.views.buttons import button, row
from handlers.views.ids import ActionId
from handlers.views.rich import lines, weave
from tickets.case.values import Number
from tickets.handbook import Handbook
from tickets.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """An earlier case as any agent may see it: number, category, date and whether it was told.

    A high-risk one keeps its category to itself: "".
    """

    number: Number
    category: str
    received_at: datetime
    told_at: datetime | None
    may_resend: bool = True  # the work is done and the record open
    may_merge: bool = False  # it is still open


def repeat_blocks(repeat: Repeat, *, handbook: Handbook, tongue: Tongue) -> Iterator[Block]:
    """Ask whether our answer reached the customer, with the ways on."""
    known = labels.category(repeat.category, handbook, tongue) if repeat.category else ""
    category = known or tongue("card.restricted")
    if repeat.told_at:
        said = weave(
            tongue, "form.repeat_told", number=repeat.number, category=category, at=repeat.told_at
        )
    else:
        said = weave(
            tongue,
            "form.repeat_untold",
            number=repeat.number,
            category=category,
            at=repeat.received_at,
        )
    yield lines(said, block_id="form.repeat")
    ways = {
        ActionId.FORM_RESEND: repeat.may_resend,
        ActionId.FORM_LINK: True,
        ActionId.FORM_MERGE: repeat.may_merge,
        ActionId.FORM_NEW_CASE: True,
    }
    yield row(
        [button(one, tongue(one), repeat.number) for one, offered in ways.items() if offered],
        block_id="form.repeat_ways",
    )
