"""Search: words and filters typed or picked, hits shown and turned over, what is not understood said back."""

from collections.abc import Callable

import pytest

from tests.handlers.stage import AGENT, ENG, STRANGER, SUPER, Json, Stage, words_of
from tickets.desk.saved_searches import save_search, saved_of
from tickets.message import PersonId


def replies(stage: Stage, who: str, typed: str) -> str:
    stage.person(who).command("/ticket", typed)
    return stage.told(who)


@pytest.mark.parametrize(
    "typed",
    [
        "search 出风口 优先级:P1 未结",
        "搜索 出风口 部门:技术部",
        "search kind:after-sales",
        "list all",
    ],
)
def test_what_fits_is_found(stage: Stage, typed: str) -> None:
    number = stage.log()

    told = replies(stage, SUPER, typed)

    assert number in told
    assert "13812345678" not in told


@pytest.mark.parametrize(
    "typed",
    [
        "search 出风口 优先级:P2",
        "search 出风口 超时",
        "搜索 出风口 评分<=3",
        "search 出风口 status:closed",
    ],
)
def test_what_does_not_fit_is_left_out(stage: Stage, typed: str) -> None:
    number = stage.log()

    assert number not in replies(stage, SUPER, typed)


def test_the_hit_stands_out_and_hits_are_counted(stage: Stage) -> None:
    stage.log()

    told = replies(stage, SUPER, "搜索 出风口 优先级:P1 排序:相关")

    assert "【出风口】" in told
    assert "共 1 张工单" in told
    assert "优先级：P1" in told


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("搜索 冰箱 状太:处理中", "状太:处理中"),
        ("search fridge status:nice", "nice"),
        ("搜索 部门:财政部", "财政部"),
    ],
)
def test_what_is_not_understood_is_named_privately(stage: Stage, typed: str, says: str) -> None:
    stage.log()

    assert says in replies(stage, SUPER, typed)


def test_a_person_is_mentioned(stage: Stage) -> None:
    number = stage.log()
    stage.person(AGENT).command("/ticket", f"assign {number} @ken 他更熟悉")
    stage.told(AGENT)

    assert number in replies(stage, SUPER, "search 人员:@ken")
    assert number in replies(stage, SUPER, "search 负责人： @ken 出风口")
    assert number not in replies(stage, SUPER, "search @eve")


@pytest.mark.requirement(110)
@pytest.mark.parametrize(
    "typed",
    ["负责人:伊工", "assignee:eve", "人員：伊工 出風口", "agent:@EVE", "owner:Eve", "处理人:伊工"],
)
def test_a_person_is_found_by_name(stage: Stage, typed: str) -> None:
    number = stage.log()

    assert number in replies(stage, SUPER, f"search {typed}")


def test_a_person_is_found_by_staff_number(stage: Stage) -> None:
    number = stage.log()

    assert number in replies(stage, SUPER, "搜索 记录人:a102")
    assert number not in replies(stage, SUPER, "搜索 人员:Ken")


def test_a_name_that_fits_several_is_answered_with_them(stage: Stage) -> None:
    told = replies(stage, SUPER, "搜索 负责人:总")

    assert "戴总监 Dai" in told
    assert "苏总 Sue" in told
    assert "工号" in told


def test_filters_are_picked_in_a_form_from_any_list(stage: Stage) -> None:
    number = stage.log()
    other = stage.log(**{"form.urgency": "P3"})
    sue = stage.person(SUPER)
    replies(stage, SUPER, "list all")

    sue.click(sue.whispers()[-1], "search.filter")
    sent = sue.submit(
        sue.modal("modal.filter"), {"filter.priority": ["P1"], "filter.words": "出风口"}
    )

    assert not sent.errors
    shown = words_of(sue.modal("modal.shown"))
    assert number in shown
    assert other not in shown


def test_a_search_is_narrowed_further_in_the_form(stage: Stage) -> None:
    stage.log()
    sue = stage.person(SUPER)
    replies(stage, SUPER, "搜索 出风口 优先级:P1 本周")

    sue.click(sue.whispers()[-1], "search.filter")
    form = sue.modal("modal.filter")

    assert _standing_in(form) == {"words": "出风口", "priority": ["P1"]}


def _standing_in(form: Json) -> Json:
    blocks = {str(one["block_id"]): one["element"] for one in form["blocks"]}
    picked = blocks["filter.priority"]["initial_options"]
    return {
        "words": blocks["filter.words"]["initial_value"],
        "priority": [one["value"] for one in picked],
    }


