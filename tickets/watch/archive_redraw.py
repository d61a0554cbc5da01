"""The day's archive check kept up to date: what was mended, archived or reopened is drawn anew (R93)."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast

from tickets.case.values import Number
from tickets.desk.context import Desk
from tickets.insight.archive import ArchiveList, ArchiveRow, as_it_stands
from tickets.insight.frozen import thaw
from tickets.notices import Notice, NoticeKind, Urgency, under
from tickets.ports import Mark, Unit
from tickets.ports.periods import Settled
from tickets.watch.archive_check import JOB, REMINDED, categories_of
from tickets.watch.occasion import Occasion
from tickets.watch.posting import digest_post, part_of, replies

HEAD = "head"
_PAGES = ("incomplete", "complete", "not_due")


@dataclass(frozen=True, slots=True)
class Drawn:
    """How the messages of a list were drawn last: how often, what each showed, and of which versions."""

    times: int
    shown: Mapping[str, str]  # a digest by page and part
    versions: str = ""  # a digest


def work(desk: Desk, *, now: datetime) -> int:
    """Plan to draw anew what changed on today's lists; tell how many messages."""
    today = desk.calendar().date_of(now)
    with desk.records.read() as unit:
        lists = [one for one in _lists(desk, unit, today) if _is_news(unit, one)]
    if not lists:
        return 0
    with desk.records.write() as unit:
        count = sum(redraw(desk, unit, one) for one in lists)
    if count:
        desk.wake()
    return count


def redraw(desk: Desk, unit: Unit, settled: Settled) -> int:
    """Plan to draw anew what changed on one list, in this transaction; tell how many messages."""
    drawn, fresh = _drawn(unit, settled), _shown(now_of(desk, unit, settled))
    changed = [place for place in fresh if drawn.shown.get(place) != fresh[place]]
    times, at = drawn.times + bool(changed), desk.clock.now()
    unit.notices.plan([_redrawn(settled, place, times, at=at) for place in changed])
    value = json.dumps([times, fresh, _versions(unit, settled)], separators=(",", ":"))
    unit.watch.keep_mark(_mark(settled), Mark(at, value))
    return len(changed)


def now_of(desk: Desk, unit: Unit, settled: Settled) -> ArchiveList:
    """Give a list as it stands now."""
    listed = thaw(ArchiveList, settled.figures)
    standing = unit.insight.standing([one.number for one in listed.rows])
    now, knows = desk.clock.now(), categories_of(desk.handbook())
    return as_it_stands(listed, standing, now=now, knows=knows)


def _lists(desk: Desk, unit: Unit, today: date) -> Iterator[Settled]:
    newest = unit.periods.newest()
    for job in (JOB, REMINDED):
        settled = newest.get(job)
        if settled is None or not (settled.figures and settled.was_run):
            continue
        if desk.calendar().date_of(settled.done_at) == today:
            yield settled


def _is_news(unit: Unit, settled: Settled) -> bool:
    """Look at versions alone: every tick asks, and mostly nothing happened."""
    return _drawn(unit, settled).versions != _versions(unit, settled)


def _versions(unit: Unit, settled: Settled) -> str:
    pages = (cast(Sequence[Mapping[str, str]], settled.figures[page]) for page in _PAGES)
    numbers = [Number(row["number"]) for page in pages for row in page]
    return _hashed(sorted(unit.insight.versions(numbers).items()))


def _drawn(unit: Unit, settled: Settled) -> Drawn:
    mark = unit.watch.mark(_mark(settled))
    if mark is None:
        return Drawn(0, _shown(thaw(ArchiveList, settled.figures)))
    return Drawn(*json.loads(mark.value))


def _mark(settled: Settled) -> str:
    return f"{settled.period.job}:{settled.period.key}"


def _shown(listed: ArchiveList) -> dict[str, str]:
    """Digest what each message shows, by page and part."""
    counted = (
        listed.complete_total,
        listed.incomplete_total,
        listed.not_due_total,
        listed.archived_total,
    )
    shown = {f"{HEAD}:1": ".".join(str(one) for one in counted)}
    for page in _PAGES:
        rows: Sequence[ArchiveRow] = getattr(listed, page)
        for part in range(1, replies(len(rows)) + 1):
            shown[f"{page}:{part}"] = _digest(part_of(rows, part))
    return shown


def _digest(rows: Sequence[ArchiveRow]) -> str:
    return _hashed([(one.number, one.state, *one.gaps, one.is_over) for one in rows])


def _hashed(said: object) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]


def _redrawn(settled: Settled, place: str, times: int, *, at: datetime) -> Notice:
    page, part = place.split(":")
    listed = thaw(ArchiveList, settled.figures)
    days = tuple(date.fromisoformat(day) for day in listed.skipped)
    told = Occasion(settled.period, listed.is_late, days)
    target = ":".join(("digest", settled.period.job, settled.period.key, "", page, part))
    post = digest_post(told, under(target), page, part=int(part))
    return replace(
        post,
        key=f"{target}:redrawn:{times}",
        kind=NoticeKind.DIGEST_REDRAWN,
        urgency=Urgency.CARD,
        due_at=at,
        params={**post.params, "group": f"{target}:redrawn"},
    )
