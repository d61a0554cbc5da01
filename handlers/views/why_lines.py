"""The lines of a receipt in words: each day or span, whether it counts and why, and the sum."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.views import labels
from handlers.views.lengths import to_the_minute
from handlers.views.modal import Sheet
from handlers.views.rich import Run, words
from handlers.views.text import clip, one_line
from handlers.views.why_head import AGREED
from tickets.case.values import Text
from tickets.time.durations import as_words
from tickets.time.receipt import NOTHING, Cause, DayKind, Halt, Line, Reason, Receipt

REASON_LIMIT = 200  # a reason stands whole in the history
BY_DAY = frozenset({"wh", "wd"})
COUNTING = frozenset({Reason.COUNTED, Reason.MADE_UP})
DAY = timedelta(days=1)


def line_of(line: Line, receipt: Receipt, sheet: Sheet) -> Run:
    """Say one stretch: when, whether it counts, what is special about it, what was stopped in it."""
    what = _what(line, receipt, sheet)
    notes = list(_notes(line, receipt, sheet))
    if notes:
        what = sheet.tongue("why.noted", what=what, note=sheet.tongue("watch.between").join(notes))
    parts = [what, *_halts(line, sheet)]
    if line.reason in {Reason.LEFT, Reason.STILL_STOPPED, Reason.CLOCK_CHANGE}:
        return words(" · ".join(parts))
    when = _when(line, receipt, sheet)
    return words(sheet.tongue("why.line", when=when, what=" · ".join(parts)))


def sum_of(receipt: Receipt, sheet: Sheet) -> Run:
    """Say that what counts is the target, and what was stopped."""
    tongue = sheet.tongue
    left = next((line for line in receipt.lines if line.reason is Reason.LEFT), None)
    target = _target(receipt, sheet)
    if left:
        had = _amount(receipt.days - left.days, receipt.time - left.time, receipt, sheet)
        rest = _amount(left.days, left.time, receipt, sheet)
        return words(tongue("why.sum_open", counted=had, left=rest, target=target))
    counted = _amount(receipt.days, receipt.time, receipt, sheet)
    if receipt.made_up:
        return words(
            tongue(
                "why.sum_made_up",
                counted=counted,
                target=target,
                stopped=to_the_minute(receipt.made_up, tongue),
                made_up=to_the_minute(receipt.made_up, tongue),
            )
        )
    if receipt.stopped and receipt.target.unit != "wd":
        stopped = to_the_minute(receipt.stopped, tongue)
        return words(tongue("why.sum_stopped", counted=counted, target=target, stopped=stopped))
    return words(tongue("why.sum", counted=counted, target=target))


def _target(receipt: Receipt, sheet: Sheet) -> str:
    if receipt.deadline.kind in AGREED and not receipt.deadline.policy:
        return to_the_minute(receipt.time, sheet.tongue)
    return sheet.tongue.of(as_words(receipt.target))


def _amount(days: int, time: timedelta, receipt: Receipt, sheet: Sheet) -> str:
    if receipt.target.unit == "wd":
        return sheet.tongue("why.working_days", count=days)
    return to_the_minute(time, sheet.tongue)


# --- when ---------------------------------------------------------------------------------------


def _when(line: Line, receipt: Receipt, sheet: Sheet) -> str:
    if receipt.target.unit not in BY_DAY:
        return _span(line.start, line.end, sheet, dated=True)
    if line.first == line.last:
        return _day(line.first, sheet)
    return sheet.tongue("why.days", first=_day(line.first, sheet), last=_day(line.last, sheet))


def _day(day: date, sheet: Sheet) -> str:
    return sheet.tongue("why.day", day=day)


def _local(at: datetime, sheet: Sheet) -> datetime:
    return at.astimezone(ZoneInfo(sheet.handbook.timezone))


def _span(since: datetime, until: datetime, sheet: Sheet, *, dated: bool) -> str:
    """Say from when to when by the desk's clock; the second day only where it is another."""
    first, last = _local(since, sheet), _local(until, sheet)
    begin, end = f"{first:%H:%M}", f"{last:%H:%M}"
    if last.date() != first.date() and last.time() == datetime.min.time():
        last, end = last - DAY, "24:00"
    another = last.date() != first.date()
    if dated or another:
        begin = sheet.tongue("why.moment", day=first.date(), time=begin)
    if another:
        end = sheet.tongue("why.moment", day=last.date(), time=end)
    return sheet.tongue("why.from_to", since=begin, until=end)


