"""The fishbone: whatever was said of causes is drawn, as it was typed (R119)."""

import pytest

from bot.papers.fishbone import fishbone
from bot.papers.fonts import has_papers
from bot.speech import strict_speech
from tests.tickets.desk.desks import MovableClock
from tests.tickets.time.plans import at
from tickets.case.values import CauseDimension, Text
from tickets.retrospectives.causes import Cause


@pytest.mark.requirement(119)
@pytest.mark.parametrize(
    "said",
    ["成本由 $100 涨到 $200", r"$\frac{$", r"C:\new\$a_{b", "_a_^b", "空调不制冷"],
)
def test_a_sign_of_formulas_is_a_sign_like_any_other(
    said: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert has_papers()
    clock = MovableClock(at("2026-11-30 10:00"))
    tongue = strict_speech(clock).tongue(
        "zh-Hans", "Asia/Shanghai", names=str, words=lambda _word: None
    )
    process = CauseDimension.PROCESS

    drawn = fishbone([Cause(place=1, under=None, dimension=process, text=Text(said))], said, tongue)

    assert drawn.startswith(b"\x89PNG")
    assert not caplog.records  # a formula's font says that it has no Chinese characters
