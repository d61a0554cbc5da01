"""Two periods side by side: each figure before and after with its n, its change, and whether the goal is reached (R108)."""

from collections.abc import Iterator
from datetime import timedelta

from slack_sdk.models.blocks import Block, ContextBlock, HeaderBlock, SectionBlock

from handlers.views.buttons import button, row
from handlers.views.ids import ActionId
from handlers.views.meta import pack
from handlers.views.periods import named
from handlers.views.screen import Screen
from handlers.views.text import escaped, plain
from tickets.insight.compare import Change, Comparison, Longer, Numbered, Shared
from tickets.insight.figures import Counted, Spread
from tickets.tongue import Tongue


def comparison(found: Comparison, *, tongue: Tongue) -> Screen:
    """Show the whole, one figure a block; what it is told apart by stands in the file."""
    title = title_of(found.before.key, found.after.key, tongue)
    blocks: list[Block] = [
        HeaderBlock(text=plain(title, 150)),
        *(SectionBlock(text=plain(line(one, tongue))) for one in found.whole),
        *(ContextBlock(elements=[plain(one)]) for one in _notes(found, tongue)),
    ]
    value = pack(a=found.before.key, b=found.after.key, by=found.by)
    as_file = button(ActionId.COMPARE_FILE, tongue("compare.button_file"), value)
    ways = ((ActionId.STATS_EARLIER, found.before.key), (ActionId.STATS_LATER, found.after.key))
    figures = [
        button(
            action,
            tongue("compare.button_figures", period=named(key, tongue)),
            pack(s=key, b=found.by),
        )
        for action, key in ways
    ]
    blocks.append(row([as_file, *figures], block_id="compare"))
    return Screen(escaped(title), tuple(blocks))


def _notes(found: Comparison, tongue: Tongue) -> Iterator[str]:
    if found.by:
        yield tongue("compare.apart_in_file", by=tongue(f"stats.by.{found.by}"))
    yield tongue("compare.note")


def title_of(before: str, after: str, tongue: Tongue) -> str:
    """Name the report by its two periods."""
    return tongue("compare.title", before=named(before, tongue), after=named(after, tongue))


def line(one: Change, tongue: Tongue) -> str:
    """Say one figure: before and after, the change, the goal, n; where there is none, just that."""
    if _is_of_nothing(one):
        said = tongue("compare.nothing")
        return tongue("compare.line", name=name_of(one, tongue), change=said)
    parts = [tongue("compare.line", name=name_of(one, tongue), change=_both(one, tongue))]
    goal = goal_of(one, tongue)
    if goal:
        parts.append(goal)
    return " · ".join(parts)


def name_of(one: Change, tongue: Tongue) -> str:
    """Name what is compared."""
    return tongue(f"stats.name.{one.length if isinstance(one, Longer) else one.figure}")


def goal_of(one: Change, tongue: Tongue) -> str:
    """Say the goal and whether it is reached; "" where there is none."""
    if isinstance(one, Numbered) or one.goal is None:
        return ""
    goal = f"{one.goal:+d}%" if isinstance(one, Longer) else f"{one.goal}%"
    if one.is_reached is None:
        return tongue("compare.goal_unknown", goal=goal)
    return tongue("digest.met" if one.is_reached else "digest.missed", goal=goal).lstrip("· ")


def change_words(one: Change, tongue: Tongue) -> str:
    """Say a change; a share's is in percentage points."""
    if isinstance(one, Shared) and one.change is not None:
        return tongue("compare.points", count=signed(one.change))
    return _percent(one.change, tongue)


def signed(change: int) -> str:
    """Write a change with its sign; none has none."""
    return f"{change:+d}" if change else "0"


def _percent(change: int | None, tongue: Tongue) -> str:
    return tongue("compare.no_change") if change is None else f"{signed(change)}%"


def _both(one: Change, tongue: Tongue) -> str:
    match one:
        case Numbered():
            return tongue(
                "compare.numbers",
                before=one.before,
                after=one.after,
                change=change_words(one, tongue),
            )
        case Shared():
            return tongue(
                "compare.shares",
                before=_share(one.before, tongue),
                after=_share(one.after, tongue),
                change=change_words(one, tongue),
                n=f"{one.before.n} → {one.after.n}",
            )
        case Longer():
            before, after = one.before.clock, one.after.clock
            median = tongue(
                "compare.numbers",
                before=_median(before, tongue),
                after=_median(after, tongue),
                change=_percent(one.median_change, tongue),
            )
            return tongue(
                "compare.lengths",
                before=_mean(before, tongue),
                after=_mean(after, tongue),
                change=change_words(one, tongue),
                median=median,
                n=f"{before.n if before else 0} → {after.n if after else 0}",
            )


def _is_of_nothing(one: Change) -> bool:
    match one:
        case Numbered():
            return False
        case Shared():
            return not (one.before.n or one.after.n)
        case Longer():
            return one.before.clock is None and one.after.clock is None


def _share(one: Counted, tongue: Tongue) -> str:
    return tongue("compare.no_data") if one.percent is None else f"{one.percent}%"


def _mean(one: Spread | None, tongue: Tongue) -> str:
    return tongue("compare.no_data") if one is None else tongue.span(timedelta(minutes=one.mean))


def _median(one: Spread | None, tongue: Tongue) -> str:
    return "–" if one is None else tongue.span(timedelta(minutes=one.median))
