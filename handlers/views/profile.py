"""A customer's profile: who they are, masked, what they have and want, what happened before (R128)."""

from collections.abc import Iterator
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement, ContextBlock, HeaderBlock, SectionBlock
from slack_sdk.models.views import View

from handlers.views import labels
from handlers.views.buttons import button, row, step
from handlers.views.customer import customer_type, masked_contact, masked_name
from handlers.views.ids import ActionId
from handlers.views.meta import Opaque, pack
from handlers.views.modal import shown
from handlers.views.rich import Bold, Piece, Run, lines, weave
from handlers.views.text import clip, one_line, plain, visible
from tickets.desk.profile import CASES, Known, Past
from tickets.handbook import CustomerField, Handbook
from tickets.people.customers import ELDERLY, NO_CALLBACKS
from tickets.people.profile import Owned
from tickets.tongue import Tongue

HEADER_LIMIT = 150  # SLACK.md 2.1
LINE_LIMIT = 300


def profile(known: Known, *, may_edit: bool, handbook: Handbook, tongue: Tongue) -> View:
    """Show a profile and a page of its history; identity is masked, words are redacted."""
    blocks = [
        HeaderBlock(text=plain(_head(known, tongue), HEADER_LIMIT), block_id="profile"),
        lines(*_facts(known, handbook, tongue)),
        *_hints(known, handbook, tongue),
        row(_buttons(known, tongue, may_edit=may_edit)),
        HeaderBlock(text=plain(tongue("profile.history", count=known.total), HEADER_LIMIT)),
        *_history(known, handbook, tongue),
        *_turning(known, tongue),
    ]
    return shown(tongue("profile.title"), blocks, tongue, **_here(known, known.page))


def _here(known: Known, page: int) -> dict[str, Opaque | None]:
    """Say how this page is opened again: by the case it was asked by, else by the record's id."""
    if known.asked_by:
        return {"n": known.asked_by, "page": page}
    return {"c": known.id, "page": page}


def known_line(known: Known, *, handbook: Handbook, tongue: Tongue) -> Iterator[Block]:
    """Say in a few lines on the form who is calling, so that nobody asks twice."""
    open_cases = tongue("profile.open", count=known.open)
    first = " · ".join((_head(known, tongue), *_kinds(known, handbook, tongue), open_cases))
    yield lines(weave(tongue, "profile.caller", customer=clip(first, LINE_LIMIT)), block_id="known")
    more = [
        _fact(tongue, "calls_again.label", _declined(known, tongue)),
        _fact(tongue, "profile.told_last", known.told_at),
        _fact(tongue, "profile.preferred_channel", _channel(known, tongue)),
        _fact(tongue, "profile.preferences", known.profile.preferences),
    ]
    if any(more):
        yield lines(*(one for one in more if one), block_id="known.more")
    yield from _hints(known, handbook, tongue)


def _head(known: Known, tongue: Tongue) -> str:
    who = " ".join(filter(None, (masked_name(known.seen, tongue), masked_contact(known.seen))))
    return " · ".join(filter(None, (known.seen.code, one_line(who))))


def _kinds(known: Known, handbook: Handbook, tongue: Tongue) -> Iterator[str]:
    yield customer_type(known.type, known.level, tongue)
    if ELDERLY in known.seen.groups:
        yield tongue("customer.elderly")
    yield from (f"🔔 {labels.customer_tag(tag, handbook, tongue)}" for tag, _ in known.marks)
    yield from (one_line(tag) for tag in known.profile.tags)


def _facts(known: Known, handbook: Handbook, tongue: Tongue) -> Iterator[Run]:
    kept = known.profile
    yield _fact(tongue, "form.customer_type", " · ".join(_kinds(known, handbook, tongue)))
    for tag, since in known.marks:
        name = labels.customer_tag(tag, handbook, tongue)
        yield weave(tongue, "profile.marked", tag=Bold(name), at=since)
    yield _fact(tongue, "profile.contribution", kept.contribution)
    products = (_product(one, tongue) for one in kept.products)
    yield _fact(tongue, "profile.products", labels.listed(products, tongue))
    yield _fact(tongue, "profile.preferred_channel", _channel(known, tongue))
    yield _fact(tongue, "profile.preferences", kept.preferences)
    yield _fact(tongue, "calls_again.label", _declined(known, tongue))
    for one in handbook.customer_fields:
        yield _own(known, one, tongue)
    yield _fact(tongue, "profile.known_since", known.known_since)
    yield _fact(tongue, "profile.told_last", known.told_at)
    yield _fact(tongue, "profile.open_cases", str(known.open))


def _product(one: Owned, tongue: Tongue) -> str:
    if not one.serial:
        return one.product
    return tongue("profile.product", product=one.product, serial=one.serial)


