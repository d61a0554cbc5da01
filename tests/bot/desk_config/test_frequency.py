"""`complaints.frequency` of the desk file (R29)."""

from datetime import timedelta

import pytest

from bot.desk_config.schema_complaints import Complaints, complaint_rules
from tickets.insight.frequency import Frequency

pytestmark = pytest.mark.requirement(29)


def test_without_it_a_week_is_held_against_the_eight_before() -> None:
    assert complaint_rules(Complaints()).frequency == Frequency(timedelta(days=7), 8, 3)


def test_the_desk_sets_its_own() -> None:
    section = Complaints.model_validate({"frequency": {"window": "3d", "baseline": 10, "min": 5}})

    assert complaint_rules(section).frequency == Frequency(timedelta(days=3), 10, 5)


@pytest.mark.parametrize("wrong", [{"window": "soon"}, {"baseline": 0}, {"min": 1}, {"often": 3}])
def test_what_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Complaints.model_validate({"frequency": wrong})
