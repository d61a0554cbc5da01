"""A desk's words for two points of a status, and what stands where it has none (DESK.md 2)."""

from dataclasses import replace

import pytest

from bot.papers.team_cells import CELLS
from bot.papers.team_writer import Writer
from bot.speech import desk_words, strict_speech
from handlers.views import labels
from handlers.views.buttons import steps_of
from handlers.views.exports import called_alike
from handlers.views.ids import ActionId
from handlers.views.notices import Reader
from handlers.views.standings import echoes
from handlers.views.steps import every
from handlers.views.watch import warning_buttons
from tests.handlers.views.conftest import NOON, StillClock, a_deadline, a_ticket
from tests.handlers.views.lives import ASSIGNED as ASSIGNED_TO
from tests.handlers.views.lives import RESOLVED
from tests.handlers.views.test_lists import a_line
from tickets.case import facts as f
from tickets.case.listing import Line
from tickets.case.shown import Shown
from tickets.case.values import CustomerId, Status
from tickets.desk.take_out import Taken
from tickets.handbook import Condition, Duration, Handbook, PolicyRow, Words
from tickets.message import Word, say
from tickets.people.customers import Customer
from tickets.time.calendar import Calendar
from tickets.time.deadline import DeadlineKind
from tickets.tongue import Tongue

SHOWN = {
    Shown.ASSIGNED: Words({"zh-Hans": "已受理", "zh-Hant": "已受理"}),
    Shown.CONFIRMED: Words({"zh-Hans": "已解决", "zh-Hant": "已解決"}),
}
ASSIGNED = a_line(status=Status.NEW)
WAITING = a_line(status=Status.NEW, assignee=None)
DONE = a_line(status=Status.RESOLVED)
CONFIRMED = a_line(status=Status.RESOLVED, confirmed=True)


@pytest.fixture
def after_sales(handbook: Handbook) -> Handbook:
    said = {Status.ACCEPTED: "已受理", Status.RESOLVED: "待确认"}
    own = {status: Words({"zh-Hans": word}) for status, word in said.items()}
    return replace(handbook, status_labels=own, shown_labels=SHOWN)


@pytest.mark.requirement(69)
@pytest.mark.parametrize(
    ("line", "word"),
    [(ASSIGNED, "已受理"), (WAITING, "待处理"), (DONE, "待确认"), (CONFIRMED, "已解决")],
)
def test_a_ticket_shows_by_the_word_of_its_point(
    line: Line, word: str, after_sales: Handbook, tongues: dict[str, Tongue]
) -> None:
    assert labels.standing(line, after_sales, tongues["zh-Hans"]) == word


@pytest.mark.parametrize("line", [ASSIGNED, CONFIRMED])
def test_without_such_a_word_the_statuss_own_stands(
    line: Line, after_sales: Handbook, tongues: dict[str, Tongue]
) -> None:
    plain = replace(after_sales, shown_labels={})

    for tongue in tongues.values():
        usual = labels.status(line.status, plain, tongue)
        assert labels.standing(line, plain, tongue) == usual
        assert labels.faces(line.status, plain, tongue) == (usual,)
    english = tongues["en"]
    assert labels.standing(line, after_sales, english) == english(f"status.{line.status}")


@pytest.mark.parametrize(
    ("own", "named"), [(SHOWN, "已受理"), ({}, "已登记"), (None, "待处理")], ids=str
)
def test_a_sentence_names_it_so_too(
    own: dict[Shown, Words] | None, named: str, handbook: Handbook
) -> None:
    status = {} if own is None else {Status.NEW: Words({"zh-Hans": "已登记"})}
    book = replace(handbook, status_labels=status, shown_labels=own or {})
    tongue = strict_speech(StillClock()).tongue(
        "zh-Hans", handbook.timezone, names=str, words=desk_words(book)
    )

    said = tongue.of(say("authority.named", name=Word(f"status.{ASSIGNED.shown}")))

    assert named in said


@pytest.mark.requirement(69)
def test_a_status_is_picked_by_all_its_words_and_brings_what_shows_alike(
    after_sales: Handbook, tongues: dict[str, Tongue]
) -> None:
    tongue = tongues["zh-Hans"]

    assert labels.picked_status(Status.RESOLVED, after_sales, tongue) == "待确认 / 已解决"
    alike = called_alike({Status.ACCEPTED}, after_sales, tongue)
    assert alike == {Status.NEW, Status.ACCEPTED}
    assert called_alike({Status.RESOLVED}, after_sales, tongue) == {Status.RESOLVED}


@pytest.mark.requirement(69)
@pytest.mark.parametrize(
    ("facts", "timed", "left_out"),
    [
        ((ASSIGNED_TO,), False, {ActionId.ACCEPT}),
        ((ASSIGNED_TO,), True, set()),  # the click ends a clock
        ((replace(ASSIGNED_TO, assignee=None),), False, set()),
        ((ASSIGNED_TO, f.Accepted()), False, set()),
    ],
)
def test_a_step_that_a_card_says_is_done_is_not_offered_on_it(
    facts: tuple[f.Fact, ...],
    timed: bool,
    left_out: set[ActionId],
    after_sales: Handbook,
    tongues: dict[str, Tongue],
) -> None:
    given = {"accept": Duration(2, "h")} if timed else {"response": Duration(2, "h")}
    book = replace(after_sales, policies=(PolicyRow(1, Condition(), given),))
    tongue, ticket = tongues["zh-Hans"], a_ticket(*facts)

    left = echoes(ticket, book, tongue)
    card = [one.action_id for one in steps_of(ticket, tongue, left_out=left).elements]

    assert left == left_out
    assert ("ticket.accept" in card) == (ticket.status is Status.NEW and not left_out)
    assert ActionId.ACCEPT not in left or ActionId.ACCEPT in every(ticket)


def test_a_warning_offers_no_step_that_the_card_says_is_done(
    after_sales: Handbook, tongues: dict[str, Tongue]
) -> None:
    owed = a_deadline(DeadlineKind.RESOLUTION, NOON)

    def offered(policies: tuple[PolicyRow, ...]) -> str:
        book = replace(after_sales, policies=policies)
        reader = Reader(tongue=tongues["zh-Hans"], handbook=book, present=frozenset(), now=NOON)
        return str(warning_buttons(a_ticket(ASSIGNED_TO), owed, reader)[0].action_id)

    assert offered(()) == ActionId.CONTACT
    assert offered((PolicyRow(1, Condition(), {"accept": Duration(2, "h")}),)) == ActionId.ACCEPT


@pytest.mark.requirement(69, 100)
@pytest.mark.parametrize(
    ("facts", "cells"),
    [
        ((ASSIGNED_TO,), ("已受理", "已受理")),
        ((ASSIGNED_TO, RESOLVED), ("待确认", "待确认")),
        ((ASSIGNED_TO, RESOLVED, f.Confirmed()), ("已解决", "已解决")),
        ((ASSIGNED_TO, RESOLVED, f.Confirmed(), f.Closed()), ("已关闭", "已解决")),
    ],
)
def test_tables_say_it_so_too(
    facts: tuple[f.Fact, ...],
    cells: tuple[str, str],
    after_sales: Handbook,
    tongues: dict[str, Tongue],
) -> None:
    writer = Writer(
        handbook=after_sales, calendar=Calendar(after_sales.calendar), tongue=tongues["zh-Hans"]
    )
    customer = Customer(id=CustomerId("c1"), created_at=NOON)
    one = Taken(ticket=a_ticket(*facts), events=(), customer=customer, resolution=None, redact=str)

    assert (CELLS["status"](writer, one), CELLS["progress"](writer, one)) == cells
