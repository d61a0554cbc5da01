"""Which articles are offered for a case, and how their words come into the answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.knowledge.shelves import Candidate
from tickets.knowledge.suggesting import MOST, joined, suggested

pytestmark = pytest.mark.requirement(125)


def one(
    article: int, words: str, title: str = "", cases: tuple[str, ...] = (), uses: int = 0
) -> Candidate:
    said = frozenset(f"{words} {title}".split())
    return Candidate(
        id=article, words=said, title=frozenset(title.split()), cases=frozenset(cases), uses=uses
    )


def test_the_very_category_comes_before_the_first_level_and_before_words() -> None:
    candidates = [
        one(1, "制冷"),
        one(2, "x", cases=("after_sales/returns",)),
        one(3, "x", cases=("after_sales/fault",)),
        one(4, "制冷", cases=("after_sales/returns",)),
    ]

    assert suggested(["制冷"], "after_sales/fault", candidates) == (3, 4)


def test_a_word_of_the_title_and_a_rare_word_weigh_more() -> None:
    common = [one(number, "客户 来电") for number in range(10, 20)]
    candidates = [*common, one(1, "客户 来电 彗星 型号"), one(2, "客户 来电", title="彗星 型号")]

    assert suggested(["客户", "来电", "彗星", "型号"], "", candidates)[:2] == (2, 1)


def test_what_shares_next_to_nothing_is_not_offered() -> None:
    assert suggested(["客户"], "", [one(1, "客户"), one(2, "客户")]) == ()
    assert suggested([], "", [one(1, "客户")]) == ()


def test_among_equals_the_more_used_comes_first() -> None:
    fault = ("after_sales/fault",)
    candidates = [one(1, "x", cases=fault, uses=3), one(2, "x", cases=fault, uses=9)]

    assert suggested([], "after_sales/fault", candidates) == (2, 1)


@given(
    wanted=st.frozensets(st.sampled_from("甲乙丙丁"), max_size=4),
    said=st.lists(st.frozensets(st.sampled_from("甲乙丙丁"), max_size=4), max_size=8),
)
def test_there_are_never_more_than_are_read_and_none_twice(
    wanted: frozenset[str], said: list[frozenset[str]]
) -> None:
    candidates = [one(place, " ".join(words)) for place, words in enumerate(said, start=1)]

    offered = suggested(wanted, "", candidates)

    assert len(offered) == len(set(offered)) <= MOST
    assert all(next(c for c in candidates if c.id == i).words & wanted for i in offered)


def test_an_articles_words_stand_behind_what_was_typed_and_once() -> None:
    assert joined("", "清洗滤网") == "清洗滤网"
    assert joined("已联系", "清洗滤网") == "已联系\n清洗滤网"
    assert joined("已联系\n清洗滤网", "清洗滤网") == "已联系\n清洗滤网"
