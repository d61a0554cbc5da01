"""A retrospective as its head message and as the view each of those concerned opens (R120–R123)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
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
from handlers.views.rich import Run, bold, lines, weave, words
from handlers.views.screen import Screen
from handlers.views.text import clip, escaped, one_line, pieces, plain
from tickets.desk.retro_look import RetroView
from tickets.handbook import Handbook
from tickets.people.roles import Action
from tickets.retrospectives.pursuit import Pursued
from tickets.retrospectives.retrospective import OWING_MINUTES, RECORDED_IN, Standing
from tickets.tongue import Tongue

HEADER_LIMIT = 150
# Characters of a text, of a cause and of an improvement in the head, the first that fits; the view has all.
LIMITS = ((400, 90, 120), (200, 60, 80), (90, 30, 40), (40, 14, 20))
POINTS = ("review", "highlights", "shortfalls")
DIRECTIONS = ("process", "system", "training")
IN_SIGHT = 2  # lines of the frame that say nothing of a case: when, and who

A = ActionId


@dataclass(frozen=True, slots=True, kw_only=True)
class RetroSheet:
    """One retrospective before one reader."""

    view: RetroView
    handbook: Handbook
    tongue: Tongue

    @property
    def name(self) -> str:
        """Say what it is about."""
        one = self.view
        return retro_words.name(one.retro, one.ticket, self.handbook, self.tongue)

    @property
    def is_hidden(self) -> bool:
        """Tell whether a high risk keeps what is said of it out of channels (R30)."""
        return self.view.ticket is not None and self.view.ticket.is_restricted

    @property
    def title(self) -> str:
        """Name it."""
        return self.tongue("retro.title", name=self.name)


def head(sheet: RetroSheet) -> Screen:
    """Draw the message it is run from; words are shortened until all fits."""
    tongue = sheet.tongue
    frame = [*_frame(sheet)]
    if sheet.is_hidden:
        frame = [*frame[:IN_SIGHT], words(tongue("card.restricted"))]
    above = [HeaderBlock(text=plain(sheet.title, HEADER_LIMIT)), lines(*frame)]
    below = [row(buttons, block_id=f"retro.{place}") for place, buttons in enumerate(_rows(sheet))]
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
    blocks += [row(buttons, block_id=f"do.{at}") for at, buttons in enumerate(_own_rows(sheet))]
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
        yield list(retro_words.blocks_of(item_lines(one, sheet.handbook, tongue)))
    yield from _text(tongue("retro.conclusion"), retro.record.conclusion)
    yield from _text(tongue("retro.sent_back"), retro.record.why_back)
    yield from _text(tongue("retro.not_needed"), retro.record.why_not)


def item_lines(one: Pursued, handbook: Handbook, tongue: Tongue) -> Iterator[Run]:
    """Say all of an improvement, a line each."""
    yield retro_words.item_head(one, handbook, tongue, limit=600)
    aim = retro_words.target(one, handbook, tongue, limit=600)
    yield weave(tongue, "retro.item_target", target=aim)
    if one.pursuit.resources:
        said = clip(one_line(one.pursuit.resources), 300)
        yield weave(tongue, "retro.item_resources", resources=said)
    if one.item.outcome:
        yield weave(tongue, "retro.item_outcome", outcome=clip(one_line(one.item.outcome), 300))
    for check in one.pursuit.checks:
        yield words(retro_words.found(check, one, tongue))


def _text(label: str, said: str) -> Iterator[Sequence[Block]]:
    if said:
        first, *rest = pieces(said, 2900)
        yield [lines(bold(label)), *(SectionBlock(text=plain(one)) for one in (first, *rest))]


# --- steps ------------------------------------------------------------------------------------------


def _rows(sheet: RetroSheet) -> Iterator[Sequence[ButtonElement]]:
    """Give the steps its standing allows, the next one first; the click checks the right."""
    retro = sheet.view.retro
    first = list(_next(sheet))
    if first:
        yield first
    if retro.standing in RECORDED_IN:
        yield [_button(sheet, one) for one in _WRITING]
    yield [_button(sheet, A.RETRO_OPEN), *_rest(sheet)]


def _own_rows(sheet: RetroSheet) -> Iterator[Sequence[ButtonElement]]:
    """Give of these steps what this reader may take."""
    for buttons in _rows(sheet):
        own = [one for one in buttons if _NEEDS.get(str(one.action_id)) in sheet.view.rights]
        if own:
            yield own


_WRITING = (A.RETRO_POINTS, A.RETRO_CAUSE, A.RETRO_DIRECTIONS, A.RETRO_ITEM)
_NEEDS = {
    **dict.fromkeys(map(str, _WRITING), Action.RUN_RETROSPECTIVE),
    str(A.RETRO_START): Action.RUN_RETROSPECTIVE,
    str(A.RETRO_CLOSE): Action.RUN_RETROSPECTIVE,
    str(A.RETRO_MINUTES): Action.RUN_RETROSPECTIVE,
    str(A.RETRO_APPROVE): Action.APPROVE_MINUTES,
    str(A.RETRO_RETURN): Action.APPROVE_MINUTES,
    str(A.RETRO_MOVE): Action.CALL_RETROSPECTIVE,
    str(A.RETRO_DECLINE): Action.CALL_RETROSPECTIVE,
    str(A.RETRO_CALL): Action.CALL_RETROSPECTIVE,
}


def _next(sheet: RetroSheet) -> Iterator[ButtonElement]:
    match sheet.view.retro.standing:
        case Standing.CALLED:
            yield _button(sheet, A.RETRO_START, style="primary")
        case Standing.RUNNING:
            yield _closing(sheet)
        case one if one in OWING_MINUTES:
            yield _button(sheet, A.RETRO_MINUTES, style="primary")
        case Standing.SUBMITTED:
            yield from approving(sheet)
        case _:
            return


def _rest(sheet: RetroSheet) -> Iterator[ButtonElement]:
    match sheet.view.retro.standing:
        case Standing.CALLED:
            yield _button(sheet, A.RETRO_MOVE)
            yield _button(sheet, A.RETRO_DECLINE, word="retro.call_off")
        case Standing.OFFERED | Standing.PROPOSED:
            yield calling(sheet)
            yield _button(sheet, A.RETRO_DECLINE)
        case _:
            return


def calling(sheet: RetroSheet) -> ButtonElement:
    """Make the button that calls what was offered or proposed."""
    word = sheet.tongue(f"button.{A.RETRO_CALL}")
    value = pack(r=sheet.view.retro.id, n=sheet.view.retro.number)
    return button(A.RETRO_CALL, word, value, style="primary")


def declining(sheet: RetroSheet) -> ButtonElement:
    """Make the button that says none is needed."""
    return _button(sheet, A.RETRO_DECLINE)


def opening(sheet: RetroSheet) -> ButtonElement:
    """Make the button that opens it."""
    return _button(sheet, A.RETRO_OPEN)


def minutes_button(sheet: RetroSheet) -> ButtonElement:
    """Make the button that opens the form of the minutes."""
    return _button(sheet, A.RETRO_MINUTES, style="primary")


def approving(sheet: RetroSheet) -> tuple[ButtonElement, ButtonElement]:
    """Make a director's two buttons; approving sends them out, and asks."""
    tongue = sheet.tongue
    yes = _button(sheet, A.RETRO_APPROVE, style="primary")
    yes.confirm = _asks(tongue, "retro.approve")
    return yes, _button(sheet, A.RETRO_RETURN)


def _closing(sheet: RetroSheet) -> ButtonElement:
    made = _button(sheet, A.RETRO_CLOSE, style="primary")
    made.confirm = _asks(sheet.tongue, "retro.close")
    return made


def _asks(tongue: Tongue, what: str) -> ConfirmObject:
    return ConfirmObject(
        title=plain(tongue(f"{what}_title"), 100),
        text=plain(tongue(f"{what}_text"), 300),
        confirm=plain(tongue(f"{what}_yes"), 30),
        deny=plain(tongue("button.cancel"), 30),
    )


def _button(
    sheet: RetroSheet, action: ActionId, *, style: str | None = None, word: str = ""
) -> ButtonElement:
    said = sheet.tongue(word or f"button.{action}")
    return button(action, said, sheet.view.retro.id, style=style)


def asked_in(sheet: RetroSheet) -> ContextBlock:
    """Say above a form which one it is about."""
    return ContextBlock(elements=[plain(sheet.title)])
