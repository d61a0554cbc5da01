"""Keeping no longer than the desk file says: what is past its age is listed for two people's consent (X35).

Each day at most one list of AT_ONCE tickets is under way; the next follows when that is done, refused or expired.
"""

from datetime import datetime

from tickets.case.log import DESK
from tickets.case.values import Text
from tickets.desk.carry_out import carry_out
from tickets.desk.context import Desk
from tickets.desk.rights import note, told, went_on
from tickets.handbook import Digest
from tickets.people import disposal
from tickets.people.disposal import AT_ONCE, Occasion, Request, Standing, age_of, kept_since
from tickets.ports import Unit
from tickets.watch.occasion import Occasion as Period

RETENTION = Digest("retention", "open days 09:30", to="supervisors")
"""Every desk has it, whatever its desk.yml says; it is silent while nothing is past its age."""

_EXPIRY = "expire_disposal"


def propose(desk: Desk, unit: Unit, _period: Period) -> None:
    """List what is past its age, and ask the supervisors to ask for its end."""
    if unit.disposals.is_open(Occasion.RETENTION):
        return
    now, handbook = desk.clock.now(), desk.handbook()
    age = age_of(handbook, "tickets")
    numbers = unit.disposals.past(kept_since(age, now=now), limit=AT_ONCE)
    known_since = kept_since(age_of(handbook, "customers"), now=now)
    customers = unit.disposals.left_behind(known_since, numbers, limit=AT_ONCE)
    if not numbers and not customers:
        return
    request = Request(
        id=desk.new_id(),
        occasion=Occasion.RETENTION,
        standing=Standing.PROPOSED,
        reason=Text(f"{age.amount}{age.unit}"),
        numbers=tuple(numbers),
        customers=tuple(customers),
        made_at=now,
        since=now,
    )
    unit.disposals.add(request)
    unit.notices.plan(told(desk, request))
    note(desk, unit, request, "list_past_age", by=DESK)


def work(desk: Desk, *, now: datetime) -> int:
    """Carry on what two people agreed on, and end what nobody took further; tell how much there was."""
    with desk.records.read() as unit:
        under_way = unit.disposals.standing(Standing.RUNNING, *disposal.WAITING)
    running = [one for one in under_way if one.standing is Standing.RUNNING]
    for request in running:
        while carry_out(desk, request.id):
            pass
    over = [one for one in under_way if disposal.is_over(one, now=now)]
    for request in over:
        _expire(desk, request, now=now)
    return len(running) + len(over)


def _expire(desk: Desk, request: Request, *, now: datetime) -> None:
    with desk.records.write() as unit:
        present = unit.disposals.get(request.id)
        if not disposal.is_over(present, now=now):
            return
        ended = disposal.expire(present, now=now)
        unit.disposals.save(ended, was=present.standing)
        unit.notices.plan((*told(desk, ended), *went_on(desk, unit, present, ended)))
        note(desk, unit, ended, _EXPIRY, by=DESK)
    desk.wake()
