"""What a warning, a breach and a step up the ladder say (SCREENS.md; R49, R81, R82)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_sdk.models.blocks import ButtonElement

from handlers.views.buttons import button, step
from handlers.views.ids import ActionId
from handlers.views.lengths import in_desk_days
from handlers.views.meta import pack
from handlers.views.notices import Reader, Said
from handlers.views.rich import Piece, joined
from handlers.views.standings import echoes
from handlers.views.steps import is_offered, next_steps
from tickets.case.ticket import Ticket
from tickets.time.deadline import Deadline, DeadlineKind

_A, _K = ActionId, DeadlineKind
_MEETS = {
    _K.ACCEPT: _A.ACCEPT,
    _K.RESPONSE: _A.CONTACT,
    _K.WORKAROUND: _A.WORKAROUND,
    _K.PLAN: _A.PLAN,
    _K.RESOLUTION: _A.RESOLVE,
    _K.CUSTOMER_FEEDBACK: _A.TELL,
    _K.CALLBACK: _A.SCORE,
    _K.SUPERVISOR_CALLBACK: _A.SUPERVISOR_CALL,
    _K.WATCH: _A.FOLLOW_UP_END,
    _K.INTERNAL: _A.ANSWER_QUESTION,
    _K.PROMISE: _A.PROMISE_KEPT,
    _K.AUTHORITY: _A.REFER_ANSWER,
}
"""The button that meets a clock."""
_ONE_OF_SEVERAL = frozenset({_K.INTERNAL, _K.PROMISE, _K.AUTHORITY})
"""Clocks that a ticket may have several of at once, told apart by their detail."""
_STOPPED_BY_WAITING = frozenset({_K.RESOLUTION, _K.PLAN, _K.WORKAROUND})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """How late something is, or how much time is left: by the clock, and in working time."""

    by_the_clock: timedelta
    working: timedelta
    ordinary_day: timedelta


# --- sentences ----------------------------------------------------------------------------------


def warning(reader: Reader, title: str, one: Deadline, left: Lateness, who: Piece | None) -> Said:
    """Say how much time is left, calling the one who has the duty."""
    pieces: dict[str, Piece] = {
        "title": title,
        "left": _left(reader, left),
        "what": what(reader, one.kind),
        "due": one.due_at or reader.now,
    }
    if who is None:
        return reader.say("watch.warning_nobody", **pieces)
    return reader.say("watch.warning", who=who, **pieces)


def overdue(reader: Reader, title: str, one: Deadline, late: Lateness, *, message: str) -> Said:
    """Say since when something is overdue; lateness is working time (DESK.md 3)."""
    pieces: dict[str, Piece] = {
        "title": title,
        "what": what(reader, one.kind),
        "due": one.due_at or reader.now,
    }
    if late.working < timedelta(minutes=1):
        return reader.say(f"{message}_just", **pieces)
    return reader.say(
        message, late=in_desk_days(late.working, late.ordinary_day, reader.tongue), **pieces
    )


def what(reader: Reader, kind: DeadlineKind) -> str:
    """Name what is owed, inside a sentence."""
    return reader.tongue(f"watch.what.{kind}")


def _left(reader: Reader, left: Lateness) -> str:
    """Say the true time left; where the desk is closed meanwhile, the working time of it too."""
    by_the_clock = reader.tongue.span(left.by_the_clock)
    if left.working >= left.by_the_clock:
        return by_the_clock
    if left.working < timedelta(minutes=1):
        return reader.tongue("watch.left_closed", left=by_the_clock)
    working = in_desk_days(left.working, left.ordinary_day, reader.tongue)
    return reader.tongue("watch.left_working", left=by_the_clock, working=working)


def stands(reader: Reader, status: str, last_entry_at: datetime, order_no: str) -> Said:
    """Say how the work stands, and which order it is about (R81)."""
    if order_no:
        return reader.say("watch.stands_order", status=status, at=last_entry_at, order=order_no)
    return reader.say("watch.stands", status=status, at=last_entry_at)


def listed(reader: Reader, pieces: Sequence[Said]) -> Said:
    """Put names on one line."""
    between = reader.tongue("watch.between")
    return Said(
        joined([one.run for one in pieces], between), between.join(one.text for one in pieces)
    )


# --- buttons ------------------------------------------------------------------------------------


def warning_buttons(ticket: Ticket, one: Deadline, reader: Reader) -> list[ButtonElement]:
    """What meets the clock first, then what else can be done, then that it was heard."""
    wait = _A.WAIT if one.kind in _STOPPED_BY_WAITING else None
    return [
        *_steps(ticket, one, (_first(ticket, one, reader), wait, _A.HELP_WANTED), reader),
        _got_it(ticket, one, reader, "button.got_it"),
    ]


def overdue_buttons(ticket: Ticket, one: Deadline, reader: Reader) -> list[ButtonElement]:
    """As above, with a new date, why it is late, and how the deadline came about.

    On the last step of the ladder there is no next one to cancel.
    """
    offered = (_first(ticket, one, reader), _A.PROMISE, _A.LATENESS, _A.HELP_WANTED)
    return [
        *_steps(ticket, one, offered, reader),
        _got_it(ticket, one, reader, "button.got_it_breach" if one.look else "button.got_it"),
        step(_A.WHY, ticket.number, reader.tongue),
    ]


def _first(ticket: Ticket, one: Deadline, reader: Reader) -> ActionId | None:
    """Pick what meets the clock; where the case has not come so far, its own next step."""
    meets = _MEETS[one.kind]
    if is_offered(meets, ticket):
        return meets
    unsaid = echoes(ticket, reader.handbook, reader.tongue)
    return next(iter(next_steps(ticket, left_out=unsaid)), None)


def _steps(
    ticket: Ticket, one: Deadline, actions: Sequence[ActionId | None], reader: Reader
) -> list[ButtonElement]:
    """Make the buttons; the one that meets this very clock says which it is."""
    fitting = [action for action in actions if action and is_offered(action, ticket)]
    return [
        step(
            action,
            ticket.number,
            reader.tongue,
            style=None if place else "primary",
            item=_which(one, action),
        )
        for place, action in enumerate(fitting)
    ]


def _which(one: Deadline, action: ActionId) -> str:
    """Say which clock a button is about: the one it meets, or the promise it tells anew."""
    if one.kind not in _ONE_OF_SEVERAL:
        return ""
    anew = one.kind is _K.PROMISE and action is _A.PROMISE
    return one.detail if anew or action is _MEETS[one.kind] else ""


def _got_it(ticket: Ticket, one: Deadline, reader: Reader, words: str) -> ButtonElement:
    due = int(one.due_at.timestamp()) if one.due_at else 0
    packed = pack(n=ticket.number, k=str(one.kind), d=one.detail, due=due)
    return button(_A.GOT_IT, reader.tongue(words), packed)
