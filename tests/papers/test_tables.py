"""Tables brought along are read as their writers see them, whatever wrote them."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.papers.tables import Unreadable, read_table

ROWS = ({"电话": "13900000001", "等级": "金卡"}, {"电话": "13900000002", "等级": ""})
TEXT = "电话{0}等级\r\n13900000001{0}金卡\r\n\r\n13900000002{0}\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_in_any_usual_form(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "customers.csv"
    path.write_bytes(TEXT.format(delimiter).encode(encoding))

    assert read_table(path) == ROWS


def test_a_sheet_with_a_number_as_a_telephone(tmp_path: Path) -> None:
    book = Workbook()
    for row in (("电话", "等级"), (13900000001, "金卡"), (13900000002, None)):
        book.active.append(row)
    book.save(tmp_path / "customers.xlsx")

    assert read_table(tmp_path / "customers.xlsx") == ROWS


@pytest.mark.parametrize(
    "content", [b"", b"\r\n\r\n", b"PK\x03\x04broken", b"\xff\xfe\x00\xd8\xff"]
)
def test_what_is_no_table_is_said_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "nothing.csv"
    path.write_bytes(content)

    with pytest.raises(Unreadable):
        read_table(path)
