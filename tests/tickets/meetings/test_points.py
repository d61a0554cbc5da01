"""The agenda of the monthly meeting, new problems, and what became of what was decided: rules alone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.storage.test_improvements import an_item
from tickets.case.values import Number
from tickets.insight.figures import Counted, Figure, Length, Lengths, Spread
from tickets.insight.findings import Advice, Findings, NewProblem, new_problems, says_nothing
from tickets.insight.goals import Goals
from tickets.insight.monthly import CategoryShare, MonthFigures
from tickets.insight.overview import Board, Month
from tickets.insight.response import answered
from tickets.meetings.improvement import Became, is_measurable
from tickets.meetings.points import Part, find_point, held_of, of_part, place_of, points_of

NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SHARES = st.builds(
    CategoryShare,
    category=st.text("abcdef/", min_size=1, max_size=8),
    count=st.integers(0, 500),
    share=st.integers(0, 100),
    solved_rate=st.none() | st.integers(0, 100),
)


def a_month(*shares: CategoryShare, goals: Goals | None = None, **changes: object) -> MonthFigures:
    given_: dict[str, object] = {
        "start": NOW - 32 * DAY,
        "end": NOW - DAY,
        "answered": answered([]),
        "invalid": 0,
        "merged": 0,
        "overdue": 0,
        "cause": None,
        "satisfaction": 85,
        "scored": 20,
        "categories": shares,
        "departments": (),
        "goals": goals or Goals(),
    }
    return MonthFigures(**(given_ | changes))  # type: ignore[arg-type]


@given(st.lists(SHARES, unique_by=lambda one: one.category, max_size=60))
def test_every_kind_is_a_point_once_the_lowest_solve_rate_first(
    shares: list[CategoryShare],
) -> None:
    month = a_month(*shares)

    kinds = [point.matter for point in of_part(month, Part.KINDS)]

    assert sorted(kinds, key=lambda one: one.category) == sorted(
        shares, key=lambda one: one.category
    )  # type: ignore[union-attr]
    rates = [101 if one.solved_rate is None else one.solved_rate for one in kinds]  # type: ignore[union-attr]
    assert rates == sorted(rates)


@given(st.lists(SHARES, unique_by=lambda one: one.category, min_size=1, max_size=60))
def test_a_points_place_leads_back_to_it(shares: list[CategoryShare]) -> None:
    month = a_month(*shares)

    assert len({one.key for one in points_of(month)}) == len(points_of(month))
    for one in points_of(month):
        found = place_of(month, one.key)
        assert found is not None
        part, place = found
        assert of_part(month, part)[place - 1] == one == find_point(month, one.key)
    assert place_of(month, "other") is None


def test_a_figure_that_misses_its_goal_comes_first_and_a_time_is_held_from_above() -> None:
    month = a_month(goals=Goals(satisfaction=90, response_minutes=15))

    held = held_of(month)

    assert [one.name for one in held if one.is_missed] == ["satisfaction"]
    assert held[0].name == "satisfaction"
    assert {one.name for one in held if one.goal is None} == {"response_rate", "solved_rate"}


def test_the_order_is_kinds_goals_advice_problems() -> None:
    advice = Advice(number=Number("20261101001"), category="a/b", seq=9, at=NOW, score=4)
    problem = NewProblem(category="a/b", count=9, usual=1.0)
    month = a_month(
        CategoryShare(category="a/b", count=1, share=100, solved_rate=0),
        findings=Findings(advice=(advice,), problems=(problem,)),
    )

    parts = [one.part for one in points_of(month)]

    assert parts == [Part.KINDS, *[Part.GOALS] * 4, Part.ADVICE, Part.PROBLEMS]
    assert points_of(month)[-2].key == "advice:20261101001:9"


@pytest.mark.requirement(84)
def test_a_new_problem_is_what_the_months_before_do_not_explain() -> None:
    before = [{"repair": 30, "usage": 10}, {"repair": 28, "usage": 11}, {"repair": 33, "usage": 9}]
    now = {"repair": 34, "usage": 31, "leak": 6, "rare": 2}
    parent = NewProblem(category="repair", count=12, usual=0.0, parent=Number("20261015003"))

    found = new_problems(now, before, [parent])

    assert [(one.category, one.count, one.parent is not None) for one in found] == [
        ("usage", 31, False),
        ("repair", 12, True),
        ("leak", 6, False),
    ]
    assert found[0].usual == 10


def test_without_any_month_before_nothing_is_new() -> None:
    assert new_problems({"repair": 99}, [{}, {}], []) == ()


@pytest.mark.parametrize("said", ["无", " 没有。", "None", "N/A", "暂无"])
def test_an_advice_that_says_nothing_is_none(said: str) -> None:
    assert says_nothing(said)
    assert not says_nothing(f"{said}，但希望缩短等待")


@pytest.mark.parametrize(
    ("goal", "measurable"),
    [
        ("解决率由 71% 提高到 85%", True),
        ("一线全员培训", True),
        ("三天内回访", True),
        ("train all agents", True),
        ("投诉清零", True),
        ("每周检查两次", True),
        ("２４ 小时内答复", True),
        ("no case overdue", True),
        ("明显提高", False),
        ("进一步统一流程，保证安全", False),  # 一 and 全 in words that count nothing
        ("大家一起努力", False),
        ("call customers sooner overall", False),
        ("better service", False),
    ],
)
def test_a_target_holds_a_figure(goal: str, measurable: bool) -> None:
    assert is_measurable(goal) is measurable


@pytest.mark.parametrize(
    ("done", "moment", "became"),
    [
        (None, 0, Became.RUNNING),
        (None, 1, Became.NOT_KEPT),  # due means: from that moment on
        (1, 2, Became.KEPT),
        (2, 2, Became.LATE),
        (2, 1, Became.NOT_KEPT),  # as of then it was not done
    ],
)
def test_what_became_of_an_item(done: int | None, moment: int, became: Became) -> None:
    item = an_item(1, done_at=None if done is None else NOW + done * DAY)

    assert item.became(NOW + moment * DAY) is became


def test_what_else_has_a_goal_is_held_repeats_from_above() -> None:
    counts = {Figure.REPEATS: Counted(3, 20), Figure.PROMISES: Counted(9, 10)}
    month = a_month(
        goals=Goals(repeats=10, promises=80, answers=95),
        more=Month(whole=Board(counts=counts)),
    )

    held = {one.name: one for one in held_of(month)}

    assert (held["repeats"].value, held["repeats"].is_missed) == (15, True)
    assert (held["promises"].value, held["promises"].is_missed) == (90, False)
    assert (held["answers"].value, held["answers"].is_missed) == (None, False)
    assert "recovery" not in held  # nothing to take it of, and no goal
    assert "handling_time" not in held


@pytest.mark.requirement(107)
def test_handling_is_on_the_agenda_where_it_has_a_goal() -> None:
    taken = Spread(2, 1500, 1500, 1600)
    whole = Board(lengths={Length.HANDLING: Lengths(taken, taken)})

    month = a_month(goals=Goals(handling_minutes=1440), more=Month(whole=whole))

    (held,) = [one for one in held_of(month) if one.name == "handling_time"]
    assert (held.value, held.goal, held.is_missed) == (1500, 1440, True)
