"""The screens of the monthly meeting, of improvements and of orders that show somebody's words."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from slack_sdk.models.views import View

from handlers.views import improvements
from handlers.views.digest import Edition
from handlers.views.monthly import Agenda, agenda
from handlers.views.monthly_minutes import minutes as monthly_minutes
from handlers.views.notices import Reader
from handlers.views.screen import Screen
from handlers.views.trade import trade_page
from tests.handlers.views.conftest import ANN, NOON
from tests.storage.test_improvements import an_item
from tests.tickets.handbooks import a_handbook
from tests.tickets.meetings.test_points import a_month
from tickets.case.values import Number, Text
from tickets.desk.improve import Listed
from tickets.desk.monthly_look import AdviceWords
from tickets.insight.figures import Counted
from tickets.insight.findings import Advice, Findings
from tickets.insight.goals import Goals
from tickets.insight.monthly import CategoryShare
from tickets.insight.orders import Trade, TradeFigures
from tickets.insight.spans import span_of
from tickets.meetings.improvement import Improvement
from tickets.meetings.monthly import MonthlyMeeting
from tickets.meetings.points import Part, of_part
from tickets.time.calendar import Calendar
from tickets.tongue import Tongue

Shown = Screen | View
TongueOf = Callable[[str], Tongue]
HANDBOOK = a_handbook()


def _improvement(text: str) -> Improvement:
    words = Text(text)
    return an_item(1, pain=words, action=words, goal=words, outcome=words, done_at=NOON, point="")


def _reader(tongue_of: TongueOf, name: str) -> Reader:
    return Reader(tongue=tongue_of(name), handbook=HANDBOOK, present=frozenset(), now=NOON)


def _edition(page: str) -> Edition:
    return Edition(period="2026-10", due_at=NOON, is_late=False, skipped=(), page=page, part=1)


def _monthly(tongue_of: TongueOf, text: str) -> Shown:
    advice = Advice(number=Number("20261001001"), category=text[:60], seq=9, at=NOON, score=5)
    month = a_month(
        CategoryShare(category=text[:60], count=1, share=100, solved_rate=0),
        findings=Findings(advice=(advice,)),
    )
    points = [*of_part(month, Part.KINDS), *of_part(month, Part.ADVICE)]
    shown = Agenda(
        meeting=MonthlyMeeting(key="2026-10"),
        points=points,
        total=len(points),
        decided={one.key: [_improvement(text)] for one in points},
        advice={points[-1].key: AdviceWords(advice=advice, words=text)},
    )
    return agenda(replace(shown, points=points[1:]), _edition("advice"), _reader(tongue_of, text))


def _monthly_minutes(tongue_of: TongueOf, text: str) -> Shown:
    items = [_improvement(text)]
    return monthly_minutes(
        MonthlyMeeting(key="2026-10"), items, page=1, pages=1, reader=_reader(tongue_of, text)
    )


def _improvements(tongue_of: TongueOf, text: str) -> Shown:
    return improvements.listed(
        Listed([_improvement(text)], page=1, pages=1, to_do=0, total=1),
        handbook=HANDBOOK,
        tongue=tongue_of(text),
        now=NOON,
        person=ANN,
        may_chair=True,
    )


def _improved(tongue_of: TongueOf, text: str) -> Shown:
    return improvements.finish(_improvement(text), tongue_of(text))


def _trade(tongue_of: TongueOf, text: str) -> Shown:
    span = span_of("2026-10", Calendar(HANDBOOK.calendar))
    assert span
    known = Trade(orders=1, repeat=Counted(1, 1))
    return trade_page(
        TradeFigures(whole=known, lines={text[:80]: known}),
        span,
        goals=Goals(),
        tongue=tongue_of(text),
    )


MONTHLY: Mapping[str, Callable[[TongueOf, str], Shown]] = MappingProxyType(
    {
        "monthly agenda": _monthly,
        "monthly minutes": _monthly_minutes,
        "improvements": _improvements,
        "improvement done": _improved,
        "orders": _trade,
    }
)
"""By name; each shows the text wherever it may stand there, as everybody's name too."""
