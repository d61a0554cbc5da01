"""Tables brought along are read as their writers see them, whatever wrote them."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.papers.tables import Unreadable, read_lines, read_table

ROWS = ({"电话": "13900000001", "等级": "金卡"}, {"电话": "13900000002", "等级": ""})
TEXT = "电话{0}等级\r\n13900000001{0}金卡\r\n\r\n13900000002{0}\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_in_any_usual_form(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "customers.csv"
    path.write_bytes(TEXT.format(delimiter).encode(encoding))

    assert read_table(path) == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5hkscs"])
@pytest.mark.parametrize("words", ["電話{0}等級{0}備註\n139{0}金卡{0}客戶要求回覆，已處理\n"])
def test_traditional_words_in_the_encodings_of_their_places(
    tmp_path: Path, encoding: str, words: str
) -> None:
    path = tmp_path / "customers.csv"
    path.write_bytes(words.format("\t").encode(encoding))

    assert read_table(path) == ({"電話": "139", "等級": "金卡", "備註": "客戶要求回覆，已處理"},)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_title_above_says_nothing_of_what_stands_between_the_cells(
    tmp_path: Path, delimiter: str
) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("客户名单 2023年10月\n" + TEXT.format(delimiter), encoding="utf-8")

    assert [list(line) for line in read_lines(path)][1] == ["电话", "等级"]


def test_what_people_write_says_nothing_of_what_stands_between_the_cells(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text('电话,等级,备注\n139,金卡,"一;二;三;四;五;六"\n', encoding="utf-8")

    assert read_table(path)[0]["备注"] == "一;二;三;四;五;六"


def test_a_number_that_a_program_kept_from_excel_is_that_number(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text('电话,等级\n="13900000001",金卡\n', encoding="utf-8")

    assert read_table(path) == ROWS[:1]


def test_a_sheet_with_a_number_as_a_telephone(tmp_path: Path) -> None:
    book = Workbook()
    for row in (("电话", "等级"), (13900000001, "金卡"), (13900000002, None)):
        book.active.append(row)
    book.save(tmp_path / "customers.xlsx")

    assert read_table(tmp_path / "customers.xlsx") == ROWS


def test_a_sheet_is_read_as_far_as_it_says_something(tmp_path: Path) -> None:
    """Its first column may be empty, and a blank may stand in its last line."""
    book = Workbook()
    for place, row in ((3, ("电话", "等级")), (5, (13900000001, "金卡"))):
        for column, said in enumerate(row, start=2):
            book.active.cell(place, column, said)
    book.active.cell(200_000, 4, " ")
    book.active.merge_cells("B8:C9")
    book.save(tmp_path / "customers.xlsx")

    lines = read_lines(tmp_path / "customers.xlsx")

    assert [[cell for cell in line if cell] for line in lines] == [
        [],
        [],
        ["电话", "等级"],
        [],
        ["13900000001", "金卡"],
    ]
    assert [lines[place].index(said) for place, said in ((2, "电话"), (4, "金卡"))] == [1, 2]


@pytest.mark.parametrize("rows", [3, 20_000])
def test_a_quotation_mark_that_was_left_open_makes_no_cell_of_what_follows(
    tmp_path: Path, rows: int
) -> None:
    path = tmp_path / "customers.csv"
    path.write_text('电话,等级\n137,"金卡"\n139,"金卡\n' + "138,银卡\n" * rows, encoding="utf-8")

    with pytest.raises(Unreadable, match="from line 3 on"):
        read_table(path)


def test_a_quotation_mark_within_a_cell_is_one(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text('电话,备注\n139,6.5"屏\n138,"""金""卡"\n', encoding="utf-8")

    assert [row["备注"] for row in read_table(path)] == ['6.5"屏', '"金"卡']


@pytest.mark.parametrize(
    "content", [b"", b"\r\n\r\n", b"PK\x03\x04broken", b"\xff\xfe\x00\xd8\xff"]
)
def test_what_is_no_table_is_said_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "nothing.csv"
    path.write_bytes(content)

    with pytest.raises(Unreadable):
        read_table(path)