# --- what ---------------------------------------------------------------------------------------


def _what(line: Line, receipt: Receipt, sheet: Sheet) -> str:
    tongue = sheet.tongue
    match line.reason:
        case Reason.COUNTED if receipt.target.unit == "wd":
            return _which_days(line, sheet)
        case Reason.COUNTED:
            return tongue("why.line.counted", length=to_the_minute(line.time, tongue))
        case Reason.MADE_UP:
            return tongue("why.line.made_up", length=to_the_minute(line.made_up, tongue))
        case Reason.CLOCK_CHANGE:
            return tongue("why.line.clock_change", length=_signed(line.time, sheet))
        case Reason.LEFT:
            return tongue("why.line.left", what=_left(line, receipt, sheet))
        case _:
            return tongue(f"why.line.{line.reason}")


def _which_days(line: Line, sheet: Sheet) -> str:
    if line.days == 1:
        return sheet.tongue("why.line.counted_day", n=line.ordinal)
    first = line.ordinal - line.days + 1
    return sheet.tongue("why.line.counted_days", n=first, m=line.ordinal)


def _signed(length: timedelta, sheet: Sheet) -> str:
    return f"{'+' if length > NOTHING else '-'}{to_the_minute(abs(length), sheet.tongue)}"


def _left(line: Line, receipt: Receipt, sheet: Sheet) -> str:
    amount = _amount(line.days, line.time, receipt, sheet)
    if not line.made_up:
        return amount
    length = to_the_minute(line.made_up, sheet.tongue)
    return sheet.tongue("why.left_days_and", days=amount, length=length)


def _notes(line: Line, receipt: Receipt, sheet: Sheet) -> Iterator[str]:
    """What is special about a day, where within it the counting began or ended, and 暂定."""
    tongue, unit = sheet.tongue, receipt.target.unit
    if unit in BY_DAY and line.reason in COUNTING and line.kind is not DayKind.ORDINARY:
        yield tongue(f"why.kind.{line.kind}")
    if unit in BY_DAY and line.reason in COUNTING:
        yield from _edges(line, receipt, sheet)
    if line.provisional:
        yield tongue("why.provisional")


def _edges(line: Line, receipt: Receipt, sheet: Sheet) -> Iterator[str]:
    tongue, due = sheet.tongue, receipt.deadline.due_at
    if receipt.target.unit == "wh" and line.start == receipt.deadline.starts_at:
        yield tongue("why.from", time=f"{_local(line.start, sheet):%H:%M}")
    if due is None:
        return
    is_last_day = line.reason is Reason.COUNTED and line.ordinal == receipt.target.amount
    if receipt.target.unit == "wd" and is_last_day:
        ends = _local(line.end, sheet)
        is_midnight = ends.date() > line.last
        yield tongue("why.midnight") if is_midnight else tongue("why.close", time=f"{ends:%H:%M}")
    elif line.end == due:
        yield tongue("why.until", time=f"{_local(due, sheet):%H:%M}")


# --- pauses ---------------------------------------------------------------------------------------


def _halts(line: Line, sheet: Sheet) -> Iterator[str]:
    for halt in line.halts:
        yield _halt(halt, sheet, dated=line.first != line.last)
    if line.stopped and line.reason is not Reason.STILL_STOPPED:
        yield sheet.tongue("why.halt_stopped", length=to_the_minute(line.stopped, sheet.tongue))


def _halt(halt: Halt, sheet: Sheet, *, dated: bool) -> str:
    tongue = sheet.tongue
    named = " / ".join(_status(cause, sheet) for cause in halt.causes) or tongue("why.halt_unnamed")
    if halt.end is None:
        start = _local(halt.start, sheet)
        since = tongue("why.moment", day=start.date(), time=f"{start:%H:%M}")
        said = tongue("why.halt_lasting", status=named, since=since)
    else:
        span = _span(halt.start, halt.end, sheet, dated=dated)
        said = tongue("why.halt", status=named, span=span)
    reasons = " / ".join(_reason(one.reason, sheet) for one in halt.causes if one.reason)
    return tongue("why.halt_because", halt=said, reason=reasons) if reasons else said


def _status(cause: Cause, sheet: Sheet) -> str:
    return labels.status(cause.status, sheet.handbook, sheet.tongue)


def _reason(reason: Text, sheet: Sheet) -> str:
    return clip(one_line(sheet.case.redact(reason)), REASON_LIMIT)
