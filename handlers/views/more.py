"""More: every step that is possible now, grouped, one line each; and the private look at a customer."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from slack_sdk.models.blocks import Block, ContextBlock, SectionBlock
from slack_sdk.models.views import View

from handlers.views.buttons import step
from handlers.views.ids import ActionId
from handlers.views.modal import Sheet, shown, which
from handlers.views.modals_promise import said
from handlers.views.profile import own_value
from handlers.views.rich import Bold, Run, lines, weave
from handlers.views.step_tables import GROUPS
from handlers.views.text import clip, one_line, plain
from tickets.case.copies import CopyState, EvidenceCopy
from tickets.case.values import Salutation
from tickets.people.customers import Customer
from tickets.tongue import Tongue

MOST_PROMISES = 10  # a view holds 100 blocks (SLACK.md 2.1)
PROMISE_LIMIT = 300


def more(sheet: Sheet, actions: Collection[ActionId]) -> View:
    """Show these steps (`steps.offered_to` gives what a person may), each with a line on what it does."""
    blocks = [which(sheet), *_groups(sheet, actions)]
    return shown(sheet.tongue("modals.more"), blocks, sheet.tongue, n=sheet.ticket.number)


def _groups(sheet: Sheet, actions: Collection[ActionId]) -> Iterator[Block]:
    tongue = sheet.tongue
    for name, group in GROUPS.items():
        offered = [one for one in group if one in actions]
        if offered:
            yield lines(weave(tongue, "modals.group", name=Bold(tongue(f"group.{name}"))))
        for one in offered:
            if one is ActionId.PROMISE_KEPT:
                yield from _promises(sheet)
                continue
            yield SectionBlock(
                text=plain(tongue(f"about.{one.removeprefix('ticket.')}")),
                accessory=step(one, sheet.ticket.number, tongue, item=_item(one, sheet)),
            )


def _item(action: ActionId, sheet: Sheet) -> str:
    """Tell which proposal is agreed to: a later one may take its place while this is read."""
    waiting = sheet.ticket.proposal
    return str(waiting.asked_seq) if waiting and action is ActionId.AGREE_HELP else ""


def _promises(sheet: Sheet) -> Iterator[Block]:
    """Show each promise that is owed, with the button that says it is kept."""
    for one in sorted(sheet.ticket.promises, key=lambda promise: promise.due_at)[:MOST_PROMISES]:
        yield SectionBlock(
            text=plain(clip(said(one, sheet), PROMISE_LIMIT)),
            accessory=step(ActionId.PROMISE_KEPT, sheet.ticket.number, sheet.tongue, item=one.key),
        )


def revealed(sheet: Sheet, customer: Customer, copies: Sequence[EvidenceCopy] = ()) -> View:
    """Show a customer's full identity to the one who asked, privately; the only view that holds it."""
    tongue = sheet.tongue
    parts = {
        "form.name": _full_name(customer, sheet),
        "form.phone": customer.phone,
        "form.email": customer.email,
        "details.address": customer.address,
        "form.customer_level": customer.level,
    }
    known = [
        weave(tongue, "details.line", label=Bold(tongue(label)), value=value)
        for label, value in parts.items()
        if value
    ] + _own_fields(sheet, customer)
    nothing = "records.customer_erased" if customer.is_erased else "modals.revealed_nothing"
    blocks = [
        which(sheet),
        lines(*known) if known else SectionBlock(text=plain(tongue(nothing))),
        *_on_their_way(copies, tongue),
        ContextBlock(elements=[plain(tongue("modals.revealed_on_record"))]),
    ]
    return shown(tongue("button.reveal"), blocks, tongue)


def _on_their_way(copies: Sequence[EvidenceCopy], tongue: Tongue) -> Sequence[Block]:
    """Say how many copies of evidence come, and of which files there is none and why."""
    if not copies:
        return ()
    counted = Counter(one.state for one in copies)
    return (
        SectionBlock(
            text=plain(
                "\n".join(
                    tongue(f"copies.{state}", count=counted[state])
                    for state in CopyState
                    if counted[state]
                )
            )
        ),
    )


def _own_fields(sheet: Sheet, customer: Customer) -> list[Run]:
    """The trade's own fields, those that only a reveal shows too."""
    kept, tongue = customer.profile.fields, sheet.tongue
    return [
        weave(
            tongue,
            "details.line",
            label=Bold(one_line(one.name.in_(tongue.language))),
            value=own_value(one, kept[one.key], tongue),
        )
        for one in sheet.handbook.customer_fields
        if one.key in kept
    ]


def _full_name(customer: Customer, sheet: Sheet) -> str:
    if not customer.name or customer.salutation is Salutation.NONE:
        return customer.name
    return f"{customer.name} · {sheet.tongue(f'salutation.{customer.salutation}')}"
