"""What is typed behind `search`: filters in English and both Chinese scripts, words, and what is said back."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import SystemClock
from bot.speech import strict_speech
from handlers.search_line import read_line, with_people, written
from handlers.search_values import Reader, Sought
from handlers.views import labels
from tests.tickets.handbooks import a_handbook
from tickets.case.filters import Filters, Order, with_parts
from tickets.case.shown import Shown, Side
from tickets.case.values import Kind, PersonId, Priority, Status
from tickets.errors import DeskError
from tickets.handbook import Authority, Duration, Words
from tickets.handbook.routing import Category, SubCategory
from tickets.time.calendar import Calendar

TODAY = date(2026, 11, 29)  # a Sunday
ME, EVE = PersonId("U0ME"), PersonId("U0EVE")
HANDBOOK = a_handbook()
KEN, LI = PersonId("U0KEN"), PersonId("U0LI")
CALLED = {
    "ken": {KEN: "Ken Wu"},
    "王": {EVE: "王芳", LI: "王力"},
    "wang": {EVE: "Wang Fang"},
}
READER = Reader(
    HANDBOOK,
    Calendar(HANDBOOK.calendar),
    TODAY,
    ME,
    lambda typed: CALLED.get(typed.casefold(), {}),
)
DEPARTMENT = next(iter(HANDBOOK.departments))
FIRST = next(iter(HANDBOOK.categories))
SECOND = next(iter(HANDBOOK.categories[FIRST].sub))


def read(line: str) -> Sought:
    return read_line(line, READER)


def filters(**named: object) -> Filters:
    return replace(Filters(), **named)


@pytest.mark.parametrize(
    ("line", "words", "named"),
    [
        ("冰箱 状态:待跟进 超时", "冰箱", {"statuses": {Status.FOLLOW_UP}, "overdue": True}),
        ("冰箱 狀態：已關閉,待跟進", "冰箱", {"statuses": {Status.CLOSED, Status.FOLLOW_UP}}),
        ("fridge status:in-progress overdue", "fridge", {"statuses": {Status.IN_PROGRESS}, "overdue": True}),
        ("状态： 待跟进 冰箱", "冰箱", {"statuses": {Status.FOLLOW_UP}}),
        ("状态:未结", "", {"open_only": True}),
        ("open-only 未结案", "", {"open_only": True}),
        (f"部门:{DEPARTMENT}", "", {"departments": {DEPARTMENT}}),
        (f"department:{HANDBOOK.departments[DEPARTMENT].name.in_('zh-Hans')}", "", {"departments": {DEPARTMENT}}),
        ("评分<=3", "", {"scores": {1, 2, 3}}),
        ("評分≤3", "", {"scores": {1, 2, 3}}),
        ("score<3", "", {"scores": {1, 2}}),
        ("score>=4", "", {"scores": {4, 5}}),
        ("满意度>4", "", {"scores": {5}}),
        ("评分:5", "", {"scores": {5}}),
        ("评分5分", "", {"scores": {5}}),
        ("score:2..4", "", {"scores": {2, 3, 4}}),
        ("score:1,5", "", {"scores": {1, 5}}),
        ("优先级:高、低", "", {"priorities": {Priority.P1, Priority.P3}}),
        ("priority:medium", "", {"priorities": {Priority.P2}}),
        ("评分＜＝３", "", {"scores": {1, 2, 3}}),
        ("評分≦3 冰箱", "冰箱", {"scores": {1, 2, 3}}),
        ("评分 <= 3 冰箱", "冰箱", {"scores": {1, 2, 3}}),
        ("score >=4", "", {"scores": {4, 5}}),
        ("评分：1至3分", "", {"scores": {1, 2, 3}}),
        ("评分3分及以下", "", {"scores": {1, 2, 3}}),
        ("评分4以上", "", {"scores": {4, 5}}),
        ("状态 ： 待跟进 冰箱", "冰箱", {"statuses": {Status.FOLLOW_UP}}),
        ("状态＝待跟进", "", {"statuses": {Status.FOLLOW_UP}}),
        ("状态 待跟进", "状态 待跟进", {}),
        ("冰箱 状态", "冰箱 状态", {}),
        ("分类 超时", "分类", {"overdue": True}),
        ("优先级:P1、p2", "", {"priorities": {Priority.P1, Priority.P2}}),
        ("kind:complaint 类型:售后", "", {"kinds": {Kind.COMPLAINT, Kind.AFTER_SALES}}),
        (f"category:{FIRST} 分类:{SECOND}", "", {"categories": {FIRST, SECOND}}),
        ("人员:@U0EVE", "", {"people": {EVE}}),
        ("@U0EVE 冰箱", "冰箱", {"people": {EVE}}),
        ("person:me", "", {"people": {ME}}),
        ("负责人:Ken 冰箱", "冰箱", {"people": {KEN}}),
        ("assignee:@ken,我", "", {"people": {KEN, ME}}),
        ("责任人:WANG", "", {"people": {EVE}}),  # a name, though it might be an id
        ("责任人:U0EVE", "", {"people": {EVE}}),
        ("负责人:我,无人", "", {"people": {ME}, "nobody": True}),
        ("机关:12315", "", {"authorities": {"12315"}}),
        ("authority:regulator,平台", "", {"authorities": {"regulator", "platform"}}),
        ('外部機構："12345 政務熱線" 冰箱', "冰箱", {"authorities": {"12345"}}),
        ("主管部门 冰箱", "主管部门 冰箱", {}),
        ('"超时" 冰箱', "超时 冰箱", {}),
        ("“状态:好” x", "状态:好 x", {}),
        ("see http://example.com/a", "see http://example.com/a", {}),
        ("138 1234 5678", "138 1234 5678", {}),
        ("10:30 A-1:b", "10:30 A-1:b", {}),
    ],
)  # fmt: skip
@pytest.mark.requirement(110)
def test_words_and_filters_are_told_apart(line: str, words: str, named: dict[str, object]) -> None:
    meant = {
        one: frozenset(value) if isinstance(value, set) else value for one, value in named.items()
    }

    assert read(line) == Sought(words=words, filters=filters(**meant))


def said(word: str) -> Words:
    return Words({"zh-Hans": word})


LEVELS = {
    "refunds": Category(
        key="refunds",
        name=Words({"zh-Hans": "退换货", "en": "Returns"}),
        kind=Kind.AFTER_SALES,
        sub={"refunds/other": SubCategory("refunds/other", said("其他"), Kind.AFTER_SALES)},
    ),
    "quality": Category(
        key="quality",
        name=said("质量、投诉"),
        kind=Kind.COMPLAINT,
        sub={"quality/other": SubCategory("quality/other", said("其他"), Kind.COMPLAINT)},
    ),
}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("分类:其他", {"refunds/other", "quality/other"}),  # both have one
        ("分类:退换货/其他", {"refunds/other"}),
        ("分类:退换货－其他", {"refunds/other"}),
        ('分类:"退换货 / 其他","质量、投诉"', {"refunds/other", "quality"}),
        ("分类:质量、投诉", {"quality"}),
        ("分类:refunds/other", {"refunds/other"}),
    ],
)
def test_a_category_is_found_by_its_path_and_by_a_name_that_several_share(
    line: str, found: set[str]
) -> None:
    handbook = replace(HANDBOOK, categories=LEVELS)

    assert read_line(line, replace(READER, handbook=handbook)).filters.categories == found


def test_an_authority_is_found_by_the_desks_own_name_for_it() -> None:
    mall = Authority("platform", Duration(48, "h"), {"zh-Hans": "某某 商城", "en": "The mall"})
    reader = replace(READER, handbook=replace(HANDBOOK, authorities={"platform": mall}))

    for typed in ('机关:"某某 商城"', 'authority:"the mall"', "机构:平台"):
        assert read_line(typed, reader).filters.authorities == {"platform"}


def test_every_word_that_screens_name_an_authority_by_finds_it() -> None:
    speech = strict_speech(SystemClock())
    for language in ("zh-Hans", "zh-Hant", "en"):
        tongue = speech.tongue(language, "UTC", names=str, words=lambda _: None)
        for key in HANDBOOK.authorities:
            shown = labels.authority(key, HANDBOOK, tongue)
            assert read(f'authority:"{shown}"').filters.authorities == {key}


def test_statuses_that_a_desk_calls_alike_are_found_together() -> None:
    ours = Words({"en": "Busy", "zh-Hans": "处理中"})
    handbook = replace(HANDBOOK, status_labels={Status.ACCEPTED: ours})

    found = read_line("状态:处理中", replace(READER, handbook=handbook)).filters.statuses

    assert found == {Status.ACCEPTED, Status.IN_PROGRESS}


@pytest.mark.requirement(69)
@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("待受理", {Side.UNASSIGNED}),
        ("已受理", {Side.ASSIGNED, Status.ACCEPTED}),
        ("assigned", {Side.ASSIGNED}),
        ("to do", {Status.NEW, Side.ASSIGNED}),  # all of it is called so in English
        ("new", {Status.NEW}),
        ("待处理", {Status.NEW}),
        ("待确认", {Side.UNCONFIRMED}),
        ("已解決", {Side.CONFIRMED}),
        ("待受理,已受理", {Side.UNASSIGNED, Side.ASSIGNED, Status.ACCEPTED}),
        ("new/assigned,resolved", {Side.ASSIGNED, Status.RESOLVED}),
    ],
)
def test_every_word_that_a_desk_shows_a_status_by_finds_what_shows_so(
    word: str, parts: set[Status | Side]
) -> None:
    handbook = replace(
        HANDBOOK,
        status_labels={
            Status.NEW: Words({"en": "To do", "zh-Hans": "待受理"}),
            Status.ACCEPTED: said("已受理"),
            Status.RESOLVED: said("待确认"),
        },
        shown_labels={
            Shown.ASSIGNED: Words(
                {"en": "To do" if word == "to do" else "Assigned", "zh-Hans": "已受理"}
            ),
            Shown.CONFIRMED: Words({"zh-Hans": "已解决", "zh-Hant": "已解決"}),
        },
    )

    found = read_line(
        f'状态:"{word}"' if " " in word else f"状态:{word}", replace(READER, handbook=handbook)
    )

    assert found.filters.parts == parts


def test_the_usual_word_of_a_status_that_a_desk_splits_is_what_cards_show_by_it() -> None:
    handbook = replace(HANDBOOK, shown_labels={Shown.ASSIGNED: said("已派单")})

    found = read_line("状态:待处理", replace(READER, handbook=handbook)).filters

    assert found.parts == {Side.UNASSIGNED}


def midnight(day: date) -> datetime:
    """The desk is in Shanghai."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) - (
        datetime(2026, 1, 1, 8, tzinfo=UTC) - datetime(2026, 1, 1, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    ("line", "first", "after"),
    [
        ("本周", date(2026, 11, 23), date(2026, 11, 30)),
        ("日期:上月", date(2026, 10, 1), date(2026, 11, 1)),
        ("last-month", date(2026, 10, 1), date(2026, 11, 1)),
        ("10-01..10-15", date(2026, 10, 1), date(2026, 10, 16)),
        ("date:10月1日至10月15日", date(2026, 10, 1), date(2026, 10, 16)),
        ("from:10-01 到:10-02", date(2026, 10, 1), date(2026, 10, 3)),
        ("从:2026-11-01", date(2026, 11, 1), None),
        ("to:2026-11-01", None, date(2026, 11, 2)),
    ],
)
def test_days_are_read_as_local_days(line: str, first: date | None, after: date | None) -> None:
    read_filters = read(f"冰箱 {line}").filters

    assert read_filters.since == (midnight(first) if first else None)
    assert read_filters.before == (midnight(after) if after else None)


