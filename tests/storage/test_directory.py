"""Colleagues by their names, as people type them."""

import pytest

from storage.database import Database
from storage.records import SqlRecords
from tickets.case.values import PersonId
from tickets.ports import Member

NAMES = {
    "U0EVE": "伊工 Eve",
    "U0KEN": "Ken Wu",
    "U0KENNY": "Kenny Li",
    "U0FANG": "王芳",
    "U0LI": "王力",
    "U0KONG": "張國强",
    "U0GUO": "张国强大",
    "U0LONG": "Anna Maria de la Cruz",
    "U0OTHER": "王总",  # not among the desk's
}
AMONG = [PersonId(one) for one in NAMES if one != "U0OTHER"]
ALIKE = str.maketrans("張國強强", "张国强强")


@pytest.fixture
def named(database: Database, records: SqlRecords) -> SqlRecords:
    folding = SqlRecords(
        database=database, vault=records.vault, fold_text=lambda text: text.translate(ALIKE)
    )
    with folding.write() as unit:
        for one, name in NAMES.items():
            unit.directory.keep_person(Member(id=PersonId(one), name=name))
    return folding


@pytest.mark.requirement(110)
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("伊工", {"U0EVE"}),
        ("eve", {"U0EVE"}),
        ("ＥＶＥ", {"U0EVE"}),
        ("伊工  eve", {"U0EVE"}),
        ("Ken", {"U0KEN"}),  # a whole word goes before the beginning of another's
        ("ken w", {"U0KEN"}),
        ("ke", {"U0KEN", "U0KENNY"}),
        ("maria de", {"U0LONG"}),
        ("nna", set()),
        ("王芳", {"U0FANG"}),
        ("王", {"U0FANG", "U0LI"}),
        ("芳", {"U0FANG"}),
        ("张国强", {"U0KONG"}),  # the whole name, in the other script
        ("張國強大", {"U0GUO"}),
        ("国強", {"U0KONG", "U0GUO"}),
        ("王总", set()),
        ("", set()),
        (" 　 ", set()),
        ("%", set()),
    ],
)
def test_a_name_finds_whom_it_fits_best(named: SqlRecords, typed: str, found: set[str]) -> None:
    with named.read() as unit:
        called = unit.directory.called(typed, AMONG)

    assert called == {PersonId(one): NAMES[one] for one in found}


def test_nobody_is_called_so_among_nobody(named: SqlRecords) -> None:
    with named.read() as unit:
        assert unit.directory.called("王", []) == {}
