"""The desk at a glance: a few counts, each with the list behind it."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, HeaderBlock, SectionBlock

from handlers.views.buttons import button
from handlers.views.ids import ActionId
from handlers.views.screen import Screen
from handlers.views.text import escaped, plain
from tickets.case.listing import Scope, Tally
from tickets.tongue import Tongue


def status(counts: Tally, *, tongue: Tongue, linked: bool = True) -> Screen:
    """Show the desk privately (`/ticket status`); not linked, to somebody who may not open lists."""
    head = tongue("lists.status_head")
    text = tongue("lists.status_sentence", open=counts.open, overdue=counts.overdue)
    return Screen(
        escaped(text),
        (HeaderBlock(text=plain(head, 150)), *glance_blocks(counts, tongue=tongue, linked=linked)),
    )


def glance_blocks(counts: Tally, *, tongue: Tongue, linked: bool = True) -> Iterator[Block]:
    """Make a line a count; those with a list behind them open it."""
    listed = (
        ("glance.open", counts.open, Scope.ALL),
        ("glance.overdue", counts.overdue, Scope.OVERDUE),
        ("glance.unassigned", counts.unassigned, Scope.UNASSIGNED),
        ("glance.no_next_step", counts.no_next_step, Scope.NO_NEXT_STEP),
    )
    for words, count, scope in listed:
        show = button(ActionId.LIST, tongue("lists.show"), scope) if linked else None
        yield SectionBlock(block_id=words, text=plain(tongue(words, number=count)), accessory=show)
    rest = (
        ("glance.waiting", counts.waiting),
        ("glance.logged_today", counts.logged_today),
        ("glance.closed_today", counts.closed_today),
    )
    said = [tongue(words, number=count) for words, count in rest]
    yield SectionBlock(block_id="glance", text=plain("\n".join(said)))