@pytest.mark.parametrize(
    ("line", "says", "typed"),
    [
        ("状太:处理中", "search.which_filter", "状太:处理中"),
        ("colour:red", "search.which_filter", "colour:red"),
        ("状态:好", "search.which_status", "好"),
        ("status:new,nice", "search.which_status", "nice"),
        ("部门:财政部", "search.which_department", "财政部"),
        ("人员:王芳", "search.which_person", "王芳"),
        ("分类:无此", "search.which_category", "无此"),
        ("kind:x", "search.which_kind", "x"),
        ("优先级:P9", "search.which_priority", "P9"),
        ("评分:6", "search.which_score", "6"),
        ("评分<1", "search.which_score", "<1"),
        ("tag:none", "search.which_tag", "none"),
        ("机关:财政局", "search.which_authority", "财政局"),
        ("日期:那天", "search.which_date", "那天"),
        ("日期:", "search.which_date", "日期:"),
        ("from:13-45", "search.which_from", "13-45"),
        ("到:昨儿", "search.which_to", "昨儿"),
        ("sort:colour", "search.which_sort", "colour"),
        ("部门:13812345678", "search.which_department", "138****5678"),
    ],
)
def test_what_is_not_understood_is_named(line: str, says: str, typed: str) -> None:
    with pytest.raises(DeskError) as refused:
        read(f"冰箱 {line}")

    assert refused.value.message.id == says
    if "138" not in typed:
        assert refused.value.message.params["typed"] == typed
    assert "13812345678" not in str(refused.value.message.params["typed"])


