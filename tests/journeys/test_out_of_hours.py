"""A call in the evening: the logger has the sentence for the customer, with the hours in which somebody answers (R67)."""

import pytest

from bot.trial.screens import words_of
from tests.journeys.house_in import HouseIn

pytestmark = pytest.mark.journey


@pytest.mark.requirement(67)
def test_the_sentence_for_the_customer_is_copied(house: HouseIn) -> None:
    house.reach("18:30")
    case = house.repair(house.say("沈月", "Shen Yue"), "13511113333")

    told = house.reads("ann", case.number, button="ticket.copy", proof="closed.told")
    house.at("ann").press(told, "ticket.copy")
    copied = house.shown("ann", "closed.copy")
    assert case.number in words_of(copied)
    house.at("ann").put_away()
