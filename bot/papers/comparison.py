"""试运行效果分析报告 as a table: each figure before and after with n, mean, median, change and goal (R108)."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.papers.sheets import Cell, Column, Sheet, write_book
from handlers.views.stats_compare import change_words, goal_of, name_of, signed, title_of
from handlers.views.stats_lines import group_name
from tickets.handbook import Handbook
from tickets.insight.compare import Change, Comparison, Longer, Numbered, Shared
from tickets.tongue import Tongue

_BOTH = ("n", "value", "median", "p90", "working")
_WIDTHS = {"group": 28, "figure": 20, "goal": 26}


def comparison_book(path: Path, found: Comparison, *, handbook: Handbook, tongue: Tongue) -> int:
    """Write the report; give how many rows."""
    names = ["figure", *(f"{one}_before" for one in _BOTH), *(f"{one}_after" for one in _BOTH)]
    names += ["change", "median_change", "goal"]
    stamp = (
        f"{handbook.name.in_(tongue.language)} · "
        f"{title_of(found.before.key, found.after.key, tongue)}",
        tongue("compare.how"),
    )
    whole = Sheet(tongue("compare.sheet_whole"), stamp, _columns(names, tongue))
    sheets: list[tuple[Sheet, Iterator[Sequence[Cell]]]] = [
        (whole, (_row(one, tongue) for one in found.whole))
    ]
    if found.by:
        apart = Sheet(tongue("compare.sheet_groups"), stamp, _columns(["group", *names], tongue))
        sheets.append((apart, _groups(found, handbook, tongue)))
    return write_book(path, sheets)


def _groups(found: Comparison, handbook: Handbook, tongue: Tongue) -> Iterator[Sequence[Cell]]:
    for group, changes in found.groups:
        name = group_name(found.by, group, handbook, tongue) if found.by else ""
        for one in changes:
            yield name, *_row(one, tongue)


def _row(one: Change, tongue: Tongue) -> Sequence[Cell]:
    median = one.median_change if isinstance(one, Longer) else None
    return (
        name_of(one, tongue),
        *_side(one, after=False),
        *_side(one, after=True),
        change_words(one, tongue),
        None if median is None else f"{signed(median)}%",
        goal_of(one, tongue),
    )


def _side(one: Change, *, after: bool) -> Sequence[Cell]:
    """One period of a figure: n, value (minutes, percent or a number), median, p90, mean in opening hours."""
    match one:
        case Numbered():
            value = one.after if after else one.before
            return value, value, None, None, None
        case Shared():
            share = one.after if after else one.before
            return share.n, share.percent, None, None, None
        case Longer():
            lengths = one.after if after else one.before
            if lengths.clock is None:
                return 0, None, None, None, None
            clock, working = lengths.clock, lengths.working
            return clock.n, clock.mean, clock.median, clock.p90, working.mean if working else None


def _columns(names: Sequence[str], tongue: Tongue) -> list[Column]:
    return [Column(tongue(f"compare.column_{one}"), _WIDTHS.get(one, 13)) for one in names]