def test_a_name_of_several_is_answered_with_the_choices() -> None:
    numbered = replace(HANDBOOK.people, staff_no={LI: "1002"})
    handbook = replace(HANDBOOK, people=numbered)

    with pytest.raises(DeskError) as refused:
        read_line("人员:王", replace(READER, handbook=handbook))

    assert refused.value.message.id == "search.which_of_people"
    assert refused.value.message.params == {"typed": "王", "people": "王力 (1002) · 王芳"}


def test_a_mistyped_name_is_guessed_at() -> None:
    with pytest.raises(DeskError) as refused:
        read("statsu:new")

    assert refused.value.message.params["meant"] == "status"


def test_days_that_run_backwards_are_refused() -> None:
    with pytest.raises(DeskError) as refused:
        read("from:2026-11-02 to:2026-11-01")

    assert refused.value.message.id == "search.days_backwards"


def test_whom_a_command_mentions_is_kept_as_an_id() -> None:
    assert with_people("负责人:<@U0EVE|eve> 冰箱") == "负责人:@U0EVE 冰箱"
    assert read(with_people("<@U0EVE> 冰箱")).filters.people == {EVE}


picked = st.builds(
    Sought,
    words=st.sampled_from(
        [
            "",
            "冰箱",
            "超时 冰箱",
            "状态:x 本周",
            "评分3",
            "评分 <=3",
            "状态 :x",
            "评分3分以下",
            "状态＝x",
            'a"b',
            "10-01..10-15",
        ]
    ),
    filters=st.builds(
        Filters,
        statuses=st.frozensets(st.sampled_from(Status)),
        sides=st.frozensets(st.sampled_from(Side)),
        departments=st.frozensets(st.sampled_from(list(HANDBOOK.departments))),
        people=st.frozensets(st.sampled_from([ME, EVE])),
        nobody=st.booleans(),
        categories=st.frozensets(st.sampled_from([FIRST, SECOND])),
        kinds=st.frozensets(st.sampled_from(Kind)),
        priorities=st.frozensets(st.sampled_from(Priority)),
        authorities=st.frozensets(st.sampled_from(list(HANDBOOK.authorities))),
        scores=st.frozensets(st.integers(1, 5)),
        overdue=st.booleans(),
        open_only=st.booleans(),
    ),
    order=st.sampled_from(Order),
    first=st.one_of(st.none(), st.just(date(2026, 10, 1))),
    last=st.one_of(st.none(), st.just(date(2026, 10, 15))),
)


