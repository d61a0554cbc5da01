"""What a rehearsal found, as a text for people and as data for scripts."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from tickets.time.rehearsal import Clock, Difference, Fate, Place, Sent
from tickets.time.tally import Count, Tally

COUNTED = ("tickets", "late", "warned of", "sent elsewhere")
HEADINGS = ("department", "priority", "kind", "deadline")

Row = tuple[str, ...]


def as_text(differences: Sequence[Difference], tally: Tally, *, zone: str, limit: int) -> str:
    """Write the counts and the tickets, local times in the desk's zone; `now → then` where they differ."""
    if not tally.total.all:
        return "no ticket was logged since then"
    parts = [_table([("", *COUNTED), *_counts(tally)])]
    if not differences:
        return "\n\n".join([*parts, "every ticket would have gone as it did"])
    local = ZoneInfo(zone)
    listed = [row for one in differences[:limit] for row in _rows(one, local)]
    if listed:
        parts.append(_table([("ticket", "what", "now", "then"), *listed]))
    parts.append(_closing(len(differences), tally.total.all, limit))
    return "\n\n".join(parts)


def _closing(many: int, total: int, limit: int) -> str:
    text = f"{many} of {total} tickets would have gone otherwise"
    if many > limit:
        text += f"; {many - limit} of them are not listed here: --limit {many} or --json shows them"
    return text


def _counts(tally: Tally) -> Iterator[Row]:
    yield ("all", *_cells(tally.total))
    for heading in HEADINGS:
        yield (heading, "", "", "", "")
        for name, count in sorted(tally.by.get(heading, {}).items()):
            elsewhere = "" if heading == "deadline" else str(count.elsewhere)
            yield (f"  {name}", *_cells(count)[:-1], elsewhere)


def _cells(count: Count) -> Row:
    return (
        str(count.all),
        _arrow(count.late_now, count.late_then),
        _arrow(count.warned_now, count.warned_then),
        str(count.elsewhere),
    )


def _arrow(now: object, then: object) -> str:
    return str(now) if now == then else f"{now} → {then}"


def _rows(one: Difference, zone: ZoneInfo) -> Iterator[Row]:
    """Give a line for each thing that differs, the number on the first."""
    lines = [*_ruled(one), *(_deadline(*clock, zone) for clock in one.clocks)]
    for place, (what, now, then) in enumerate(lines):
        yield ("" if place else one.number, what, now, then)


def _ruled(one: Difference) -> Iterator[tuple[str, str, str]]:
    if one.now.priority is not one.then.priority:
        yield "priority", one.now.priority, one.then.priority
    if one.is_sent_elsewhere:
        yield "sent to", _sent(one.now.sent), _sent(one.then.sent)


def _sent(sent: Sent | None) -> str:
    if sent is None:
        return "nobody by a rule"
    who = f"{sent.department or 'supervisors'}, {sent.person or sent.way}"
    return f"{who}; told: {', '.join(sorted(sent.tell))}" if sent.tell else who


def _deadline(
    place: Place, now: Clock | None, then: Clock | None, zone: ZoneInfo
) -> tuple[str, str, str]:
    kind, round_, detail = place
    name = " ".join(filter(None, [kind, detail, f"(round {round_})" if round_ > 1 else ""]))
    return name, _clock(now, zone), _clock(then, zone)


def _clock(clock: Clock | None, zone: ZoneInfo) -> str:
    if clock is None:
        return "not owed"
    due = f"due {clock.due_at.astimezone(zone):%m-%d %H:%M}" if clock.due_at else "stopped"
    said = [
        word for word, is_so in (("late", clock.is_late), ("warned", clock.was_warned)) if is_so
    ]
    return ", ".join([due, *(said or ["on time"])])


def _table(rows: Sequence[Row]) -> str:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


# --- for scripts --------------------------------------------------------------------------------


def as_data(
    differences: Sequence[Difference], tally: Tally, *, since: datetime, config: str
) -> dict[str, object]:
    """Give everything as plain values, moments in UTC."""
    return {
        "config": config,
        "since": since.isoformat(),
        "counts": {
            "all": _count(tally.total),
            **{
                heading: {name: _count(count) for name, count in sorted(counts.items())}
                for heading, counts in tally.by.items()
            },
        },
        "tickets": [_ticket(one) for one in differences],
    }


def _count(count: Count) -> dict[str, object]:
    return {
        "all": count.all,
        "late": {"now": count.late_now, "then": count.late_then},
        "warned": {"now": count.warned_now, "then": count.warned_then},
        "sent_elsewhere": count.elsewhere,
    }


def _ticket(one: Difference) -> dict[str, object]:
    return {
        "number": one.number,
        "now": _fate(one.now),
        "then": _fate(one.then),
        "deadlines": [
            {
                "kind": kind,
                "round": round_,
                "detail": detail,
                "now": _clock_data(now),
                "then": _clock_data(then),
            }
            for (kind, round_, detail), now, then in one.clocks
        ],
    }


def _fate(fate: Fate) -> dict[str, object]:
    sent = fate.sent
    return {
        "kind": fate.kind,
        "priority": fate.priority,
        "department": fate.department,
        "late": fate.is_late,
        "warned": fate.was_warned,
        "sent": sent
        and {
            "department": sent.department,
            "way": sent.way,
            "person": sent.person,
            "tell": sorted(sent.tell),
        },
    }


def _clock_data(clock: Clock | None) -> dict[str, object] | None:
    if clock is None:
        return None
    return {
        "due_at": clock.due_at.isoformat() if clock.due_at else None,
        "late": clock.is_late,
        "warned": clock.was_warned,
    }
