"""Search takes whatever is typed as words: no sign of SQL, LIKE or the index's own language means anything (X30)."""

import pytest

from storage.records import SqlRecords
from tests.handlers.views.hostile import FIXED, generated
from tests.storage.cases import keep_case
from tests.storage.test_search import found
from tickets.desk.look import LONGEST_SEARCH

SIGNS = (
    "%",
    "_",
    "%%",
    "退%",
    "退_",
    "\\%",
    "' OR 1=1 --",
    '" OR ""="',
    "'; DROP TABLE tickets; --",
    "退款 OR 安装",
    "NOT 退款",
    "退*",
    "NEAR(退款 安装)",
    "tokens:退款",
    "退款:* & !安装",
    "(",
    "$1 :words ?",
)


@pytest.mark.parametrize("typed", SIGNS)
@pytest.mark.proves("X30")
def test_a_sign_finds_nothing_that_a_word_would_not(either_records: SqlRecords, typed: str) -> None:
    with either_records.write() as unit:
        keep_case(unit, text="打印机卡纸无法打印")
        keep_case(unit, text="洗衣机脱水时噪音很大")

    assert found(either_records, typed) == []


@pytest.mark.proves("X30")
def test_no_text_breaks_a_search(either_records: SqlRecords) -> None:
    with either_records.write() as unit:
        number = keep_case(unit, text="打印机卡纸无法打印").number

    for typed in (*FIXED, *generated(40), "打" * 100_000, "'%_" * 30_000):
        found(either_records, typed.encode("utf-8", "replace").decode()[:LONGEST_SEARCH])

    assert found(either_records, "卡纸") == [number]
