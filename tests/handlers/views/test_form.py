from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.views.form import Around, form, quick_form
from handlers.views.form_fields import (
    FIELD_BLOCKS,
    block_of,
    description_block,
    field_of,
    quick_block_of,
    second_level_block,
)
from handlers.views.form_repeat import Repeat
from handlers.views.meta import pack, unpack
from tests.handlers.views.conftest import ANN, NOON
from tests.handlers.views.hostile import texts
from tests.handlers.views.slack_rules import Json, check_view, nodes, said
from tickets.case.intake import Intake
from tickets.case.values import ContactChannel, CustomerType, Number, Priority, Risk, Salutation
from tickets.handbook import Handbook
from tickets.message import say
from tickets.tongue import Tongue

EMPTY = Intake(received_at=NOON)
PLAIN = Around(by=ANN, opened_at=NOON)
FULL = Intake(
    name="李女士",
    salutation=Salutation.MS,
    phone="13800135678",
    email="li@example.com",
    preferred_channel=ContactChannel.PHONE,
    anonymous=True,
    withholds_contact=True,
    customer_type=CustomerType.VIP,
    customer_level="gold",
    elderly=True,
    contact_channel=ContactChannel.EMAIL,
    received_at=NOON,
    category="after_sales/fault",
    description="The air conditioner cools badly.",
    when="since Monday",
    where="living room",
    expectation="repair",
    expected_by=NOON + timedelta(days=1),
    product="KF-35",
    order_no="A-20931",
    urgency=Priority.P1,
    risks=frozenset({Risk.SAFETY}),
    needs_customer=True,
    known_issue=True,
    remarks="dog in the yard",
    read_back=True,
    answered_with="told how",
    invalid_note="none",
)


def show(
    handbook: Handbook, tongue: Tongue, values: Intake = EMPTY, around: Around = PLAIN
) -> Json:
    return check_view(form(values, around, handbook=handbook, tongue=tongue))


def block(view: Json, block_id: str) -> Json:
    return next(one for one in view["blocks"] if one.get("block_id") == block_id)


def ids(view: Json) -> list[str]:
    return [one["block_id"] for one in view["blocks"] if "block_id" in one]


def typed(element: Json) -> Any:
    """Give what already stands in an input."""
    chosen = element.get("initial_option", {}).get("value")
    ticked = [one["value"] for one in element.get("initial_options", ())]
    moment = element.get("initial_date_time")
    return element.get("initial_value") or chosen or ticked or moment


def test_every_typed_field_of_the_intake_has_a_block(handbook: Handbook, tongue: Tongue) -> None:
    view = show(handbook, tongue, replace(EMPTY, category="complaint"))

    asked = {one.name for one in fields(Intake)} - {"customer_id", "linked_to", "fast_lane"}
    assert asked == set(FIELD_BLOCKS)
    assert set(FIELD_BLOCKS.values()) - {"form.evidence_without"} <= set(ids(view))


def test_what_was_typed_stands_in_its_field_again(handbook: Handbook, english: Tongue) -> None:
    view = show(handbook, english, FULL)

    standing = {
        field_of(one["block_id"]): typed(one["element"])
        for one in view["blocks"]
        if one["type"] == "input" and one["block_id"] != block_of("category")
    }
    assert standing.pop("evidence") is None
    assert standing["category"] == "after_sales/fault"
    assert standing["received_at"] == int(NOON.timestamp())
    assert standing["risks"] == ["safety"]
    assert standing["anonymous"] == ["yes"]
    assert standing["description"] == "The air conditioner cools badly."
    assert all(standing.values()), standing


def test_the_fields_stand_in_the_order_of_the_call(handbook: Handbook, english: Tongue) -> None:
    places = ids(show(handbook, english, replace(FULL, category="after_sales")))

    order = ["form.opening", "form.name", "form.customer_type", "form.contact_channel"]
    order += ["form.category", "form.category.after_sales", "form.description", "form.when"]
    order += ["form.expectation", "form.product", "form.urgency", "form.emotion", "form.risks"]
    order += ["form.needs_customer", "form.evidence", "form.remarks", "form.read_back"]
    order += ["form.answered_with", "form.invalid_note"]
    assert [one for one in places if one in order] == order


def test_the_second_level_follows_the_first_and_loses_only_itself(
    handbook: Handbook, english: Tongue
) -> None:
    one = show(handbook, english, replace(FULL, category="after_sales/fault"))
    other = show(handbook, english, replace(FULL, category="complaint"))

    seconds = block(other, second_level_block("complaint"))["element"]
    assert [option["value"] for option in seconds["options"]] == ["complaint/service_quality"]
    assert "initial_option" not in seconds
    of_complaints = {"form.complaint_type", "form.authority", "form.authority_no"}
    assert set(ids(one)) ^ set(ids(other)) == {
        "form.category.after_sales",
        "form.category.complaint",
        "form.authority_due",
        *of_complaints,
    }


