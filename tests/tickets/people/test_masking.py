"""Personal numbers in free text are masked however they are typed; figures stay (R5, R6, R113; DESK.md 6)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tickets.people.personal_data import (
    ABROAD,
    LEFT_ALONE,
    around,
    cards,
    hotlines,
    identities,
    in_han,
    landlines,
    mails,
    mobiles,
    old_identities,
    spread,
)
from tickets.people.folding import folded, with_han_digits
from tickets.people.privacy import has_personal_data, redact

SHOWN = 4  # digits that a mask keeps
NUMBERS = st.one_of(
    spread(mobiles),
    spread(identities),
    spread(old_identities),
    spread(cards),
    spread(hotlines).filter(lambda typed: not {",", "，", "、"} & set(typed)),
    landlines,
    in_han(mobiles),
    st.sampled_from(ABROAD),
)


def digits_in(text: str) -> str:
    return "".join(c for c in with_han_digits(folded(text)) if c in "0123456789")


@given(NUMBERS, around, around)
@pytest.mark.requirement(6, 113)
def test_a_number_keeps_its_last_four_whatever_script_and_separators(
    typed: str, before: str, after: str
) -> None:
    clean = redact(f"{before}{typed}{after}")

    assert typed not in clean
    assert len(digits_in(clean)) <= SHOWN
    assert has_personal_data(f"{before}{typed}{after}")


@given(mails, around)
def test_an_address_keeps_its_first_letter_and_domain(mail: str, before: str) -> None:
    clean = redact(f"{before} {mail}")

    assert mail.partition("@")[0] + "@" not in clean
    assert "***@" in clean


@pytest.mark.parametrize("mail", ["anna＠example.com", "anna @ example.com", "anna[at]example.com"])
def test_an_address_in_disguise_is_one_too(mail: str) -> None:
    assert "anna" not in redact(f"邮箱{mail}，请回")


@pytest.mark.parametrize("figure", LEFT_ALONE)
@pytest.mark.parametrize("sentence", ["{}", "说明 {} 完", "客户称{}，{}。", "{}\n{}"])
def test_numbers_of_tickets_days_amounts_and_temperatures_stay(figure: str, sentence: str) -> None:
    text = sentence.format(figure, figure)

    assert redact(text) == text


@given(
    st.lists(st.dates(date(1900, 1, 1), date(2099, 12, 31)), min_size=1, max_size=4),
    st.lists(st.integers(0, 9999), max_size=6),
)
def test_days_and_small_figures_stay_together(days: list[date], figures: list[int]) -> None:
    text = "、".join([*map(str, days), *(f"{one} 元" for one in figures)])

    assert redact(text) == text


def test_a_local_number_is_one_after_a_word_for_telephones() -> None:
    assert redact("家里电话：6552 9988，订单 65529988") == "家里电话：****9988，订单 65529988"
    assert redact("电话里说 20231001 那天") == "电话里说 20231001 那天"


def test_two_numbers_side_by_side_leave_no_more_than_one_tail() -> None:
    assert redact("1591 138 1234 5678") == "****5678"


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-1234567890-abcdefABCDEF",
        "xoxe.xoxp-1-Mi0yLTEy",
        "xapp-1-A0B1-22-cafe",
        "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x",
        "https://hooks.slack.com/commands/T1/2/abc",
        "https://oapi.dingtalk.com/robot/send?access_token=0c23ab",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "postgresql://desk:hunter2hunter2@db/desk",
    ],
)
@pytest.mark.proves("X24")
def test_a_token_that_somebody_pastes_is_taken_out(secret: str) -> None:
    clean = redact(f"试试这个 {secret} 行吗")

    assert secret[-8:] not in clean.replace("b/desk", "")
    assert clean.startswith("试试这个 ") and clean.endswith(" 行吗")


@given(st.text(max_size=60), st.lists(st.text(min_size=2, max_size=6), max_size=2))
def test_masking_ends_whatever_the_names(text: str, names: list[str]) -> None:
    redact(text + "".join(names), names=names)
