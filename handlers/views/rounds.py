"""What earlier rounds did: for whoever takes a case on anew, opened after its facts and demand (R46, R87)."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from slack_sdk.models.blocks import Block, ContextBlock, HeaderBlock
from slack_sdk.models.views import View

from handlers.views.buttons import row, step
from handlers.views.history import entry, turning
from handlers.views.ids import ActionId
from handlers.views.labels import round_name
from handlers.views.modal import Sheet, shown, which
from handlers.views.pager import paged
from handlers.views.text import plain
from tickets.case import facts as f
from tickets.case.log import Event

_TELLING = (
    f.Accepted,
    f.Assigned,
    f.Contacted,
    f.CustomerTold,
    f.CallbackTried,
    f.EvidenceAdded,
    f.HandedBack,
    f.Held,
    f.Noted,
    f.Opinion,
    f.Planned,
    f.Promised,
    f.Resolved,
    f.Scored,
    f.SupervisorCalled,
    f.Waiting,
    f.WorkaroundGiven,
)
"""What somebody who looks at the case afresh wants to know; the whole of it is the history."""


def earlier_rounds(sheet: Sheet, page: int = 1) -> View:
    """Show what each earlier round did and what the customer said of it, the oldest first."""
    tongue = sheet.tongue
    pages = paged(part for part in _parts(sheet))
    here = pages.nearest(page)
    turns = turning(
        ActionId.EARLIER_PAGE, sheet.ticket.number, here, len(pages.pages), tongue=tongue
    )
    history = row([step(ActionId.HISTORY, sheet.ticket.number, tongue)])
    blocks = [which(sheet), *pages.at(here), history, *turns]
    return shown(tongue("button.earlier"), blocks, tongue, n=sheet.ticket.number, page=here)


def _parts(sheet: Sheet) -> Iterator[list[Block]]:
    for number, events in enumerate(_rounds(sheet.case.events), start=1):
        if number == sheet.ticket.round:
            return
        told = [event for event in events if isinstance(event.fact, _TELLING)]
        head = HeaderBlock(text=plain(_upper(round_name(number, sheet.tongue))))
        if not told:
            yield [head, ContextBlock(elements=[plain(sheet.tongue("rounds.nothing"))])]
        for place, event in enumerate(told):
            yield [*([head] if place == 0 else []), *entry(event, sheet)]


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]


def _rounds(events: Sequence[Event]) -> Iterator[Sequence[Event]]:
    begun = [place for place, one in enumerate(events) if isinstance(one.fact, f.RoundBegun)]
    edges = [0, *begun, len(events)]
    return (events[start:end] for start, end in pairwise(edges))
