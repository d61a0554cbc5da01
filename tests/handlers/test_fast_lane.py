"""The fast lane through Slack: one line, a card that says what is owed, filled in from it (R21)."""

from typing import Any

import pytest

from handlers.views.ids import ActionId
from tests.handlers.stage import AGENT, Stage, words_of
from tickets.time.periods import Period
from tickets.watch.fields_owed import FIELDS_OWED, remind
from tickets.watch.occasion import Occasion

pytestmark = pytest.mark.requirement(21)
PHONE = "13812345678"
FILLED = {
    "form.category": "after_sales/fault",
    "form.description": "冰箱冷藏室不制冷，昨晚起内部温度十八度",
    "form.expectation": "今天上门检修",
    "form.urgency": "P2",
}


def a_vip(stage: Stage) -> None:
    stage.log(**{"form.customer_type": "vip"})


def new_one(stage: Stage, before: set[str]) -> str:
    stage.settle()
    (number,) = set(stage.numbers()) - before
    return number


def take(stage: Stage, typed: str) -> str:
    before = set(stage.numbers())
    stage.person(AGENT).command("/ticket", typed)
    return new_one(stage, before)


@pytest.mark.parametrize("word", ["fast", "快速受理", "quick", "快速"])
@pytest.mark.parametrize("who", [PHONE, "138 1234 5678", "C000001"])
def test_a_command_of_one_line_is_a_case(stage: Stage, word: str, who: str) -> None:
    a_vip(stage)

    number = take(stage, f"{word} {who} 冰箱不制冷")

    ticket = stage.ticket(number)
    assert (ticket.intake.description, ticket.assignee) == ("冰箱不制冷", AGENT)
    assert number in stage.told(AGENT)


def test_the_card_says_what_is_owed_until_it_is_filled_in(stage: Stage) -> None:
    a_vip(stage)
    number = take(stage, f"quick {PHONE} 冰箱不制冷")
    assert "待补录" in words_of(stage.card(number)[1])

    sent: Any = stage.fill(AGENT, ActionId.FILL_IN, number, **FILLED)

    assert not sent.errors
    card = words_of(stage.card(number)[1])
    assert "待补录" not in card
    assert "故障报修" in card
    assert stage.ticket(number).department == "tech"


def at_half_past_three(stage: Stage) -> None:
    desk = stage.bot.desk
    now = desk.clock.now()
    period = Period(FIELDS_OWED.key, f"{now:%Y-%m-%d}", now, now, now)
    with desk.records.write() as unit:
        remind(desk, unit, Occasion(period))
    stage.settle()


def direct(stage: Stage) -> list[dict[str, Any]]:
    workspace = stage.slack.sandbox.workspace
    return list(stage.slack.messages(workspace.direct(AGENT).id))


def test_the_logger_is_reminded_before_the_archive_check_with_the_form(stage: Stage) -> None:
    a_vip(stage)
    number = take(stage, f"quick {PHONE} 冰箱不制冷")

    at_half_past_three(stage)

    (reminder,) = [one for one in direct(stage) if "还有 1 张没有补录" in words_of(one)]
    assert number in words_of(reminder)
    place = stage.slack.sandbox.workspace.direct(AGENT).id
    stage.person(AGENT).click(reminder, ActionId.FILL_IN, channel=place)
    sent = stage.person(AGENT).submit(stage.person(AGENT).modal("modal.fill_in"), FILLED)
    assert not sent.errors


def test_who_owes_nothing_hears_nothing(stage: Stage) -> None:
    a_vip(stage)
    number = take(stage, f"quick {PHONE} 冰箱不制冷")
    stage.fill(AGENT, ActionId.FILL_IN, number, **FILLED)

    at_half_past_three(stage)

    assert not [one for one in direct(stage) if "没有补录" in words_of(one)]


def test_the_agents_page_lists_what_is_owed(stage: Stage) -> None:
    a_vip(stage)
    number = take(stage, f"quick {PHONE} 冰箱不制冷")

    stage.person(AGENT).open_home()
    stage.settle()

    assert f"owing.{number}" in str(stage.person(AGENT).home())


