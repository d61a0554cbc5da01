"""What else is mine: promises by date, supervisors' calls, first contacts; a few lines each, by pages (R42)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, HeaderBlock, InteractiveElement

from handlers.views import labels
from handlers.views.buttons import button
from handlers.views.ids import ActionId
from handlers.views.inputs import option, select
from handlers.views.meta import pack
from handlers.views.rich import Piece, Run, joined, lines, weave, words
from handlers.views.text import clip, one_line, plain, visible
from handlers.views.timeline_words import sentence_of
from tickets.case.values import Number
from tickets.desk.duties import Duties, MyPromise, Part
from tickets.desk.first_contact import FirstContact
from tickets.handbook import Handbook
from tickets.insight.calls import OwedCall
from tickets.tongue import Tongue

FIRST, PROMISES, SUPERVISE = "first", "promises", "supervise"
WORDS = 80  # of what was promised
HEADER_LIMIT = 150  # SLACK.md 2.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Who reads it, and when."""

    handbook: Handbook
    tongue: Tongue
    now: datetime


def duties_blocks(
    duties: Duties, part: str, reading: Reading, *, turned: bool = True
) -> Iterator[Block]:
    """Draw one part with the menu that opens each case of it; nothing where nothing is owed.

    `turned`: its pages are turned where it stands; else the app's page has what is more.
    """
    shown: Mapping[str, tuple[Part[Any], Callable[[Any, Reading], Run]]] = {
        FIRST: (duties.first_contacts, _first),
        PROMISES: (duties.promises, _promise),
        SUPERVISE: (duties.supervise, _call),
    }
    found, drawn = shown[part]
    if not found.items:
        return
    tongue = reading.tongue
    head = tongue(f"duties.{part}", count=found.total)
    if found.last > 1:
        head = f"{head} · {tongue('lists.page_of', page=found.page, last=found.last)}"
    yield HeaderBlock(text=plain(head, HEADER_LIMIT))
    yield lines(*(drawn(one, reading) for one in found.items), block_id=f"{part}.rows")
    yield ActionsBlock(
        elements=[
            _menu(part, found.items, tongue),
            *(turns(part, found.page, found.last, tongue) if turned else ()),
        ],
        block_id=f"{part}.turn",
    )


def turns(part: str, page: int, last: int, tongue: Tongue) -> Sequence[InteractiveElement]:
    """Give the buttons to the page before and the page after, where there is one."""
    found = []
    if page > 1:
        value = pack(part=part, page=page - 1)
        found.append(button(ActionId.HOME_BEFORE, tongue("lists.before"), value))
    if page < last:
        value = pack(part=part, page=page + 1)
        found.append(button(ActionId.HOME_PAGE, tongue("lists.after"), value))
    return found


def _menu(part: str, items: Sequence[Any], tongue: Tongue) -> InteractiveElement:
    """Offer each case once: to be opened, or to have the supervisor's call recorded."""
    numbers = dict.fromkeys(_number(one) for one in items)
    steps = {SUPERVISE: ActionId.SUPERVISOR_CALL, FIRST: ActionId.CONTACT}
    action = steps.get(part, ActionId.DETAILS)
    offered = [option(number, number) for number in numbers]
    return select(offered, placeholder=tongue(f"duties.{part}_open"), action_id=action)


def _number(one: FirstContact | MyPromise | OwedCall) -> Number:
    return one.line.number if isinstance(one, FirstContact) else one.number


def _first(one: FirstContact, reading: Reading) -> Run:
    tongue, line = reading.tongue, one.line
    what = [] if line.restricted else [labels.category(line.category, reading.handbook, tongue)]
    title = " · ".join([line.number, *what, labels.person(line.assignee, tongue)])
    late: Run = weave(tongue, "first_contact.silent") if one.is_silent else []
    return joined([words(title), _heard(one, reading), late])


def _heard(one: FirstContact, reading: Reading) -> Run:
    if one.told is None or one.told_at is None:
        return weave(reading.tongue, "first_contact.nothing")
    what, params = sentence_of(one.told, reading.handbook, reading.tongue)
    said = weave(reading.tongue, what, **params)
    return weave(reading.tongue, "first_contact.heard", at=one.told_at, what=said)


def _promise(one: MyPromise, reading: Reading) -> Run:
    tongue = reading.tongue
    hidden = tongue("card.restricted")
    what = hidden if one.is_restricted else clip(one_line(visible(one.what)), WORDS)
    return _dated("duties.promise", one.number, one.due_at, reading, what=what)


def _call(one: OwedCall, reading: Reading) -> Run:
    category = labels.category(one.category, reading.handbook, reading.tongue)
    return _dated("duties.call", one.number, one.due_at, reading, what=category)


def _dated(sentence: str, number: Number, due: datetime, reading: Reading, **more: Piece) -> Run:
    late = "_late" if due <= reading.now else ""
    return weave(reading.tongue, f"{sentence}{late}", number=number, due=due, **more)
