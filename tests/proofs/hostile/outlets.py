"""Every screen that shows somebody's words, each made of one hostile text in every place that takes words."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from types import MappingProxyType

from slack_sdk.models.views import View

from bot.speech import desk_words, strict_speech
from handlers.answers import sentence as sentence_message
from handlers.views.card import card
from handlers.views.details import details
from handlers.views.form import Around, form, quick_form
from handlers.views.history import history
from handlers.views.home import home
from handlers.views.ids import ActionId
from handlers.views.lists import Asked, listed, whole_ticket
from handlers.views.meeting import rows
from handlers.views.meeting_minutes import minutes
from handlers.views.modal import Sheet, sentence
from handlers.views.modals import MODALS
from handlers.views.notices import Reader, message
from handlers.views.screen import Screen
from tests.bot.voice.test_meeting_limits import a_decision, a_meeting, overdue
from tests.handlers.views.conftest import ANN, NOON, StillClock, logged
from tests.handlers.views.lives import ASSIGNED, LI, a_sheet
from tests.handlers.views.test_lists import a_page, a_work
from tests.proofs.hostile.articles import ARTICLES
from tests.proofs.hostile.monthly import MONTHLY
from tests.tickets.handbooks import a_handbook
from tickets.case import facts as f
from tickets.case.intake import Intake
from tickets.case.values import ContactChannel, ContactOutcome, Text
from tickets.handbook import Words
from tickets.meetings.agenda import rows_of
from tickets.meetings.meeting import Blocker, Line
from tickets.meetings.minutes import entries_of
from tickets.time.calendar import Calendar
from tickets.tongue import Tongue

Shown = Screen | View

_HANDBOOK = a_handbook()
_SPEECH = strict_speech(StillClock())


def tongue(name: str) -> Tongue:
    """Make a tongue in which everybody has this name."""
    return _SPEECH.tongue(
        "zh-Hans", "Asia/Shanghai", names=lambda _: name, words=desk_words(_HANDBOOK)
    )


def _sheet(text: str) -> Sheet:
    words = Text(text)
    facts: tuple[f.Fact, ...] = (
        ASSIGNED,
        f.Noted(text=words),
        f.Said(message_ts="1.1", text=words),
        f.EvidenceAdded(file_id="F1", name=words, mimetype=text[:50]),
        f.Contacted(
            way=ContactChannel.PHONE,
            outcome=ContactOutcome.REACHED,
            happened_at=NOON,
            note=words,
            answer=words,
        ),
        f.Planned(measures=words, resources=words, finish_by=NOON, cost=words),
        f.WorkaroundGiven(workaround=words, told=True, compensation=words),
        f.Resolved(result=words, first_cause=words, overdue_reason=words),
    )
    intake = logged(
        description=words,
        product=words,
        order_no=words,
        when=words,
        where=words,
        expectation=words,
        remarks=words,
        customer_level=words,
    )
    sheet = a_sheet(_HANDBOOK, tongue(text), facts, intake=intake)
    return replace(sheet, case=replace(sheet.case, summary=text, customer=replace(LI, name=text)))


def _card(text: str) -> Shown:
    sheet = _sheet(text)
    return card(
        sheet.case.ticket,
        (),
        customer_line=text,
        redacted=text,
        handbook=_HANDBOOK,
        tongue=sheet.tongue,
        now=NOON,
    )


def _listed(text: str) -> Shown:
    found = a_page(3, summary=text, category=text)
    asked = Asked(searched=text, kept="d-1")
    return listed(found, asked, handbook=_HANDBOOK, tongue=tongue(text), now=NOON)


def _home(text: str) -> Shown:
    found = a_page(3, summary=text, category=text)
    work = a_work(mine=found, calls=found, unassigned=found)
    return home(work, handbook=_HANDBOOK, tongue=tongue(text), now=NOON)


def _form(text: str) -> Shown:
    given = Intake(
        received_at=NOON,
        name=text,
        phone=text,
        email=text,
        description=text,
        when=text,
        where=text,
        expectation=text,
        product=text,
        order_no=text,
        remarks=text,
        answered_with=text,
    )
    around = Around(by=ANN, opened_at=NOON, carried=text)
    return form(given, around, handbook=_HANDBOOK, tongue=tongue(text))


def _quick(text: str) -> Shown:
    given = Intake(received_at=NOON, description=text, answered_with=text)
    return quick_form(given, opened_at=NOON, handbook=_HANDBOOK, tongue=tongue(text))


def _line(text: str) -> Line:
    case = overdue(1)
    (row,) = rows_of([case], frozenset(), moment=NOON, calendar=Calendar(_HANDBOOK.calendar))
    words = Text(text)
    decided = replace(a_decision(case.number, 1), text=words, help=words)
    blocker = Blocker(id="b1", name=words, named_at=NOON, named_by=ANN, tickets=3)
    return Line(row=row, summary=text, blockers=(blocker,), decided=(decided,))


def _meeting(text: str) -> Shown:
    line = _line(text)
    return rows(a_meeting([line]), [line], handbook=_HANDBOOK, tongue=tongue(text))


def _minutes(text: str) -> Shown:
    line = _line(text)
    entries = entries_of([line.row], list(line.decided), list(line.blockers))
    return minutes(
        a_meeting([line]), entries, page=1, pages=1, handbook=_HANDBOOK, tongue=tongue(text)
    )


def _notice(text: str) -> Shown:
    reader = Reader(
        tongue=tongue(text), handbook=_HANDBOOK, present=frozenset(), now=NOON + timedelta(hours=1)
    )
    return message(
        reader.say("notice.reason", reason=text[:2900]),
        reader.say("notice.unsafe_way", way=text[:20]),
    )


def _labels(text: str) -> Shown:
    """The desk's own words out of desk.yml: its name, its departments'."""
    words = Words({"zh-Hans": text, "zh-Hant": text, "en": text})
    book = replace(
        _HANDBOOK,
        name=words,
        departments={key: replace(one, name=words) for key, one in _HANDBOOK.departments.items()},
        categories={key: replace(one, name=words) for key, one in _HANDBOOK.categories.items()},
    )
    sheet = _sheet("x")
    named = _SPEECH.tongue("en", "UTC", names=lambda _: text, words=desk_words(book))
    return details(replace(sheet, handbook=book, tongue=named))


def _modal(which: ActionId) -> Callable[[str], Shown]:
    return lambda text: MODALS[which](_sheet(text))


OUTLETS: Mapping[str, Callable[[str], Shown]] = MappingProxyType(
    {
        "card": _card,
        "full card": lambda text: whole_ticket(_sheet(text)),
        "details": lambda text: details(_sheet(text)),
        "timeline": lambda text: history(_sheet(text)),
        "list": _listed,
        "home": _home,
        "form": _form,
        "quick form": _quick,
        "meeting": _meeting,
        "minutes": _minutes,
        "direct message": _notice,
        "desk.yml": _labels,
        "answer": lambda text: sentence_message(text or "-"),
        "answer in a view": lambda text: sentence(text or "-", text, tongue(text)),
        **{name: partial(screen, tongue) for name, screen in (ARTICLES | MONTHLY).items()},
        **{f"modal {name}": _modal(name) for name in sorted(MODALS)},
    }
)
"""By name; each shows the text wherever it may stand there."""
