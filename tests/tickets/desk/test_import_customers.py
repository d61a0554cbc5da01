"""Customers by import: who is a VIP, by id, phone or mail; a row at a time refused, twice the same (R7, R31)."""

import pytest

from bot.foundation import Simplified
from storage.records import SqlRecords
from tests.tickets.desk.desks import Trial, a_desk
from tickets.case.values import CustomerType, Priority
from tickets.desk.import_customers import Came, RowReport, import_customers, is_ours
from tickets.people.customers import Customer

pytestmark = pytest.mark.requirement(7, 31)
ROW = {
    "客户编号": "/1001",
    "姓名": "王小明",
    "电话": "139 0000 0001",
    "等级": "金卡",
    "贡献": "年采购 120 万",
    "群体": "老年",
    "标签": "团购、装修",
}


@pytest.fixture
def trial(records: SqlRecords) -> Trial:
    return a_desk(records)


def take(trial: Trial, *rows: dict[str, str], dry_run: bool = False) -> list[RowReport]:
    parts = import_customers(trial.desk, rows, Simplified().fold, dry_run=dry_run)
    return [one for part in parts for one in part]


def found(trial: Trial, code: str) -> Customer | None:
    with trial.desk.records.read() as unit:
        return unit.customers.by_code(code)


def test_a_new_customer_comes_with_level_groups_and_tags(trial: Trial) -> None:
    (report,) = take(trial, ROW)

    customer = found(trial, "1001")
    assert (report.line, report.came, report.code) == (2, Came.MADE, "1001")
    assert customer is not None
    assert (customer.type, customer.level) == (CustomerType.VIP, "金卡")
    assert customer.groups == {"elderly"}
    assert customer.profile.contribution == "年采购 120 万"
    assert customer.profile.tags == ("团购", "装修")


def test_run_twice_it_changes_nothing_more(trial: Trial) -> None:
    take(trial, ROW)

    assert [one.came for one in take(trial, ROW)] == [Came.SAME]


def test_a_dry_run_says_the_same_and_keeps_nothing(trial: Trial) -> None:
    tried = take(trial, ROW, dry_run=True)

    assert found(trial, "1001") is None
    assert tried == take(trial, ROW)


def test_who_called_before_is_found_by_phone_and_keeps_id_and_name(trial: Trial) -> None:
    trial.log()

    (report,) = take(trial, {"phone": "138 1234 5678", "name": "李大", "level": "gold"})

    customer = found(trial, "C000001")
    assert report == RowReport(2, Came.CHANGED, "C000001")
    assert customer is not None
    assert (customer.name, customer.level) == ("李小红", "gold")


def test_what_a_row_leaves_empty_stays(trial: Trial) -> None:
    take(trial, ROW)
    before = found(trial, "1001")

    assert take(trial, {"id": "1001", "level": ""})[0].came is Came.SAME
    assert found(trial, "1001") == before


@pytest.mark.parametrize(
    "row",
    [
        {"level": "gold"},
        {"phone": "123", "level": "gold"},
        {"email": "nobody", "level": "gold"},
        {"id": "13800138000", "level": "gold"},
        {"id": "4711", "level": "gold"},
        {"phone": "13900000009", "type": "king"},
    ],
)
def test_a_wrong_row_is_refused_and_the_others_are_taken(trial: Trial, row: dict[str, str]) -> None:
    refused, taken = take(trial, row, ROW)

    assert refused.came is Came.REFUSED
    assert refused.why
    assert "13" not in refused.why  # the report holds no number of anybody
    assert taken.came is Came.MADE


def test_an_id_and_a_phone_of_two_customers_are_not_mixed(trial: Trial) -> None:
    take(trial, ROW, {"id": "1002", "phone": "13900000002", "level": "银卡"})

    (report,) = take(trial, {"id": "1003", "phone": "13900000002", "level": "金卡"})

    assert report.code == "1002"  # an id on record stays
    assert found(trial, "1003") is None


def test_a_vip_by_import_is_urgent_at_the_next_call(trial: Trial) -> None:
    take(trial, ROW)

    number = trial.log(phone="13900000001", urgency=Priority.P3)

    with trial.desk.records.read() as unit:
        assert unit.tickets.get(number).priority is Priority.P2


@pytest.mark.parametrize(
    ("headings", "ours"),
    [
        (["电话", "等级"], True),
        (["Phone", "Tags"], True),
        (["工单编号", "满意度评分"], False),
        (["phone"], False),
    ],
)
def test_a_list_of_customers_is_known_by_its_headings(headings: list[str], ours: bool) -> None:
    assert is_ours(headings, Simplified().fold) is ours
