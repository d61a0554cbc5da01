"""What customers answered, summed up by question: nothing is lost, nothing is made up (R90)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.case.values import Number
from tickets.insight.figures import Counted
from tickets.insight.questionnaire import SCORE, Answer, tallies

N = Number("20261124001")
ANSWERS = st.builds(
    Answer,
    number=st.sampled_from([N, Number("20261124002")]),
    question=st.sampled_from([SCORE, "attitude", "again", "gone"]),
    scale=st.none() | st.integers(1, 5),
    choice=st.none() | st.sampled_from(["yes", "no"]),
).filter(lambda one: one.scale is None or one.choice is None)


def graded(question: str, *grades: int) -> list[Answer]:
    return [Answer(number=N, question=question, scale=one) for one in grades]


@pytest.mark.requirement(90)
def test_a_question_has_its_mean_and_who_was_satisfied() -> None:
    (one,) = tallies(graded("attitude", 5, 4, 4, 1), ["attitude"])

    assert (one.n, one.mean_tenths, one.good) == (4, 35, Counted(3, 4))
    assert dict(one.scales) == {5: 1, 4: 2, 1: 1}


@pytest.mark.parametrize(
    ("grades", "tenths"), [((5,), 50), ((1, 2), 15), ((4, 4, 5), 43), ((1, 1, 1, 2), 13)]
)
def test_a_mean_is_half_up(grades: tuple[int, ...], tenths: int) -> None:
    assert tallies(graded(SCORE, *grades), [])[0].mean_tenths == tenths


def test_the_score_comes_first_then_the_desks_order_then_what_is_asked_no_longer() -> None:
    answers = [*graded("gone", 3), *graded("b", 3), *graded("a", 3), *graded(SCORE, 3)]

    assert [one.question for one in tallies(answers, ["b", "never", "a"])] == [
        SCORE,
        "b",
        "a",
        "gone",
    ]


@given(st.lists(ANSWERS))
def test_every_answer_is_counted_once(answers: list[Answer]) -> None:
    found = tallies(answers, ["attitude"])

    assert sum(one.n for one in found) == len(answers)
    for one in found:
        mine = [each for each in answers if each.question == one.question]
        assert one.n == len(mine)
        assert one.worded == tuple(e.number for e in mine if e.scale is None and e.choice is None)
        if one.mean_tenths is not None:
            assert 10 * min(one.scales) <= one.mean_tenths <= 10 * max(one.scales)
