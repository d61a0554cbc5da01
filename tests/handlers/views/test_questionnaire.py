"""The summary of answers keeps within Slack's limits whatever was asked and answered."""

from datetime import date

from handlers.views.questionnaire import QUESTIONS, questionnaire_page
from tests.handlers.views.slack_rules import check_screen, shown
from tests.tickets.handbooks import a_handbook
from tickets.case.values import Number
from tickets.handbook import Handbook
from tickets.insight.questionnaire import SCORE, Tally
from tickets.insight.spans import between
from tickets.time.calendar import Calendar
from tickets.tongue import Tongue

SPAN = between(date(2025, 9, 1), date(2025, 9, 30), Calendar(a_handbook().calendar), key="2025-09")
assert SPAN


def full(question: str) -> Tally:
    return Tally(
        question=question,
        scales=dict.fromkeys(range(1, 6), 99_999),
        choices={f"{'选' * 200}{place}": 99_999 for place in range(100)},
        worded=tuple(Number(f"20250901{serial:03d}") for serial in range(1, 900)),
    )


def test_the_fullest_page_stands(handbook: Handbook, tongue: Tongue) -> None:
    found = [full(SCORE), *(full(f"{'问' * 200}{place}") for place in range(QUESTIONS + 5))]

    made = check_screen(questionnaire_page(found, SPAN, handbook=handbook, tongue=tongue))

    assert tongue("meeting.and_more", count=6) in shown(made)


def test_nothing_answered_is_said_so(handbook: Handbook, tongue: Tongue) -> None:
    made = check_screen(questionnaire_page([], SPAN, handbook=handbook, tongue=tongue))

    assert tongue("questionnaire.none") in shown(made)
