"""Ending what is kept of people: the form that asks for it, and the buttons of each person's turn."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ButtonElement, ConfirmObject, SectionBlock
from slack_sdk.models.views import View

from handlers.views import labels
from handlers.views.buttons import button
from handlers.views.ids import ActionId, CallbackId
from handlers.views.modal import TITLE_LIMIT, Sheet, modal, reason_field, sentence, shown, which
from handlers.views.text import plain
from tickets.case.values import Number
from tickets.people.disposal import DECIDE_WITHIN
from tickets.tongue import Tongue

NAMED = 30  # numbers in one sentence


def erase(sheet: Sheet, numbers: Sequence[Number], not_ended: Sequence[Number]) -> View:
    """Say what would end and what stays, and ask why; open cases have to end first."""
    tongue = sheet.tongue
    title = tongue("button.erase")
    if not_ended:
        said = tongue("rights.open_cases", numbers=listed(not_ended, tongue))
        return shown(title, [which(sheet), SectionBlock(text=plain(said))], tongue)
    said = tongue(
        "rights.form_says",
        count=len(numbers),
        numbers=listed(numbers, tongue),
        days=DECIDE_WITHIN.days,
    )
    view = modal(
        sheet, CallbackId.ERASE, title, [SectionBlock(text=plain(said)), reason_field(sheet)]
    )
    view.submit = plain(tongue("rights.form_submit"), TITLE_LIMIT)
    return view


def asked(tongue: Tongue) -> View:
    """Say that the directors are asked."""
    return sentence(tongue("button.erase"), tongue("rights.now_asked"), tongue)


def listed(numbers: Sequence[Number], tongue: Tongue) -> str:
    """Name numbers, of many the first."""
    named = labels.listed(numbers[:NAMED], tongue)
    left = len(numbers) - NAMED
    return tongue("rights.and_more", numbers=named, count=left) if left > 0 else named


def plain_button(action: ActionId, request_id: str, tongue: Tongue) -> ButtonElement:
    """Make the button of a step that can be taken back."""
    return button(action, tongue(f"button.{action}"), request_id)


def final_button(action: ActionId, request_id: str, tongue: Tongue) -> ButtonElement:
    """Make the button of a step that cannot: it asks once more."""
    made = button(action, tongue(f"button.{action}"), request_id, style="danger")
    made.confirm = ConfirmObject(
        title=plain(tongue(f"{action}_title"), 100),
        text=plain(tongue(f"{action}_text"), 300),
        confirm=plain(tongue(f"button.{action}"), 30),
        deny=plain(tongue("button.cancel"), 30),
    )
    return made
