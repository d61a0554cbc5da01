"""The archive check on screen: three hundred cases of every kind within Slack's limits, in every language (R63, R93)."""

from datetime import timedelta

import pytest

from handlers.views.digest import Edition
from handlers.views.digest_archive import archive, reminder
from handlers.views.notices import Reader
from handlers.views.rich import absolute
from tests.handlers.views.conftest import NOON
from tests.handlers.views.slack_rules import Json, check_screen, said
from tickets.case.values import Number
from tickets.handbook import Handbook
from tickets.insight.archive import AT_ONCE, ArchiveList, ArchiveRow, RowState
from tickets.insight.ending import Gap
from tickets.tongue import Tongue
from tickets.watch.posting import ROWS, replies

MANY = 300


def rows(state: RowState, **named: object) -> tuple[ArchiveRow, ...]:
    return tuple(
        ArchiveRow(
            number=Number(f"20250922{n:03}"), category="after_sales/fault", state=state, **named
        )
        for n in range(1, MANY + 1)
    )


LISTED = ArchiveList(
    complete=rows(RowState.COMPLETE),
    incomplete=rows(RowState.INCOMPLETE, gaps=tuple(Gap)),
    not_due=rows(RowState.NOT_DUE, gaps=(Gap.CLOSED,), due_at=NOON + timedelta(days=1)),
    complete_total=MANY,
    incomplete_total=MANY,
    not_due_total=MANY,
)


def drawn(
    listed: ArchiveList, page: str, part: int, handbook: Handbook, tongue: Tongue
) -> list[Json]:
    edition = Edition(
        period="2025-09-22", due_at=NOON, is_late=False, skipped=(), page=page, part=part
    )
    reader = Reader(tongue=tongue, handbook=handbook, present=frozenset(), now=NOON)
    return check_screen(archive(listed, edition, reader, job="archive_check"))


@pytest.mark.requirement(63, 93)
@pytest.mark.parametrize("page", ["complete", "incomplete", "not_due"])
def test_every_reply_fits_and_no_row_is_dropped(
    page: str, handbook: Handbook, tongue: Tongue
) -> None:
    parts = range(1, replies(MANY) + 1)

    said_of_all = [said(drawn(LISTED, page, part, handbook, tongue)) for part in parts]

    assert len(said_of_all) == MANY / ROWS
    for place, one in enumerate(getattr(LISTED, page)):
        assert one.number in said_of_all[place // ROWS]


def test_the_button_says_how_many_one_press_archives(handbook: Handbook, tongue: Tongue) -> None:
    head = drawn(LISTED, "head", 1, handbook, tongue)

    (button,) = [e for block in head if block["type"] == "actions" for e in block["elements"]]
    assert str(AT_ONCE) in button["text"]["text"]


@pytest.mark.requirement(63)
@pytest.mark.parametrize(("is_late", "named"), [(False, True), (True, False)])
def test_the_list_names_an_hour_after_its_own_and_a_late_one_none(
    *, is_late: bool, named: bool, handbook: Handbook, english: Tongue
) -> None:
    edition = Edition(
        period="2025-09-22", due_at=NOON, is_late=is_late, skipped=(), page="head", part=1
    )
    reader = Reader(tongue=english, handbook=handbook, present=frozenset(), now=NOON)

    screen = archive(LISTED, edition, reader, job="archive_check")

    hour = absolute(NOON + timedelta(hours=1), english)
    assert (f"archive by {hour}" in screen.text) is named


@pytest.mark.requirement(63)
def test_the_reminder_names_the_same_hour(handbook: Handbook, english: Tongue) -> None:
    at = NOON + timedelta(minutes=45)
    edition = Edition(
        period="2025-09-22", due_at=at, is_late=False, skipped=(), page="head", part=1
    )
    reader = Reader(tongue=english, handbook=handbook, present=frozenset(), now=at)

    screen = reminder(LISTED, edition, reader, job="archive_check")

    assert f"finish by {absolute(NOON + timedelta(hours=1), english)}" in screen.text


@pytest.mark.parametrize("gap", Gap)
def test_every_gap_has_a_form_that_mends_it(gap: Gap, handbook: Handbook, tongue: Tongue) -> None:
    gaps = tuple(one for one in Gap if list(Gap).index(one) >= list(Gap).index(gap))
    listed = ArchiveList(
        complete=(),
        incomplete=rows(RowState.INCOMPLETE, gaps=gaps)[:1],
        not_due=(),
        complete_total=0,
        incomplete_total=1,
        not_due_total=0,
    )

    reply = drawn(listed, "incomplete", 1, handbook, tongue)

    actions = [
        e["action_id"] for block in reply if block["type"] == "actions" for e in block["elements"]
    ]
    first = {
        Gap.CATEGORY: "ticket.correct",
        Gap.RESULT: "ticket.reopen",
        Gap.TOLD: "ticket.tell",
        Gap.SCORE: "ticket.score",
        Gap.CLOSED: "ticket.close",
        Gap.FIELDS: "ticket.fill_in",
        Gap.SUPERVISOR_CALL: "ticket.supervisor_call",
    }
    assert actions[0] == first[gap]


@pytest.mark.parametrize("state", [RowState.ARCHIVED, RowState.LEFT, RowState.COMPLETE])
@pytest.mark.parametrize("page", ["complete", "incomplete", "not_due"])
def test_what_became_of_a_row_stands_in_its_place_without_a_button(
    page: str, state: RowState, handbook: Handbook, tongue: Tongue
) -> None:
    changed = {page: rows(state)[:1]}
    empty: dict[str, tuple[ArchiveRow, ...]] = {"complete": (), "incomplete": (), "not_due": ()}
    listed = ArchiveList(
        **{**empty, **changed}, complete_total=0, incomplete_total=0, not_due_total=0
    )

    reply = drawn(listed, page, 1, handbook, tongue)

    assert [block for block in reply if block["type"] == "actions"] == []
    assert "20250922001" in said(reply)
