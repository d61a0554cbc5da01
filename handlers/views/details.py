"""Details: everything on record about a ticket, masked, by page."""

from collections.abc import Iterator
from datetime import datetime

from slack_sdk.models.blocks import Block, HeaderBlock, SectionBlock
from slack_sdk.models.views import View

from handlers.views import labels
from handlers.views.archive_state import archive_state
from handlers.views.buttons import row, step
from handlers.views.complaint_lines import complaint_line, evidence_line, step_lines
from handlers.views.customer import customer_type, known_name, masked_contact
from handlers.views.grading_words import pieces_of
from handlers.views.history import SHORT, turning
from handlers.views.ids import ActionId
from handlers.views.modal import Sheet, shown
from handlers.views.owed import owed_line
from handlers.views.pager import paged
from handlers.views.referral_lines import referral_lines
from handlers.views.rich import Bold, Piece, Run, lines, weave
from handlers.views.signal_words import described
from handlers.views.text import BLANK, clip, one_line, pieces, plain, visible
from tickets.case.facts import Addendum
from tickets.case.ticket import Ticket

HEADER_LIMIT = 150  # SLACK.md 2.1


def details(sheet: Sheet, page: int = 1) -> View:
    """Show all fields of a ticket, identity masked and words redacted."""
    tongue = sheet.tongue
    pages = paged(list(part) for part in _parts(sheet))
    here = pages.nearest(page)
    buttons = [
        step(one, sheet.ticket.number, tongue)
        for one in (ActionId.HISTORY, ActionId.TALKS, ActionId.REVEAL, ActionId.MORE)
    ]
    turns = turning(
        ActionId.DETAILS_PAGE, sheet.ticket.number, here, len(pages.pages), tongue=tongue
    )
    blocks = [*pages.at(here), row(buttons), *turns]
    return shown(tongue("button.details"), blocks, tongue, n=sheet.ticket.number, page=here)


def _parts(sheet: Sheet) -> Iterator[Iterator[Block]]:
    yield iter([_head(sheet), lines(*_state(sheet))])
    yield iter([lines(*_customer(sheet))])
    yield from _texts(sheet)
    yield iter([lines(*_judged(sheet))])
    evidence = sheet.ticket.evidence
    if evidence:
        names = [visible(sheet.case.redact(one.name)) for one in evidence]
        yield _long(sheet, "form.evidence", "\n".join(names))
    yield from _addenda(sheet)


def _addenda(sheet: Sheet) -> Iterator[Iterator[Block]]:
    """What was added after the case was archived, each as it was written by whom and when."""
    for event in sheet.case.events:
        if isinstance(event.fact, Addendum):
            said = visible(sheet.case.redact(event.fact.text))
            who = labels.person(event.by, sheet.tongue)
            head = weave(sheet.tongue, "details.addendum", at=event.at, who=Bold(who))
            yield iter([lines(head), *(SectionBlock(text=plain(one)) for one in pieces(said))])


def _head(sheet: Sheet) -> HeaderBlock:
    overdue = labels.is_overdue(sheet.case.deadlines, sheet.now)
    mark = labels.mark(sheet.ticket.status, sheet.ticket.priority, overdue=overdue)
    title = labels.title(sheet.ticket, sheet.handbook, sheet.tongue)
    return HeaderBlock(text=plain(f"{mark} {one_line(title)}", HEADER_LIMIT))


def _fact(sheet: Sheet, label: str, value: Piece | None) -> Run:
    if value is None or value == "":
        return []
    shown_value = clip(one_line(value), SHORT) if isinstance(value, str) else value
    return weave(sheet.tongue, "details.line", label=Bold(sheet.tongue(label)), value=shown_value)


def _state(sheet: Sheet) -> Iterator[Run]:
    ticket, handbook, tongue = sheet.ticket, sheet.handbook, sheet.tongue
    yield _fact(sheet, "details.status", labels.standing(ticket, handbook, tongue))
    yield _fact(sheet, "details.assignee", labels.person(ticket.assignee, tongue))
    yield _fact(sheet, "details.department", labels.department(ticket.department, handbook, tongue))
    yield _fact(sheet, "details.logged_by", labels.logger(ticket.logged_by, tongue))
    yield _fact(sheet, "form.received_at", ticket.received_at)
    yield _fact(sheet, "details.category", labels.category_path(ticket.category, handbook, tongue))
    yield _fact(sheet, "details.round", ticket.round if ticket.round > 1 else None)
    yield _helpers(sheet, ticket)
    yield owed_line(ticket, sheet.case.deadlines, handbook=handbook, tongue=tongue, now=sheet.now)
    yield complaint_line(ticket, handbook, tongue)
    yield evidence_line(ticket, handbook, tongue)
    if ticket.complaint.grading:
        pieces = pieces_of(ticket.complaint.grading, handbook, tongue)
        yield weave(tongue, "details.grading", **pieces)
    if ticket.proposal:
        people = labels.people(ticket.proposal.people, tongue)
        yield weave(tongue, "details.proposal", people=people)
    yield from referral_lines(sheet)
    yield from step_lines(ticket, tongue)


