"""A case scored 2 comes back to somebody else, the supervisor calls, the second score is 5, and it is archived (R46, R62, R86–R93)."""

import pytest

from bot.trial.screens import button_of, words_of
from tests.journeys.house_in import HouseIn, Told
from tickets.case.values import Status

pytestmark = pytest.mark.journey


@pytest.mark.requirement(46, 62, 86, 87, 92, 93)
def test_a_low_score_comes_back_and_ends_well(house: HouseIn) -> None:
    say = house.say
    case = house.solved(say("李娜", "Li Na"), "13800135678")
    first, priority = case.now().assignee, case.now().priority
    case.seen(
        "ann",
        "score",
        score="2",
        solved="no",
        dissatisfaction="too_slow",
        words=say("等了三天才来，现在还是不凉。", "I waited three days, and it is still not cold."),
    )

    case.card("ann", "low.card")
    again = case.now()
    assert (again.round, again.status) == (2, Status.NEW)
    assert again.assignee not in {None, first}
    assert again.priority < priority
    case.stage.assignee = str(again.assignee)
    former = "eve" if case.stage.person("eve").id == first else "ken"
    house.reads(former, case.number, proof="former")
    the_pack_is_read(house, case)
    the_supervisor_calls(house, case)
    it_ends_well(house, case)


def the_pack_is_read(house: HouseIn, case: Told) -> None:
    """Whoever has it now reads facts and demand first, and what was done by a button."""
    name = "ken" if case.stage.person("ken").id == case.stage.assignee else "eve"
    pack = house.reads(
        name, case.number, button="ticket.earlier", proof="pack", picture="second_round"
    )
    assert house.say("制冷剂", "Refrigerant") not in words_of(pack)
    house.at(name).press(pack, "ticket.earlier")
    before = house.shown(name, "pack.earlier")
    assert house.say("已补充制冷剂", "Refrigerant added") in words_of(before)
    house.at(name).put_away()


def the_supervisor_calls(house: HouseIn, case: Told) -> None:
    """The supervisor is reminded, finds the call on the list, and records it."""
    house.reads("sue", case.number, button="ticket.supervisor_call", proof="sue.told")
    house.workday("09:01")
    house.at("sue").command(house.say("/ticket 待回访", "/ticket calls"))
    listed = house.reads("sue", case.number, button="ticket.supervisor_call", proof="sue.calls")
    sue = house.at("sue")
    sue.press(listed, "ticket.supervisor_call")
    form = sue.view("modal.supervisor_call")
    note = house.say(
        "已致歉，说明今天由另一位工程师上门。", "Apologised; another engineer comes today."
    )
    sue.submit(form, {"note": note, "outcome": "reached"})
    sue.put_away()
    assert not case.now().owes_supervisor_call


def it_ends_well(house: HouseIn, case: Told) -> None:
    """Solved by the second, told, scored 5, closed, archived at the day's check; the story reads well."""
    say = house.say
    case.done("assignee", "accept")
    case.done(
        "assignee",
        "contact",
        way="phone",
        outcome="reached",
        note=say("约好今天下午上门。", "The visit is agreed for this afternoon."),
    )
    case.done(
        "assignee",
        "resolve",
        result=say("更换压缩机，出风口11 ℃。", "The compressor was replaced; 11 °C."),
    )
    case.done("ann", "tell", way="phone")
    case.seen(
        "ann",
        "score",
        score="5",
        solved="yes",
        words=say("这次很快，谢谢。", "Quick this time, thank you."),
    )
    case.seen("ann", "close")
    house.reach("16:01")
    check = house.person("sue").sees(
        lambda one: button_of(one, "digest.archive") is not None,
        "the check",
        channel="#service-desk",
    )
    sue = house.at("sue")
    sue.look(check, channel="#service-desk", name="check")
    sue.press(check, "digest.archive", channel="#service-desk")
    house.player.wait_for(lambda: case.now().status is Status.ARCHIVED, "archived")
    card = case.card("sue", "archived.card", button="ticket.history")
    sue.press(card, "ticket.history", channel=case.stage.card()[1])
    first = house.shown("sue", "timeline", picture="story")
    sue.press(first, "history.page")
    last = house.shown("sue", "timeline.more", besides=first["hash"])
    the_story_reads_well(house, words_of(first) + words_of(last))
    sue.put_away()


def the_story_reads_well(house: HouseIn, story: str) -> None:
    """What happened stands there in its order, in words."""
    told = [
        ("登记工单", "logged the case"),
        ("记录满意度 2 分", "recorded the score 2 of 5"),
        ("处理太慢", "Too slow"),
        ("因评分偏低启动二次处理，原因：", "began the second round after a low score: "),
        ("主管回访：已接通", "called the customer as supervisor: Reached"),
        ("已致歉", "Apologised"),
        ("更换压缩机", "The compressor was replaced"),
        ("记录满意度 5 分", "recorded the score 5 of 5"),
        ("关闭工单", "closed it"),
        ("归档", "archived it"),
    ]
    rest = story
    for words in told:
        said = house.say(*words)
        assert said in rest, (said, story)
        rest = rest.partition(said)[2]
