"""Ids of new rows."""

from datetime import UTC, datetime
from uuid import RFC_4122, UUID

import time_machine

from bot.ids import new_id


def test_an_id_is_a_uuid_of_the_seventh_kind() -> None:
    made = [UUID(new_id()) for _ in range(1_000)]
    assert {(one.version, one.variant) for one in made} == {(7, RFC_4122)}
    assert len(set(made)) == 1_000
    # Every bit but version and variant is drawn or counts time: none is stuck.
    drawn = [one.int & ((1 << 80) - 1) for one in made]
    ever, always = 0, (1 << 80) - 1
    for one in drawn:
        ever, always = ever | one, always & one
    assert ever == (1 << 80) - 1 - (0b1000 << 76) - (0b01 << 62)
    assert always == 0b0111 << 76 | 0b10 << 62


def test_one_made_later_sorts_after() -> None:
    moments = [datetime(2026, 11, 29, 9, 0, 0, 1_000 * ms, UTC) for ms in range(5)]
    made = []
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            made.append(new_id())
    assert made == sorted(made)
