"""A sent form's values: read as what they must be, anything else refused in words."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.forms import Fields, fields_of
from tickets.case.values import Priority, Risk
from tickets.errors import DeskError, Incomplete


def one(**inside: Any) -> Fields:
    return Fields({"field": {"value": inside}})


def test_texts_come_as_typed_and_empty_ones_are_empty() -> None:
    assert one(value="  <!channel>\n第二行 ").text("field") == "  <!channel>\n第二行 "
    assert one(value=None).text("field") == ""
    assert Fields({}).text("field") == ""


def test_half_a_character_becomes_a_mark() -> None:
    assert one(value="坏\ud83d字 😀\x00").text("field") == "坏\ufffd字 😀\x00"


def test_a_text_that_must_be_there_is_asked_for_under_its_field() -> None:
    with pytest.raises(Incomplete) as caught:
        one(value="  \n ").required("field")

    assert caught.value.problems["field"].id == "field.missing"


def test_a_text_longer_than_slack_takes_is_asked_to_be_shorter() -> None:
    with pytest.raises(Incomplete) as caught:
        one(value="长" * 3001).text("field")

    assert caught.value.problems["field"].id == "field.too_long"


def test_picks_become_members_of_their_closed_set() -> None:
    picked = one(selected_option={"value": "P1"})
    several = one(selected_options=[{"value": "safety"}, {"value": "fraud"}])

    assert picked.choice("field", Priority) is Priority.P1
    assert several.choices("field", Risk) == {Risk.SAFETY, Risk.FRAUD}
    assert one(selected_option=None).choice("field", Priority) is None


def test_moments_are_aware_and_in_utc() -> None:
    read = one(selected_date_time=1_758_504_600).moment("field")

    assert read == datetime(2025, 9, 22, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("far", ["0001-01-01", "1899-12-31", "2100-01-01", "9999-12-31"])
def test_a_day_that_nobody_reckons_with_is_asked_for_anew(far: str) -> None:
    with pytest.raises(Incomplete) as asked:
        one(selected_date=far).day("field")

    assert asked.value.problems["field"].id == "field.day_out_of_reach"
    assert one(selected_date="2099-12-31").day("field") == date(2099, 12, 31)


TAMPERED = [
    (lambda f: f.choice("field", Priority), {"selected_option": {"value": "P9"}}),
    (lambda f: f.choice("field", Priority), {"selected_option": "P1"}),
    (lambda f: f.choice("field", Priority), {"selected_option": {"value": 1}}),
    (lambda f: f.choices("field", Risk), {"selected_options": {"value": "fraud"}}),
    (lambda f: f.choices("field", Risk), {"selected_options": [{"value": "boredom"}]}),
    (lambda f: f.text("field"), {"value": ["a"]}),
    (lambda f: f.moment("field"), {"selected_date_time": "tomorrow"}),
    (lambda f: f.moment("field"), {"selected_date_time": True}),
    (lambda f: f.moment("field"), {"selected_date_time": 10**18}),
    (lambda f: f.moment("field"), {"selected_date_time": -1}),
    (lambda f: f.person("field"), {"selected_user": "<!channel>"}),
    (lambda f: f.people("field"), {"selected_users": "U1"}),
    (lambda f: f.files("field"), {"files": [{"name": "no id"}]}),
]


@pytest.mark.parametrize(("read", "inside"), TAMPERED)
def test_what_no_form_of_ours_can_send_is_refused(read: Any, inside: dict[str, Any]) -> None:
    with pytest.raises(DeskError) as caught:
        read(one(**inside))

    assert caught.value.message.id == "error.tampered"


def anything() -> st.SearchStrategy[Any]:
    leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        ),
        max_leaves=8,
    )


KEYS = st.sampled_from(
    "value selected_option selected_options selected_user selected_users selected_date "
    "selected_date_time files".split()
)
READERS = ("text", "picked", "person", "people", "moment", "day", "files", "ticked", "required")


@given(
    st.sampled_from(READERS),
    anything() | st.fixed_dictionaries({"value": st.dictionaries(KEYS, anything())}),
)
def test_no_values_at_all_make_a_form_crash(reader: str, block: Any) -> None:
    json.dumps(block)
    try:
        getattr(Fields({"field": block}), reader)("field")
    except DeskError as refused:
        assert refused.message.id


@pytest.mark.parametrize("view", [{}, {"state": None}, {"state": {"values": []}}, {"state": []}])
def test_a_view_without_values_is_refused(view: dict[str, Any]) -> None:
    with pytest.raises(DeskError):
        fields_of(view)
