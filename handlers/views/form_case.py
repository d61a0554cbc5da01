"""The form's part on the case: category, what happened, wish, urgency, feelings, risks, evidence (R8–R19)."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    InputBlock,
    Option,
    RadioButtonsElement,
)
from slack_sdk.models.blocks.block_elements import FileInputElement

from handlers.views import labels
from handlers.views.form_complaint import complaint_fields
from handlers.views.form_customer import tick
from handlers.views.form_fields import FIELD_BLOCKS, description_block, second_level_block
from handlers.views.ids import VALUE, ActionId
from handlers.views.inputs import (
    field,
    line,
    moment,
    option,
    paragraph,
    radio,
    select,
    sendable,
    ticks,
)
from handlers.views.soothing import soothing
from handlers.views.text import one_line, pieces, plain
from tickets.case.intake import Intake
from tickets.case.values import Emotion, Impact, PersonId, Priority, Risk
from tickets.handbook import Category, Handbook
from tickets.tongue import Tongue

MOST_FILES = 10  # SLACK.md 2.1
MOST_PARTS = (
    12  # of a description that came by prefill: 36,000 characters, nearly all Slack passes on
)


def case_fields(
    values: Intake, by: PersonId, *, handbook: Handbook, tongue: Tongue
) -> Iterator[Block]:
    """Ask what the case is, in the order people tell it."""
    yield from _category(values, handbook, tongue)
    yield from _description(values, tongue)
    yield _words("when", values.when, tongue)
    yield _words("where", values.where, tongue)
    yield _words("expectation", values.expectation, tongue, hint=tongue("form.expectation_hint"))
    yield field(FIELD_BLOCKS["expected_by"], tongue("form.expected_by"), moment(values.expected_by))
    yield _words("product", values.product, tongue)
    yield _words("order_no", values.order_no, tongue)
    yield field(
        FIELD_BLOCKS["urgency"],
        tongue("form.urgency"),
        _urgencies(values, handbook, tongue),
        optional=False,
        dispatch=True,
    )
    yield from _judgement(values, by, handbook, tongue)
    yield from complaint_fields(values, handbook, tongue)
    yield tick("needs_customer", ticked=values.needs_customer, tongue=tongue)
    yield tick("known_issue", ticked=values.known_issue, tongue=tongue)
    yield field(
        FIELD_BLOCKS["evidence"],
        tongue("form.evidence"),
        FileInputElement(action_id=VALUE, max_files=MOST_FILES),
        hint=tongue("form.evidence_hint"),
    )
    yield from _without(values, handbook, tongue)
    yield field(FIELD_BLOCKS["remarks"], tongue("form.remarks"), paragraph(values.remarks))


def _without(values: Intake, handbook: Handbook, tongue: Tongue) -> Iterator[InputBlock]:
    """Ask why evidence comes later, where the category picked asks for some (R18)."""
    first = handbook.categories.get(values.category.partition("/")[0])
    sub = handbook.subcategory(values.category)
    asking = [sub] if sub else first.sub.values() if first else ()
    if any(one.required_evidence for one in asking):
        yield field(
            FIELD_BLOCKS["evidence_without"],
            tongue("form.evidence_without"),
            line(values.evidence_without),
            hint=tongue("form.evidence_without_hint"),
        )


def category_options(
    handbook: Handbook, tongue: Tongue
) -> tuple[tuple[str, Sequence[Option]], ...]:
    """Offer every second level under its first."""
    return tuple(
        (one_line(first.name.in_(tongue.language)), _seconds(first, tongue))
        for first in handbook.categories.values()
    )


def _seconds(first: Category, tongue: Tongue) -> list[Option]:
    return [option(key, one_line(sub.name.in_(tongue.language))) for key, sub in first.sub.items()]


def _category(values: Intake, handbook: Handbook, tongue: Tongue) -> Iterator[Block]:
    chosen = values.category.partition("/")[0]
    firsts = [
        option(key, one_line(first.name.in_(tongue.language)))
        for key, first in handbook.categories.items()
    ]
    yield field(
        FIELD_BLOCKS["category"],
        tongue("form.category"),
        select(
            firsts,
            chosen,
            placeholder=tongue("form.category_pick"),
            action_id=ActionId.FORM_CATEGORY,
        ),
        optional=False,
        dispatch=True,
    )
    first = handbook.categories.get(chosen)
    if first is None:
        yield ContextBlock(elements=[plain(tongue("form.second_level_follows"))])
        return
    yield field(
        second_level_block(chosen),
        tongue("form.second_level"),
        select(
            _seconds(first, tongue),
            values.category,
            placeholder=tongue("form.category_pick"),
            action_id=ActionId.FORM_SECOND,
        ),
        optional=False,
        dispatch=True,
    )


def _description(values: Intake, tongue: Tongue) -> Iterator[InputBlock]:
    """One field; more only where a prefill is longer than Slack lets one field be."""
    parts = list(pieces(sendable(values.description)))[:MOST_PARTS] or [""]
    placeholder = tongue("form.description_example")
    yield field(
        description_block(1),
        tongue("form.description"),
        paragraph(parts[0], placeholder=placeholder),
        hint=tongue("form.description_hint"),
        optional=False,
    )
    for place, part in enumerate(parts[1:], start=2):
        label = tongue("form.description_more", part=place)
        yield field(description_block(place), label, paragraph(part))


def _words(name: str, typed: str, tongue: Tongue, *, hint: str = "") -> InputBlock:
    example = tongue(f"form.{name}_example")
    element = line(typed, placeholder=example)
    return field(FIELD_BLOCKS[name], tongue(f"form.{name}"), element, hint=hint)


def _urgencies(values: Intake, handbook: Handbook, tongue: Tongue) -> RadioButtonsElement:
    """Offer the three grades, each with one line on what it means (R15)."""
    offered = [
        option(one, labels.priority(one, handbook, tongue), tongue(f"form.urgency_{one}"))
        for one in Priority
    ]
    return radio(offered, values.urgency or "", action_id=ActionId.FORM_URGENCY)


def _judgement(values: Intake, by: PersonId, handbook: Handbook, tongue: Tongue) -> Iterator[Block]:
    emotions = [option(one, tongue(f"emotion.{one}")) for one in Emotion]
    felt = radio(emotions, values.emotion, action_id=ActionId.FORM_EMOTION)
    yield field(FIELD_BLOCKS["emotion"], tongue("form.emotion"), felt, dispatch=True)
    sub = handbook.subcategory(values.category)
    yield from soothing(
        values.emotion,
        category=values.category,
        kind=sub.kind if sub else "",
        by=by,
        handbook=handbook,
        tongue=tongue,
    )
    risks = [option(one, tongue(f"risk.{one}")) for one in Risk]
    yield field(
        FIELD_BLOCKS["risks"],
        tongue("form.risks"),
        ticks(risks, values.risks),
        hint=tongue("form.risks_hint"),
    )
    impacts = [option(one, tongue(f"impact.{one}")) for one in Impact]
    yield field(FIELD_BLOCKS["impact"], tongue("form.impact"), radio(impacts, values.impact))
