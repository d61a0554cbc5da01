"""复购率, 投诉率, 流失率 for whoever counts the whole desk (R106)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from tickets.case.listing import Sight
from tickets.case.log import DESK
from tickets.case.values import Kind, PersonId
from tickets.desk.asking import reading
from tickets.desk.context import Desk
from tickets.errors import Refused
from tickets.insight.figures import NONE, By, Figure, Selection
from tickets.insight.orders import TradeFigures, trade_figures
from tickets.insight.spans import Span
from tickets.message import Word
from tickets.people import roles
from tickets.people.roles import Action, Role
from tickets.ports import Unit

_WHOLE = (Role.SUPERVISOR, Role.DIRECTOR, Role.AUDITOR, Role.ANALYST)


@contextmanager
def counting_all(desk: Desk, *, by: PersonId) -> Iterator[Unit]:
    """Open a reading transaction for whoever counts the whole desk. Raises Refused."""
    with reading(desk, by, Action.SEE_FIGURES) as (unit, who):
        if not roles.figures_sight(who).everything:
            whose = tuple(Word(f"grant.{one}") for one in _WHOLE)
            action = Word(f"action.{Action.SEE_FIGURES}")
            raise Refused("refused.not_yours", action=action, who=whose)
        yield unit


def trade_of(desk: Desk, span: Span, *, by: PersonId) -> TradeFigures:
    """Take the rates of a period; orders belong to nobody, so they are for who counts everything. Raises Refused."""
    with counting_all(desk, by=by) as unit:
        return trade_in(desk, unit, span.start, span.end)


def trade_in(desk: Desk, unit: Unit, start: datetime, end: datetime) -> TradeFigures:
    """Take the rates of a period in this transaction."""
    sight = Sight(person=DESK, everything=True)
    chosen = Selection(start=start, end=end, now=desk.clock.now(), sight=sight, by=By.KIND)
    complaints = unit.figures.count(Figure.TOTAL, chosen).get(Kind.COMPLAINT, NONE).n
    return trade_figures(unit.orders, start, end, complaints=complaints, calendar=desk.calendar())
