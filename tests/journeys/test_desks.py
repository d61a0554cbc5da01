"""Each ready desk seen in the browser: the card of its walk once it is logged and once it is archived; the tour's pictures."""

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from bot.cli.preset import preset_file
from bot.trial.cases import load_case
from bot.trial.play import Stage
from bot.trial.walks import walk_of
from tests.conftest import Address
from tests.journeys.conftest import Watched
from tests.journeys.seat import Album, Seat
from tests.presets.test_walks import ENDS, End, archive, play, walking
from tests.scenarios.house import CAST, SHANGHAI, open_house

pytestmark = [pytest.mark.journey, pytest.mark.long]


def seen(seat: Seat, stage: Stage) -> Locator:
    """Find the case's card where it stands, drawn as it is now."""
    card, channel = stage.card()
    seat.go(CAST["sue"], channel)
    shown = seat.article(card)
    expect(shown).to_contain_text(stage.number)
    shown.scroll_into_view_if_needed()
    seat.go(CAST["sue"], channel)  # nothing that has just been announced lies over it
    return shown


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.desk)
def test_a_walks_card_is_read_in_the_browser(
    end: End, filed_address: Address, context: BrowserContext
) -> None:
    case = load_case(walk_of(end.desk))
    starts = case.starts.replace(tzinfo=SHANGHAI)
    with open_house(filed_address, starts=starts, desk_file=preset_file(end.desk)) as house:
        stage = walking(case, house)
        watched = Watched(context, house.slack.url, [])
        home = house.slack.url
        seat = Seat(watched.open(f"#/as/{CAST['sue']}/home"), home, Album("zh-Hans"))
        walk = play(stage, house)
        next(walk)
        seat.album.picture(f"desk.{end.desk}.logged", seen(seat, stage))
        for _ in walk:
            pass
        archive(stage, house, end)
        card = seen(seat, stage)
        expect(card).to_contain_text("已归档")
        seat.album.picture(f"desk.{end.desk}.archived", card)
        assert watched.troubles == []
