"""复购率, 投诉率, 流失率: each with what it is taken of and its definition; "no data" without orders (R106)."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, ContextBlock, HeaderBlock, SectionBlock

from handlers.views.buttons import row
from handlers.views.digest import also, stats_button
from handlers.views.notices import Reader, Said
from handlers.views.periods import named
from handlers.views.screen import Screen
from handlers.views.text import clip, escaped, one_line, plain
from tickets.insight.figures import By, Counted
from tickets.insight.goals import Goals
from tickets.insight.orders import CHURN_MONTHS, REPEAT_MONTHS, Trade, TradeFigures, per_cent
from tickets.insight.spans import Span
from tickets.tongue import Tongue

LINES = 20  # of business, those with most orders; more are counted
NAME = 60


def trade_lines(trade: Trade, goals: Goals, reader: Reader) -> Iterator[Said]:
    """Say the three rates of a month in one line each."""
    if not trade.is_known:
        yield reader.say("trade.none")
        return
    for name, one in _rates(trade):
        said = reader.say(f"trade.{name}", rate=_rate(one, reader.tongue), part=one.part, n=one.n)
        yield also(said, _held(name, one, goals, reader.tongue))


def trade_page(found: TradeFigures, span: Span, *, goals: Goals, tongue: Tongue) -> Screen:
    """Show the rates of a period, of all orders and of each line of business, with their definitions."""
    title = tongue("trade.title", period=named(span.key, tongue))
    blocks: list[Block] = [HeaderBlock(text=plain(title, 150))]
    if not found.whole.is_known:
        blocks.append(SectionBlock(text=plain(tongue("trade.none"))))
        return Screen(escaped(title), tuple(blocks))
    rows = [tongue("trade.orders", count=found.whole.orders)]
    rows += [
        " ".join(
            part
            for part in (
                tongue(f"trade.{name}", rate=_rate(one, tongue), part=one.part, n=one.n),
                _held(name, one, goals, tongue),
            )
            if part
        )
        for name, one in _rates(found.whole)
    ]
    blocks.append(SectionBlock(text=plain("\n".join(rows))))
    shown = list(found.lines.items())[:LINES]
    blocks += [SectionBlock(text=plain(_line(name, one, tongue))) for name, one in shown]
    if len(found.lines) > LINES:
        more = tongue("meeting.and_more", count=len(found.lines) - LINES)
        blocks.append(ContextBlock(elements=[plain(more)]))
    how = tongue("trade.how", months=REPEAT_MONTHS, half=CHURN_MONTHS)
    blocks.append(ContextBlock(elements=[plain(how)]))
    blocks.append(row([stats_button(span.key, tongue, by=By.KIND)], block_id="trade"))
    return Screen(escaped(title), tuple(blocks))


def _rates(trade: Trade) -> tuple[tuple[str, Counted], ...]:
    return (
        ("repeat", trade.repeat),
        ("complaints", trade.complaints),
        ("churn", trade.churn),
    )


def _line(name: str, trade: Trade, tongue: Tongue) -> str:
    return tongue(
        "trade.line",
        line=clip(one_line(name), NAME),
        orders=trade.orders,
        repeat=_rate(trade.repeat, tongue),
        churn=_rate(trade.churn, tongue),
    )


def _held(name: str, one: Counted, goals: Goals, tongue: Tongue) -> str:
    """Say whether a rate holds its goal, told by the counts themselves: rates are small."""
    goal = {"repeat": goals.repurchase, "complaints": goals.complaints, "churn": goals.churn}[name]
    if goal is None or not one.n:
        return ""
    if name == "repeat":
        kept, said = 100 * one.part >= goal * one.n, f"{goal}%"
    else:
        kept, said = 100 * one.part <= goal * one.n, f"≤ {goal}%"
    return tongue("digest.met" if kept else "digest.missed", goal=said)


def _rate(one: Counted, tongue: Tongue) -> str:
    return per_cent(one) or tongue("compare.no_data")