def _own(known: Known, one: CustomerField, tongue: Tongue) -> Run:
    name = one_line(one.name.in_(tongue.language))
    if one.key in known.hidden:
        return weave(tongue, "details.line", label=Bold(name), value=tongue("profile.on_reveal"))
    value = known.profile.fields.get(one.key, "")
    return (
        weave(tongue, "details.line", label=Bold(name), value=own_value(one, value, tongue))
        if value
        else []
    )


def own_value(field: CustomerField, value: str, tongue: Tongue) -> str:
    """Say a value of one of the trade's own fields as its readers write it."""
    if field.type == "choice" and value in field.choices:
        return one_line(field.choices[value].in_(tongue.language))
    if field.type == "date":
        return f"{date.fromisoformat(value):%Y-%m-%d}"
    return clip(one_line(visible(value)), LINE_LIMIT)


def _channel(known: Known, tongue: Tongue) -> str:
    channel = known.preferred_channel
    return tongue(f"contact_channel.{channel}") if channel else ""


def _declined(known: Known, tongue: Tongue) -> str:
    return tongue("calls_again.declined") if NO_CALLBACKS in known.opt_outs else ""


def _fact(tongue: Tongue, label: str, value: Piece | None) -> Run:
    if value is None or value == "":
        return []
    said = clip(one_line(visible(value)), LINE_LIMIT) if isinstance(value, str) else value
    return weave(tongue, "details.line", label=Bold(tongue(label)), value=said)


def _hints(known: Known, handbook: Handbook, tongue: Tongue) -> Iterator[Block]:
    """What whoever serves this customer should know."""
    marked = {tag for tag, _ in known.marks}
    said = [
        one_line(one.hint.in_(tongue.language))
        for one in handbook.customer_tags
        if one.key in marked and one.hint
    ]
    if ELDERLY in known.seen.groups:
        said.append(tongue("profile.hint_elderly"))
    for hint in said:
        yield ContextBlock(elements=[plain(f"💡 {hint}")])


def _buttons(known: Known, tongue: Tongue, *, may_edit: bool) -> list[ButtonElement]:
    buttons = []
    if may_edit:
        here = pack(c=known.id)
        if known.is_special:
            words = f"{tongue('button.fast_lane')}…"
            fast = button(ActionId.FAST_LANE, words, pack(c=known.seen.code), style="primary")
            buttons.append(fast)
        buttons.append(button(ActionId.PROFILE_EDIT, f"{tongue('profile.edit')}…", here))
        if NO_CALLBACKS in known.opt_outs:
            buttons.append(button(ActionId.CALLS_AGAIN, f"{tongue('calls_again.title')}…", here))
    if known.revealed_by:
        buttons.append(step(ActionId.REVEAL, known.revealed_by, tongue))
    return buttons or [button(ActionId.HELP, tongue("lists.help"), "help")]


def _history(known: Known, handbook: Handbook, tongue: Tongue) -> Iterator[Block]:
    if not known.cases:
        yield ContextBlock(elements=[plain(tongue("profile.no_cases"))])
    for one in known.cases:
        said = lines(*_case(one, handbook, tongue), block_id=f"case.{one.line.number}")
        yield said
        if one.is_seen:
            open_it = button(ActionId.DETAILS, tongue("lists.open"), one.line.number)
            yield row([open_it], block_id=f"open.{one.line.number}")


def _case(one: Past, handbook: Handbook, tongue: Tongue) -> Iterator[Run]:
    ticket, hidden = one.ticket, one.line.restricted and not one.is_seen
    category = (
        tongue("card.restricted") if hidden else labels.category(ticket.category, handbook, tongue)
    )
    yield weave(
        tongue,
        "profile.case",
        number=Bold(ticket.number),
        category=category,
        at=ticket.received_at,
        status=labels.standing(ticket, handbook, tongue),
    )
    yield _fact(tongue, "details.told_at", ticket.customer_told_at)
    if not one.is_seen:
        return
    yield _fact(tongue, "profile.contacted_at", ticket.contacted_at)
    yield _fact(tongue, "profile.scores", labels.listed(map(str, ticket.scores), tongue))
    yield _fact(tongue, "profile.promise", ticket.promise_due_at)


def _turning(known: Known, tongue: Tongue) -> Iterator[Block]:
    last = max(1, -(-known.total // CASES))
    for page, words in ((known.page - 1, "lists.before"), (known.page + 1, "lists.after")):
        if 1 <= page <= last:
            turn = button(ActionId.PROFILE_PAGE, tongue(words), pack(**_here(known, page)))
            yield row([turn], block_id=f"page.{page}")
    if last > 1:
        yield SectionBlock(text=plain(tongue("lists.page_of", page=known.page, last=last)))