def _helpers(sheet: Sheet, ticket: Ticket) -> Run:
    return _fact(sheet, "modals.people", labels.people(ticket.collaborators, sheet.tongue))


def _customer(sheet: Sheet) -> Iterator[Run]:
    intake, tongue = sheet.ticket.intake, sheet.tongue
    seen = sheet.case.customer
    yield _fact(sheet, "form.name", known_name(seen, tongue))
    yield _fact(sheet, "details.contact", masked_contact(seen))
    kind = customer_type(intake.customer_type, intake.customer_level, tongue)
    yield _fact(sheet, "form.customer_type", kind)
    channel = labels.channel(sheet.ticket.contact_channel, tongue)
    yield _fact(sheet, "form.contact_channel", channel or BLANK)


def _texts(sheet: Sheet) -> Iterator[Iterator[Block]]:
    """People's words, each whole, the long ones first; what was never written is left out."""
    ticket, intake = sheet.ticket, sheet.ticket.intake
    plan = ticket.plan
    texts = (
        ("form.description", intake.description),
        ("form.when", intake.when),
        ("form.where", intake.where),
        ("form.expectation", intake.expectation),
        ("form.product", intake.product),
        ("form.order_no", intake.order_no),
        ("form.remarks", intake.remarks),
        ("modals.plan_measures", plan.measures if plan else None),
        ("modals.plan_resources", plan.resources if plan else None),
        ("modals.workaround", ticket.workaround),
        ("details.pause", ticket.pause.reason if ticket.pause else None),
        ("modals.result", ticket.result),
        ("modals.prevention", ticket.prevention),
        ("modals.first_cause", ticket.first_cause),
        ("details.overdue_reason", ticket.overdue_reason),
        ("grading.report", ticket.complaint.grading.report if ticket.complaint.grading else None),
    )
    short: list[Run] = []
    for label, text in texts:
        said = visible(sheet.case.redact(text or ""))
        if label == "form.description":
            said = described(ticket, said, sheet.handbook, sheet.tongue)
        if text and _is_short(said):
            short.append(_fact(sheet, label, said if said.strip() else BLANK))
        elif text:
            yield _long(sheet, label, said)
    if short:
        yield iter([lines(*short)])


def _is_short(text: str) -> bool:
    return len(text) <= SHORT and "\n" not in text


def _long(sheet: Sheet, label: str, text: str) -> Iterator[Block]:
    yield lines(weave(sheet.tongue, "details.label", label=Bold(sheet.tongue(label))))
    yield from (SectionBlock(text=plain(piece)) for piece in pieces(text))


def _judged(sheet: Sheet) -> Iterator[Run]:
    ticket, intake, tongue = sheet.ticket, sheet.ticket.intake, sheet.tongue
    yield _fact(sheet, "form.urgency", labels.priority(intake.urgency, sheet.handbook, tongue))
    type_ = labels.complaint_type(intake.complaint_type, sheet.handbook, tongue)
    yield _fact(sheet, "form.complaint_type", type_)
    felt = ticket.emotion
    yield _fact(sheet, "form.emotion", tongue(f"emotion.{felt}") if felt else BLANK)
    risks = labels.listed((tongue(f"risk.{one}") for one in sorted(intake.risks)), tongue)
    yield _fact(sheet, "form.risks", risks)
    yield _fact(sheet, "form.impact", tongue(f"impact.{intake.impact}"))
    yield _fact(sheet, "modals.complexity", tongue(f"complexity.{ticket.complexity}"))
    yield _fact(sheet, "form.expected_by", intake.expected_by)
    yield _fact(sheet, "details.needs_customer", _yes(sheet, ticked=intake.needs_customer))
    yield _fact(sheet, "form.known_issue", _yes(sheet, ticked=intake.known_issue))
    yield _fact(sheet, "form.read_back", _moment_or_no(sheet, intake.read_back_at))
    yield _fact(sheet, "modals.plan_finish_by", ticket.plan.finish_by if ticket.plan else None)
    cause = ticket.late_cause
    yield _fact(sheet, "details.late_cause", tongue(f"late_cause.{cause}") if cause else None)
    yield _fact(sheet, "details.told_at", ticket.customer_told_at)
    yield _fact(sheet, "details.satisfaction", _score(sheet))
    yield _fact(sheet, "details.closed_at", ticket.closed_at)
    yield _fact(sheet, "details.archive_state", archive_state(ticket, tongue))
    yield _fact(sheet, "details.archive_key", ticket.archive_key)
    yield _fact(sheet, "details.links", labels.listed(ticket.links, tongue))
    yield _fact(sheet, "details.parent", ticket.parent)
    yield _fact(sheet, "details.children", labels.listed(ticket.children, tongue))


def _yes(sheet: Sheet, *, ticked: bool) -> str:
    return sheet.tongue("words.yes") if ticked else sheet.tongue("words.no")


def _moment_or_no(sheet: Sheet, at: datetime | None) -> datetime | str:
    return at or sheet.tongue("words.no")


def _score(sheet: Sheet) -> str:
    score = sheet.ticket.satisfaction
    if score is None:
        return labels.unscored(sheet.ticket, sheet.tongue)
    return f"{score} · {sheet.tongue(f'satisfaction.{score}')}"
