"""Figures of a period for one reader: the whole, its groups, and the cases behind each (R102–R109)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    SectionBlock,
    StaticSelectElement,
)

from handlers.views.buttons import button, row
from handlers.views.ids import ActionId
from handlers.views.inputs import option, select
from handlers.views.lines import rows
from handlers.views.meta import Opaque, pack
from handlers.views.periods import named
from handlers.views.screen import Screen
from handlers.views.stats_lines import figure_line, group_lines, group_name
from handlers.views.text import escaped, plain
from tickets.case.listing import Page
from tickets.handbook import Handbook
from tickets.insight.figures import By, Figure
from tickets.insight.overview import Board, Overview
from tickets.insight.spans import Span, beside
from tickets.time.calendar import Calendar
from tickets.tongue import Tongue

GROUPS = 6  # a page; with their frame they stay under what a message may hold (SLACK.md 2.1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a reader is: a period, told apart or not, perhaps the cases of one figure."""

    span: Span
    by: By | None = None
    group: str | None = None
    figure: Figure | None = None
    page: int = 1

    def of(self, figure: Figure) -> "Place":
        """Go to the cases of a figure."""
        return replace(self, figure=figure)

    @property
    def memory(self) -> dict[str, Opaque | None]:
        """Give what a button has to remember; a group's key may be empty, so a dot stands before it."""
        return {
            "s": self.span.key,
            "b": self.by,
            "g": None if self.group is None else f".{self.group}",
            "f": self.figure,
        }


def overview_of(
    found: Overview,
    place: Place,
    *,
    handbook: Handbook,
    tongue: Tongue,
    calendar: Calendar,
    now: datetime,
    linked: bool,
) -> Screen:
    """Show a period's figures, with `by` those of each group; not linked, to somebody who may open no lists."""
    head = _head(place, tongue)
    shown = (
        _groups(found, place, handbook=handbook, tongue=tongue, linked=linked)
        if found.by
        else _whole(found, place, tongue=tongue, linked=linked)
    )
    blocks = [
        HeaderBlock(text=plain(head, 150)),
        ContextBlock(elements=[plain(tongue("stats.note"))]),
        *shown,
        DividerBlock(),
        _apart(place, tongue),
        row(_ways(place, calendar, now, tongue), block_id="stats.ways"),
    ]
    total = found.whole.count(Figure.TOTAL).n
    return Screen(escaped(tongue("stats.sentence", what=head, count=total)), tuple(blocks))


def cases(
    found: Page, place: Place, *, handbook: Handbook, tongue: Tongue, now: datetime
) -> Screen:
    """Show a page of the cases a figure is taken of."""
    figure = place.figure or Figure.TOTAL
    words = [_head(replace(place, by=None), tongue), tongue(f"stats.name.{figure}")]
    if place.by and place.group is not None:
        words.append(group_name(place.by, place.group, handbook, tongue))
    head = " · ".join(words)
    back = replace(place, figure=None, group=None)
    blocks: list[Block] = [HeaderBlock(text=plain(head, 150))]
    if not found.lines:
        blocks.append(SectionBlock(text=plain(tongue("stats.no_cases"))))
    elif not (figure.is_count or figure.is_length):
        blocks.append(ContextBlock(elements=[plain(tongue("stats.misses_first"))]))
    blocks += rows(found.lines, handbook=handbook, tongue=tongue, now=now)
    last = max(1, -(-found.total // found.size))
    blocks += _turning(ActionId.STATS_CASES, place, found.page, last, tongue)
    leave = button(ActionId.STATS_PAGE, tongue("stats.back"), pack(**back.memory))
    blocks.append(row([leave], block_id="stats.back"))
    said = tongue("lists.sentence", list=head, count=found.total)
    return Screen(escaped(said), tuple(blocks))


def _head(place: Place, tongue: Tongue) -> str:
    period = named(place.span.key, tongue)
    if place.by:
        return tongue("stats.head_by", period=period, by=tongue(f"stats.by.{place.by}"))
    return tongue("stats.head", period=period)


def _whole(found: Overview, place: Place, *, tongue: Tongue, linked: bool) -> Iterator[Block]:
    for figure in Figure:
        show = None
        if linked and found.whole.count(figure).n:
            show = button(
                ActionId.STATS_CASES, tongue("stats.show"), pack(**place.of(figure).memory)
            )
        yield SectionBlock(
            block_id=f"stats.{figure}",
            text=plain(figure_line(figure, found.whole, found.against, tongue)),
            accessory=show,
        )


def _groups(
    found: Overview, place: Place, *, handbook: Handbook, tongue: Tongue, linked: bool
) -> Iterator[Block]:
    if found.by is None or not found.groups:
        yield SectionBlock(text=plain(tongue("stats.no_cases")))
        return
    last = -(-len(found.groups) // GROUPS)
    page = min(place.page, last)
    for one in found.groups[(page - 1) * GROUPS : page * GROUPS]:
        name = group_name(found.by, one.group, handbook, tongue)
        memory = replace(place, group=one.group, figure=None).memory
        yield SectionBlock(
            block_id=pack(**memory),
            text=plain("\n".join([name, *group_lines(one, found.against, tongue)])),
            accessory=_figures(one, tongue) if linked else None,
        )
    yield from _turning(ActionId.STATS_PAGE, place, page, last, tongue)


def _turning(
    action: ActionId, place: Place, page: int, last: int, tongue: Tongue
) -> Iterator[Block]:
    for other, words in ((page - 1, "lists.before"), (page + 1, "lists.after")):
        if 1 <= other <= last:
            there = pack(**place.memory, page=other)
            yield row([button(action, tongue(words), there)], block_id=f"stats.page.{other}")
    if last > 1:
        yield ContextBlock(elements=[plain(tongue("lists.page_of", page=page, last=last))])


def _figures(one: Board, tongue: Tongue) -> StaticSelectElement | None:
    offered = [
        option(figure, tongue(f"stats.name.{figure}")) for figure in Figure if one.count(figure).n
    ]
    if not offered:
        return None
    return select(offered, placeholder=tongue("stats.show"), action_id=ActionId.STATS_PICK)


def _apart(place: Place, tongue: Tongue) -> ActionsBlock:
    offered = [option(one, tongue(f"stats.by.{one}")) for one in By]
    menu = select(
        offered, place.by or "", placeholder=tongue("stats.apart"), action_id=ActionId.STATS_BY
    )
    return ActionsBlock(elements=[menu], block_id=pack(s=place.span.key))


def _ways(
    place: Place, calendar: Calendar, now: datetime, tongue: Tongue
) -> Iterator[ButtonElement]:
    """Offer the period before and the one after, and from the groups the whole."""
    earlier, later = beside(place.span, -1, calendar), beside(place.span, 1, calendar)
    ways = (
        (ActionId.STATS_EARLIER, "stats.earlier", earlier),
        (ActionId.STATS_LATER, "stats.later", later if later and later.start <= now else None),
    )
    for action, words, span in ways:
        if span:
            there = pack(**replace(place, span=span).memory)
            yield button(action, tongue(words, period=named(span.key, tongue)), there)
    if place.by:
        whole = pack(**replace(place, by=None).memory)
        yield button(ActionId.STATS_TOGETHER, tongue("stats.together"), whole)
