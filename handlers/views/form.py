"""The new-ticket form, in the order of the call (SCREENS.md, R2–R19), and the quick one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, ContextBlock, HeaderBlock
from slack_sdk.models.views import View

from handlers.views.article_offers import offers
from handlers.views.form_call import answer_fields, call_words, opening_words, read_back
from handlers.views.form_case import case_fields, category_options
from handlers.views.form_customer import carried_customer, customer_fields
from handlers.views.form_fields import QUICK_BLOCKS
from handlers.views.form_repeat import Repeat, repeat_blocks
from handlers.views.ids import CallbackId
from handlers.views.inputs import field, grouped, line, paragraph
from handlers.views.meta import pack
from handlers.views.profile import known_line
from handlers.views.text import plain
from tickets.case.intake import Intake
from tickets.case.values import Number, PersonId
from tickets.desk.profile import Known
from tickets.handbook import Handbook
from tickets.knowledge.shelves import Suggestion
from tickets.message import Message
from tickets.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around the typed fields."""

    by: PersonId  # whose staff number the opening words name
    opened_at: datetime
    carried_from: Number | None = None  # same call, another case
    carried: str = ""  # that customer, masked
    repeat: Repeat | None = None
    known: Known | None = None  # who calls, as soon as the number is typed
    linked_to: Number | None = None  # an earlier case that belongs to this one
    merged_into: Number | None = None  # an earlier one that takes this one in at once
    hints: tuple[Message, ...] = ()
    opening_shown: bool = False
    draft_id: str = ""
    offered: tuple[Suggestion, ...] = ()  # articles that may help
    used: tuple[int, ...] = ()  # those taken over into the answer
    anew: str = ""  # how the answer's block is named since


def form(values: Intake, around: Around, *, handbook: Handbook, tongue: Tongue) -> View:
    """Show the form with what has been typed so far; every field keeps its block when shown again.

    `values.category` may be a first level alone: then the second is still to be picked.
    """
    return View(
        type="modal",
        callback_id=CallbackId.FORM,
        title=plain(tongue("form.title")),
        submit=plain(tongue("form.submit")),
        close=plain(tongue("button.cancel")),
        private_metadata=_memory(around),
        blocks=list(_blocks(values, around, handbook, tongue)),
    )


def _blocks(values: Intake, around: Around, handbook: Handbook, tongue: Tongue) -> Iterator[Block]:
    yield from _hints(around, tongue)
    if around.repeat:
        yield from repeat_blocks(around.repeat, handbook=handbook, tongue=tongue)
    if around.linked_to:
        linked = tongue("form.linked_to", number=around.linked_to)
        yield ContextBlock(elements=[plain(linked)])
    if around.merged_into:
        merged = tongue("form.merged_into", number=around.merged_into)
        yield ContextBlock(elements=[plain(merged)])
    yield from opening_words(
        around.by, shown=around.opening_shown, handbook=handbook, tongue=tongue
    )
    yield HeaderBlock(text=plain(tongue("form.part_customer")))
    if around.known:
        yield from known_line(around.known, handbook=handbook, tongue=tongue)
    if around.carried:
        yield carried_customer(around.carried, tongue)
    else:
        yield from customer_fields(values, tongue)
    yield from call_words(values, tongue)
    yield HeaderBlock(text=plain(tongue("form.part_case")))
    yield from case_fields(values, around.by, handbook=handbook, tongue=tongue)
    yield from offers(around.offered, tongue, used=frozenset(around.used))
    yield HeaderBlock(text=plain(tongue("form.part_end")))
    yield from read_back(values, around.by, handbook=handbook, tongue=tongue)
    yield from answer_fields(values, tongue, anew=around.anew)


def _hints(around: Around, tongue: Tongue) -> Iterator[Block]:
    """Worth knowing, refuses nothing; Slack holds ten elements in a context."""
    for hint in around.hints:
        yield ContextBlock(elements=[plain(f"💡 {tongue.of(hint)}")])


def _memory(around: Around) -> str:
    return pack(
        opened=int(around.opened_at.timestamp()),
        draft=around.draft_id,
        used=",".join(map(str, around.used)),
        anew=around.anew,
        carried=around.carried_from,
        repeat=around.repeat.number if around.repeat else None,
        known=1 if around.known else None,
        link=around.linked_to,
        merge=around.merged_into,
        opening=1 if around.opening_shown else None,
    )


def quick_form(values: Intake, *, opened_at: datetime, handbook: Handbook, tongue: Tongue) -> View:
    """Show the form of an answered call: category, one line, answered (under 20 seconds)."""
    blocks: list[Block] = [
        field(
            QUICK_BLOCKS["category"],
            tongue("form.quick_category"),
            grouped(
                category_options(handbook, tongue),
                values.category,
                placeholder=tongue("form.category_pick"),
            ),
            optional=False,
        ),
        field(
            QUICK_BLOCKS["description"],
            tongue("form.quick_description"),
            line(values.description),
            optional=False,
        ),
        field(
            QUICK_BLOCKS["answered_with"],
            tongue("form.quick_answer"),
            paragraph(values.answered_with),
            optional=False,
        ),
        ContextBlock(elements=[plain(tongue("form.quick_other"))]),
    ]
    return View(
        type="modal",
        callback_id=CallbackId.QUICK,
        title=plain(tongue("form.quick_title")),
        submit=plain(tongue("form.quick_submit")),
        close=plain(tongue("button.cancel")),
        private_metadata=pack(opened=int(opened_at.timestamp())),
        blocks=blocks,
    )
