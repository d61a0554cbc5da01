"""Why these deadlines 时限说明: the receipt of each clock of a round, its sum at the bottom (SCREENS.md)."""

from collections.abc import Iterator
from datetime import timedelta

from slack_sdk.models.blocks import Block, ContextBlock, DividerBlock, SectionBlock
from slack_sdk.models.views import View

from handlers.views.buttons import button, row
from handlers.views.ids import ActionId
from handlers.views.meta import pack
from handlers.views.modal import Sheet, shown, which
from handlers.views.pager import paged
from handlers.views.rich import lines, weave
from handlers.views.text import plain
from handlers.views.why_head import head_of
from handlers.views.why_lines import line_of, sum_of
from tickets.desk.why import Explained, Judged
from tickets.time.folding import folded

MOST_LINES = 20  # of one receipt before runs of equal days are folded
LINES_A_BLOCK = 10


def why(sheet: Sheet, explained: Explained, *, round_: int | None = None, page: int = 1) -> View:
    """Show how the deadlines of a round came about: the present one unless another is asked for."""
    tongue = sheet.tongue
    chosen = max(1, min(round_ or sheet.ticket.round, sheet.ticket.round))
    of_round = sorted(
        (one for one in explained.judged if _belongs(one, chosen, sheet.ticket.round)),
        key=_what_matters_first,
    )
    day = explained.ordinary_day
    pages = paged(chunk for judged in of_round for chunk in _chunks(judged, sheet, day))
    here = pages.nearest(page)
    blocks: list[Block] = [which(sheet), *_frame(sheet, chosen)]
    blocks += pages.at(here) or [SectionBlock(text=plain(tongue("why.none")))]
    turns = [*_pages(sheet, chosen, here, len(pages.pages)), *_rounds(sheet, chosen)]
    title = tongue("button.why")
    return shown(title, [*blocks, *turns], tongue, n=sheet.ticket.number, r=chosen, page=here)


def _belongs(judged: Judged, chosen: int, present: int) -> bool:
    """Tell whether a clock shows in a round: its own; what is owed from an earlier one in the present, too."""
    one = judged.receipt.deadline
    return one.round == chosen or (one.is_owed and chosen == present)


def _what_matters_first(judged: Judged) -> tuple[int, bool, float]:
    """What is owed comes first, the next due before what stands still; then what was met."""
    one = judged.receipt.deadline
    settled = 0 if one.is_owed else 1 if one.met_at else 2
    at = one.due_at or one.starts_at
    return settled, one.due_at is None, at.timestamp()


def _chunks(judged: Judged, sheet: Sheet, ordinary_day: timedelta) -> Iterator[list[Block]]:
    """Cut a receipt so that each part fits a page; together they are the whole."""
    receipt = judged.receipt
    told = [line_of(line, receipt, sheet) for line in folded(receipt.lines, most=MOST_LINES)]
    yield [DividerBlock(), lines(*head_of(judged, sheet, ordinary_day))]
    for start in range(0, len(told), LINES_A_BLOCK):
        yield [lines(*told[start : start + LINES_A_BLOCK])]
    yield [lines(sum_of(receipt, sheet))]


def _frame(sheet: Sheet, round_: int) -> Iterator[Block]:
    """Say whose clock on the wall is meant, and which round where there are several."""
    tongue, zone = sheet.tongue, sheet.handbook.timezone
    said: list[str] = []
    if sheet.ticket.round > 1:
        said.append(tongue("why.round", round=round_))
    if tongue.timezone != zone:
        said.append(tongue("why.zone", zone=zone))
    if said:
        yield ContextBlock(elements=[plain(" · ".join(said))])


def _pages(sheet: Sheet, round_: int, page: int, last: int) -> Iterator[Block]:
    if last <= 1:
        return
    number, tongue = sheet.ticket.number, sheet.tongue
    if page > 1:
        yield _turn(tongue("lists.before"), "page.before", n=number, r=round_, page=page - 1)
    if page < last:
        yield _turn(tongue("lists.after"), "page.after", n=number, r=round_, page=page + 1)
    yield lines(weave(tongue, "lists.page_of", page=page, last=last))


def _rounds(sheet: Sheet, round_: int) -> Iterator[Block]:
    number, tongue = sheet.ticket.number, sheet.tongue
    if round_ > 1:
        words_ = tongue("why.round_before", round=round_ - 1)
        yield _turn(words_, "round.before", n=number, r=round_ - 1, page=1)
    if round_ < sheet.ticket.round:
        words_ = tongue("why.round_after", round=round_ + 1)
        yield _turn(words_, "round.after", n=number, r=round_ + 1, page=1)


def _turn(label: str, block_id: str, *, n: str, r: int, page: int) -> Block:
    return row([button(ActionId.WHY_PAGE, label, pack(n=n, r=r, page=page))], block_id=block_id)
