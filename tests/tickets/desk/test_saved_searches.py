"""Saved searches: whose they are, who shares them, and that nobody's number is kept in one."""

import pytest

from tests.tickets.desk.desks import ANN, EVE, LEE, STRANGER, SUE, Trial, a_desk
from tickets.case.saved_search import MOST_OF_ONE
from tickets.desk.saved_searches import (
    drop_search,
    open_search,
    rename_search,
    save_search,
    saved_of,
    shareable,
)
from tickets.errors import DeskError, NotFound, Refused
from tickets.message import PersonId
from tickets.ports import Records

LINE = "冰箱 status:new overdue"


@pytest.fixture
def trial(records: Records) -> Trial:
    return a_desk(records)


def names(trial: Trial, who: PersonId) -> list[str]:
    return [one.search.name for one in saved_of(trial.desk, by=who)]


def test_a_search_is_its_owners_alone(trial: Trial) -> None:
    saved = save_search(trial.desk, " 冰箱  超时 ", LINE, department=None, by=ANN)

    assert names(trial, ANN) == ["冰箱 超时"]
    assert names(trial, EVE) == []
    assert open_search(trial.desk, saved.id, by=ANN).line == LINE
    for act in (open_search, drop_search):
        with pytest.raises(NotFound):
            act(trial.desk, saved.id, by=EVE)


def test_a_departments_search_is_its_members(trial: Trial) -> None:
    saved = save_search(trial.desk, "冰箱", LINE, department="tech", by=LEE)

    assert [one.is_kept_by_reader for one in saved_of(trial.desk, by=EVE)] == [False]
    assert open_search(trial.desk, saved.id, by=EVE) == saved
    with pytest.raises(NotFound):
        rename_search(trial.desk, saved.id, "别的", by=EVE)


def test_who_shares_with_whom(trial: Trial) -> None:
    assert shareable(trial.desk, by=EVE) == ()
    assert shareable(trial.desk, by=LEE) == ("tech",)
    assert set(shareable(trial.desk, by=SUE)) == set(trial.desk.handbook().departments)
    with pytest.raises(Refused):
        save_search(trial.desk, "冰箱", LINE, department="tech", by=EVE)
    with pytest.raises(Refused):
        save_search(trial.desk, "冰箱", LINE, department="nobodys", by=LEE)
    with pytest.raises(Refused):
        save_search(trial.desk, "冰箱", LINE, department=None, by=STRANGER)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("老客户", "13812345678"),
        ("老客户", "138 1234 5678 冰箱"),
        ("老客户", "１３８１２３４５６７８"),
        ("老客户", "冰箱 110101199003077651"),
        ("老客户", "li@example.com"),
        ("老客户", "021-62345678"),
        ("13812345678", LINE),
    ],
)
def test_nobodys_number_is_kept_in_a_search(trial: Trial, name: str, line: str) -> None:
    with pytest.raises(DeskError) as refused:
        save_search(trial.desk, name, line, department=None, by=ANN)

    assert refused.value.message.id == "saved.personal"
    assert names(trial, ANN) == []


def test_a_name_is_there_once_and_the_same_again_changes_nothing(trial: Trial) -> None:
    saved = save_search(trial.desk, "冰箱", LINE, department=None, by=ANN)

    assert save_search(trial.desk, "冰箱", LINE, department=None, by=ANN) == saved
    with pytest.raises(DeskError) as refused:
        save_search(trial.desk, "冰箱", "空调", department=None, by=ANN)
    assert refused.value.message.id == "saved.name_taken"


def test_it_is_renamed_and_forgotten(trial: Trial) -> None:
    saved = save_search(trial.desk, "冰箱", LINE, department=None, by=ANN)
    save_search(trial.desk, "空调", LINE, department=None, by=ANN)

    rename_search(trial.desk, saved.id, "漏水", by=ANN)
    with pytest.raises(DeskError):
        rename_search(trial.desk, saved.id, "空调", by=ANN)

    assert names(trial, ANN) == ["漏水", "空调"]
    for _press in ("the first", "the second of a double tap"):
        drop_search(trial.desk, saved.id, by=ANN)
    assert names(trial, ANN) == ["空调"]


def test_there_is_room_for_so_many(trial: Trial) -> None:
    for place in range(MOST_OF_ONE):
        save_search(trial.desk, f"搜索{place}", LINE, department=None, by=ANN)

    with pytest.raises(DeskError) as refused:
        save_search(trial.desk, "再一个", LINE, department=None, by=ANN)
    assert refused.value.message.id == "saved.full"


@pytest.mark.parametrize("name", ["", "  ", "长" * 41])
def test_a_name_says_something_short(trial: Trial, name: str) -> None:
    with pytest.raises(DeskError):
        save_search(trial.desk, name, LINE, department=None, by=ANN)
