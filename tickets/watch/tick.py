"""What a tick does; being late, early, doubled or run by several processes at once changes nothing."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from tickets.desk.context import Desk
from tickets.desk.figure_rows import fill as fill_figures
from tickets.watch import (
    archive_redraw,
    due,
    frequency,
    jobs,
    reckon,
    retention,
    retro,
    sealing,
    silence,
)


def tick(desk: Desk, *, now: datetime) -> int:
    """Do whatever time asks for at this moment; tell how much there was.

    Each part has its turn whatever became of the others. Raises ExceptionGroup of what went wrong.
    """
    parts: tuple[Callable[[], int | None], ...] = (
        partial(due.look, desk, now=now),
        partial(jobs.work, desk, now=now),
        partial(reckon.work, desk, now=now),
        partial(frequency.work, desk, now=now),
        partial(silence.work, desk, now=now),
        partial(archive_redraw.work, desk, now=now),
        partial(retention.work, desk, now=now),
        partial(retro.work, desk, now=now),
        partial(sealing.work, desk, now=now),
        partial(fill_figures, desk),
    )
    count, troubles = 0, []
    for part in parts:
        try:
            count += part() or 0  # of what nobody hears there is nothing to tell
        except Exception as trouble:  # noqa: BLE001  told below, once the others had their turn
            troubles.append(trouble)
    if troubles:
        raise ExceptionGroup("the tick stumbled", troubles)
    return count


def next_moment(desk: Desk) -> datetime | None:
    """Tell when time asks for something next; None: for nothing that is known yet."""
    now = desk.clock.now()
    with desk.records.read() as unit:
        look_at = unit.watch.next_look_at()
        look_back_at = unit.retrospectives.next_look_at()
        held_until = unit.notices.next_due(
            after=now
        )  # the next opening, for what nobody hears at night
    coming = (look_at, look_back_at, held_until, jobs.next_due(desk, now=now))
    return min((moment for moment in coming if moment), default=None)
