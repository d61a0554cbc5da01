"""The same customer calls again: our answer is told once more with an apology, or the call is merged with its case (R79)."""

import pytest

from bot.trial.screens import Json, words_of
from tests.journeys.house_in import HouseIn
from tests.journeys.seat import PagePerson
from tickets.case.values import Status

pytestmark = [pytest.mark.journey, pytest.mark.requirement(79)]


def calls_again(who: PagePerson, phone: str) -> Json:
    """Type the number while logging; Enter looks who calls."""
    who.command("/ticket new")
    form = who.view("form")
    box = who.read(form).locator('[data-block-id="form.phone"] input')
    box.fill(phone)
    box.press("Enter")
    return who.view("form", besides=form["hash"])


def test_the_answer_did_not_arrive_and_is_told_again(house: HouseIn) -> None:
    say, bob = house.say, house.at("bob")
    case = house.solved(say("冯洁", "Feng Jie"), "13588889999")

    form = calls_again(bob, "13588889999")
    house.seat.album.picture("repeat", bob.read(form, name="repeat.form"))
    assert case.number in words_of(form)
    bob.press(form, "form.resend")
    again = bob.view("modal.tell_again")
    bob.submit(again, {"repeat_cause": "not_understood"})
    house.reads("ann", case.number, say("再次", "again"), proof="repeat.ann")
    case.card("ann", "repeat.card")
    assert case.now().repeats


def test_a_second_call_about_an_open_case_is_merged(house: HouseIn) -> None:
    say = house.say
    case = house.repair(say("蒋雪", "Jiang Xue"), "13599990000")
    second = house.repair(say("蒋雪", "Jiang Xue"), "13599990000", by="bob")

    second.seen("bob", "merge", on="more", survivor=case.number)
    second.card("bob", "merged.card")
    case.card("ann", "survivor.card")
    assert second.now().status is Status.MERGED
    card = case.card("sue")
    sue = house.at("sue")
    sue.press(card, "ticket.more", channel=case.stage.card()[1])
    menu = house.shown("sue", "survivor.more")
    sue.press(menu, "ticket.history")
    story = house.shown("sue", "survivor.history", besides=menu["hash"])
    assert second.number in words_of(story)
    sue.put_away()
