"""《客户服务优化需求清单》 as a table: pain, measure, target, priority, department, owner, date, what came of it (R131)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.papers.sheets import Cell, Column, Sheet, write_sheet
from handlers.views import labels
from handlers.views.rich import absolute
from tickets.handbook import Handbook
from tickets.meetings.improvement import Improvement
from tickets.tongue import Tongue

_WIDTHS = {
    "pain": 40,
    "action": 40,
    "goal": 36,
    "priority": 10,
    "department": 16,
    "owner": 16,
    "due": 18,
    "state": 14,
    "done": 18,
    "outcome": 40,
    "source": 18,
    "decided": 18,
}


def improvements_sheet(
    path: Path, items: Sequence[Improvement], *, handbook: Handbook, tongue: Tongue, now: datetime
) -> int:
    """Write the list, those to be done first; give how many rows."""
    desk = handbook.name.in_(tongue.language)
    stamp = (
        f"{desk} · {tongue('improvement.title')}",
        tongue("meeting.sheet_stamp", at=f"{absolute(now, tongue)} {tongue.timezone}"),
    )
    columns = [
        Column(tongue(f"improvement.column_{name}"), width) for name, width in _WIDTHS.items()
    ]
    sheet = Sheet(tongue("improvement.sheet_name"), stamp, columns)
    return write_sheet(path, sheet, _rows(items, handbook, tongue, now))


def _rows(
    items: Sequence[Improvement], handbook: Handbook, tongue: Tongue, now: datetime
) -> Iterator[Sequence[Cell]]:
    zone = ZoneInfo(tongue.timezone)

    def local(at: datetime | None) -> datetime | None:
        return at.astimezone(zone).replace(tzinfo=None) if at else None

    for one in items:
        yield (
            one.pain,
            one.action or tongue("card.restricted"),
            one.goal,
            labels.priority(one.priority, handbook, tongue),
            labels.department(one.department, handbook, tongue),
            labels.person(one.owner, tongue),
            local(one.due_at),
            tongue(f"improvement.became_{one.became(now)}"),
            local(one.done_at),
            one.outcome or "",
            tongue(f"improvement.source_{one.source}"),
            local(one.decided_at),
        )
