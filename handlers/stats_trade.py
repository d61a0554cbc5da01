"""`/ticket stats orders 2026-10` 订单: repeat purchase, complaints and churn, for whoever counts the whole desk (R106)."""

from slack_bolt import BoltRequest

from handlers.answers import whisper
from handlers.commands import today
from handlers.stats_words import read_wanted
from handlers.views.trade import trade_page
from handlers.words import folded
from tickets.desk.context import Desk
from tickets.desk.trade import trade_of
from tickets.errors import NotFound
from tickets.insight.spans import span_of
from tickets.message import PersonId
from tickets.people.privacy import redact
from tickets.tongue import Tongue

_WORDS = (
    "orders",
    "订单",
    "訂單",
    "复购率",
    "複購率",
    "复购",
    "複購",
    "流失率",
    "投诉率",
    "投訴率",
)


def asks_for_trade(typed: str) -> bool:
    """Tell whether the rates of orders are asked for."""
    return folded(typed).startswith(_WORDS)


def show(typed: str, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """Show the rates of the period behind the word; this month where none is."""
    words = folded(typed)
    words = words[len(next(one for one in _WORDS if words.startswith(one))) :].strip()
    wanted = read_wanted(words, today=today(desk))
    span = span_of(wanted.key, desk.calendar()) if wanted and not wanted.by else None
    if span is None:
        raise NotFound("trade.which", typed=redact(typed)[:40])
    whisper(request, trade_page(trade_of(desk, span, by=person), span, tongue=tongue))
