"""客户沟通记录: what was said to the customer and what they answered, in order (R75, R76, R78)."""

from slack_sdk.models.blocks import Block, ContextBlock
from slack_sdk.models.views import View

from handlers.views.history import entry, turning
from handlers.views.ids import ActionId
from handlers.views.modal import Sheet, shown, which
from handlers.views.pager import paged
from handlers.views.text import plain
from tickets.care.talks import is_talk


def talks(sheet: Sheet, page: int = 1) -> View:
    """Show a page of what passed between us and the customer, the oldest first."""
    tongue, number = sheet.tongue, sheet.ticket.number
    told = [event for event in sheet.case.story or sheet.case.events if is_talk(event.fact)]
    pages = paged(list(entry(event, sheet)) for event in told)
    here = pages.nearest(page)
    nothing = ContextBlock(elements=[plain(tongue("talks.nothing"))])
    blocks: list[Block] = [which(sheet), *(pages.at(here) if told else [nothing])]
    turns = turning(ActionId.TALKS_PAGE, number, here, len(pages.pages), tongue=tongue)
    return shown(tongue("button.talks"), [*blocks, *turns], tongue, n=number, page=here)
