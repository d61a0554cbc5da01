"""The trade's own fields: what they take, what stays, what is shown to nobody (R130)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.errors import Incomplete
from tickets.handbook import CustomerField, Words
from tickets.people.own_fields import EMPTY, merged, read_own
from tickets.people.profile import Owned, as_code, as_lines, products_of, tags_of

pytestmark = pytest.mark.requirement(130)
NAME = Words({"en": "x"})
SEATS = CustomerField("seats", NAME, "number", private=False)
RENEWAL = CustomerField("renewal", NAME, "date", private=False)
RISK = CustomerField("risk", NAME, "choice", {"low": NAME, "high": NAME})
FIELDS = (SEATS, RENEWAL, RISK)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (SEATS, "1,200", "1200"),
        (SEATS, "１２", "12"),
        (RENEWAL, "2026/12/31", "2026-12-31"),
        (RISK, "low", "low"),
        (RISK, " ", ""),
    ],
)
def test_a_value_is_kept_in_one_form(field: CustomerField, typed: str, kept: str) -> None:
    assert read_own(field, typed) == kept


@pytest.mark.parametrize(
    ("field", "typed"),
    [(SEATS, "many"), (SEATS, "nan"), (RENEWAL, "2026-13-01"), (RISK, "wild")],
)
def test_what_does_not_fit_is_said_at_its_field(field: CustomerField, typed: str) -> None:
    with pytest.raises(Incomplete) as refused:
        merged(FIELDS, {}, {field.key: typed})

    assert set(refused.value.problems) == {field.key}


def test_a_private_field_left_empty_stays_and_is_emptied_on_purpose() -> None:
    kept = {"risk": "low", "seats": "5", "gone": "of an older file"}

    left = merged(FIELDS, kept, {"risk": "", "seats": ""})
    emptied = merged(FIELDS, kept, {"risk": EMPTY})

    assert left == {"risk": "low", "gone": "of an older file"}
    assert "risk" not in emptied


@pytest.mark.parametrize(
    ("typed", "code"),
    [("/1001", "1001"), (" c000123 ", "C000123"), ("＃1002", "1002"), ("KF-9", "KF-9")],
)
def test_an_id_is_read_as_people_write_it(typed: str, code: str) -> None:
    assert as_code(typed) == code


@pytest.mark.parametrize(
    "typed", ["", "13800138000", "李丽", "a b", "1234567", "X" * 17, "KF1234567"]
)
def test_a_long_number_or_a_name_is_no_id(typed: str) -> None:
    assert as_code(typed) is None


@given(st.lists(st.from_regex(r"[a-z甲乙]{1,8}", fullmatch=True), max_size=5))
def test_products_are_typed_as_they_are_shown(names: list[str]) -> None:
    owned = tuple(Owned(name, f"SN-{place}") for place, name in enumerate(names))

    assert products_of(as_lines(owned)) == owned


def test_tags_stand_once_each() -> None:
    assert tags_of("团购, 装修中、团购；\nVIP") == ("团购", "装修中", "VIP")
