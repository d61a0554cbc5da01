"""What a case must not go on, and a complaint not end, without (R18, R78)."""

from tickets.case.ticket import Ticket
from tickets.case.values import ComplaintOutcome, Kind, Text
from tickets.complaint_rules import ACCEPTED, EXPLAINED, ComplaintRules
from tickets.handbook import Handbook
from tickets.message import Word


def lacking_evidence(ticket: Ticket, handbook: Handbook) -> tuple[Word, ...]:
    """Name what the category asks for while nothing is on record; any file or link meets it (DESK.md 4)."""
    if ticket.evidence or ticket.complaint.evidence_waived:
        return ()
    return evidence_asked(ticket.category, handbook)


def evidence_asked(category: str, handbook: Handbook) -> tuple[Word, ...]:
    """Name the evidence that a category asks for."""
    sub = handbook.subcategory(category)
    return tuple(Word(f"evidence.{one}") for one in sorted(sub.required_evidence)) if sub else ()


def lacking_steps(
    ticket: Ticket,
    rules: ComplaintRules,
    *,
    outcome: ComplaintOutcome | None = None,
    refusal: Text | None = None,
) -> tuple[Word, ...]:
    """Name the required steps that were not done; a complaint that was withdrawn asks for none."""
    state = ticket.complaint
    withdrawn = (outcome or state.outcome) is ComplaintOutcome.WITHDRAWN
    if ticket.intake.kind is not Kind.COMPLAINT or state.checklist_waived or withdrawn:
        return ()
    required = (step.key for step in rules.checklist if step.required)
    return tuple(
        Word(f"complaint_step.{key}")
        for key in required
        if not (state.has_ticked(key) or _is_documented(ticket, key, refusal))
    )


def _is_documented(ticket: Ticket, step: str, refusal: Text | None) -> bool:
    """Tell whether the record shows it another way: the result confirmed, or nobody to explain it to."""
    if step == ACCEPTED:
        return bool(ticket.confirmed_at or refusal or ticket.callback_exhausted)
    return step == EXPLAINED and ticket.callback_exhausted


def lacks_outcome(ticket: Ticket, outcome: ComplaintOutcome | None = None) -> bool:
    """Tell whether a complaint still has no conclusion (成立, 部分成立, 不成立, 撤诉)."""
    return ticket.intake.kind is Kind.COMPLAINT and not (outcome or ticket.complaint.outcome)
