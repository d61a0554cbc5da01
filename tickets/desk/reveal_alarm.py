"""The pace of reveals: who goes too fast has to wait, and others hear of it, out of that person's reach (X19, X36)."""

from collections.abc import Sequence
from datetime import datetime

from tickets.case.values import PersonId
from tickets.desk.context import Desk
from tickets.errors import Refused
from tickets.notices import Notice, NoticeKind, Urgency, to_person
from tickets.people.reveals import (
    LOOK_BACK,
    Seen,
    customers_on,
    hurried_since,
    is_unusual,
    next_at,
    within_an_hour,
)
from tickets.ports import Unit


class TooFast(Refused):
    """This person reveals faster than anybody calls; it goes on in a few minutes."""


def seen_by(desk: Desk, unit: Unit, person: PersonId) -> tuple[Seen, ...]:
    """List what a person revealed of late, the oldest first."""
    return tuple(unit.reveals.by(person, since=desk.clock.now() - LOOK_BACK))


def require_pace(seen: Sequence[Seen], now: datetime) -> None:
    """Raise TooFast while this person has to wait."""
    again_at = next_at(seen, now)
    if again_at > now:
        raise TooFast("reveal.too_fast", at=again_at)


def alarms(desk: Desk, by: PersonId, before: Sequence[Seen], *more: Seen) -> list[Notice]:
    """Plan what others are told: once while the hurry lasts, once on a day of unusually many customers.

    `before` is what was revealed, `more` what is now. The keys say which hurry and which day, so that planning again tells nobody twice.
    """
    now, day_of = desk.clock.now(), desk.calendar().date_of
    told: list[Notice] = []
    since, seen = hurried_since(before, now), (*before, *more)
    if since:
        told += _to_others(desk, by, "hurried", since, within_an_hour(before, now) + 1)
    if is_unusual(seen, now, day_of):
        today = day_of(now)
        count = len(customers_on(seen, today, day_of))
        told += _to_others(desk, by, "unusual", desk.calendar().start_of(today), count)
    return told


def tell_of_hurry(desk: Desk, by: PersonId) -> None:
    """Tell of it although what was asked for is refused and nothing of it kept."""
    with desk.records.write() as unit:
        unit.notices.plan(alarms(desk, by, seen_by(desk, unit, by)))
    desk.wake()


def _to_others(desk: Desk, by: PersonId, what: str, since: datetime, count: int) -> list[Notice]:
    return [
        Notice(
            key=f"{NoticeKind.REVEAL_ALARM}:{what}:{by}:{int(since.timestamp())}:{person}",
            kind=NoticeKind.REVEAL_ALARM,
            place=to_person(person),
            urgency=Urgency.WARNING,
            due_at=desk.clock.now(),
            params={"what": what, "person": by, "count": count},
        )
        for person in sorted(_guards(desk, by))
    ]


def _guards(desk: Desk, by: PersonId) -> frozenset[PersonId]:
    """Name who is told: supervisors and admins; of one of these, directors and auditors as well."""
    people = desk.handbook().people
    guards = people.supervisors | people.admins
    if by in guards:
        guards |= people.directors | people.auditors
    return guards - {by}
