"""What a complaint shows on its card and in its details: how far its steps are, how it ended (R78)."""

from collections.abc import Iterator

from handlers.views import labels
from handlers.views.rich import Piece, Run, weave
from tickets.case.complaint_gates import lacking_evidence
from tickets.case.ticket import Ticket
from tickets.case.values import Kind
from tickets.handbook import Handbook
from tickets.message import Word, say
from tickets.tongue import Tongue

YUAN = "CNY"


def complaint_line(ticket: Ticket, handbook: Handbook, tongue: Tongue) -> Run:
    """Say how many steps of a complaint are done, and how it ended; nothing of another case."""
    if ticket.intake.kind is not Kind.COMPLAINT:
        return []
    steps = {step.key for step in handbook.complaints.checklist}
    done = len({one.step for one in ticket.complaint.ticked} & steps)
    outcome = ticket.complaint.outcome
    said: dict[str, Piece] = {"done": f"{done}/{len(steps)}"}
    if outcome is None:
        return weave(tongue, "card.complaint", **said)
    return weave(
        tongue, "card.complaint_ended", outcome=tongue(f"complaint_outcome.{outcome}"), **said
    )


def step_lines(ticket: Ticket, tongue: Tongue) -> Iterator[Run]:
    """Name each step that was ticked, by whom and when."""
    for one in ticket.complaint.ticked:
        yield weave(
            tongue,
            "details.step",
            step=tongue.of(say("complaint.step", step=Word(f"complaint_step.{one.step}"))),
            who=labels.person(one.by, tongue),
            at=one.at,
        )


def evidence_line(ticket: Ticket, handbook: Handbook, tongue: Tongue) -> Run:
    """Say what evidence is still owed while the work goes on (R18)."""
    lacking = lacking_evidence(ticket, handbook) if ticket.status.is_working else ()
    return weave(tongue, "card.evidence_owed", what=_listed(lacking, tongue)) if lacking else []


def _listed(words: tuple[Word, ...], tongue: Tongue) -> str:
    return tongue.of(say("complaint.evidence_named", what=words))


def money(amount: int, handbook: Handbook, tongue: Tongue) -> str:
    """Write an amount in hundredths as people do: `300 元`, `CNY 88.50`."""
    figure = f"{amount // 100:,}.{amount % 100:02}".removesuffix(".00")
    currency = handbook.compensation.currency
    if currency == YUAN:
        return tongue("money.yuan", amount=figure)
    return f"{currency} {figure}"


def currency_name(handbook: Handbook, tongue: Tongue) -> str:
    """Name the currency that amounts are asked for in: `元`, `USD`."""
    currency = handbook.compensation.currency
    return tongue("money.yuan_name") if currency == YUAN else currency
