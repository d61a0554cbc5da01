"""A thousand overdue tickets through the strict sandbox: inside Slack's limits, every one shown, none twice."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.speech import strict_speech
from handlers.views.meeting import rows
from handlers.views.meeting_minutes import minutes
from handlers.views.meeting_room import ROOM
from handlers.views.screen import Screen
from sandbox.limits.messages import LONGEST_BLOCKS, blocks_length, checked_blocks
from tests.bot.voice.workplace import NINE, StoppedClock
from tests.tickets.handbooks import a_handbook
from tickets.case.values import Number, PersonId, Priority, Text
from tickets.meetings.agenda import ROWS_A_REPLY, figures_of, replies, rows_of, slice_of
from tickets.meetings.meeting import (
    Blocker,
    Decision,
    Judged,
    Line,
    Meeting,
    Overdue,
    Verdict,
    Week,
)
from tickets.meetings.minutes import ENTRIES_A_PAGE, entries_of, pages_of
from tickets.time.calendar import Calendar
from tickets.time.deadline import DeadlineKind
from tickets.tongue import Tongue

COUNT = 1_000
LONG = Text("请向第二家供应商加急订购压缩机并通知客户上门时间，" * 20)
WEEK = timedelta(days=7)


def overdue(serial: int, *, restricted: bool = False) -> Overdue:
    return Overdue(
        number=Number(f"20250912{serial:03d}"),
        department=("tech", "operations", "service")[serial % 3],
        priority=Priority.P2,
        category="after_sales/installation",
        assignee=PersonId("U0ENG1"),
        restricted=restricted,
        deadline=DeadlineKind.CUSTOMER_FEEDBACK,
        since=NINE - timedelta(minutes=serial),
    )


def a_decision(number: Number, place: int) -> Decision:
    return Decision(
        id=f"d{place}",
        meeting="2025-W38",
        number=number,
        place=place,
        text=LONG,
        owner=PersonId("U0LEAD"),
        due_at=NINE + WEEK,
        help=LONG,
        decided_at=NINE,
        decided_by=PersonId("U0SUPER"),
    )


def a_blocker(place: int) -> Blocker:
    named = PersonId("U0SUPER")
    return Blocker(id=f"b{place}", name=LONG, named_at=NINE, named_by=named, tickets=999)


def full(line: Line, place: int) -> Line:
    """As much on one row as a row can hold."""
    decided = a_decision(line.row.case.number, place)
    return replace(
        line,
        summary="空调制冷效果差：设定 18 ℃，运行 30 分钟后出风口仍为 27 ℃。" * 4,
        blockers=(a_blocker(1), a_blocker(2), a_blocker(3)),
        last_week=(Judged(decided, Verdict.NOT_KEPT),),
        decided=(decided, decided, decided),
        cause="information",
    )


@pytest.fixture(params=["zh-Hans", "en"])
def tongue(request: pytest.FixtureRequest) -> Tongue:
    handbook = a_handbook()
    speech = strict_speech(StoppedClock())
    return speech.tongue(
        request.param,
        handbook.timezone,
        names=lambda person: f"某某某 {person}" * 3,
        words=lambda _: None,
    )


def a_meeting(lines: list[Line]) -> Meeting:
    return Meeting(
        key="2025-W38",
        starts_at=NINE - WEEK,
        ends_at=NINE,
        due_at=NINE,
        is_late=False,
        channel="#weekly-review",
        previous=None,
        figures=figures_of([line.row for line in lines], before=None, week=Week()),
        started_at=NINE,
        started_by=PersonId("U0SUPER"),
        closed_at=NINE + timedelta(hours=1),
        closed_by=PersonId("U0SUPER"),
    )


def agenda() -> list[Line]:
    calendar = Calendar(a_handbook().calendar)
    cases = [overdue(serial, restricted=serial % 50 == 0) for serial in range(1, COUNT + 1)]
    made = rows_of(cases, frozenset(), moment=NINE, calendar=calendar)
    return [Line(row=row) for row in made]


def shown(lines: list[Line], tongue: Tongue) -> Iterator[Screen]:
    meeting, handbook = a_meeting(lines), a_handbook()
    for department in meeting.figures.departments:
        own = [line for line in lines if line.row.case.department == department]
        for part in range(1, replies(len(own)) + 1):
            share = slice_of(own, part, ROWS_A_REPLY)
            yield rows(meeting, share, handbook=handbook, tongue=tongue)


def numbers_in(screen: Screen) -> list[str]:
    """Read the numbers a person reads: the bold ones that lead each row."""
    blocks = [block.to_dict() for block in screen.blocks if block.type == "rich_text"]
    return [found for block in blocks for found in re.findall(r"'\d+  (\d{11,})'", str(block))]


@pytest.mark.proves("F56")
@pytest.mark.parametrize("is_full", [False, True])
def test_every_ticket_is_shown_once_within_slacks_limits(tongue: Tongue, is_full: bool) -> None:
    lines = agenda()
    if is_full:
        lines = [full(line, place) for place, line in enumerate(lines[:200], start=1)]

    screens = list(shown(lines, tongue))

    counted = Counter(number for screen in screens for number in numbers_in(screen))
    assert counted == Counter(line.row.case.number for line in lines)
    for screen in screens:
        blocks = checked_blocks([block.to_dict() for block in screen.blocks])
        assert len(blocks) <= 2 * ROWS_A_REPLY
        assert blocks_length(blocks) <= ROOM < LONGEST_BLOCKS


def test_a_row_says_what_the_case_is_about_and_all_that_was_decided(tongue: Tongue) -> None:
    line = full(agenda()[1], 1)

    screen = rows(a_meeting([line]), [line], handbook=a_handbook(), tongue=tongue)

    text = str([block.to_dict() for block in screen.blocks])
    assert "空调制冷效果差" in text
    assert text.count("'bold': True") == 1 + len(line.decided)  # its number, and each decision
    assert tongue("meeting.earlier_decisions", count=1) not in text


@pytest.mark.proves("F56")
def test_the_minutes_hold_every_ticket_within_slacks_limits(tongue: Tongue) -> None:
    lines = agenda()
    meeting, handbook = a_meeting(lines), a_handbook()
    decided = [a_decision(line.row.case.number, place) for place, line in enumerate(lines[:120])]
    blockers = [a_blocker(place) for place in range(40)]
    entries = entries_of([line.row for line in lines], decided, blockers)
    pages = pages_of(entries)

    said = []
    for page in range(1, pages + 1):
        own = slice_of(entries, page, ENTRIES_A_PAGE)
        screen = minutes(meeting, own, page=page, pages=pages, handbook=handbook, tongue=tongue)
        blocks = checked_blocks([block.to_dict() for block in screen.blocks])
        assert blocks_length(blocks) <= LONGEST_BLOCKS
        said.append(str(blocks))

    found = Counter(re.findall(r"20250912\d{3,}", "".join(said)))
    assert found == Counter(line.row.case.number for line in lines)


def test_a_restricted_case_says_number_priority_and_assignee_only(tongue: Tongue) -> None:
    line = full(Line(row=agenda()[0].row), 1)
    hidden = replace(line, row=replace(line.row, case=overdue(50, restricted=True)))

    screen = rows(a_meeting([hidden]), [hidden], handbook=a_handbook(), tongue=tongue)

    text = str([block.to_dict() for block in screen.blocks])
    assert (
        "供应商" not in text
        and "空调" not in text
        and tongue("deadline.customer_feedback") not in text
    )
    assert "20250912050" in text and "P2" in text
