"""The form's part on the call itself: opening words, how and when it came in, how it ended (R3, R9, R12–R17)."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, ContextBlock, SectionBlock

from handlers.views.buttons import button
from handlers.views.form_customer import channels, tick
from handlers.views.form_fields import FIELD_BLOCKS
from handlers.views.ids import ActionId
from handlers.views.inputs import field, moment, paragraph
from handlers.views.scripts import said_by
from handlers.views.text import plain
from tickets.case.intake import Intake
from tickets.case.values import PersonId
from tickets.handbook import Handbook, Words
from tickets.tongue import Tongue

_OPENING_BLOCK = "form.opening"


def opening_words(
    by: PersonId, *, shown: bool, handbook: Handbook, tongue: Tongue
) -> Iterator[Block]:
    """Offer the opening words, folded until asked for; they name company and staff number (R13)."""
    said = script(handbook.intake.opening, by, handbook, tongue)
    if not said:
        return
    fold = tongue("form.opening_hide") if shown else tongue("form.opening_show")
    yield SectionBlock(
        block_id=_OPENING_BLOCK,
        text=plain(f"💬 {said}" if shown else tongue("form.opening")),
        accessory=button(ActionId.FORM_OPENING, fold),
    )


def call_words(values: Intake, tongue: Tongue) -> Iterator[Block]:
    """Ask how the case came in and when; clocks start at that minute."""
    yield field(
        FIELD_BLOCKS["contact_channel"],
        tongue("form.contact_channel"),
        channels(values.contact_channel, tongue),
        optional=False,
    )
    yield field(
        FIELD_BLOCKS["received_at"],
        tongue("form.received_at"),
        moment(values.received_at),
        hint=tongue("form.received_at_hint"),
        optional=False,
    )


def read_back(
    values: Intake, by: PersonId, *, handbook: Handbook, tongue: Tongue
) -> Iterator[Block]:
    """Ask whether the facts were read back and confirmed (R12), with the closing words beside it."""
    yield tick("read_back", ticked=values.read_back, tongue=tongue)
    closing = script(handbook.intake.closing, by, handbook, tongue)
    if closing:
        said = tongue("soothing.say", words=closing)
        yield ContextBlock(elements=[plain(f"💬 {said}")])


def answer_fields(values: Intake, tongue: Tongue, *, anew: str = "") -> Iterator[Block]:
    """Ask for a result given on the spot (R36), or why this is no valid case (R17).

    `anew` names the answer's block where words were put into it.
    """
    for name, typed, renamed in (
        ("answered_with", values.answered_with, anew),
        ("invalid_note", values.invalid_note, ""),
    ):
        hint = tongue(f"form.{name}_hint")
        block_id = f"{FIELD_BLOCKS[name]}{renamed}"
        yield field(block_id, tongue(f"form.{name}"), paragraph(typed), hint=hint)


def script(words: Words, by: PersonId, handbook: Handbook, tongue: Tongue) -> str:
    """Fill in a script's company and staff number; any other brace stays as the desk wrote it."""
    return said_by(words.in_(tongue.language).strip(), by, handbook, tongue)
