"""What desk.yml says of callbacks: hours, questions, how far apart tries lie (R88–R90)."""

import pytest

from tests.bot.desk_config.files import EXAMPLE, load, mistakes_in
from tickets.handbook import Duration, QuestionKind, Span


@pytest.mark.requirement(90)
def test_without_a_section_the_procedures_own_questions_and_hours_hold():
    callbacks = load().handbook.callbacks

    assert [one.key for one in callbacks.questions] == [
        "efficiency",
        "solution",
        "attitude",
        "unmet_needs",
    ]
    assert callbacks.hours == (Span(540, 720), Span(840, 1200))
    assert callbacks.questions[0].words.in_("zh-Hant") == "處理效率"


def test_a_desk_asks_its_own_questions_in_its_own_hours():
    text = EXAMPLE + (
        "\ncallback:\n  hours: 10:00-11:30\n  between: 3h\n  questions:\n"
        "    - {key: again, words: 还会选择我们吗, kind: choice, choices: {sure: 会, never: 不会}}\n"
    )

    callbacks = load(text).handbook.callbacks

    assert callbacks.hours == (Span(600, 690),)
    assert callbacks.between == Duration(3, "h")
    (asked,) = callbacks.questions
    assert asked.kind is QuestionKind.CHOICE
    assert list(asked.choices) == ["sure", "never"]


def test_a_choice_without_choices_and_a_key_used_twice_are_mistakes():
    choice = EXAMPLE + "\ncallback: {questions: [{key: a, words: A, kind: choice}]}\n"
    twice = EXAMPLE + "\ncallback: {questions: [{key: a, words: A}, {key: a, words: B}]}\n"

    assert any("choices" in one for one in mistakes_in(choice))
    assert any("key of its own" in one for one in mistakes_in(twice))
