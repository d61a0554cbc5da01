"""Ticket numbers as people type them."""

from datetime import date

import pytest

from handlers.numbers import first_number, read_number
from tickets.errors import NotFound

TODAY = date(2025, 9, 22)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("20250922003", "20250922003"),
        ("#20250922003", "20250922003"),
        ("20250922-003", "20250922003"),
        ("２０２５０９２２００３", "20250922003"),
        ("202509221000", "202509221000"),
        ("3", "20250922003"),
        ("003", "20250922003"),
        ("1000", "202509221000"),
        ("3.", "20250922003"),
    ],
)
def test_whole_numbers_and_todays_tails_are_read(typed: str, number: str) -> None:
    assert read_number(typed, today=TODAY) == number


@pytest.mark.parametrize(
    "typed", ["", "0", "20250922", "20251322003", "abc", "123456", "-", "-1", "３人"]
)
def test_anything_else_is_told_what_a_number_looks_like(typed: str) -> None:
    with pytest.raises(NotFound) as caught:
        read_number(typed, today=TODAY)

    assert caught.value.message.id == "command.number_unreadable"


@pytest.mark.parametrize(
    ("rest", "number", "left"),
    [
        ("3 customer called again", "20250922003", "customer called again"),
        ("3\u3000客户再次来电", "20250922003", "客户再次来电"),
        ("3客户再次来电", "20250922003", "客户再次来电"),
        ("20250922003：客户再次来电", "20250922003", "客户再次来电"),
        ("20250922-003 done", "20250922003", "done"),
    ],
)
def test_the_number_is_split_from_what_follows(rest: str, number: str, left: str) -> None:
    assert first_number(rest, today=TODAY) == (number, left)
