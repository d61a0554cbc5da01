"""The fast lane's forms: a case in one line, and what is filled in afterwards (R21)."""

from slack_sdk.models.blocks import Block, ContextBlock
from slack_sdk.models.views import View

from handlers.views import labels
from handlers.views.form_case import category_options
from handlers.views.form_customer import tick
from handlers.views.form_fields import FIELD_BLOCKS
from handlers.views.ids import CallbackId
from handlers.views.inputs import field, grouped, line, option, paragraph, radio
from handlers.views.meta import pack
from handlers.views.modal import TITLE_LIMIT, Sheet, modal
from handlers.views.text import plain
from tickets.case.values import Priority
from tickets.tongue import Tongue

LINE = "fast_lane.line"


def one_line_case(code: str, tongue: Tongue) -> View:
    """Ask for one line; the customer is known already."""
    blocks: list[Block] = [
        ContextBlock(elements=[plain(tongue("fast_lane.says", customer=code))]),
        field(LINE, tongue(LINE), line(), optional=False),
    ]
    return View(
        type="modal",
        callback_id=CallbackId.FAST_LANE,
        title=plain(tongue("button.fast_lane"), TITLE_LIMIT),
        submit=plain(tongue("form.submit"), TITLE_LIMIT),
        close=plain(tongue("button.cancel"), TITLE_LIMIT),
        private_metadata=pack(c=code),
        blocks=blocks,
    )


def fill_in(sheet: Sheet) -> View:
    """Ask for what the fast lane left open; words with personal data in them are never shown, so they begin empty."""
    tongue, intake = sheet.tongue, sheet.ticket.intake
    masked = sheet.case.redact(intake.description)
    hint = tongue("modals.correct_masked", masked=masked) if masked != intake.description else ""
    grades = [
        option(one, labels.priority(one, sheet.handbook, tongue), tongue(f"form.urgency_{one}"))
        for one in Priority
    ]
    blocks: list[Block] = [
        field(
            FIELD_BLOCKS["category"],
            tongue("form.category"),
            grouped(category_options(sheet.handbook, tongue), intake.category),
            optional=False,
        ),
        field(
            FIELD_BLOCKS["description"],
            tongue("form.description"),
            paragraph("" if hint else intake.description),
            hint=hint or tongue("form.description_hint"),
            optional=False,
        ),
        *(field(FIELD_BLOCKS[name], tongue(f"form.{name}"), line()) for name in ("when", "where")),
        field(
            FIELD_BLOCKS["expectation"],
            tongue("form.expectation"),
            line(sheet.case.redact(intake.expectation or "")),
        ),
        field(
            FIELD_BLOCKS["urgency"],
            tongue("form.urgency"),
            radio(grades, intake.urgency),
            optional=False,
        ),
        tick("read_back", ticked=bool(intake.read_back_at), tongue=tongue),
    ]
    return modal(sheet, CallbackId.FILL_IN, tongue("button.fill_in"), blocks)
