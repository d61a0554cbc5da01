"""The card: one message per ticket in its department's channel, brought up to date (SCREENS.md)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    HeaderBlock,
    SectionBlock,
)
from slack_sdk.models.blocks.block_elements import RichTextElementParts

from handlers.views import labels
from handlers.views.buttons import steps_of
from handlers.views.complaint_lines import complaint_line, evidence_line
from handlers.views.customer import CUSTOMER_LIMIT
from handlers.views.owed import owed_line, owed_now
from handlers.views.rich import Bold, Run, absolute, lines, weave, words
from handlers.views.screen import Screen
from handlers.views.standings import echoes
from handlers.views.text import clip, escaped, one_line, plain, summary
from tickets.case.debt import debt
from tickets.case.ticket import Ticket
from tickets.case.values import Number, Status
from tickets.handbook import Handbook
from tickets.time.deadline import Deadline
from tickets.tongue import Tongue

HEADER_LIMIT = 150  # SLACK.md 2.1


def card(
    ticket: Ticket,
    deadlines: Sequence[Deadline],
    *,
    customer_line: str,
    redacted: str,
    handbook: Handbook,
    tongue: Tongue,
    now: datetime,
) -> Screen:
    """Show a ticket to a channel; a high-risk one shows number, priority and assignee only."""
    if ticket.is_restricted:
        return _restricted(ticket, deadlines, handbook=handbook, tongue=tongue, now=now)
    return full_card(
        ticket,
        deadlines,
        customer_line=customer_line,
        redacted=redacted,
        handbook=handbook,
        tongue=tongue,
        now=now,
    )


def full_card(
    ticket: Ticket,
    deadlines: Sequence[Deadline],
    *,
    customer_line: str,
    redacted: str,
    handbook: Handbook,
    tongue: Tongue,
    now: datetime,
) -> Screen:
    """Show a whole card, masked; of a high-risk ticket to the assignee and the supervisors alone."""
    about = [
        weave(tongue, "card.customer", customer=clip(one_line(customer_line), CUSTOMER_LIMIT)),
        _ownership(ticket, handbook, tongue),
        owed_line(ticket, deadlines, handbook=handbook, tongue=tongue, now=now),
        _state(ticket, handbook, tongue),
        *_debt(ticket, tongue),
        _needs_customer(ticket, handbook, tongue),
        complaint_line(ticket, handbook, tongue),
        evidence_line(ticket, handbook, tongue),
    ]
    blocks: list[Block] = [
        _header(labels.title(ticket, handbook, tongue), ticket, deadlines, now),
        SectionBlock(text=plain(summary(redacted))),
        lines(*about),
        steps_of(ticket, tongue, left_out=echoes(ticket, handbook, tongue)),
    ]
    origin = _origin(ticket, handbook, tongue)
    if origin:
        blocks.append(ContextBlock(elements=[plain(origin)]))
    return Screen(_sentence(ticket, deadlines, handbook, tongue), tuple(blocks))


def _needs_customer(ticket: Ticket, handbook: Handbook, tongue: Tongue) -> Run:
    """Say that the customer has to do something too, and what waiting for it does (R19)."""
    if not (ticket.intake.needs_customer and ticket.status.is_working):
        return []
    if ticket.status is Status.WAITING_CUSTOMER:
        return []  # the card says since when it waits
    waiting = labels.status(Status.WAITING_CUSTOMER, handbook, tongue)
    return weave(tongue, "card.needs_customer", waiting=waiting)


def moved(number: Number, channel: str, *, tongue: Tongue) -> Screen:
    """Show where a ticket went; `channel` is `#name` or an id. The thread below is still kept."""
    place: Run = (
        words(channel)
        if channel.startswith("#")
        else [RichTextElementParts.Channel(channel_id=channel)]
    )
    said = [*weave(tongue, "card.moved", number=number), *words(" "), *place]
    blocks = (lines(said), ContextBlock(elements=[plain(tongue("card.moved_thread"))]))
    shown = channel if channel.startswith("#") else ""
    return Screen(f"{tongue('card.moved', number=number)} {escaped(shown)}".strip(), blocks)


def _restricted(
    ticket: Ticket,
    deadlines: Sequence[Deadline],
    *,
    handbook: Handbook,
    tongue: Tongue,
    now: datetime,
) -> Screen:
    grade = labels.priority(ticket.priority, handbook, tongue)
    head = labels.restricted_title(ticket, handbook, tongue)
    owner = labels.person(ticket.assignee, tongue)
    blocks: tuple[Block, ...] = (
        _header(head, ticket, deadlines, now),
        lines(weave(tongue, "card.assigned_to", assignee=owner)),
        steps_of(ticket, tongue, left_out=echoes(ticket, handbook, tongue)),
    )
    text = tongue(
        "card.sentence_restricted",
        number=ticket.number,
        priority=escaped(grade),
        assignee=escaped(owner),
    )
    return Screen(text, blocks)


def _header(
    words_: str, ticket: Ticket, deadlines: Sequence[Deadline], now: datetime
) -> HeaderBlock:
    overdue = labels.is_overdue(deadlines, now)
    mark = labels.mark(ticket.status, ticket.priority, overdue=overdue)
    return HeaderBlock(text=plain(f"{mark} {one_line(words_)}", HEADER_LIMIT))


def _ownership(ticket: Ticket, handbook: Handbook, tongue: Tongue) -> Run:
    department = labels.department(ticket.department, handbook, tongue)
    who = "card.ownership" if ticket.assignee else "card.ownership_nobody"
    return weave(
        tongue,
        who,
        department=clip(department, labels.NAME_LIMIT),
        logger=labels.logger(ticket.logged_by, tongue),
        channel=tongue(f"by_channel.{ticket.contact_channel or 'desk'}"),
        at=ticket.received_at,
        **({"assignee": labels.person(ticket.assignee, tongue)} if ticket.assignee else {}),
    )


def _state(ticket: Ticket, handbook: Handbook, tongue: Tongue) -> Run:
    shown = clip(labels.standing(ticket, handbook, tongue), labels.NAME_LIMIT)
    if ticket.status is Status.MERGED and ticket.merged_into:
        return weave(tongue, "card.status_merged", status=shown, survivor=ticket.merged_into)
    if ticket.status is Status.FOLLOW_UP and ticket.follow_up_until:
        return weave(tongue, "card.status_until", status=shown, until=ticket.follow_up_until)
    if ticket.satisfaction is not None:
        return weave(tongue, "card.status_scored", status=shown, score=ticket.satisfaction)
    if unasked := labels.unscored(ticket, tongue):
        return weave(tongue, "card.status_unscored", status=shown, why=unasked)
    if ticket.round > 1:
        return weave(
            tongue, "card.status_round", status=shown, round=labels.round_name(ticket.round, tongue)
        )
    return weave(tongue, "card.status", status=shown)


def _debt(ticket: Ticket, tongue: Tongue) -> Iterator[Run]:
    """Say what the fast lane left open (R21)."""
    owed = [tongue(f"form.{field}") for field in debt(ticket)]
    if owed:
        yield weave(tongue, "card.debt", fields=Bold(tongue("digest.and").join(owed)))


def _origin(ticket: Ticket, handbook: Handbook, tongue: Tongue) -> str:
    """Say which rule sent it here (DESK.md 4); one sent by hand has none."""
    if ticket.assign_rule is None:
        return ""
    return tongue(
        "card.origin",
        rule=ticket.assign_rule,
        category=labels.category_path(ticket.category, handbook, tongue),
        department=labels.department(ticket.department, handbook, tongue),
    )


def _sentence(
    ticket: Ticket, deadlines: Sequence[Deadline], handbook: Handbook, tongue: Tongue
) -> str:
    due = next((one for one in owed_now(ticket, deadlines) if one.due_at), None)
    head = tongue(
        "card.sentence",
        number=ticket.number,
        category=escaped(labels.category(ticket.category, handbook, tongue)),
        priority=escaped(labels.priority(ticket.priority, handbook, tongue)),
        status=escaped(labels.standing(ticket, handbook, tongue)),
        assignee=escaped(labels.person(ticket.assignee, tongue)),
    )
    if due is None or due.due_at is None:
        return head
    what = tongue(f"deadline.{due.kind}")
    at = f"{absolute(due.due_at, tongue)} {tongue.timezone}"
    return f"{head} {tongue('card.sentence_due', what=what, at=at)}"
