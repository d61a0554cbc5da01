"""Headings in any script, order and language; every word of the sources' status sets has its meaning."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.foundation import Simplified
from bot.readers import Readers
from bot.speech import speech
from tests.tickets.desk.desks import MovableClock
from tests.tickets.handbooks import a_handbook
from tickets.case.shown import Shown
from tickets.case.values import Priority, Status
from tickets.handbook import Words
from tickets.sheets import words
from tickets.sheets.names import Names, names_of
from tickets.sheets.tables import COLUMNS, Table, letters, place_headings, which

FOLD = Simplified().fold
LANGUAGES = ("zh-Hans", "zh-Hant", "en")


class Nobody:
    """A directory that knows nobody."""

    def person(self, _person: object) -> None:
        return None


@cache
def tongue_of(language: str):  # type: ignore[no-untyped-def]
    readers = Readers(speech(MovableClock()), a_handbook)
    return readers.channel(Nobody(), language=language)  # type: ignore[arg-type]


@cache
def names() -> Names:
    return names_of(a_handbook(), [tongue_of(one) for one in LANGUAGES], FOLD, called={})


@pytest.mark.requirement(99, 100, 101)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", list(Table))
@given(data=st.data())
def test_what_is_exported_is_known_again_in_any_order(
    table: Table, language: str, data: st.DataObject
) -> None:
    tongue = tongue_of(language)
    columns = data.draw(st.permutations(COLUMNS[table]))
    line = [tongue(f"sheet.{table}.{name}") for name in columns]

    assert which(line, FOLD) is table
    assert place_headings(table, line, FOLD) == {name: at for at, name in enumerate(columns)}


@pytest.mark.requirement(68, 69, 70)
@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("待处理", Status.NEW),
        ("處理中", Status.IN_PROGRESS),
        ("待客户配合", Status.WAITING_CUSTOMER),
        ("处理完成", Status.RESOLVED),
        ("已關閉", Status.CLOSED),
        ("待跟进", Status.FOLLOW_UP),
        ("已完成", Status.RESOLVED),
        ("已受理", Status.ACCEPTED),
        ("待确认", Status.RESOLVED),
        ("已解决", Status.RESOLVED),
        ("暂缓处理", Status.ON_HOLD),
        ("已归档", Status.ARCHIVED),
        ("Closed", Status.CLOSED),
        ("已派单", Status.IN_PROGRESS),
        ("處理完畢", Status.RESOLVED),
        ("已回访", Status.CLOSED),
    ],
)
def test_every_status_of_the_sources(word: str, status: Status) -> None:
    known = names()

    assert known.statuses[known.plain(word)] is status


@pytest.mark.requirement(69, 100)
def test_what_a_desk_shows_a_status_by_is_known_again() -> None:
    after_sales = replace(
        a_handbook(),
        status_labels={Status.NEW: Words({"zh-Hans": "待受理"})},
        shown_labels={
            Shown.ASSIGNED: Words({"zh-Hans": "已派单"}),
            Shown.CONFIRMED: Words({"zh-Hans": "客户已确认"}),
        },
    )
    known = names_of(after_sales, [tongue_of(one) for one in LANGUAGES], FOLD, called={})

    found = {word: known.statuses[known.plain(word)] for word in ("待受理", "已派单", "客戶已確認")}
    assert found == {"待受理": Status.NEW, "已派单": Status.NEW, "客戶已確認": Status.RESOLVED}
    assert {known.plain("已解决"), known.plain("客户已确认")} == known.confirmed


@pytest.mark.requirement(15, 68)
def test_a_word_by_which_a_desk_means_one_thing_goes_before_what_the_sources_mean_by_it() -> None:
    def zh(word: str) -> Words:
        return Words({"zh-Hans": word})

    own = replace(
        a_handbook(),
        priority_labels={
            Priority.P1: zh("特急"),
            Priority.P2: zh("紧急"),
            Priority.P3: zh("普通"),
        },
        status_labels={Status.ACCEPTED: zh("处理中"), Status.CLOSED: zh("完成")},
    )
    known = names_of(own, [tongue_of(one) for one in LANGUAGES], FOLD, called={})

    assert [known.priorities[word] for word in ("特急", "紧急", "普通", "高")] == [
        *Priority,
        Priority.P1,
    ]
    assert known.statuses["完成"] is Status.CLOSED
    assert known.statuses["处理中"] is Status.IN_PROGRESS  # what two are called is nobody's


@pytest.mark.requirement(15, 33, 34)
def test_three_scales_of_urgency() -> None:
    known = names()
    scales = (("紧急", "高", "P1"), ("一般", "中", "P2"), ("不紧急", "低", "P3"))

    for scale, priority in zip(scales, Priority, strict=True):
        assert {known.priorities[known.plain(word)] for word in scale} == {priority}


@pytest.mark.requirement(86)
def test_scores_in_words_and_figures() -> None:
    said = {
        word: words.SCORES[word] for word in ("非常满意", "满意", "一般", "不满意", "非常不满意")
    }

    assert list(said.values()) == [5, 4, 3, 2, 1]
    assert [words.SCORES[str(score)] for score in range(1, 6)] == [1, 2, 3, 4, 5]


def test_columns_are_named_as_spreadsheets_do() -> None:
    assert [letters(at) for at in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
