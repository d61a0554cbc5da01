"""What is typed behind `/ticket stats` names a period and what to tell apart by, in English and both Chinese scripts."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.stats_words import Wanted, read_wanted
from tests.tickets.handbooks import a_handbook
from tickets.insight.figures import By
from tickets.insight.spans import beside, span_of
from tickets.time.calendar import Calendar

TODAY = date(2026, 11, 29)  # a Sunday
CALENDAR = Calendar(a_handbook().calendar)


@pytest.mark.parametrize(
    ("typed", "key", "by"),
    [
        ("", "2026-11", None),
        ("month", "2026-11", None),
        ("本月", "2026-11", None),
        ("本月 按部门", "2026-11", By.DEPARTMENT),
        ("本月按部门", "2026-11", By.DEPARTMENT),
        ("按責任人", "2026-11", By.PERSON),
        ("by department", "2026-11", By.DEPARTMENT),
        ("category", "2026-11", By.CATEGORY),
        ("上月 按分类", "2026-10", By.CATEGORY),
        ("last month by kind", "2026-10", By.KIND),
        ("this week", "2026-W48", None),
        ("上周", "2026-W47", None),
        ("上週 按時段", "2026-W47", By.BAND),
        ("today by band", "2026-11-29", By.BAND),
        ("昨天", "2026-11-28", None),
        ("2026-10", "2026-10", None),
        ("2026年10月", "2026-10", None),
        ("10月", "2026-10", None),
        ("12月", "2025-12", None),
        ("2026-W01", "2026-W01", None),
        ("2026年第3周", "2026-W03", None),
        ("2026w3", "2026-W03", None),
        ("2026第48周", "2026-W48", None),
        ("2026年3周", "2026-W03", None),
        ("2026-3週", "2026-W03", None),
        ("202611", "2026-11", None),
        ("202601 by person", "2026-01", By.PERSON),
        ("2026", "2026", None),
        ("去年", "2025", None),
        ("2026-10-05", "2026-10-05", None),
        ("10月5日", "2026-10-05", None),
        ("10-01..10-15", "2026-10-01..2026-10-15", None),
        ("10-01..10-15 by person", "2026-10-01..2026-10-15", By.PERSON),
        ("2026-10-01..2026-10-15", "2026-10-01..2026-10-15", None),
        ("10月1日至10月15日 按渠道", "2026-10-01..2026-10-15", By.CHANNEL),
        ("12-20..01-10", "2025-12-20..2026-01-10", None),
        ("11-23..11-30", "2026-11-23..2026-11-30", None),  # this week, which is not over
        ("11-29至12-05", "2026-11-29..2026-12-05", None),
        ("11-20..01-10", "2026-11-20..2027-01-10", None),
        ("11-30..12-05", "2025-11-30..2025-12-05", None),
        ("2026-11-20..12-01", "2026-11-20..2026-12-01", None),
        ("2025-11-20..01-10", "2025-11-20..2026-01-10", None),
        ("11-20..2026-12-01", "2026-11-20..2026-12-01", None),
        ("last 7 days", "2026-11-23..2026-11-29", None),
        ("最近30天", "2026-10-31..2026-11-29", None),
        ("Ｔｏｄａｙ", "2026-11-29", None),
        ("前天", "2026-11-27", None),
        ("過去 7 天", "2026-11-23..2026-11-29", None),
        ("近一周", "2026-11-23..2026-11-29", None),
        ("range 2026-10-01 2026-10-31 by person", "2026-10-01..2026-10-31", By.PERSON),
        ("2026-10-01-2026-10-31", "2026-10-01..2026-10-31", None),
        ("20261001-20261031", "2026-10-01..2026-10-31", None),
        ("2026/10/1－2026/10/15", "2026-10-01..2026-10-15", None),
        ("从10月1日到15日", "2026-10-01..2026-10-15", None),
        ("2025年12月20日至1月10日", "2025-12-20..2026-01-10", None),
        ("20240301", "2024-03-01", None),
        ("from 2026-10-01 to 2026-10-31", "2026-10-01..2026-10-31", None),
        ("2026-09..2026-10", "2026-09-01..2026-10-31", None),
        ("2025年11月至1月", "2025-11-01..2026-01-31", None),
        ("十一月至十二月", "2026-11-01..2026-12-31", None),
        ("十月", "2026-10", None),
        ("2026年10月份", "2026-10", None),
        ("October 2026", "2026-10", None),
        ("dec", "2025-12", None),
        ("Q3", "2026-07-01..2026-09-30", None),
        ("2026年第四季度", "2026-10-01..2026-12-31", None),
        ("本季度", "2026-10-01..2026-12-31", None),
        ("上季度 按渠道", "2026-07-01..2026-09-30", By.CHANNEL),
        ("2026年上半年", "2026-01-01..2026-06-30", None),
        ("第47周", "2026-W47", None),
        ("2026 W47", "2026-W47", None),
        ("week 49", "2025-W49", None),
        ("by department last month", "2026-10", By.DEPARTMENT),
        ("按部门 上月", "2026-10", By.DEPARTMENT),
        ("按 部门", "2026-11", By.DEPARTMENT),
        ("last month, by customer type", "2026-10", By.CUSTOMER),
        ("本月，按客户类型", "2026-11", By.CUSTOMER),
        ("month department", "2026-11", By.DEPARTMENT),
        ("上月 负责人", "2026-10", By.PERSON),
    ],
)
def test_a_typed_period_is_read(typed: str, key: str, by: By | None) -> None:
    assert read_wanted(typed, today=TODAY) == Wanted(key, by)
    assert span_of(key, CALENDAR)


@pytest.mark.parametrize(
    "typed",
    [
        "the other day",
        "2026-13",
        "13月",
        "02-30",
        "by colour",
        "本月按天气",
        "2026-W60",
        "202648",
        "20261",
        "range",
        "Q5",
        "by category and person",
        "上月按部门 本月",
        "按人数",
        "2026-10-31日..40日",
        "week 53 54",
    ],
)
def test_what_names_no_period_is_none(typed: str) -> None:
    assert read_wanted(typed, today=TODAY) is None


@given(st.text(max_size=40), st.dates(date(1, 1, 1), date(9998, 12, 31)))
def test_nothing_that_is_typed_raises(typed: str, today: date) -> None:
    wanted = read_wanted(typed, today=today)

    if wanted:
        span_of(wanted.key, CALENDAR)


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("2026-01", "2025-12", "2026-02"),
        ("2026", "2025", "2027"),
        ("2026-W01", "2025-W52", "2026-W02"),
        ("2026-03-01", "2026-02-28", "2026-03-02"),
        ("2026-10-01..2026-10-15", "2026-09-16..2026-09-30", "2026-10-16..2026-10-30"),
    ],
)
def test_periods_lie_beside_each_other(key: str, before: str, after: str) -> None:
    span = span_of(key, CALENDAR)
    assert span

    earlier, later = beside(span, -1, CALENDAR), beside(span, 1, CALENDAR)

    assert earlier
    assert later
    assert (earlier.key, later.key) == (before, after)
    assert earlier.end == span.start
    assert span.end == later.start


@pytest.mark.parametrize(
    "key", ["", "x", "2026-10..2026-11", "2026-10-15..2026-10-01", "2026-02-30"]
)
def test_a_made_up_key_is_none(key: str) -> None:
    assert span_of(key, CALENDAR) is None
    assert span_of("2020-01-01..2024-01-01", CALENDAR) is None


KEYS = st.from_regex(
    r"(\d{4}|0001|9999)(-(\d{2}|W\d{2})|-12-31|-01-01|-\d{2}-\d{2})?", fullmatch=True
)


@given(KEYS, KEYS | st.none())
@example("9999", None)
@example("9999-12", None)
@example("9999-01", None)
@example("9999-12-31", None)
@example("0001", None)
@example("0001-W01", None)
@example("0001-01-01", "0001-01-02")
@example("1900", None)
@example("2099-12", None)
@example("2099-W53", None)
def test_no_key_crashes_and_what_lies_beside_a_span_is_one_or_none(
    first: str, last: str | None
) -> None:
    span = span_of(first if last is None else f"{first}..{last}", CALENDAR)

    if span:
        assert span.start < span.end
        for near in (beside(span, -1, CALENDAR), beside(span, 1, CALENDAR)):
            assert near is None or near.key != span.key