@given(picked)
def test_what_was_picked_in_the_form_reads_the_same_as_a_line(sought: Sought) -> None:
    back = read(written(sought))

    assert back.words.split() == sought.words.replace('"', " ").split()
    assert replace(back.filters, since=None, before=None) == sought.filters
    assert (back.first, back.last, back.order) == (sought.first, sought.last, sought.order)


@pytest.mark.parametrize("part", [*Status, *Side])
def test_what_was_picked_is_read_back_where_a_desk_calls_another_status_so(
    part: Status | Side,
) -> None:
    handbook = replace(
        HANDBOOK,
        status_labels={
            Status.ACCEPTED: Words({"en": "In progress", "zh-Hans": "处理中"}),
            Status.RESOLVED: Words({"en": "To be confirmed", "zh-Hans": "待确认"}),
            Status.CLOSED: Words({"en": "Resolved", "zh-Hans": "已解决"}),
        },
        shown_labels={Shown.ASSIGNED: Words({"en": "Accepted", "zh-Hans": "已受理"})},
    )
    line = written(Sought(filters=with_parts(Filters(), [part])))

    found = read_line(line, replace(READER, handbook=handbook))

    assert found.filters.parts == {part}


def test_a_period_stays_a_period() -> None:
    assert "this-week" in written(Sought(period="this-week"))
    assert read(written(read("冰箱 本周"))) == read("冰箱 本周")


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_in_a_sentence(line: str) -> None:
    try:
        sought = read(line)
    except DeskError as refusal:
        assert refusal.message.id.startswith("search.")
    else:
        assert isinstance(sought.words, str)
