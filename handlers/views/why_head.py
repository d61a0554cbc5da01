"""The head of a receipt: what is due when, by which target and policy, and where the clock stands."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from handlers.views import labels
from handlers.views.lengths import in_desk_days
from handlers.views.modal import Sheet
from handlers.views.rich import Bold, Run, joined, weave, words
from tickets.desk.why import Judged
from tickets.time.deadline import Deadline, DeadlineKind
from tickets.time.durations import as_words
from tickets.time.receipt import Receipt

AGREED = frozenset(
    {DeadlineKind.PROMISE, DeadlineKind.WATCH, DeadlineKind.AUTHORITY}
)  # their target is a date
DONE, RUNNING, PAUSED, LATE, ENDED = "🟢", "🔵", "🟡", "🔴", "⚫"
MINUTE = timedelta(minutes=1)


def head_of(judged: Judged, sheet: Sheet, ordinary_day: timedelta) -> Iterator[Run]:
    """Say which deadline it is, by what it came to be, and how it went."""
    one, tongue = judged.receipt.deadline, sheet.tongue
    what, mark = Bold(labels.clock(one, sheet.handbook, tongue)), _mark(one, sheet.now)
    if one.due_at is None:
        since = one.paused_since or one.starts_at
        yield weave(tongue, "why.head_stopped", mark=mark, what=what, since=since)
    else:
        yield weave(tongue, "why.head", mark=mark, what=what, due=one.due_at)
    begun = f"why.since.{judged.receipt.since or 'event'}"
    yield joined([words(_target(judged.receipt, sheet)), weave(tongue, begun, at=one.starts_at)])
    late = judged.late
    yield _state(one, sheet, in_desk_days(late, ordinary_day, tongue) if late >= MINUTE else "")


def _mark(one: Deadline, now: datetime) -> str:
    if one.void:
        return ENDED
    if one.is_breached(now):
        return LATE
    if one.met_at:
        return DONE
    return PAUSED if one.due_at is None else RUNNING


def _target(receipt: Receipt, sheet: Sheet) -> str:
    """Say the target and the row of the policies that gave it, with its grade where it names one."""
    tongue, place = sheet.tongue, receipt.deadline.policy
    if receipt.deadline.kind in AGREED and not place:
        return tongue("why.target_agreed")
    target = tongue.of(as_words(receipt.target))
    if not place:
        return tongue("why.target_default", target=target)
    row = next((one for one in sheet.handbook.policies if one.place == place), None)
    grades = sorted(row.when.priorities) if row else []
    if not grades:
        return tongue("why.target", target=target, policy=place)
    named = labels.listed((labels.priority(one, sheet.handbook, tongue) for one in grades), tongue)
    return tongue("why.target_priority", target=target, policy=place, priority=named)


def _state(one: Deadline, sheet: Sheet, late: str) -> Run:
    tongue, was_late = sheet.tongue, one.is_breached(sheet.now)
    if one.met_at is not None and was_late and late:
        return weave(tongue, "why.met_late", at=one.met_at, late=late)
    if one.met_at is not None:
        return weave(tongue, "why.met_late_just" if was_late else "why.met", at=one.met_at)
    if one.void:
        return words(tongue("why.ended_late" if was_late else "why.ended"))
    if one.due_at is None:
        return []
    if was_late:
        return words(tongue("why.overdue", late=late) if late else tongue("why.overdue_just"))
    return words(tongue("why.running"))
