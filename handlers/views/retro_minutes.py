"""复盘会议纪要: conclusion, causes, measures with department, owner and date (R122, table 4)."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, HeaderBlock

from handlers.views import labels, retro_words
from handlers.views.buttons import row
from handlers.views.meeting_room import ROOM, room_of
from handlers.views.retro_sheet import HEADER_LIMIT, RetroSheet
from handlers.views.retro_steps import approving, opening
from handlers.views.rich import Piece, Run, bold, weave, words
from handlers.views.screen import Screen
from handlers.views.text import clip, escaped, one_line, plain
from tickets.retrospectives.causes import roots_of
from tickets.retrospectives.retrospective import Standing

# Characters of the conclusion, of a cause and of a measure, the first that fits.
LIMITS = ((2400, 200, 200), (1200, 90, 120), (600, 50, 60), (200, 20, 24))


def minutes(sheet: RetroSheet, *, for_approval: bool) -> Screen:
    """Draw the minutes; words are shortened until all fits, a measure is never left out."""
    tongue = sheet.tongue
    title = tongue("retro.minutes_title", name=sheet.name)
    is_asked = for_approval and sheet.view.retro.standing is Standing.SUBMITTED
    below = row([*approving(sheet), opening(sheet)]) if is_asked else row([opening(sheet)])
    blocks: list[Block] = []
    for limits in LIMITS:
        said = list(_said(sheet, *limits, for_approval=for_approval))
        blocks = [HeaderBlock(text=plain(title, HEADER_LIMIT)), *retro_words.blocks_of(said), below]
        if room_of(blocks) <= ROOM:
            break
    standing = tongue(f"retro_standing.{sheet.view.retro.standing}")
    return Screen(escaped(f"{title} · {standing}"), tuple(blocks))


def _said(
    sheet: RetroSheet, text: int, cause: int, item: int, *, for_approval: bool
) -> Iterator[Run]:
    if sheet.is_hidden and not for_approval:
        yield from _withheld(sheet)
        return
    yield _frame(sheet)
    yield from _why(sheet, text, cause)
    yield bold(sheet.tongue("retro.items"))
    for one in sheet.view.pursued:
        yield retro_words.item_head(one, sheet.handbook, sheet.tongue, limit=item)
        aim = retro_words.target(one, sheet.handbook, sheet.tongue, limit=item)
        yield weave(sheet.tongue, "retro.item_target", target=aim)


def _withheld(sheet: RetroSheet) -> Iterator[Run]:
    """Say of a restricted case whose its measures are and by when: not what, nor who sat over it (R25, R30)."""
    yield words(sheet.tongue("card.restricted"))
    yield bold(sheet.tongue("retro.items"))
    for one in sheet.view.pursued:
        yield retro_words.item_withheld(one, sheet.handbook, sheet.tongue)


def _frame(sheet: RetroSheet) -> Run:
    retro, tongue = sheet.view.retro, sheet.tongue
    who: dict[str, Piece] = {
        "at": retro.held_at or tongue("words.nobody"),
        "chair": labels.person(retro.chair, tongue),
        "writer": labels.person(retro.submitted_by, tongue),
    }
    decided = {
        Standing.APPROVED: "retro.minutes_frame",
        Standing.RETURNED: "retro.minutes_frame_back",
    }.get(retro.standing)
    if decided is None:
        return weave(tongue, "retro.minutes_frame_open", **who)
    return weave(tongue, decided, **who, approver=labels.person(retro.decided_by, tongue))


def _why(sheet: RetroSheet, text: int, cause: int) -> Iterator[Run]:
    retro, tongue = sheet.view.retro, sheet.tongue
    yield bold(tongue("retro.conclusion"))
    yield words(clip(one_line(retro.record.conclusion), text))
    roots = roots_of(retro.record.causes)
    if roots:
        yield bold(tongue("retro.root_causes"))
    for one in roots:
        why = clip(one_line(one.text), cause)
        yield words(f"• {retro_words.root(one, why, tongue)}")
