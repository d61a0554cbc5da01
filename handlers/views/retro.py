"""A retrospective as its head message and as the view each of those concerned opens (R120–R123)."""

from collections.abc import Iterator, Mapping, Sequence

from slack_sdk.models.blocks import (
    Block,
    HeaderBlock,
    SectionBlock,
)
from slack_sdk.models.views import View

from handlers.views import labels, retro_words
from handlers.views.buttons import button, row
from handlers.views.ids import ActionId
from handlers.views.meeting_room import ROOM, room_of
from handlers.views.meta import pack
from handlers.views.modal import shown
from handlers.views.pager import paged
from handlers.views.retro_sheet import DIRECTIONS, HEADER_LIMIT, POINTS, RetroSheet
from handlers.views.retro_steps import own_rows_of, rows_of
from handlers.views.rich import Run, bold, lines, weave, words
from handlers.views.screen import Screen
from handlers.views.text import clip, escaped, one_line, pieces, plain
from tickets.tongue import Tongue

# Characters of a text, of a cause and of an improvement in the head, the first that fits; the view has all.
LIMITS = ((400, 90, 120), (200, 60, 80), (90, 30, 40), (40, 14, 20))
IN_SIGHT = 2  # lines of the frame that say nothing of a case: when, and who

A = ActionId


def head(sheet: RetroSheet) -> Screen:
    """Draw the message it is run from; words are shortened until all fits."""
    tongue = sheet.tongue
    frame = [*_frame(sheet)]
    if sheet.is_hidden:
        frame = [*frame[:IN_SIGHT], words(tongue("card.restricted"))]
    above = [HeaderBlock(text=plain(sheet.title, HEADER_LIMIT)), lines(*frame)]
    below = [
        row(buttons, block_id=f"retro.{place}") for place, buttons in enumerate(rows_of(sheet))
    ]
    blocks: list[Block] = []
    for limits in LIMITS:
        said = [] if sheet.is_hidden else list(_said(sheet, *limits))
        blocks = [*above, *retro_words.blocks_of(said), *below]
        if room_of(blocks) <= ROOM:
            break
    said_of = tongue(f"retro_standing.{sheet.view.retro.standing}")
    return Screen(escaped(f"{sheet.title} · {said_of}"), tuple(blocks))


def room(sheet: RetroSheet, page: int = 1) -> View:
    """Show all of it, each text whole, with the steps this reader may take."""
    tongue, retro = sheet.tongue, sheet.view.retro
    pages = paged(list(_entries(sheet)))
    here = pages.nearest(page)
    last = len(pages.pages)
    blocks: list[Block] = [*pages.at(here)]
    for other, word in ((here - 1, "lists.before"), (here + 1, "lists.after")):
        if 1 <= other <= last:
            turn = button(A.RETRO_ROOM_PAGE, tongue(word), pack(r=retro.id, page=other))
            blocks.append(row([turn], block_id=f"page.{other}"))
    blocks += [row(buttons, block_id=f"do.{at}") for at, buttons in enumerate(own_rows_of(sheet))]
    return shown(tongue("retro.word"), blocks, tongue, r=retro.id, page=here)


def _frame(sheet: RetroSheet) -> Iterator[Run]:
    retro, tongue = sheet.view.retro, sheet.tongue
    yield weave(
        tongue,
        "retro.frame",
        standing=tongue(f"retro_standing.{retro.standing}"),
        at=retro.held_at or tongue("words.nobody"),
        chair=labels.person(retro.chair, tongue),
        recap=labels.person(retro.recap, tongue),
    )
    yield weave(tongue, "retro.with", people=retro_words.people(retro.people, tongue))
    if retro.record.goal:
        yield weave(tongue, "retro.goal_is", goal=clip(one_line(retro.record.goal), 300))
    if retro.record.why_sooner:
        why = clip(one_line(retro.record.why_sooner), 200)
        yield weave(tongue, "retro.sooner_because", why=why)


def _said(sheet: RetroSheet, text: int, cause: int, item: int) -> Iterator[Run]:
    retro, tongue = sheet.view.retro, sheet.tongue
    yield from _short(sheet, {name: tongue(f"retro.{name}") for name in POINTS}, text)
    if retro.record.causes:
        yield bold(tongue("retro.causes"))
        yield from retro_words.cause_lines(retro.record.causes, tongue, limit=cause)
    yield from _short(sheet, _directions(tongue), text)
    if sheet.view.pursued:
        yield bold(tongue("retro.items"))
    for one in sheet.view.pursued:
        yield retro_words.item_head(one, sheet.handbook, tongue, limit=item)
    yield from _short(sheet, {"conclusion": tongue("retro.conclusion")}, text)


def _directions(tongue: Tongue) -> dict[str, str]:
    return {
        name: tongue("retro.direction_of", name=tongue(f"direction.{name}")) for name in DIRECTIONS
    }


def _short(sheet: RetroSheet, labels_: Mapping[str, str], limit: int) -> Iterator[Run]:
    """Say what is written down of these, each under its label, shortened."""
    for name, label in labels_.items():
        said = getattr(sheet.view.retro.record, name)
        if said:
            yield bold(label)
            yield words(clip(one_line(said), limit))


def _entries(sheet: RetroSheet) -> Iterator[Sequence[Block]]:
    retro, tongue = sheet.view.retro, sheet.tongue
    yield [HeaderBlock(text=plain(sheet.title, HEADER_LIMIT)), lines(*_frame(sheet))]
    for name in (*POINTS, *DIRECTIONS):
        label = tongue(f"retro.{name}") if name in POINTS else _directions(tongue)[name]
        yield from _text(label, getattr(retro.record, name))
        if name == "shortfalls" and retro.record.causes:
            tree = retro_words.cause_lines(retro.record.causes, tongue, limit=200)
            yield list(retro_words.blocks_of([bold(tongue("retro.causes")), *tree]))
    for one in sheet.view.pursued:
        yield list(retro_words.blocks_of(retro_words.item_lines(one, sheet.handbook, tongue)))
    yield from _text(tongue("retro.conclusion"), retro.record.conclusion)
    yield from _text(tongue("retro.sent_back"), retro.record.why_back)
    yield from _text(tongue("retro.not_needed"), retro.record.why_not)


def _text(label: str, said: str) -> Iterator[Sequence[Block]]:
    if said:
        first, *rest = pieces(said, 2900)
        yield [lines(bold(label)), *(SectionBlock(text=plain(one)) for one in (first, *rest))]
