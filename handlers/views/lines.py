"""A ticket in a list: one row of masked words with the button that opens it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from slack_sdk.models.blocks import Block, SectionBlock

from handlers.views import labels
from handlers.views.buttons import button
from handlers.views.ids import ActionId
from handlers.views.text import clip, one_line, plain, summary, visible
from tickets.case.listing import Line
from tickets.case.snippet import Snippet
from tickets.case.values import Number, Status
from tickets.handbook import Handbook
from tickets.tongue import Tongue

ROW_LIMIT = 500  # twenty rows and their frame stay under what a message may hold (SLACK.md 2.1)
WORD_LIMIT = 40


def rows(
    lines: Iterable[Line],
    *,
    handbook: Handbook,
    tongue: Tongue,
    now: datetime,
    name: str = "row",
    hits: Mapping[Number, Snippet] = MappingProxyType({}),
) -> Iterator[Block]:
    """Make one block a ticket; `name` keeps the blocks of several lists in one view apart.

    Where words were searched, `hits` shows where each ticket says them.
    """
    for line in lines:
        yield SectionBlock(
            block_id=f"{name}.{line.number}",
            text=plain(
                row(line, handbook=handbook, tongue=tongue, now=now, hit=hits.get(line.number)),
                ROW_LIMIT,
            ),
            accessory=button(ActionId.DETAILS, tongue("lists.open"), line.number),
        )


def row(
    line: Line,
    *,
    handbook: Handbook,
    tongue: Tongue,
    now: datetime,
    hit: Snippet | None = None,
) -> str:
    """Say of a ticket: which, what about, whose, and what is owed next by when."""
    words = marked(hit, tongue) if hit else summary(line.summary)
    about = tongue("card.restricted") if line.restricted else words
    parts = (_head(line, handbook, tongue, now), about, _duty(line, tongue, now))
    return "\n".join(part for part in parts if part)


def marked(hit: Snippet, tongue: Tongue) -> str:
    """Show a piece of a text with what was searched standing out."""
    said = tongue("search.hit", hit=one_line(hit.hit))
    return f"{visible(hit.before)}{said}{visible(hit.after)}"


def _head(line: Line, handbook: Handbook, tongue: Tongue, now: datetime) -> str:
    overdue = line.next_due_at is not None and line.next_due_at <= now
    category = "" if line.restricted else labels.category(line.category, handbook, tongue)
    words = (
        category,
        labels.priority(line.priority, handbook, tongue),
        labels.standing(line, handbook, tongue),
        labels.round_name(line.round, tongue) if line.round > 1 else "",
        tongue(_written_later(line)) if line.backfilled else "",
    )
    mark = labels.mark(line.status, line.priority, overdue=overdue)
    shown = [line.number, *(clip(one_line(word), WORD_LIMIT) for word in words if word)]
    return f"{mark} {' · '.join(shown)}"


def _written_later(line: Line) -> str:
    return "lists.owes_fields" if line.owes_fields else "lists.backfilled"


def _duty(line: Line, tongue: Tongue, now: datetime) -> str:
    who = clip(labels.person(line.assignee, tongue), WORD_LIMIT)
    if line.paused_since is not None:
        since = tongue.near(line.paused_since, now=now)
        return f"{who} · {tongue('lists.paused', since=since)}"
    if line.next_kind is None or line.next_due_at is None:
        return f"{who} · {tongue('lists.nothing_owed')}" if _should_owe(line) else who
    what, due = tongue(f"deadline.{line.next_kind}"), tongue.near(line.next_due_at, now=now)
    if line.next_due_at <= now:
        return f"{who} · {tongue('lists.overdue', what=what, due=due)}"
    return f"{who} · {tongue('lists.owed', what=what, due=due)}"


def _should_owe(line: Line) -> bool:
    return line.status.is_open and line.status is not Status.FOLLOW_UP