def test_a_thin_description_is_refused_under_its_field(stage: Stage) -> None:
    a_vip(stage)
    number = take(stage, f"quick {PHONE} 冰箱不制冷")

    sent: Any = stage.fill(
        AGENT, ActionId.FILL_IN, number, **{**FILLED, "form.description": "坏了"}
    )

    assert set(sent.errors) == {"form.description"}


def test_the_profile_of_a_vip_offers_it(stage: Stage) -> None:
    a_vip(stage)
    before = set(stage.numbers())
    acting = stage.person(AGENT)
    acting.command("/ticket", f"customer {PHONE}")
    acting.click(acting.modal("modal.shown"), ActionId.FAST_LANE)
    sent = acting.submit(acting.modal("modal.fast_lane"), {"fast_lane.line": "冰箱不制冷"})

    number = new_one(stage, before)
    assert number in words_of(sent.views[-1])


def test_an_ordinary_customer_gets_the_form(stage: Stage) -> None:
    stage.log()
    before = stage.numbers()

    stage.person(AGENT).command("/ticket", f"fast {PHONE} 冰箱不制冷")

    assert "VIP" in stage.told(AGENT)
    assert stage.numbers() == before


def test_for_a_number_that_nobody_has_it_says_where_to_log(stage: Stage) -> None:
    """The line that helps with a new customer names the way on."""
    before = stage.numbers()

    stage.person(AGENT).command("/ticket", "fast 13900139000 冰箱不制冷")

    assert "/ticket 新建" in stage.told(AGENT)
    assert stage.numbers() == before


def test_without_a_customer_it_says_how(stage: Stage) -> None:
    stage.person(AGENT).command("/ticket", "fast 冰箱不制冷")

    assert "/ticket 快速受理 13800138000" in stage.told(AGENT)


@pytest.mark.parametrize("who", [PHONE, "C000001", "ann@example.com"])
def test_a_customer_without_a_line_is_told_what_to_write(stage: Stage, who: str) -> None:
    a_vip(stage)

    for word in ("fast", "quick"):
        stage.person(AGENT).command("/ticket", f"{word} {who}")

        assert "/ticket 快速受理 13800138000 冰箱不制冷" in stage.told(AGENT)


def test_the_short_word_without_a_customer_names_both_ways(stage: Stage) -> None:
    stage.person(AGENT).command("/ticket", "quick 冰箱不制冷")

    told = stage.told(AGENT)
    assert "/ticket 快速登记" in told
    assert "/ticket 快速受理" in told


@pytest.mark.parametrize("word", ["快速", "快速登记"])
def test_the_form_of_an_answered_call_names_the_fast_lane(stage: Stage, word: str) -> None:
    acting = stage.person(AGENT)
    acting.command("/ticket", word)

    assert "/ticket 快速受理" in words_of(acting.modal("form.quick"))


def test_a_customer_behind_the_word_of_an_answered_call_takes_no_case(stage: Stage) -> None:
    """The words are what was asked, whoever is named in them."""
    a_vip(stage)
    before, acting = stage.numbers(), stage.person(AGENT)
    acting.command("/ticket", f"快速登记 {PHONE} 询问营业时间")

    asked = acting.modal("form.quick")["state"]["values"]["quick.description"]
    assert asked["value"]["value"] == f"{PHONE} 询问营业时间"
    assert stage.numbers() == before


def test_a_list_says_what_was_written_down_later_and_what_is_still_owed(stage: Stage) -> None:
    a_vip(stage)
    number = take(stage, f"quick {PHONE} 冰箱不制冷")
    stage.told(AGENT)

    def row() -> str:
        stage.person(AGENT).command("/ticket", "list")
        said = stage.told(AGENT)
        return said[said.index(number) :].split("@")[0]

    assert "待补录" in row()

    stage.fill(AGENT, ActionId.FILL_IN, number, **FILLED)
    stage.settle()

    after = row()
    assert "补录" in after and "待补录" not in after