def test_category_what_happened_and_urgency_are_required(
    handbook: Handbook, english: Tongue
) -> None:
    view = show(handbook, english, FULL)

    required = {
        field_of(one["block_id"])
        for one in view["blocks"]
        if one["type"] == "input" and not one["optional"]
    }
    assert required == {"category", "description", "urgency", "contact_channel", "received_at"}


def test_a_wish_that_some_cases_need_says_so_before_it_is_refused(
    handbook: Handbook, tongue: Tongue
) -> None:
    view = show(handbook, tongue, FULL)

    (wish,) = [one for one in view["blocks"] if one.get("block_id") == "form.expectation"]
    assert wish["hint"]["text"] == tongue("form.expectation_hint")


@pytest.mark.requirement(13)
def test_the_opening_words_are_folded_and_name_company_and_staff_number(
    handbook: Handbook, english: Tongue
) -> None:
    folded = show(handbook, english)
    shown = show(handbook, english, around=replace(PLAIN, opening_shown=True))

    assert "staff number" not in said(folded["blocks"])
    assert "Hello, this is Service desk, staff number A102." in said(shown["blocks"])
    assert "Thank you for calling Service desk." in said(folded["blocks"])
    assert unpack(shown["private_metadata"])["opening"] == 1


def test_a_carried_customer_is_masked_and_not_asked_again(
    handbook: Handbook, english: Tongue
) -> None:
    around = replace(PLAIN, carried_from=Number("20250922003"), carried="李*女士 ****5678")

    view = show(handbook, english, replace(EMPTY, phone="13800135678"), around)

    assert "李*女士 ****5678" in said(view["blocks"])
    assert "form.phone" not in ids(view) and "form.name" not in ids(view)
    assert "13800135678" not in str(view)
    assert unpack(view["private_metadata"])["carried"] == "20250922003"


@pytest.mark.parametrize("told", [NOON, None])
def test_a_repeat_is_offered_at_once_with_its_three_ways(
    told: Any, handbook: Handbook, tongue: Tongue
) -> None:
    repeat = Repeat(
        number=Number("20250828004"), category="after_sales/fault", received_at=NOON, told_at=told
    )

    view = show(handbook, tongue, around=replace(PLAIN, repeat=repeat))

    assert "20250828004" in said(view["blocks"])
    pressed = [node["action_id"] for node in nodes(view) if node.get("type") == "button"]
    assert pressed[:3] == ["form.resend", "form.link", "form.new_case"]


def test_hints_are_shown_but_are_no_errors(handbook: Handbook, tongue: Tongue) -> None:
    hints = (say("form.no_staff_no"), say("form.second_level_follows"))

    view = show(handbook, tongue, around=replace(PLAIN, hints=hints))

    assert all(tongue.of(hint) in said(view["blocks"]) for hint in hints)


def test_a_prefill_longer_than_a_field_goes_on_in_the_next(
    handbook: Handbook, english: Tongue
) -> None:
    text = "汉" * 3000 + "字" * 3000 + "。"

    view = show(handbook, english, replace(EMPTY, description=text))

    parts = [typed(block(view, description_block(place))["element"]) for place in (1, 2, 3)]
    assert "".join(parts) == text
    assert field_of(description_block(2)) == "description"
    assert description_block(2) not in ids(show(handbook, english))


def test_an_error_stands_where_the_field_is() -> None:
    assert block_of("phone") == "form.phone"
    assert block_of("category", "") == "form.category"
    assert block_of("category", "after_sales") == "form.category.after_sales"
    assert block_of("unheard_of") == "form.name"
    assert quick_block_of("phone") == "quick.category"


def test_the_quick_form_asks_three_things(handbook: Handbook, tongue: Tongue) -> None:
    view = check_view(quick_form(EMPTY, opened_at=NOON, handbook=handbook, tongue=tongue))

    asked = [one for one in view["blocks"] if one["type"] == "input"]
    assert [one["block_id"] for one in asked] == [
        "quick.category",
        "quick.description",
        "quick.answered_with",
    ]
    assert all(not one["optional"] for one in asked)


TEXTS = [one.name for one in fields(Intake) if one.type in {"str", str} and one.name != "category"]


@given(
    values=st.fixed_dictionaries(dict.fromkeys(TEXTS, texts)), carried=texts, shown=st.booleans()
)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_was_typed_the_form_can_be_shown_again(
    values: dict[str, str], carried: str, shown: bool, handbook: Handbook, english: Tongue
) -> None:
    around = replace(PLAIN, carried=carried, opening_shown=shown)

    show(handbook, english, replace(FULL, **values), around)


@given(texts)
def test_memory_that_was_tampered_with_gives_nothing_worse_than_nothing(packed: str) -> None:
    assert isinstance(unpack(packed), dict)


def test_memory_is_opaque_and_bounded() -> None:
    assert unpack(pack(n="20250922003", page=2, none=None, empty="")) == {
        "n": "20250922003",
        "page": 2,
    }
    assert unpack('{"n": {"deep": 1}, "m": true, "k": "v"}') == {"k": "v"}
    assert unpack("[" * 1500) == {}
    with pytest.raises(ValueError):
        pack(n="x" * 3000)
