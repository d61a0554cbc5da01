"""Where telephone numbers are looked for."""

from hypothesis import given
from hypothesis import strategies as st

from tickets.people import telephones as t

runs = st.lists(
    st.sampled_from(
        [*"0123456789", "86", "00", "400", "0571", "138", " ", "-", ".", ")", "(", "+"]
    ),
    max_size=30,
).map("".join)


@given(runs)
def test_no_number_is_passed_over_where_none_can_begin(plain: str) -> None:
    found = [one.span(1) for pattern in t._TELEPHONES for one in pattern.finditer(plain)]

    assert t._MAY_BEGIN.search(plain) or not found
