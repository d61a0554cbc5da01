"""A ticket's buttons: single taps act at once, all others open their form."""

from collections.abc import Callable

from slack_bolt import BoltRequest
from slack_sdk.models.views import View

from handlers.commands import only_number
from handlers.forms import fields_of
from handlers.forms_ending import so_far
from handlers.numbers import number_in
from handlers.offering import offered_for
from handlers.opening import present, redraw_view
from handlers.payloads import Json, memory_of, value_of
from handlers.tapped import Press, Tap, at_once
from handlers.views.ids import ActionId
from handlers.views.meta import unpack
from handlers.views.modal import Sheet
from handlers.views.modals import MODALS
from handlers.views.modals_customer import score, tell
from handlers.views.modals_record import correct
from handlers.views.steps import move_of, right_of
from handlers.words import Line
from tickets.case.lifecycle import Move
from tickets.case.values import Number
from tickets.desk import compensation, ending, helping, work
from tickets.desk.context import Desk
from tickets.desk.prepare import acts_for_another, prepare
from tickets.desk.promises import keep_promise
from tickets.message import PersonId
from tickets.people.roles import Action
from tickets.tongue import Tongue

OneTap = Callable[..., object]


def one_tap(use: OneTap, *, own: Action | None = None) -> Press:
    """Make the listener of a button that acts at once; what it stands on is drawn anew.

    Where it is a right over what is one's `own`, the form that asks why opens for another's.
    """

    def act(tap: Tap) -> None:
        number = number_in(tap.value)
        if own and acts_for_another(tap.desk, number, own, by=tap.person):
            tap.then(open_form)
            return
        use(tap.desk, number, by=tap.person, receipt=tap.receipt)
        tap.refresh()

    act.__doc__ = use.__doc__
    return at_once(act)


accept = one_tap(work.accept, own=Action.ACCEPT)
start = one_tap(work.start, own=Action.WORK)
resume = one_tap(work.resume)
confirm = one_tap(ending.confirm)
approve = one_tap(compensation.approve)


@at_once
def agree_help(tap: Tap) -> None:
    """Agree to the proposal that the button stands under; a button without one agrees to none."""
    seq = str(unpack(tap.value).get("q", ""))
    read = int(seq) if seq.isascii() and seq.isdigit() else 0
    helping.agree(
        tap.desk, number_in(tap.value), by=tap.person, receipt=tap.receipt, asked_seq=read
    )
    tap.refresh()


@at_once
def promise_kept(tap: Tap) -> None:
    """What was promised is done; the button says which, where there are several."""
    key = str(unpack(tap.value).get("q", ""))
    keep_promise(tap.desk, number_in(tap.value), by=tap.person, receipt=tap.receipt, key=key)
    tap.refresh()


def open_form(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Open the form of a step that this person may take now."""
    step, packed = ActionId(action["action_id"]), value_of(action)
    item = str(unpack(packed).get("q", ""))
    present(request, form_of(step, number_in(packed), desk, person, tongue, item=item))


def reopen_typed(
    line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """`reopen N`: the form that asks why."""
    number = only_number("reopen", line, desk, tongue)
    present(request, form_of(ActionId.REOPEN, number, desk, person, tongue))


def form_of(
    step: ActionId, number: Number, desk: Desk, person: PersonId, tongue: Tongue, *, item: str = ""
) -> View:
    """Make the form of a step, of `item` where there are several. Raises Refused, IllegalMove or NotFound."""
    right = right_of(step)
    case = prepare(desk, number, move=move_of(step), action=right, by=person)
    sheet = Sheet(
        case=case,
        handbook=desk.handbook(),
        tongue=tongue,
        now=desk.clock.now(),
        item=item,
        offered=offered_for(step, case, desk, person, tongue),
        for_another=right is Action.WORK and acts_for_another(desk, number, right, by=person),
    )
    return MODALS[step](sheet)


def score_from_card(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """The next case of a call card: its form takes the card's place and returns to it."""
    packed = value_of(action)
    number = number_in(packed)
    case = prepare(desk, number, move=Move.SCORE, action=Action.SCORE, by=person)
    sheet = Sheet(case=case, handbook=desk.handbook(), tongue=tongue, now=desk.clock.now())
    redraw_view(request, score(sheet, kept={"c": str(unpack(packed).get("c", number))}))


def score_picked(
    shown: Json, action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """A score was picked: a low one asks why."""
    picked = value_of(action)
    sheet = _sheet(shown, Move.SCORE, Action.SCORE, desk, person, tongue)
    number = int(picked) if picked in set("12345") else None
    redraw_view(request, score(sheet, number, unpack(memory_of(shown))))


def text_wanted(
    shown: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """The text for the customer, made of what the form holds by now."""
    sheet = _sheet(shown, Move.TELL, Action.TELL_CUSTOMER, desk, person, tongue)
    redraw_view(request, tell(sheet, so_far(fields_of(shown))))


def field_picked(
    shown: Json, action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """The field to put right was picked: its input appears."""
    sheet = _sheet(shown, Move.CORRECT, Action.CORRECT, desk, person, tongue)
    redraw_view(request, correct(sheet, value_of(action)))


def _sheet(
    view: Json, move: Move, right: Action, desk: Desk, person: PersonId, tongue: Tongue
) -> Sheet:
    """Prepare a form that is drawn anew; it asks for the same right as sending it does."""
    case = prepare(desk, number_in(memory_of(view)), move=move, action=right, by=person)
    return Sheet(case=case, handbook=desk.handbook(), tongue=tongue, now=desk.clock.now())
