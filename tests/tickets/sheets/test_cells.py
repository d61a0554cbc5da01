"""What cells say of people: masks are kept for showing and never taken for numbers (notes on the lost stars)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.phones import NumberingPlans
from tickets.case.values import Salutation
from tickets.people.privacy import mask_phone
from tickets.sheets.cells import Contact, read_contact, read_customer, read_name, read_owner
from tickets.sheets.numbers import as_number


@pytest.mark.requirement(6)
@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("138****5678", "138****5678"),
        ("138＊＊＊＊5678", "138****5678"),
        ("1385678", "138****5678"),
        ("电话：138xxxx5678", "138****5678"),
        ("****5678", "****5678"),
        ("5678", "****5678"),
        ("138", "138****"),
        ("1.38E+10", "138****"),
    ],
)
def test_what_lost_its_stars_is_masked(text: str, masked: str) -> None:
    assert read_contact(text) == Contact(masked=masked)


def test_a_whole_number_and_an_address_stay_what_they_are() -> None:
    assert read_contact("联系电话: 138 1234 5678").phone == "138 1234 5678"
    assert read_contact("zhang@example.com / 13812345678") == Contact(
        "13812345678", "zhang@example.com"
    )
    assert read_contact("z***@example.com").masked_email == "z***@example.com"
    assert read_contact("").is_empty


def test_of_several_numbers_the_first_is_called() -> None:
    for typed in (
        "13812345678/13900000000",
        "13812345678、13900000000",
        "13812345678 或 13900000000",
    ):
        assert read_contact(typed) == Contact("13812345678", others="13900000000")
    assert read_contact("010-62345678/9").phone == "010-62345678/9"


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_masked_number_never_becomes_one_that_could_be_called(number: str) -> None:
    for kept in (f"{number[:3]}****{number[-4:]}", f"{number[:3]}{number[-4:]}"):
        found = read_contact(kept)
        assert found.phone == ""
        assert NumberingPlans().normalise(found.masked) is None
        assert mask_phone(found.masked, style="prefix+last4") == f"{number[:3]}****{number[-4:]}"
        assert mask_phone(found.masked) == f"****{number[-4:]}"


@pytest.mark.requirement(5)
@pytest.mark.parametrize(
    ("text", "name", "salutation"),
    [
        ("李*女士", "李*", Salutation.MS),
        ("张先生", "张", Salutation.MR),
        ("欧阳*女士", "欧阳*", Salutation.MS),
        ("李小红", "李小红", Salutation.NONE),
        ("Ms J*** S.", "J*** S.", Salutation.MS),
    ],
)
def test_names_with_what_they_are_called(text: str, name: str, salutation: Salutation) -> None:
    assert read_name(text) == (name, salutation)


@pytest.mark.requirement(101)
def test_a_customer_by_name_and_id() -> None:
    assert read_customer("/1001") == ("", "1001")
    assert read_customer("李*女士/1001") == ("李*女士", "1001")
    assert read_customer("张三/李四") == ("张三/李四", "")
    assert read_customer("张三/13812345678") == ("张三/13812345678", "")  # a telephone is no id


@pytest.mark.requirement(100)
@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("技术部/*工", ("技术部", "*工")),
        ("售后技术部（A102）", ("售后技术部", "A102")),
        ("仓储物流部 主管李", ("仓储物流部", "主管李")),
        ("客服部-组长王", ("客服部", "组长王")),
        ("技术部", ("技术部", "")),
    ],
)
def test_department_and_person_of_one_cell(text: str, owner: tuple[str, str]) -> None:
    assert read_owner(text) == owner


@pytest.mark.requirement(2)
def test_numbers_of_this_desk_and_others() -> None:
    assert as_number("20231001001") == "20231001001"
    assert as_number("202310011000") == "202310011000"
    for other in ("231001001", "20231301001", "20231001000", "202310010001", "FB-1", ""):
        assert as_number(other) is None
