"""《客户满意度调研表》 summed up: what customers answered to each question of a callback in a time (R90, R91)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tickets.case.values import Number
from tickets.insight.figures import Counted

SCORE = "score"
"""The question every callback asks: 满意度, 1 to 5."""
GOOD = 4  # and 5: satisfied (R86)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of a round: a grade, a choice, or words that stay sealed."""

    number: Number
    question: str
    scale: int | None = None
    choice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Everything answered to one question."""

    question: str
    scales: Mapping[int, int]  # how many gave each grade
    choices: Mapping[str, int]  # the most frequent first
    worded: tuple[Number, ...]  # cases with an answer in words, in the order given

    @property
    def n(self) -> int:
        """Count the answers."""
        return sum(self.scales.values()) + sum(self.choices.values()) + len(self.worded)

    @property
    def good(self) -> Counted:
        """Count the grades of 4 and 5 among all grades."""
        return Counted(
            sum(count for grade, count in self.scales.items() if grade >= GOOD),
            sum(self.scales.values()),
        )

    @property
    def mean_tenths(self) -> int | None:
        """Give the mean grade in tenths, half up; None without a grade."""
        n = sum(self.scales.values())
        total = sum(grade * count for grade, count in self.scales.items())
        return (20 * total + n) // (2 * n) if n else None


def tallies(answers: Iterable[Answer], asked: Sequence[str]) -> tuple[Tally, ...]:
    """Sum up by question: the score, the desk's own in their order, then what is asked no longer; unanswered ones are left out."""
    by_question: dict[str, list[Answer]] = {}
    for one in answers:
        by_question.setdefault(one.question, []).append(one)
    order = dict.fromkeys((SCORE, *asked, *sorted(by_question)))
    return tuple(_tally(key, by_question[key]) for key in order if key in by_question)


def _tally(question: str, answers: Sequence[Answer]) -> Tally:
    choices = Counter(one.choice for one in answers if one.choice is not None)
    return Tally(
        question=question,
        scales=Counter(one.scale for one in answers if one.scale is not None),
        choices=dict(choices.most_common()),
        worded=tuple(one.number for one in answers if one.scale is None and one.choice is None),
    )
