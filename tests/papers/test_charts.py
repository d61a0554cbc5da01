"""Charts: drawn with a font that has every character of their labels."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from bot.papers.charts import FEWEST_PLACES, Layer, Stack, stacked_bars
from bot.papers.drawing import lettering
from bot.papers.fonts import chinese_family, has_papers

PNG = b"\x89PNG\r\n\x1a\n"


def a_stack(
    *names: str, title: str = "历次会议时超时未完成的工单（按部门）", weeks: int = 12
) -> Stack:
    layers = [
        Layer(name, [place + week for week in range(weeks)]) for place, name in enumerate(names)
    ]
    bars = [f"{week:02}-01" for week in range(weeks)]
    return Stack(title=title, axis="工单数（件）", bars=bars, layers=layers)


# A glyph that is missing only warns in service; here every warning is an error (pyproject.toml).
@pytest.mark.filterwarnings("error:Glyph")
@pytest.mark.parametrize(
    "names",
    [
        ("技术部", "运营部", "客服部"),
        ("技術部", "營運部", "客服部"),
        ("Engineering", "Operations", "Ünïts"),
    ],
)
def test_no_label_lacks_a_character(names: tuple[str, ...]) -> None:
    assert stacked_bars(a_stack(*names)).startswith(PNG)


def test_the_packaged_font_is_found() -> None:
    assert has_papers()
    assert chinese_family() == "Noto Sans SC"


@pytest.mark.parametrize("weeks", [1, FEWEST_PLACES, 12])
def test_any_number_of_meetings_is_drawn(weeks: int) -> None:
    assert stacked_bars(a_stack("技术部", weeks=weeks)).startswith(PNG)


def test_a_chart_of_nothing_is_a_chart() -> None:
    assert stacked_bars(a_stack(weeks=3)).startswith(PNG)


def test_while_one_picture_is_drawn_no_other_changes_the_settings() -> None:
    with ThreadPoolExecutor(1) as others:
        with lettering():
            waiting = others.submit(stacked_bars, a_stack("技术部"))
            _, still = wait([waiting], timeout=0.5)
            assert still == {waiting}
        assert waiting.result().startswith(PNG)
