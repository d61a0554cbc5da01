"""A survey tool's table read as it comes: headings in any order and script, scales of four and five words (C9, R89–R91)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tickets.handbooks import a_handbook
from tickets.care.scales import reason_of, score_of, solved_of
from tickets.care.survey import Answer, Unfit, columns, is_survey, read
from tickets.case.values import Dissatisfaction, Solved
from tickets.handbook import Question, QuestionKind, Words

pytestmark = pytest.mark.requirement(86, 89, 90, 91)
SHANGHAI = ZoneInfo("Asia/Shanghai")
ASKED = a_handbook().callbacks.questions
CHOSEN = Question(
    "again",
    Words({"zh-Hans": "还会再来吗", "zh-Hant": "還會再來嗎", "en": "Would you come again?"}),
    QuestionKind.CHOICE,
    {"sure": Words({"zh-Hans": "会", "zh-Hant": "會", "en": "Surely"})},
)


def answered(row: dict[str, str], *, questions: tuple[Question, ...] = ASKED) -> Answer:
    return read(row, columns(list(row), questions), questions=questions, zone=SHANGHAI)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("工单编号", "number"),
        ("工單編號", "number"),
        ("Ticket No.", "number"),
        ("Phone number", "phone"),
        ("2、您的聯繫方式（必填）", "phone"),
        ("Q3. 您对处理效率的满意度（1-5分）*", "efficiency"),
        ("問題解決方案滿意度", "solution"),
        ("How was the attitude?", "attitude"),
        ("总体满意度", "score"),
        ("Overall satisfaction", "score"),
        ("问题是否解决", "solved"),
        ("还有哪些需求没有得到满足", "unmet_needs"),
        ("未滿足需求", "unmet_needs"),
        ("您有什么意见或建议吗？", "suggestions"),
        ("评价内容", "words"),
        ("提交时间", "answered_at"),
        ("Submitted at", "answered_at"),
        ("日期", "answered_at"),
        ("來電日期", "received_on"),
        ("不满意的原因", "reason"),
        ("订单编号", None),
        ("处理时间", None),
        ("客服姓名", None),
        ("", None),
    ],
)
def test_a_heading_is_known_in_every_script(heading: str, field: str | None) -> None:
    assert columns([heading], ASKED).get(heading) == field


def test_a_desks_own_question_is_known_by_its_words_or_key() -> None:
    found = columns(["還會再來嗎？", "AGAIN"], (CHOSEN,))

    assert found == {"還會再來嗎？": "again", "AGAIN": "again"}
    (said,) = answered({"总体": "5", "还会再来吗": "會"}, questions=(CHOSEN,)).opinions
    assert said.choice == "sure"


@pytest.mark.parametrize(
    ("said", "score"),
    [
        *(("非常满意", 5), ("满意", 4), ("一般", 3), ("不满意", 2), ("非常不满意", 1)),
        *(("非常滿意", 5), ("滿意", 4), ("不滿意", 2), ("非常不滿意", 1)),
        *(("Very satisfied", 5), ("satisfied", 4), ("neutral", 3), ("Very dissatisfied", 1)),
        *(
            ("5", 5),
            ("４分", 4),
            ("3.0", 3),
            ("2/5", 2),
            ("★★★★☆", 4),
            ("4 - 满意", 4),
            ("⭐️⭐️", 2),
        ),
        *(("0", None), ("6", None), ("10", None), ("3.5", None), ("满意5", None), ("", None)),
        *(("5 不满意", None), ("好像还行", None)),
    ],
)
def test_four_and_five_words_figures_and_stars_are_one_scale(said: str, score: int | None) -> None:
    assert score_of(said) == score


@given(st.text(max_size=12))
def test_whatever_is_written_is_on_the_scale_or_none(said: str) -> None:
    assert score_of(said) in {None, 1, 2, 3, 4, 5}
    assert solved_of(said) in {None, *Solved}
    assert reason_of(said) in {None, *Dissatisfaction}


@given(
    st.dictionaries(
        st.sampled_from(["工单", "总体", "效率", "提交时间", "来电日期", "是否解决", "建议"]),
        st.text(max_size=20),
    )
)
def test_a_row_is_an_answer_or_says_why_not_and_never_repeats_it(row: dict[str, str]) -> None:
    try:
        answer = answered(row)
    except Unfit as unfit:
        assert not [text for text in row.values() if len(text) > 8 and text in str(unfit)]
    else:
        assert 1 <= answer.scored.score <= 5


def test_a_row_with_everything() -> None:
    answer = answered(
        {
            "提交时间": "2025/10/8 14:30:59",
            "未满足需求": "周末上门",
            "是否解决": "部分解决",
            "态度": "非常满意",
            "方案": "一般",
            "效率": "不满意",
            "总体": "3",
            "评价": "等了很久",
            "建议": "无",
            "工单号": " 20250922001 ",
        }
    )

    scored = answer.scored
    assert (answer.number, scored.score, scored.solved) == ("20250922001", 3, Solved.PARTLY)
    assert (scored.words, scored.suggestions) == ("等了很久", "无")
    assert scored.dissatisfaction is Dissatisfaction.TOO_SLOW
    assert scored.answered_at == datetime(2025, 10, 8, 6, 30, tzinfo=UTC)
    said = {one.question: one.scale or one.words for one in answer.opinions}
    assert said == {"efficiency": 2, "solution": 3, "attitude": 5, "unmet_needs": "周末上门"}


@pytest.mark.parametrize(
    ("rated", "reason"),
    [
        ({}, Dissatisfaction.OTHER),
        ({"态度": "1", "方案": "2"}, Dissatisfaction.ATTITUDE),
        ({"方案": "2", "效率": "5"}, Dissatisfaction.BELOW_EXPECTATION),
        ({"方案": "2", "效率": "2"}, Dissatisfaction.OTHER),
        ({"方案": "5", "效率": "4"}, Dissatisfaction.OTHER),
        ({"方案": "2", "原因": "太慢"}, Dissatisfaction.TOO_SLOW),
    ],
)
def test_a_low_scores_reason_is_what_was_named_or_rated_worst(
    rated: dict[str, str], reason: Dissatisfaction
) -> None:
    assert answered({"总体": "2", **rated}).scored.dissatisfaction is reason
    assert answered({"总体": "4", **rated}).scored.dissatisfaction is None


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"总体": ""}, "the overall score is missing"),
        ({"总体": "7"}, "the overall score is neither"),
        ({"总体": "5", "效率": "很快"}, "the answer to efficiency is neither"),
        ({"总体": "5", "是否解决": "也许"}, "whether it was solved"),
        ({"总体": "5", "提交时间": "昨天"}, "a date is none"),
        ({"总体": "5", "提交时间": "2025-02-30"}, "a date is none"),
        ({"总体": "5", "提交时间": "2025-02-03 25:00"}, "a date is none"),
    ],
)
def test_what_cannot_be_read_is_said(row: dict[str, str], why: str) -> None:
    with pytest.raises(Unfit, match=why):
        answered(row)


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2025-10-08T14:30:00Z", datetime(2025, 10, 8, 14, 30, tzinfo=UTC)),
        ("2025年10月8日 14点05分", datetime(2025, 10, 8, 6, 5, tzinfo=UTC)),
        ("2025.10.8 14：30", datetime(2025, 10, 8, 6, 30, tzinfo=UTC)),
    ],
)
def test_moments_as_tools_write_them(written: str, at: datetime) -> None:
    answer = answered({"总体": "5", "提交时间": written})

    assert (answer.scored.answered_at, answer.answered_by) == (at, at)


def test_a_day_without_an_hour_lasts_to_its_end() -> None:
    answer = answered({"总体": "5", "日期": "2025-10-08", "来电日期": "2025-10-01"})

    assert answer.answered_by == datetime(2025, 10, 8, 16, 0, tzinfo=UTC)
    assert str(answer.received_on) == "2025-10-01"


def test_a_table_is_a_survey_by_its_headings() -> None:
    assert is_survey(["手机", "总体满意度", "日期"])
    assert is_survey(["Ticket", "Overall"])
    assert not is_survey(["电话", "等级", "标签"])
    assert not is_survey(["总体满意度", "日期"])
