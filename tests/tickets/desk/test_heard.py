"""Got it: noted of everybody; a lead or supervisor calls the next rung off, who has the case does not (R82)."""

from datetime import timedelta

import pytest

from storage.records import SqlRecords
from tests.tickets.desk.desks import DAI, EVE, LEE, NINE_THIRTY, SUE
from tests.tickets.watch.watched import Watched, watched
from tickets.case import facts as f
from tickets.case.values import PersonId
from tickets.desk.heard import got_it
from tickets.time.deadline import DeadlineKind

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(records: SqlRecords) -> Watched:
    return watched(records)


def press(desk: Watched, number: str, who: PersonId) -> list[f.Heard]:
    got_it(
        desk.trial.desk,
        number,
        kind=DeadlineKind.RESPONSE,
        detail="",
        due_at=NINE_THIRTY + HOUR,
        by=who,
        receipt=desk.trial.receipt(),
    )
    return [event.fact for event in desk.events(number) if isinstance(event.fact, f.Heard)]


def directors_hear(desk: Watched) -> bool:
    """Tell whether the next rung, 4wh after the breach, was said."""
    return any(DAI in post.called for post in desk.posts(DeadlineKind.RESPONSE))


@pytest.mark.parametrize(("who", "cancels"), [(EVE, None), (LEE, 2), (SUE, 2)])
def test_on_a_breach_the_lead_or_a_supervisor_calls_the_next_rung_off(
    desk: Watched, who: PersonId, cancels: int | None
) -> None:
    number = desk.trial.log()
    desk.live_until(NINE_THIRTY + HOUR)

    (heard,) = press(desk, number, who)
    desk.live_until(NINE_THIRTY + 24 * HOUR)

    assert heard.stage == 1
    assert heard.cancels == cancels
    assert directors_hear(desk) == (cancels is None)


def test_on_a_warning_it_is_only_noted(desk: Watched) -> None:
    number = desk.trial.log()
    desk.live_until(NINE_THIRTY + HOUR / 2)

    (heard,) = press(desk, number, SUE)
    desk.live_until(NINE_THIRTY + 24 * HOUR)

    assert (heard.stage, heard.cancels) == (0, None)
    assert directors_hear(desk)
