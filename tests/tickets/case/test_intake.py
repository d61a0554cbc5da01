"""What the form refuses, and what it only hints at (R2–R19, DESK.md 1)."""

from dataclasses import replace

import pytest

from tests.tickets.builders import NINE, hours, minutes
from tests.tickets.handbooks import a_handbook
from tickets.case.intake import Intake, check
from tickets.case.values import Priority

GOOD = Intake(
    name="李小红",
    phone="13812345678",
    received_at=NINE,
    category="after_sales/fault",
    description="空调制冷效果差，运行30分钟后出风口仍为27℃",
    expectation="48小时内上门检修",
    urgency=Priority.P1,
)


def problems(intake: Intake, *, phone_is_valid: bool = True) -> dict[str, str]:
    found = check(
        intake, a_handbook(), now=NINE + minutes(5), phone_is_valid=phone_is_valid
    ).problems
    return {field: message.id for field, message in found.items()}


def test_a_complete_form_is_taken() -> None:
    assert problems(GOOD) == {}


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": "", "phone": ""}, "name", "intake.name_or_anonymous"),
        ({"category": ""}, "category", "intake.category_missing"),
        ({"category": "after_sales/unknown"}, "category", "intake.category_missing"),
        ({"urgency": None}, "urgency", "intake.urgency_missing"),
        ({"description": "空调不制冷"}, "description", "intake.description_short"),
        ({"description": "空调好像不太冷，运行30分钟了"}, "description", "intake.vague"),
        ({"answered_with": "大概修好了，请放心使用"}, "answered_with", "intake.vague"),
        ({"expectation": ""}, "expectation", "intake.expectation_missing"),
        ({"received_at": NINE + hours(2)}, "received_at", "intake.received_in_future"),
        ({"expected_by": NINE - hours(2)}, "expected_by", "intake.expected_in_past"),
        ({"email": "nobody"}, "email", "intake.email_not_an_address"),
        (
            {"answered_with": "已答复客户", "invalid_note": "骚扰"},
            "invalid_note",
            "intake.answered_or_invalid",
        ),
    ],
)
def test_what_must_be_mended_is_said_under_its_field(changes, field: str, message: str) -> None:
    assert problems(replace(GOOD, **changes)) == {field: message}


def test_a_number_that_is_none_is_refused() -> None:
    assert problems(GOOD, phone_is_valid=False) == {"phone": "intake.phone_not_a_number"}


@pytest.mark.requirement(18)
def test_a_complaint_needs_a_contact_unless_the_customer_withholds_it() -> None:
    complaint = replace(GOOD, category="complaint/service_quality", phone="")

    assert problems(complaint) == {"phone": "intake.complaint_needs_contact"}
    assert problems(replace(complaint, withholds_contact=True)) == {}


def test_other_cases_may_be_anonymous() -> None:
    inquiry = replace(
        GOOD, name="", phone="", anonymous=True, category="inquiry/usage", expectation=""
    )

    assert problems(inquiry) == {}


@pytest.mark.requirement(10, 12)
def test_when_where_and_read_back_are_hints_not_refusals() -> None:
    checked = check(GOOD, a_handbook(), now=NINE, phone_is_valid=True)

    assert [hint.id for hint in checked.hints] == [
        "intake.hint_when",
        "intake.hint_where",
        "intake.hint_read_back",
    ]


@pytest.mark.requirement(13)
def test_a_forbidden_phrase_is_pointed_out() -> None:
    said = replace(
        GOOD, when="昨天", where="客厅", read_back=True, remarks="已告知这不是我们的问题"
    )

    checked = check(said, a_handbook(), now=NINE, phone_is_valid=True)

    assert [hint.id for hint in checked.hints] == ["intake.hint_forbidden"]
