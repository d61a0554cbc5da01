"""When an improvement is asked for, and when it is measured again; when minutes are (R124, DESK.md 5)."""

from datetime import datetime, timedelta

from tickets.retrospectives.dates import minutes_by, morning_of, pack_at
from tickets.retrospectives.pursuit import Pursued
from tickets.retrospectives.retrospective import OWING_MINUTES, Retrospective, Standing
from tickets.time.calendar import Calendar

UP_AFTER = 2  # working days past its due the supervisors hear of it as well
A_MOMENT = timedelta(seconds=1)  # what is due at midnight is due on the day that ends then
AGAIN_EVERY = timedelta(days=7)
DUE_DAY, OVERDUE, UP = 1, 2, 3  # the first, second and third time it is asked for


def next_look(one: Pursued, calendar: Calendar) -> datetime | None:
    """Tell when there is something to say or to measure about an improvement next."""
    item, pursuit = one.item, one.pursuit
    if item.done_at is not None:
        after = pursuit.next_check
        return None if after is None else one.check_at(after)
    match pursuit.chased + 1:
        case 1:
            return morning_of(calendar, calendar.date_of(item.due_at - A_MOMENT))
        case 2:
            return item.due_at
        case time:
            up = calendar.add_working_days(item.due_at, UP_AFTER)
            return up + (time - UP) * AGAIN_EVERY


def next_look_at(retro: Retrospective, calendar: Calendar) -> datetime | None:
    """Tell when there is something to send or to ask of a retrospective next."""
    if retro.standing is Standing.CALLED and retro.held_at:
        return None if retro.packed_at else pack_at(calendar, retro.held_at)
    if retro.standing in OWING_MINUTES and retro.closed_at:
        due = minutes_by(calendar, retro.closed_at)
        if not retro.asked:
            return morning_of(calendar, calendar.date_of(due))
        return due + (retro.asked - 1) * AGAIN_EVERY
    return None
