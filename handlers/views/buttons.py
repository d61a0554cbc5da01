"""Buttons: their words, their style, and the opaque value they carry."""

from collections.abc import Collection, Iterable

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from handlers.views.ids import ActionId
from handlers.views.meta import pack
from handlers.views.step_tables import ONE_TAP
from handlers.views.steps import has_more, next_steps
from handlers.views.text import plain
from tickets.case.ticket import Ticket
from tickets.case.values import Number
from tickets.tongue import Tongue

BUTTON_LIMIT = 75  # SLACK.md 2.1


def button(
    action: ActionId, words: str, value: str | None = None, *, style: str | None = None
) -> ButtonElement:
    """Make a button; its value carries ids only."""
    return ButtonElement(
        text=plain(words, BUTTON_LIMIT), action_id=action, value=value, style=style
    )


def step(
    action: ActionId, number: Number, tongue: Tongue, *, style: str | None = None, item: str = ""
) -> ButtonElement:
    """Make the button of one step on a ticket; … says that a form opens, `item` which of several it is about."""
    value = pack(n=number, q=item) if item else number
    words = tongue(f"button.{action.removeprefix('ticket.')}")
    return button(action, words if action in ONE_TAP else f"{words}…", value, style=style)


def steps_of(
    ticket: Ticket, tongue: Tongue, *, left_out: Collection[ActionId] = ()
) -> ActionsBlock:
    """Make the row of buttons a ticket's present status allows, the next step first and marked."""
    first, *others = next_steps(ticket, left_out=left_out)
    elements = [
        step(first, ticket.number, tongue, style="primary" if ticket.status.is_open else None),
        *(step(one, ticket.number, tongue) for one in others),
    ]
    if has_more(ticket):
        elements.append(step(ActionId.MORE, ticket.number, tongue))
    return ActionsBlock(elements=elements)


def row(buttons: Iterable[ButtonElement], *, block_id: str | None = None) -> ActionsBlock:
    """Put buttons side by side."""
    return ActionsBlock(elements=list(buttons), block_id=block_id)
