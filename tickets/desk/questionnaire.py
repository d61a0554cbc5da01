"""What customers answered in callbacks and surveys, for whoever counts the whole desk (R90, R91)."""

from tickets.case.values import PersonId
from tickets.desk.context import Desk
from tickets.desk.trade import counting_all
from tickets.insight.questionnaire import Tally, tallies
from tickets.insight.spans import Span


def questionnaire(desk: Desk, span: Span, *, by: PersonId) -> tuple[Tally, ...]:
    """Sum up the answers about the cases logged in a period. Raises Refused."""
    asked = [one.key for one in desk.handbook().callbacks.questions]
    with counting_all(desk, by=by) as unit:
        return tallies(unit.insight.answers(span.start, span.end), asked)
