"""From the schema to what a callback asks and when it may be made."""

from dataclasses import replace

from bot.desk_config.schema_callback import Callback
from bot.desk_config.words import words
from tickets.handbook import Callbacks, Duration, Question, QuestionKind

_STANDARD = (
    ("efficiency", "处理效率", "How fast it was handled", QuestionKind.SCALE),
    ("solution", "解决方案", "The solution", QuestionKind.SCALE),
    ("attitude", "服务态度", "How you were treated", QuestionKind.SCALE),
    ("unmet_needs", "还有哪些需求没有得到满足", "Needs that were not met", QuestionKind.TEXT),
)  # R90, 《客户满意度调研表》; whether it was solved, the score and the advice of R89 are always asked


def callbacks_of(section: Callback) -> Callbacks:
    """Make what a callback asks; what the desk does not say is as the procedures have it."""
    made = Callbacks(questions=_questions(section))
    if section.hours is not None:
        made = replace(made, hours=section.hours)
    between = section.between
    return made if not isinstance(between, Duration) else replace(made, between=between)


def _questions(section: Callback) -> tuple[Question, ...]:
    if section.questions is None:
        return tuple(
            Question(key, words(zh=zh, hans=None, hant=None, en=en), kind)
            for key, zh, en, kind in _STANDARD
        )
    return tuple(
        Question(
            key=row.key,
            words=row.words.words(),
            kind=row.kind,
            choices={key: label.words() for key, label in row.choices.items()},
        )
        for row in section.questions
    )
