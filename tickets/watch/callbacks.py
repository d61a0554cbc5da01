"""待回访: every morning each agent hears privately whom to tell and whom to call (R59–R61)."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from tickets.case.values import PersonId
from tickets.desk.context import Desk
from tickets.insight.calls import CallLists, call_lists
from tickets.notices import Notice, to_person
from tickets.ports import Unit
from tickets.time.periods import Period, next_period
from tickets.watch.occasion import Occasion
from tickets.watch.posting import ROWS, digest_posts
from tickets.watch.report import Report
from tickets.watch.timetable import digests_of

JOB = "callbacks"
A_DAY = timedelta(days=1)


def lists_of(desk: Desk, unit: Unit, occasion: Occasion) -> CallLists:
    """Make everybody's list of what is due before the next one, as it stands now."""
    until = _until(desk, occasion.period)
    here = frozenset(desk.handbook().people.supervisors) - unit.absences.away(desk.clock.now())
    return call_lists(
        unit.insight.unfinished(),
        until=until,
        who=_answering(desk, unit),
        supervise=unit.insight.supervisor_calls(),
        supervisors=sorted(here or desk.handbook().people.supervisors),
    )


def posts_of(_desk: Desk, lists: CallLists, occasion: Occasion) -> Iterator[Notice]:
    """Plan a message to everybody with a list; who owes nobody a call hears nothing."""
    for person, one in lists.people.items():
        more = (("calls", max(0, len(one.calls) - ROWS)),)  # the first ones stand in the head
        yield from digest_posts(occasion, to_person(PersonId(person)), more, person=person)


def _until(desk: Desk, period: Period) -> datetime:
    now = max(desk.clock.now(), period.due_at)
    coming = next_period(digests_of(desk.handbook())[JOB], period.key, now, desk.calendar())
    return coming.due_at if coming else now + A_DAY


def _answering(desk: Desk, unit: Unit) -> Callable[[PersonId], PersonId]:
    """Find who makes the calls of somebody away or gone: the deputy, else a supervisor."""
    people = desk.handbook().people
    supervisors = sorted(people.supervisors)
    away = unit.absences.away(desk.clock.now())

    def who(person: PersonId) -> PersonId:
        if not _is_missing(person):
            return person
        others = [people.deputies.get(person), *supervisors]
        return next((one for one in others if one and not _is_missing(one)), person)

    def _is_missing(person: PersonId) -> bool:
        return person in away or bool(unit.directory.gone((person,)))

    return who


REPORT = Report(CallLists, lists_of, posts_of)
