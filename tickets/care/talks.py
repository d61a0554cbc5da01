"""What passed between us and a customer: 客户沟通记录, and when they last heard from us (R42, R75)."""

from collections.abc import Sequence

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.values import ContactOutcome


def is_talk(fact: f.Fact) -> bool:
    """Tell whether the customer was reached, told or asked, or at least called."""
    match fact:
        case f.WorkaroundGiven(told=told) | f.Resolved(on_the_spot=told):
            return told
        case (
            f.Contacted()
            | f.CustomerTold()
            | f.Confirmed()
            | f.CallbackTried()
            | f.Scored()
            | f.SupervisorCalled()
            | f.Promised()
        ):
            return True
        case _:
            return False


def is_heard(fact: f.Fact) -> bool:
    """Tell whether the customer heard something from us by it; an attempt that failed is none."""
    match fact:
        case f.Contacted(outcome=outcome) | f.SupervisorCalled(outcome=outcome):
            return outcome is ContactOutcome.REACHED
        case f.CallbackTried():
            return False
        case f.Promised():
            return False  # a meeting sets dates too
        case _:
            return is_talk(fact)


def mark_of(log: Sequence[Event], kind: type[f.Fact]) -> str:
    """Tell the plan, or the result, in force from those before it: its place in the log; empty where there is none."""
    return next((str(event.seq) for event in reversed(log) if isinstance(event.fact, kind)), "")


def last_heard(log: Sequence[Event]) -> Event | None:
    """Find what the customer heard last."""
    return next((event for event in reversed(log) if is_heard(event.fact)), None)
