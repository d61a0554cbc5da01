"""What a desk asks of customers and keeps of them: intake, privacy, fields, tags, callbacks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from tickets.case.values import Kind
from tickets.handbook.clocks import Duration, Span
from tickets.handbook.words import Words

KEEP = Duration(3, "y")
BETWEEN_TRIES = Duration(1, "h")


@dataclass(frozen=True, slots=True)
class IntakeRules:
    """What the form refuses or hints at (R10–R14)."""

    vague_words: tuple[str, ...]
    spare: tuple[str, ...]  # never counted as vague
    forbidden: tuple[str, ...]  # 禁用语 (R13)
    repeat_within: timedelta
    opening: Words  # 开场白, with {company} and {staff_no}
    soothing: Words
    closing: Words


@dataclass(frozen=True, slots=True)
class Privacy:
    """How numbers are masked and how long records are kept."""

    phone_mask: str = "last4"  # or "prefix+last4"
    keep: Duration = KEEP
    mask_free_text: bool = True


@dataclass(frozen=True, slots=True)
class CustomerField:
    """A field of the trade on a customer's record (DESK.md 6)."""

    key: str
    name: Words
    type: str = "text"  # text number date choice
    choices: Mapping[str, Words] = field(default_factory=dict)
    private: bool = True  # shown only on reveal


@dataclass(frozen=True, slots=True)
class CustomerTag:
    """A tag the desk sets by itself once a customer has so many cases of a kind (R129)."""

    key: str
    name: Words
    kind: Kind
    at_least: int  # 以上 includes the number
    hint: Words | None = None  # shown to whoever takes the next call


class QuestionKind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"  # 1 to 5
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a callback beside the score, what was solved and the advice (R90)."""

    key: str
    words: Words
    kind: QuestionKind
    choices: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Callbacks:
    """What a callback asks and when it may be made, by clock time every day."""

    questions: tuple[Question, ...] = ()
    hours: tuple[Span, ...] = (Span(9 * 60, 12 * 60), Span(14 * 60, 20 * 60))
    between: Duration = BETWEEN_TRIES  # tries that nobody answered lie apart
