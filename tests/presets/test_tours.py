"""The page of tours is made from the walks as they are, and each desk has one."""

from bot.trial.cases import load_cases
from bot.trial.walks import load_walk
from tests.presets.desks import DESKS, handbook
from tests.presets.tours import DOCUMENT, document
from tests.scenarios.house import CAST


def test_the_page_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "run: python -m tests.presets.tours"


def test_each_desk_is_shown_by_its_own_walk_and_the_trials_by_all_cases() -> None:
    for desk in DESKS:
        (case,) = load_walk(desk).values()
        assert case.people <= set(CAST)
        assert all(handbook(desk).subcategory(key) for key in case.categories)
    assert load_walk("sandbox") == load_cases()
