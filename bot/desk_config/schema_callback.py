"""The schema of callbacks: what is asked beside the score, in which hours, how far apart tries lie."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.desk_config.naming import Key
from bot.desk_config.notations import ClockTime, Spans
from bot.desk_config.schema_rules import Section, misfit
from bot.desk_config.schema_texts import AnyWords
from tickets.handbook import QuestionKind


class QuestionRow(Section):
    """A question of a callback, asked after the score, what was solved, and the customer's advice."""

    key: Key
    """Stays the same when the words change; answers and surveys are told apart by it."""
    words: AnyWords
    kind: QuestionKind = QuestionKind.SCALE
    """scale (1 to 5), choice, or text."""
    choices: dict[Key, AnyWords] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _choices_of_a_choice(self) -> Self:
        if (self.kind is QuestionKind.CHOICE) != bool(self.choices):
            raise misfit("expected choices for a question of kind choice, and for no other")
        return self


class Callback(Section):
    """待回访: how customers are asked for their opinion."""

    questions: Annotated[tuple[QuestionRow, ...], Field(max_length=10)] | None = None
    """Without it: efficiency, solution and attitude from 1 to 5, and needs that were not met."""
    hours: Spans | None = None
    """When customers may be called, every day; 09:00-12:00, 14:00-20:00 without it."""
    between: ClockTime | None = None
    """How far apart tries that nobody answered lie; 1h without it."""

    @model_validator(mode="after")
    def _different_keys(self) -> Self:
        keys = [row.key for row in self.questions or ()]
        if len(set(keys)) < len(keys):
            raise misfit("expected a key of its own for each question")
        return self
