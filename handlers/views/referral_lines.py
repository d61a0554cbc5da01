"""How a case stands with authorities outside: which, under what number there, by when or since when answered."""

from collections.abc import Iterator

from handlers.views import labels
from handlers.views.modal import Sheet
from handlers.views.rich import Run, absolute, weave
from handlers.views.text import clip, one_line, visible
from tickets.case.authority import Referral

MOST = 10  # lines; the history has all
REFERENCE_LIMIT = 60


def referral_lines(sheet: Sheet) -> Iterator[Run]:
    """Give a line for each authority, what still waits first."""
    answered = [one for one in reversed(sheet.ticket.referrals) if one.answered_at]
    for one in [*sheet.ticket.unanswered, *answered][:MOST]:
        message = "details.referral_answered" if one.answered_at else "details.referral"
        yield weave(
            sheet.tongue,
            message,
            authority=_named(one, sheet),
            direction=sheet.tongue(f"direction.{one.direction}"),
            at=one.answered_at or one.due_at,
        )


def referral_words(one: Referral, sheet: Sheet) -> str:
    """Say on one plain line which authority waits for an answer by when."""
    due = absolute(one.due_at, sheet.tongue)
    return sheet.tongue("authority.said", authority=_named(one, sheet), due=due)


def _named(one: Referral, sheet: Sheet) -> str:
    """Name it with its own number."""
    name = labels.authority(one.authority, sheet.handbook, sheet.tongue)
    if not one.reference:
        return name
    reference = clip(one_line(visible(sheet.case.redact(one.reference))), REFERENCE_LIMIT)
    return sheet.tongue("authority.numbered", authority=name, reference=reference)
