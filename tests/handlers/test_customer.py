"""A customer's profile through Slack: looked up, shown on the form, kept, revealed; each look on record (R128–R130)."""

from typing import Any

import pytest

from handlers.views.ids import ActionId
from tests.handlers.stage import AGENT, AGENT2, ENG, SUPER, Stage, words_of

PHONE = "13812345678"


def profile_of(stage: Stage, who: str, asked: str) -> dict[str, Any]:
    stage.person(who).command("/ticket", f"customer {asked}")
    return stage.person(who).modal("modal.shown")


def edit(stage: Stage, who: str, asked: str, **values: Any) -> Any:
    shown = profile_of(stage, who, asked)
    stage.person(who).click(shown, ActionId.PROFILE_EDIT)
    form = stage.person(who).modal("modal.profile")
    sent = stage.person(who).submit(form, {f"profile.{k}": v for k, v in values.items()})
    stage.person(who).close(shown, everything=True)
    return sent


@pytest.mark.requirement(128)
@pytest.mark.parametrize("asked", ["{number}", PHONE, "138 1234 5678", "C000001", "c000001"])
def test_a_profile_is_found_by_ticket_phone_and_id_and_is_masked(stage: Stage, asked: str) -> None:
    number = stage.log()

    said = words_of(profile_of(stage, AGENT, asked.format(number=number)))

    assert "C000001" in said
    assert "李*女士 ****5678" in said
    assert number in said
    assert PHONE not in said
    assert "李丽" not in said


@pytest.mark.requirement(128)
@pytest.mark.parametrize("word", ["customer", "客户", "客戶"])
def test_the_word_is_known_in_each_script(stage: Stage, word: str) -> None:
    stage.log()

    stage.person(AGENT).command("/ticket", f"{word} {PHONE}")

    assert "C000001" in words_of(stage.person(AGENT).modal("modal.shown"))


@pytest.mark.proves("X28")
def test_an_engineer_looks_nobody_up_but_sees_the_customer_of_their_case(stage: Stage) -> None:
    number = stage.log()

    stage.person(ENG).command("/ticket", f"customer {PHONE}")
    assert "查找客户" in stage.told(ENG)

    said = words_of(profile_of(stage, ENG, number))
    assert "李*女士" in said
    assert ActionId.PROFILE_EDIT not in str(said)


def test_nobody_known_is_said_so(stage: Stage) -> None:
    stage.person(AGENT).command("/ticket", "customer 13900000000")

    assert "没有找到这位客户" in stage.told(AGENT)


@pytest.mark.requirement(128)
def test_what_is_kept_comes_back_and_is_shown_at_the_next_call(stage: Stage) -> None:
    stage.log()
    edit(
        stage,
        AGENT,
        PHONE,
        products="空调 KF-35 | SN20230017\n冰箱",
        preferences="晚上7点后致电",
        tags="团购, 装修中",
        elderly=["yes"],
    )

    said = words_of(profile_of(stage, AGENT2, PHONE))

    assert "空调 KF-35 (SN20230017), 冰箱" in said  # she reads English
    assert "晚上7点后致电" in said
    assert "elderly · 团购 · 装修中" in said


@pytest.mark.requirement(128)
def test_the_form_tells_who_calls_and_does_not_ask_the_name_again(stage: Stage) -> None:
    stage.log()
    edit(stage, AGENT, PHONE, preferences="晚上7点后致电", vip=["yes"], level="金卡")
    acting = stage.person(AGENT2)
    acting.command("/ticket", "new")
    form = acting.modal("form")
    acting.click(form, ActionId.FORM_PHONE, value=PHONE)

    said = words_of(stage.shows(AGENT2, "known"))

    assert "C000001 · 李*女士" in said
    assert "VIP 金卡" in said
    assert "1 open" in said
    assert "晚上7点后致电" in said
    acting.close(acting.modal("form"), everything=True)
    number = stage.log(AGENT2, **{"form.name": ""})
    assert "李*女士" in words_of(stage.card(number)[1])


@pytest.mark.requirement(129)
def test_the_third_complaint_shows_on_the_card(stage: Stage) -> None:
    cards = [words_of(stage.card(complaint(stage))[1]) for _ in range(3)]

    assert ["重点跟进" in card for card in cards] == [False, False, True]


def complaint(stage: Stage) -> str:
    acting = stage.person(AGENT)
    before = set(stage.numbers())
    acting.command("/ticket", "new")
    acting.click(acting.modal("form"), "form.category", value="complaint")
    form = stage.shows(AGENT, "form.category.complaint")
    (second,) = [one for one in form["blocks"] if one.get("block_id") == "form.category.complaint"]
    values = {
        "form.name": "李丽",
        "form.phone": PHONE,
        "form.contact_channel": "phone",
        "form.category.complaint": second["element"]["options"][0]["value"],
        "form.description": "昨天的上门师傅态度很差，没有说明原因就走了",
        "form.expectation": "致歉",
        "form.urgency": "P2",
    }
    sent = acting.submit(acting.modal("form"), values)
    assert not sent.errors, sent.errors
    for view in sent.views[-1:]:
        acting.close(view, everything=True)
    stage.settle()
    (number,) = set(stage.numbers()) - before
    return number


def test_the_card_menu_leads_to_the_profile(stage: Stage) -> None:
    number = stage.log()

    stage.press(ENG, ActionId.PROFILE, number)

    assert "C000001" in words_of(stage.shows(ENG, "profile"))


def test_a_supervisor_goes_on_to_the_reveal(stage: Stage) -> None:
    stage.log()
    shown = profile_of(stage, SUPER, PHONE)

    stage.person(SUPER).click(shown, ActionId.REVEAL)
    form = stage.person(SUPER).modal("modal.reveal")
    sent = stage.person(SUPER).submit(form, {"reason": "核对档案"})

    assert PHONE in words_of(sent.views[-1])


@pytest.mark.requirement(128, 129)
def test_open_cards_are_drawn_anew_when_a_tag_is_set_or_taken(stage: Stage) -> None:
    number = stage.log()
    assert "急脾气" not in words_of(stage.card(number)[1]["blocks"])

    edit(stage, AGENT, PHONE, tags="急脾气")
    assert "急脾气" in words_of(stage.card(number)[1]["blocks"])

    edit(stage, AGENT, PHONE, tags="")
    assert "急脾气" not in words_of(stage.card(number)[1]["blocks"])


@pytest.mark.requirement(129)
def test_the_third_complaint_shows_on_the_cards_of_the_earlier_ones(stage: Stage) -> None:
    first = complaint(stage)
    complaint(stage)
    assert "重点跟进" not in words_of(stage.card(first)[1]["blocks"])

    complaint(stage)

    assert "重点跟进" in words_of(stage.card(first)[1]["blocks"])
