"""`/ticket stats orders 2026-10` 订单: repeat purchase, complaints and churn, for whoever counts the whole desk (R106)."""

from slack_bolt import BoltRequest

from handlers.answers import whisper
from handlers.stats_words import span_wanted
from handlers.views.trade import trade_page
from tickets.desk.context import Desk
from tickets.desk.trade import trade_of
from tickets.insight.goals import read_goals
from tickets.message import PersonId
from tickets.tongue import Tongue

WORDS = (
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


def show(typed: str, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """Show the rates of the period behind the word; this month where none is."""
    span = span_wanted(typed, desk, otherwise="trade.which")
    goals = read_goals(desk.handbook().goals)
    found = trade_of(desk, span, by=person)
    whisper(request, trade_page(found, span, goals=goals, tongue=tongue))
