"""The steps of a retrospective as buttons: those its standing allows, the next one first."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import ButtonElement, ConfirmObject

from handlers.views.buttons import button
from handlers.views.ids import ActionId
from handlers.views.meta import pack
from handlers.views.retro_sheet import RetroSheet
from handlers.views.text import plain
from tickets.people.roles import Action
from tickets.retrospectives.retrospective import OWING_MINUTES, RECORDED_IN, Standing
from tickets.tongue import Tongue

A = ActionId


def rows_of(sheet: RetroSheet) -> Iterator[Sequence[ButtonElement]]:
    """Give the steps its standing allows, the next one first; the click checks the right."""
    retro = sheet.view.retro
    first = list(_next(sheet))
    if first:
        yield first
    if retro.standing in RECORDED_IN:
        yield [_button(sheet, one) for one in _WRITING]
    yield [_button(sheet, A.RETRO_OPEN), *_rest(sheet)]


def own_rows_of(sheet: RetroSheet) -> Iterator[Sequence[ButtonElement]]:
    """Give of these steps what this reader may take."""
    for buttons in rows_of(sheet):
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
    """Make a director's two buttons, on the minutes as they stand here; approving sends them out, and asks."""
    tongue, retro = sheet.tongue, sheet.view.retro
    read = pack(r=retro.id, v=retro.changes)
    yes = button(A.RETRO_APPROVE, tongue(f"button.{A.RETRO_APPROVE}"), read, style="primary")
    yes.confirm = _asks(tongue, "retro.approve")
    return yes, button(A.RETRO_RETURN, tongue(f"button.{A.RETRO_RETURN}"), read)


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
