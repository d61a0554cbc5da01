"""待回访: an agent's customers to tell and to call today, masked, with the step beside each (R59–R61, R88)."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from types import MappingProxyType

from slack_sdk.models.blocks import Block, ButtonElement

from handlers.views import labels
from handlers.views.buttons import button, row, step
from handlers.views.digest import Edition, head, range_title, title
from handlers.views.ids import ActionId
from handlers.views.notices import Reader, Said
from handlers.views.rich import Run, bold, joined, lines, words
from handlers.views.screen import Screen
from tickets.case.values import CustomerId
from tickets.insight.calls import Call, CallList, Need
from tickets.watch.posting import ROWS, part_of

NameOf = Callable[[CustomerId], str]
"""Gives a customer's masked name and contact; masks are made when read, never stored."""

_NEEDED: Mapping[Need, str] = MappingProxyType(
    {
        Need.TELL: "digest.call_tell",
        Need.CALL: "digest.call_score",
        Need.SUPERVISE: "digest.call_supervise",
    }
)
_STEPS: Mapping[Need, tuple[ActionId, ...]] = MappingProxyType(
    {
        Need.TELL: (ActionId.TELL, ActionId.REVEAL),
        Need.CALL: (ActionId.SCORE, ActionId.ATTEMPT, ActionId.REVEAL),
        Need.SUPERVISE: (ActionId.SUPERVISOR_CALL, ActionId.EARLIER, ActionId.REVEAL),
    }
)

_ONCE = frozenset({ActionId.REVEAL})
"""Stands by the first case of a customer alone."""


def calls(listed: CallList, edition: Edition, reader: Reader, *, name_of: NameOf) -> Screen:
    """Show the head with the first calls, or a reply with further ones."""
    shift = 0 if edition.page == "head" else 1  # the first rows stand in the head
    shown = part_of(listed.calls, edition.part + shift)
    listed_rows = rows(shown, reader, name_of)
    if shift:
        lead = range_title(
            "digest.calls_more",
            edition,
            reader,
            shown=len(shown),
            total=len(listed.calls) - ROWS,
            a_page=ROWS,
        )
        return Screen(lead.text, (lines(lead.run), *listed_rows))
    screen = head(title("digest.calls", edition, reader), edition, reader, _intro(listed, reader))
    return Screen(screen.text, (*screen.blocks, *listed_rows))


def _intro(listed: CallList, reader: Reader) -> list[Said]:
    said = [
        reader.say("digest.calls_count", customers=listed.customers, cases=len(listed.calls)),
        reader.say("digest.calls_ask"),
    ]
    if listed.later:
        said.append(reader.say("digest.calls_later", count=listed.later))
    return said


def rows(shown: Sequence[Call], reader: Reader, name_of: NameOf) -> Iterator[Block]:
    """Show calls, a customer's together, each with its steps."""
    before: CustomerId | None = None
    carded: set[CustomerId] = set()
    for call in shown:
        who = [] if call.customer == before else bold(name_of(call.customer))
        yield lines(who, _case(call, reader))
        several = sum(one.customer == call.customer and one.need is Need.CALL for one in shown)
        first = call.need is Need.CALL and call.customer not in carded
        if first:
            carded.add(call.customer)
        steps = _steps(call, reader, left_out=_ONCE if call.customer == before else frozenset())
        yield row([*([_card(call, several, reader)] if first else []), *steps])
        before = call.customer


def _card(call: Call, several: int, reader: Reader) -> ButtonElement:
    """One card a customer: one call for all their cases."""
    words = reader.tongue("button.call", count=several)
    return button(ActionId.CALL, words, call.number, style="primary")


def _steps(call: Call, reader: Reader, *, left_out: Set[ActionId]) -> list[ButtonElement]:
    steps = [action for action in _STEPS[call.need] if action not in left_out]
    return [step(action, call.number, reader.tongue) for action in steps]


def _case(call: Call, reader: Reader) -> Run:
    category = labels.category(call.category, reader.handbook, reader.tongue)
    parts = [reader.say("digest.row", number=call.number, category=category).run]
    parts.append(words(reader.tongue(_NEEDED[call.need])))
    if call.due_at:
        parts.append(reader.say("digest.call_due", due=call.due_at).run)
    if call.attempts:
        parts.append(words(reader.tongue("digest.call_attempts", count=call.attempts)))
    return joined(parts)
