"""A megabyte of the worst is looked through to its end with the right answer (X39); `benchmarks` has the times."""

import pytest

from tests.tickets.people.worst_cases import WORST
from tickets.people.privacy import redact


@pytest.mark.parametrize("name", WORST)
@pytest.mark.proves("X39")
def test_the_worst_case_ends_and_a_number_behind_it_is_found(name: str) -> None:
    """A hundredth of it each time; the whole megabyte is the benchmark's."""
    text = WORST[name](10_000)

    clean = redact(f"{text}，电话 13812345678。")

    assert clean.endswith("，电话 ****5678。")
