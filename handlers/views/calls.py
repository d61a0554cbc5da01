"""待回访 as it stands now: one's own customers, and the supervisors' calls after a low score."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block, ContextBlock, HeaderBlock

from handlers.views.customer import masked_contact, masked_name
from handlers.views.digest_calls import rows
from handlers.views.notices import Reader
from handlers.views.screen import Screen
from handlers.views.text import escaped, plain
from tickets.case.values import CustomerId
from tickets.desk.calls import CallsNow
from tickets.insight.calls import Call

MOST = 10  # of each list: two blocks a case, 50 a message


def calls_screen(now: CallsNow, reader: Reader) -> Screen:
    """Show both lists, each with the step beside every case."""
    blocks: list[Block] = []
    if now.is_supervisor:
        blocks += _listed("calls.supervise", now.supervise, now, reader)
    blocks += _listed("calls.own", now.own, now, reader)
    return Screen(escaped(reader.tongue("calls.title")), tuple(blocks))


def _listed(head: str, calls: Sequence[Call], now: CallsNow, reader: Reader) -> Iterator[Block]:
    tongue = reader.tongue

    def name_of(customer: CustomerId) -> str:
        seen = now.customers[customer]
        return " ".join(filter(None, (masked_name(seen, tongue), masked_contact(seen))))

    customers = len({one.customer for one in calls})
    yield HeaderBlock(text=plain(tongue(head, number=customers)))
    yield from rows(calls[:MOST], reader, name_of)
    left = len(calls) - MOST
    said = tongue("calls.none") if not calls else ""
    said = tongue("calls.more", count=left) if left > 0 else said
    if said:
        yield ContextBlock(elements=[plain(said)])
