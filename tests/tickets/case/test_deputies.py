"""A notice that asks somebody away for work goes to their deputy too."""

from datetime import UTC, datetime

import pytest

from tickets.case.deputies import to_deputies, waits_for_deputy
from tickets.message import PersonId
from tickets.notices import Notice, NoticeKind, Urgency, in_thread, to_person

EVE, KEN, LEE = PersonId("U0EVE"), PersonId("U0KEN"), PersonId("U0LEE")
AT = datetime(2026, 11, 29, tzinfo=UTC)


def notice(person: PersonId, urgency: Urgency = Urgency.ASSIGNMENT) -> Notice:
    return Notice(
        key=f"resolved:1:{person}",
        kind=NoticeKind.RESOLVED,
        place=to_person(person),
        urgency=urgency,
        due_at=AT,
    )


def places(one: Notice, away: set[PersonId], deputies: dict[PersonId, PersonId]) -> list[str]:
    return [each.place.key for each in to_deputies([one], away, deputies)]


@pytest.mark.parametrize(
    ("away", "told"),
    [(set(), [EVE]), ({EVE}, [EVE, KEN]), ({EVE, KEN}, [EVE, LEE]), ({EVE, KEN, LEE}, [EVE])],
)
def test_the_first_deputy_who_is_there_hears_it_too(away: set[PersonId], told: list[str]) -> None:
    assert places(notice(EVE), away, {EVE: KEN, KEN: LEE}) == told


def test_deputies_of_one_another_who_are_both_away_end_the_search() -> None:
    assert places(notice(EVE), {EVE, KEN}, {EVE: KEN, KEN: EVE}) == [EVE]


def test_the_copy_is_a_notice_of_its_own_that_says_for_whom_it_was_meant() -> None:
    one, copy = to_deputies([notice(EVE)], {EVE}, {EVE: KEN})

    assert copy.key != one.key
    assert copy.params["deputy_for"] == EVE


def test_what_asks_for_nothing_or_stands_in_a_thread_is_not_copied() -> None:
    private = notice(EVE, Urgency.PRIVATE)
    threaded = Notice(
        key="t",
        kind=NoticeKind.ASSIGNED,
        place=in_thread("20261129001"),
        urgency=Urgency.ASSIGNMENT,
        due_at=AT,
    )

    assert list(to_deputies([private, threaded], {EVE}, {EVE: KEN})) == [private, threaded]
    assert not waits_for_deputy([private, threaded], {EVE: KEN})
