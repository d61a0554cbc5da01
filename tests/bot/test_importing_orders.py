"""`deskbot import` of orders as an operator types it: known by its headings, safe to run twice, a dry run keeps nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import SystemClock
from storage.records import SqlRecords
from tests.bot.test_backup import operator, typed
from tests.tickets.desk.desks import Trial, a_desk

__all__ = ["operator"]

pytestmark = pytest.mark.requirement(106)
LIST = """订单号,电话,下单日期,金额,业务线
A-1,13900000001,2026-01-10,1299,空调
A-2,13900000002,2026-02-10,99,空调
A-3,,2026-02-10,99,空调
"""


@pytest.fixture
def here(
    operator: Path, filed_records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Trial]:
    """A desk where an operator types."""
    monkeypatch.setenv("DATABASE_URL", str(filed_records.database.writers.url))
    trial = a_desk(filed_records)
    trial.clock.at = SystemClock().now()  # the command line has no other
    yield trial


def test_a_months_orders_are_taken_once(here: Trial, operator: Path) -> None:
    (operator / "orders.csv").write_text(LIST, encoding="utf-8")

    tried = typed("import", "orders.csv", "--dry-run")
    done = typed("import", "orders.csv", "--as", "orders")
    again = typed("import", "orders.csv")

    assert "2 new, 0 changed, 0 unchanged, 1 refused (dry run" in tried.output
    assert "2 new, 0 changed, 0 unchanged, 1 refused" in done.output
    assert "line 4: refused nobody is named" in done.output
    assert "0 new, 0 changed, 2 unchanged, 1 refused" in again.output
    assert done.exit_code == 1
    assert "1390000" not in done.output


def test_headings_as_shops_write_them(here: Trial, operator: Path) -> None:
    table = """訂單編號,聯繫方式,手机,下單時間,金額(元),產品線
A-1,138 1234 0001,,2025-11-03 10:00,"¥1,299.00",空調
A-2,a@b.com,,2025/11/04,99元,空調
A-3,,13812340003,2025年5月1日,99,淨水器
A-4,138****0001,,2025-11-05,99,空調
"""
    (operator / "orders.csv").write_text(table, encoding="utf-8")

    done = typed("import", "orders.csv")

    assert "3 new, 0 changed, 0 unchanged, 1 refused" in done.output
    assert "line 5: refused nobody is named" in done.output
