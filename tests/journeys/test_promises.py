"""A date told to a customer is recorded with the call, is watched, and is kept with one tap."""

from datetime import timedelta

import pytest

from tests.journeys.house_in import HouseIn

pytestmark = pytest.mark.journey


def test_a_promise_is_watched_and_kept(house: HouseIn) -> None:
    say = house.say
    house.workday("09:05")
    case = house.repair(say("吴霞", "Wu Xia"), "13766667777")
    case.done("assignee", "accept")
    until = (house.now() + timedelta(hours=5)).replace(tzinfo=None, second=0, microsecond=0)
    case.seen(
        "assignee",
        "contact",
        way="phone",
        outcome="reached",
        note=say("约好今天下午上门。", "The visit is agreed for this afternoon."),
        promise=say("今天下午上门检修", "A visit this afternoon"),
        promised_until=until,
    )
    name = "eve" if house.person("eve").id == case.stage.assignee else "ken"
    case.card(name, "promise.card")
    house.reach("12:06")
    thread = case.stage.thread()
    house.at(name).look(thread[-1], channel=case.stage.card()[1], name="promise.warning")
    case.seen(
        name,
        "promise",
        on="more",
        promise=say("改为17点前上门", "A visit by five instead"),
        until=until + timedelta(hours=3),
        instead_of="1",
    )
    case.seen(name, "promise_kept", on="more")
    house.player.wait_for(lambda: not case.now().promises, "the promise kept")
    case.card(name, "promise.kept.card")
