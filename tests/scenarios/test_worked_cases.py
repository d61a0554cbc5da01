"""The worked cases of the sources, from the first call to the end, through the real Bolt app."""

from pathlib import Path

import pytest

from bot.trial.cases import load_case
from bot.trial.play import Stage
from tests.conftest import Address
from tests.scenarios.expectations import require_seen
from tests.scenarios.house import CAST, SHANGHAI, open_house

CASES = Path(__file__).parents[1] / "cases"  # presets/cases, which the tour plays too


@pytest.mark.parametrize("file", sorted(CASES.glob("*.yml")), ids=lambda file: file.stem)
def test_a_worked_case_runs_from_end_to_end(file: Path, address: Address) -> None:
    case = load_case(file)

    with open_house(address, starts=case.starts.replace(tzinfo=SHANGHAI)) as house:
        stage = Stage(case=case, player=house.player, cast=CAST, zone=SHANGHAI)
        for place, step in enumerate(case.steps, start=1):
            try:
                stage.play(step)
                require_seen(step.see, stage, house)
            except Exception as trouble:
                trouble.add_note(f"{file.name}, step {place}: {step.say.en}")
                raise