def test_a_form_with_nothing_in_it_says_what_is_missing(stage: Stage) -> None:
    stage.log()
    sue = stage.person(SUPER)
    replies(stage, SUPER, "search 出风口")
    sue.click(sue.whispers()[-1], "search.filter")

    sent = sue.submit(sue.modal("modal.filter"), {"filter.words": "", "filter.sort": "relevance"})

    assert "关键词" in sent.errors["filter.words"]


def test_filtered_pages_are_turned(stage: Stage) -> None:
    for n in range(21):
        stage.log(**{"form.order_no": f"A-{n}", "form.urgency": "P3"})
    sue = stage.person(SUPER)
    first = replies(stage, SUPER, "搜索 出风口 优先级:P3")

    sue.click(sue.whispers()[-1], "list.page")

    assert "021" in first
    sue.wait_for(
        lambda: any(
            "001 ·" in words_of(post.body["blocks"])
            for post in stage.slack.sandbox.workspace.direct(SUPER).ephemerals.values()
        )
    )


def test_nobody_finds_by_filters_what_they_may_not_see(stage: Stage) -> None:
    number = stage.log()
    told = replies(stage, STRANGER, "search priority:P1")

    assert number not in told


def test_a_look_up_by_number_stays_what_it_was(stage: Stage) -> None:
    number = stage.log()

    assert number in replies(stage, AGENT, "search 138 1234 5678")
    assert number not in replies(stage, ENG, "search 138 1234 5678")


def test_a_search_is_saved_opened_with_one_tap_renamed_and_forgotten(stage: Stage) -> None:
    number = stage.log()
    sue = stage.person(SUPER)
    replies(stage, SUPER, "搜索 出风口 优先级:P1")
    sue.click(sue.whispers()[-1], "search.save")
    sue.submit(sue.modal("modal.search_save"), {"saved.name": "紧急出风口"})
    sue.close(sue.modal("modal.shown"), everything=True)

    told = replies(stage, SUPER, "搜索")
    assert "紧急出风口" in told
    sue.click(sue.whispers()[-1], "search.rename")
    sue.submit(sue.modal("modal.search_rename"), {"saved.name": "紧急风口"})
    sue.close(sue.modal("modal.shown"), everything=True)
    assert "紧急风口" in replies(stage, SUPER, "search")
    sue.click(sue.whispers()[-1], "search.open")

    _until_whispered(stage, number)
    replies(stage, SUPER, "search")
    sue.click(sue.whispers()[-1], "search.drop")
    _until_whispered(stage, "还没有保存的搜索")


def test_a_search_is_forgotten_before_the_tap_is_acknowledged_and_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, sue = stage.bot.desk, PersonId(SUPER)
    saved = save_search(desk, "出风口", "出风口", department=None, by=sue)
    replies(stage, SUPER, "搜索")
    stage.person(SUPER).click(stage.person(SUPER).whispers()[-1], "search.rename")
    tap = stage.last("interactive")
    tap["actions"][0] |= {"action_id": "search.drop", "value": saved.id}
    afterwards: list[Callable[[], None]] = []
    monkeypatch.setattr("handlers.background.start", lambda _request, work: afterwards.append(work))

    acknowledged = stage.send(tap)

    assert acknowledged.status == 200
    assert saved_of(desk, by=sue) == ()
    stage.send(tap)
    for work in afterwards:
        work()
    _until_whispered(stage, "还没有保存的搜索")
    assert "不存在" not in str(stage.whispers(SUPER))


def _until_whispered(stage: Stage, words: str) -> None:
    posts = stage.slack.sandbox.workspace.direct(SUPER).ephemerals
    stage.person(SUPER).wait_for(
        lambda: any(words in words_of(post.body["blocks"]) for post in posts.values())
    )


def test_a_saved_search_stands_on_the_apps_page(stage: Stage) -> None:
    number = stage.log()
    sue = stage.person(SUPER)
    replies(stage, SUPER, "搜索 出风口 优先级:P1")
    sue.click(sue.whispers()[-1], "search.save")
    sue.submit(sue.modal("modal.search_save"), {"saved.name": "紧急出风口"})
    sue.close(sue.modal("modal.shown"), everything=True)

    sue.open_home()
    home = sue.home()
    picks = [
        e
        for b in home["blocks"]
        for e in b.get("elements", ())
        if e.get("action_id") == "search.open"
    ]
    sue.click(home, "search.open", value=picks[0]["options"][0]["value"])

    assert number in words_of(sue.modal("modal.shown"))


def test_a_search_for_a_customers_number_is_not_saved(stage: Stage) -> None:
    stage.log()
    sue = stage.person(SUPER)
    replies(stage, SUPER, "搜索 13812345678")
    sue.click(sue.whispers()[-1], "search.save")

    sent = sue.submit(sue.modal("modal.search_save"), {"saved.name": "老客户"})

    assert "没有保存" in sent.errors["saved.name"]
