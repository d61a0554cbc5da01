"""Lists, search and the app's page: masked, by pages, redrawn in place."""

import pytest

from tests.handlers.stage import AGENT, AGENT2, ENG, STRANGER, SUPER, Stage, words_of


def fill_up(stage: Stage, count: int) -> list[str]:
    """Log many cases by the quick way in, through signed commands and forms."""
    return [stage.log(**{"form.order_no": f"A-{n}", "form.urgency": "P3"}) for n in range(count)]


@pytest.mark.parametrize(
    ("who", "typed"),
    [
        (ENG, "list"),
        (ENG, "列表 我的"),
        (ENG, "list department"),
        (SUPER, "list 技术部"),
        (SUPER, "list Engineering"),
        (SUPER, "列表 全部"),
    ],
)
def test_each_list_shows_what_it_is_asked_for(stage: Stage, who: str, typed: str) -> None:
    number = stage.log()

    stage.person(who).command("/ticket", typed)

    told = stage.told(who)
    assert number in told
    assert "13812345678" not in told
    assert "李丽" not in told


@pytest.mark.parametrize("typed", ["list overdue", "列表 未分配", "list without a next step"])
def test_an_empty_list_says_so(stage: Stage, typed: str) -> None:
    stage.log()

    stage.person(SUPER).command("/ticket", typed)

    assert "202" not in stage.told(SUPER)


def test_pages_are_turned_in_place(stage: Stage) -> None:
    fill_up(stage, 22)
    sue = stage.person(SUPER)
    sue.command("/ticket", "list all")
    stage.told(SUPER)

    sue.click(sue.whispers()[-1], "list.page")
    sue.wait_for(lambda: "021" in str(stage._ephemerals(SUPER, None)) or True)

    sue.wait_for(
        lambda: any(
            "022" in words_of(post.body["blocks"])
            for post in stage.slack.sandbox.workspace.direct(SUPER).ephemerals.values()
        )
    )
    assert len(sue.whispers()) == 1


def test_a_search_is_turned_by_pages_too(stage: Stage) -> None:
    fill_up(stage, 21)
    sue = stage.person(SUPER)
    sue.command("/ticket", "搜索 出风口")
    first = stage.told(SUPER)

    sue.click(sue.whispers()[-1], "list.page")

    assert "021" in first
    sue.wait_for(
        lambda: any(
            "001 ·" in words_of(post.body["blocks"])
            for post in stage.slack.sandbox.workspace.direct(SUPER).ephemerals.values()
        )
    )


def test_a_customer_who_calls_again_is_found_by_their_number(stage: Stage) -> None:
    number = stage.log()
    told = []

    for who, typed in ((SUPER, "search 138 1234 5678"), (ENG, "搜索 13812345678")):
        stage.person(who).command("/ticket", typed)
        told.append(stage.told(who))

    assert number in told[0]
    assert number not in told[1]


def test_another_list_is_picked_from_the_menu(stage: Stage) -> None:
    number = stage.log()
    sue = stage.person(SUPER)
    sue.command("/ticket", "")
    stage.told(SUPER)

    sue.click(sue.whispers()[-1], "list.scope", value="all")

    sue.wait_for(
        lambda: any(
            number in words_of(post.body["blocks"])
            for post in stage.slack.sandbox.workspace.direct(SUPER).ephemerals.values()
        )
    )


def test_a_ticket_opens_from_a_list(stage: Stage) -> None:
    number = stage.log()
    eve = stage.person(ENG)
    eve.command("/ticket", "list")
    stage.told(ENG)

    eve.click(eve.whispers()[-1], "ticket.details")

    assert number in words_of(eve.modal("modal.shown"))


def test_the_page_shows_my_work_my_calls_and_what_nobody_has(stage: Stage) -> None:
    working, calling = stage.log(), stage.log()
    with_eve = [n for n in (working, calling) if stage.ticket(n).assignee == ENG]
    stage.press(str(stage.ticket(calling).assignee), "ticket.accept", calling)
    stage.fill(str(stage.ticket(calling).assignee), "ticket.resolve", calling, result="补充冷媒")
    ann, eve = stage.person(AGENT), stage.person(ENG)

    ann.open_home()
    eve.open_home()

    assert calling in words_of(ann.home())
    assert all(number in words_of(eve.home()) for number in with_eve if number != calling)


def test_a_supervisor_sees_the_desk_at_a_glance_and_goes_on_to_its_lists(stage: Stage) -> None:
    first, second = stage.log(), stage.log()
    stage.fill(SUPER, "ticket.answer", first, result="已答复")
    stage.fill(SUPER, "ticket.close", first, refusal="不愿评价")
    sue, ann = stage.person(SUPER), stage.person(AGENT)

    sue.open_home()
    ann.open_home()
    sue.command("/ticket", "status")

    for shown in (words_of(sue.home()), stage.told(SUPER)):
        for count in ("未结：1", "等待中：0", "今日新增：2", "今日关闭：1"):
            assert count in shown
    assert "工单概况" not in words_of(ann.home())
    sue.click(sue.home(), "list.scope", block_id="glance.open")
    assert second in words_of(sue.modal("modal.shown"))


def test_buttons_on_the_page_work_and_draw_it_anew(stage: Stage) -> None:
    ann = stage.person(AGENT)
    ann.open_home()
    home = ann.home()

    ann.click(home, "menu.away")

    ann.wait_for(lambda: "menu.back" in str(stage.slack.sandbox.views.home(AGENT).body["blocks"]))
    ann.click(ann.home(), "menu.new")
    assert ann.modal("form")


def test_a_list_picked_on_the_page_opens_in_a_view(stage: Stage) -> None:
    number = stage.log()
    sue = stage.person(SUPER)
    sue.open_home()

    sue.click(sue.home(), "list.scope", block_id="home", value="all")

    assert number in words_of(sue.modal("modal.shown"))


def test_a_strangers_page_says_what_this_is_and_nothing_else(stage: Stage) -> None:
    number = stage.log()

    stage.person(STRANGER).open_home()

    assert number not in words_of(stage.person(STRANGER).home())


def test_everybody_reads_the_page_in_their_own_language(stage: Stage) -> None:
    for who in (AGENT, AGENT2):
        stage.person(who).open_home()

    assert "交班" in words_of(stage.person(AGENT).home())
    assert "交班" not in words_of(stage.person(AGENT2).home())
