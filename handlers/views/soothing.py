"""安抚用语: what an agent may say first, by how the customer feels; never sent, only shown (R14, R28)."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, ContextBlock

from handlers.views.form_call import script
from handlers.views.modal import Sheet
from handlers.views.text import plain
from tickets.case.values import Emotion, PersonId
from tickets.handbook import Handbook
from tickets.tongue import Tongue

TEMPLATE = "soothe_"
"""Its key under `templates` in desk.yml goes on with the emotion: soothe_angry."""


def soothing(
    emotion: Emotion,
    *,
    category: str,
    kind: str,
    by: PersonId,
    handbook: Handbook,
    tongue: Tongue,
    usual: str = "soothing",
) -> Iterator[Block]:
    """Show the words for an emotion: the desk's own of the category, else the usual ones; for a calm customer the plain ones."""
    said = _words(emotion, category, kind, by, handbook, tongue, usual)
    if said:
        yield ContextBlock(elements=[plain(f"💬 {tongue('soothing.say', words=said)}")])


def soothing_of(sheet: Sheet) -> Iterator[Block]:
    """Remind, before a customer is told, of how they felt; of a calm one nothing stands before the facts."""
    intake, felt = sheet.ticket.intake, sheet.ticket.emotion
    if felt and felt is not Emotion.CALM:
        yield from soothing(
            felt,
            category=intake.category,
            kind=intake.kind,
            by=sheet.ticket.caller,
            handbook=sheet.handbook,
            tongue=sheet.tongue,
            usual="soothing.told",  # nothing is written down any more: there is an answer
        )


def _words(
    emotion: Emotion,
    category: str,
    kind: str,
    by: PersonId,
    handbook: Handbook,
    tongue: Tongue,
    usual: str,
) -> str:
    if emotion is Emotion.CALM:
        return script(handbook.intake.soothing, by, handbook, tongue)
    own = handbook.template(f"{TEMPLATE}{emotion}", category, kind)
    return script(own, by, handbook, tongue) if own else tongue(f"{usual}.{emotion}")
