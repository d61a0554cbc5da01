"""The schema of the desk's own words: names, labels, intake words, templates, own fields."""

from functools import partial
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from bot.desk_config.naming import CaseRef, Key, Name
from bot.desk_config.notations import ClockTime, Many, Text, placed_text, told
from bot.desk_config.schema_rules import Section, misfit
from bot.desk_config.words import words
from tickets.case.values import Kind, Priority
from tickets.handbook import Words

SCRIPT_PLACES = ("company", "staff_no")
TEMPLATE_PLACES = (
    "number", "customer", "category", "product", "order_no", "description", "plan", "finish_by",
    "done", "result", "prevention", "due", "hours", "company", "staff_no",
)  # fmt: skip

Evidence = Literal["screenshot", "photo", "recording", "chat_log", "document"]

Script = Annotated[Text, AfterValidator(told(partial(placed_text, places=SCRIPT_PLACES)))]
Template = Annotated[Text, AfterValidator(told(partial(placed_text, places=TEMPLATE_PLACES)))]


class LongWords(Section):
    """Words by language; `zh` serves both scripts, Traditional being made from it."""

    zh: Name | None = None
    hans: Name | None = Field(None, alias="zh-Hans")
    hant: Name | None = Field(None, alias="zh-Hant")
    en: Name | None = None

    @model_validator(mode="after")
    def _some_language(self) -> Self:
        if not (self.zh or self.hans or self.hant or self.en):
            raise misfit("expected words in at least one of zh, zh-Hans, zh-Hant, en")
        return self

    def words(self) -> Words:
        """Give them by language."""
        return words(zh=self.zh, hans=self.hans, hant=self.hant, en=self.en)


class LongScript(LongWords):
    """Sentences an agent says, with {company} and {staff_no}."""

    zh: Script | None = None
    hans: Script | None = Field(None, alias="zh-Hans")
    hant: Script | None = Field(None, alias="zh-Hant")
    en: Script | None = None


class LongTemplate(LongWords):
    """A text for customers, with places such as {number} and {result}."""

    zh: Template | None = None
    hans: Template | None = Field(None, alias="zh-Hans")
    hant: Template | None = Field(None, alias="zh-Hant")
    en: Template | None = None


def _long(raw: object) -> object:
    return {"zh": raw, "en": raw} if isinstance(raw, str) else raw


AnyWords = Annotated[LongWords, BeforeValidator(_long, json_schema_input_type=Name | LongWords)]
AnyScript = Annotated[LongScript, BeforeValidator(_long, json_schema_input_type=Text | LongScript)]
AnyTemplate = Annotated[
    LongTemplate, BeforeValidator(_long, json_schema_input_type=Text | LongTemplate)
]


class CaseTemplate(LongTemplate):
    """A text for customers, and its own wording for some categories or kinds."""

    by: dict[CaseRef, AnyTemplate] = Field(default_factory=dict)
    """By category (`after_sales/fault`, `after_sales`) or kind (`complaint`); the narrowest one is taken."""


AnyCaseTemplate = Annotated[
    CaseTemplate, BeforeValidator(_long, json_schema_input_type=Text | CaseTemplate)
]


class SubCategoryRow(LongWords):
    """A category of the second level: its words and the conditions it sets."""

    kind: Kind | None = None
    """Where it differs from the first level's."""
    needs_customer: bool | None = None
    """The customer must do something too, e.g. be at home for a visit."""
    required: Many[Evidence] | None = None
    """Evidence without which a case is not passed on."""


AnySubCategory = Annotated[
    SubCategoryRow, BeforeValidator(_long, json_schema_input_type=Name | SubCategoryRow)
]


class CategoryRow(Section):
    """A category of the first level; its conditions hold for the second unless set there."""

    name: AnyWords
    kind: Kind
    needs_customer: bool = False
    required: Many[Evidence] = ()
    sub: Annotated[dict[Key, AnySubCategory], Field(min_length=1)]


StatusWord = Literal[
    "new",
    "assigned",
    "accepted",
    "in_progress",
    "waiting_customer",
    "on_hold",
    "resolved",
    "confirmed",
    "follow_up",
    "closed",
    "invalid",
    "merged",
    "archived",
]
"""What a status may be shown as: `assigned` is a face of new, `confirmed` of resolved (tickets/case/shown.py)."""


class Labels(Section):
    """This desk's words for the one model inside."""

    priority: dict[Priority, AnyWords] = Field(default_factory=dict)
    """Words for P1, P2, P3."""
    status: dict[StatusWord, AnyWords] = Field(default_factory=dict)
    """Words for statuses such as accepted; `assigned` is new with an assignee, `confirmed` resolved and confirmed by the customer."""
    fields: dict[Key, AnyWords] = Field(default_factory=dict)
    """Words for the fields of a ticket on forms and pages: description, expectation, category, measures, result …"""


class WordLists(Section):
    """Lists of words by language."""

    zh: Many[Name] = ()
    hans: Many[Name] = Field((), alias="zh-Hans")
    hant: Many[Name] = Field((), alias="zh-Hant")
    en: Many[Name] = ()


def _long_list(raw: object) -> object:
    return {"zh": raw} if isinstance(raw, str | list) else raw


AnyWordList = Annotated[
    WordLists, BeforeValidator(_long_list, json_schema_input_type=list[Name] | WordLists)
]


class Intake(Section):
    """What the form refuses, flags and offers."""

    vague_words: AnyWordList = WordLists()
    """Refused in a description, besides 大概, 可能 and 好像."""
    spare: AnyWordList = WordLists()
    """Longer words that hold a vague one and are fine, such as 不可能."""
    forbidden: AnyWordList = WordLists()
    """Phrases an agent never says; flagged in texts to customers."""
    repeat_within: ClockTime | None = None
    """How far back the same customer and category count as a repeat."""
    opening: AnyScript | None = None
    """开场白, with {company} and {staff_no}."""
    soothing: AnyScript | None = None
    """安抚语."""
    closing: AnyScript | None = None
    """结束语."""


class CustomerField(Section):
    """A field of the trade on the customer's record."""

    name: AnyWords
    type: Literal["text", "number", "date", "choice"] = "text"
    choices: dict[Key, AnyWords] = Field(default_factory=dict)
    private: bool = True
    """Shown only on reveal."""

    @model_validator(mode="after")
    def _choices_where_chosen(self) -> Self:
        if (self.type == "choice") != bool(self.choices):
            raise misfit("expected 'choices' with 'type: choice', and only there")
        return self


class CustomerTag(Section):
    """A tag the desk sets by itself once a customer has so many cases of a kind."""

    name: AnyWords
    kind: Kind = Kind.COMPLAINT
    at_least: Annotated[int, Field(ge=1, le=100)]
    """Merged and invalid cases do not count."""
    hint: AnyScript | None = None
    """What whoever takes the next call should know."""


class Customer(Section):
    """What this desk keeps of its customers beyond the model."""

    fields: dict[Key, CustomerField] = Field(default_factory=dict)
    tags: dict[Key, CustomerTag] | None = None
    """Tags the desk sets by itself; without the key: 重点跟进 from the third complaint on."""
