"""The timeline 处理过程记录: who did what when, in order, whole (R71)."""

from collections.abc import Iterator
from datetime import datetime

from slack_sdk.models.blocks import Block, SectionBlock
from slack_sdk.models.views import View

from handlers.views import labels
from handlers.views.buttons import button, row
from handlers.views.ids import ActionId
from handlers.views.meta import pack
from handlers.views.modal import Sheet, shown, which
from handlers.views.pager import paged
from handlers.views.rich import Bold, Run, lines, weave
from handlers.views.text import pieces, plain, visible
from handlers.views.timeline_words import sentence_of, spoken
from tickets.case import facts as f
from tickets.case.codec import write
from tickets.case.log import DESK, OPERATOR, Event
from tickets.case.values import Number
from tickets.tongue import Tongue

SHORT = 200  # characters that still stand beside their label


def history(sheet: Sheet, page: int = 1) -> View:
    """Show a page of the timeline, the oldest entry first; it cannot be edited."""
    tongue = sheet.tongue
    pages = paged(list(entry(event, sheet)) for event in sheet.case.story or sheet.case.events)
    here = pages.nearest(page)
    blocks: list[Block] = [which(sheet), *pages.at(here)]
    turns = turning(
        ActionId.HISTORY_PAGE, sheet.ticket.number, here, len(pages.pages), tongue=tongue
    )
    title = tongue("button.history")
    return shown(title, [*blocks, *turns], tongue, n=sheet.ticket.number, page=here)


def turning(
    action: ActionId, number: Number, page: int, last: int, *, tongue: Tongue
) -> Iterator[Block]:
    """Offer the page before and the page after, a row each: ids within one row must differ."""
    if last <= 1:
        return
    if page > 1:
        before = button(action, tongue("lists.before"), pack(n=number, page=page - 1))
        yield row([before], block_id="page.before")
    if page < last:
        after = button(action, tongue("lists.after"), pack(n=number, page=page + 1))
        yield row([after], block_id="page.after")
    yield lines(weave(tongue, "lists.page_of", page=page, last=last))


def entry(event: Event, sheet: Sheet) -> Iterator[Block]:
    """One sentence, then what was said, each text whole."""
    head = [headline(event, sheet)]
    long: list[Block] = []
    for name, text in write(event.fact).words.items():
        if not text.strip():
            continue
        label = sheet.tongue(f"timeline.words.{name}")
        said = spoken(event.fact, visible(sheet.case.redact(text)), sheet.handbook, sheet.tongue)
        if len(said) <= SHORT:
            head.append(weave(sheet.tongue, "timeline.quote", label=label, text=said))
            continue
        long.append(lines(weave(sheet.tongue, "timeline.quote", label=label, text=Bold("↓"))))
        long += [SectionBlock(text=plain(piece)) for piece in pieces(said)]
    yield lines(*head)
    yield from long


def headline(event: Event, sheet: Sheet) -> Run:
    """Say in one sentence who did what when."""
    tongue = sheet.tongue
    who = by_whom(event, tongue)
    what, params = sentence_of(event.fact, sheet.handbook, tongue)
    said = weave(tongue, what, **params)
    if event.number != sheet.ticket.number:
        said = weave(tongue, "timeline.from", number=event.number, what=said)
    happened = event.happened_at
    if not _apart(happened, event.at):
        return weave(tongue, "timeline.head", at=event.at, who=Bold(who), what=said)
    return weave(
        tongue, "timeline.head_later", at=event.at, who=Bold(who), happened=happened, what=said
    )


def by_whom(event: Event, tongue: Tongue) -> str:
    """Name who did it; what a table brought in was nobody's doing on a command line."""
    if event.by == DESK:
        return tongue("timeline.desk")
    if event.by == OPERATOR:
        # All else of the operator's comes from tables.
        is_typed = isinstance(event.fact, f.Revealed | f.Disposed)
        return tongue("audit.operator" if is_typed else "timeline.brought_in")
    return labels.person(event.by, tongue)


def _apart(happened: datetime, recorded: datetime) -> bool:
    """Tell whether something was written down noticeably later than it happened."""
    return abs((recorded - happened).total_seconds()) >= 60
