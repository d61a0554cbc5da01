"""The desk's further questions in the score form: scales, choices, words (R90, R91)."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block

from handlers.views.inputs import field, option, paragraph, select
from handlers.views.modal import Sheet
from tickets.handbook import Question, QuestionKind

SCALE = (5, 4, 3, 2, 1)  # as R86


def question_block(key: str) -> str:
    """Name the block of a question."""
    return f"question.{key}"


def questions(sheet: Sheet) -> Iterator[Block]:
    """Ask what desk.yml asks, each as it is answered; a customer need not answer any of it."""
    for one in sheet.handbook.callbacks.questions:
        label = one.words.in_(sheet.tongue.language)
        if one.kind is QuestionKind.TEXT:
            yield field(question_block(one.key), label, paragraph())
            continue
        offered = [option(value, words) for value, words in _answers(one, sheet)]
        yield field(question_block(one.key), label, select(offered))


def _answers(one: Question, sheet: Sheet) -> Iterator[tuple[str, str]]:
    if one.kind is QuestionKind.SCALE:
        return ((str(of), f"{of} · {sheet.tongue(f'satisfaction.{of}')}") for of in SCALE)
    return ((key, label.in_(sheet.tongue.language)) for key, label in one.choices.items())
