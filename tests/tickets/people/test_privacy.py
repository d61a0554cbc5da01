"""Masks and redaction: what may be seen of a customer."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.people.privacy import mask_email, mask_name, mask_phone, redact


@pytest.mark.requirement(5, 110)
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("李小红", "李*"),
        ("欧阳娜娜", "欧阳*"),
        ("歐陽修", "歐陽*"),
        ("John Smith", "J*** S."),
        ("Cher", "C***"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_names_keep_the_surname_or_initials(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.requirement(6)
@pytest.mark.parametrize(
    ("phone", "style", "shown"),
    [
        ("+8613812345678", "last4", "****5678"),
        ("+8613812345678", "prefix+last4", "138****5678"),
        ("010-6552 9988", "last4", "****9988"),
        ("12", "last4", "****"),
    ],
)
def test_numbers_keep_the_last_four(phone: str, style: str, shown: str) -> None:
    assert mask_phone(phone, style=style) == shown


def test_mail_keeps_its_first_letter_and_domain() -> None:
    assert mask_email("anna@example.com") == "a***@example.com"


@pytest.mark.parametrize(
    "secret",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "+86 138 1234 5678",
        "１３８１２３４５６７８",
        "010-65529988",
        "400-810-8888",
        "11010519491231002X",
        "4111 1111 1111 1111",
        "anna@example.com",
    ],
)
def test_personal_data_in_free_text_is_taken_out(secret: str) -> None:
    clean = redact(f"客户电话是{secret}，请回电")

    assert secret not in clean
    assert "请回电" in clean


@pytest.mark.parametrize(
    "kept", ["订单20931", "27℃", "2023-10-01", "A-20931", "30分钟", "20231001001"]
)
def test_what_names_nobody_stays(kept: str) -> None:
    assert redact(f"说明 {kept} 完") == f"说明 {kept} 完"


@given(st.text("王小明ab AB", min_size=2, max_size=4), st.text("王小明ab AB甲", max_size=30))
def test_a_name_is_found_where_a_pattern_finds_it(name: str, said: str) -> None:
    wanted = name.strip()
    found = re.search(re.escape(wanted), said, re.IGNORECASE) if len(wanted) > 1 else None

    assert (redact(said, names=[name]) != said) is (found is not None)


def test_this_customers_own_name_is_taken_out() -> None:
    assert redact("李小红来电，李小红很着急", names=("李小红",)) == "李*来电，李*很着急"


@given(st.text(), st.text(alphabet="0123456789", min_size=8, max_size=8))
def test_a_mobile_number_never_survives(text: str, tail: str) -> None:
    secret = f"138{tail}"

    assert secret not in redact(f"{text} {secret} {text}")


@given(st.text(max_size=300))
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    once = redact(text)

    assert redact(once) == once
