"""Retrospectives and pursuits on record: words sealed, occasions once, what is due found, what happened read on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from storage.records import SqlRecords
from tests.storage.cases import LOGGER, NINE, go_on, keep_case
from tests.storage.test_improvements import an_item
from tickets.case import facts as f
from tickets.case.values import (
    CauseDimension,
    ContactChannel,
    Number,
    PersonId,
    RepeatCause,
    Solved,
    Text,
)
from tickets.errors import NotFound
from tickets.retrospectives.causes import Cause
from tickets.retrospectives.occasions import SignKind
from tickets.retrospectives.pursuit import (
    Check,
    Direction,
    Figure,
    Pursuit,
    Target,
    Verdict,
)
from tickets.retrospectives.retrospective import Occasion, Record, Retrospective, Standing

DAY = timedelta(days=1)
EVE, DAI = PersonId("U0ENG1"), PersonId("U0DIRECTOR")
SAID = Record(
    goal=Text("弄清原因"),
    review=Text("周二报修"),
    causes=(Cause(place=1, under=None, dimension=CauseDimension.PROCESS, text=Text("没有备件")),),
)


def a_retro(name: str = "r1", **changes: object) -> Retrospective:
    made = Retrospective(
        id=name,
        occasion=Occasion.LOW_SCORE,
        key=name,
        standing=Standing.CALLED,
        made_at=NINE,
        number=Number("20250922001"),
        held_at=NINE + 9 * DAY,
        chair=DAI,
        recap=LOGGER,
        people=(EVE,),
        record=SAID,
        look_at=NINE + DAY,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def a_pursuit(item: str, **changes: object) -> Pursuit:
    made = Pursuit(
        item=item,
        retro="r1",
        place=1,
        direction=Direction.TRAINING,
        target=Target(figure=Figure.SATISFACTION, scope="@tech", was=60, goal=85),
        resources=Text("仓库两天"),
        checks=(Check(after=30, at=NINE, value=70, of=9, verdict=Verdict.NOT_PROVED),),
        look_at=NINE + 2 * DAY,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_one_comes_back_as_it_was_kept(records: SqlRecords) -> None:
    with records.write() as unit:
        assert unit.retrospectives.add(a_retro())
        started = replace(a_retro(), standing=Standing.RUNNING, started_at=NINE, changes=1)
        unit.retrospectives.save(started)

    with records.read() as unit:
        assert unit.retrospectives.get("r1") == started
        assert unit.retrospectives.of_case(Number("20250922001")) == (started,)
        assert unit.retrospectives.under_way(most=9) == (started,)
        with pytest.raises(NotFound):
            unit.retrospectives.get("r2")


def test_an_occasion_is_kept_once(records: SqlRecords) -> None:
    with records.write() as unit:
        assert unit.retrospectives.add(a_retro(key="case:1"))
        assert not unit.retrospectives.add(a_retro("r2", key="case:1"))
        assert unit.retrospectives.add(a_retro("r3", key="case:2", standing=Standing.OFFERED))

    with records.read() as unit:
        assert [one.id for one in unit.retrospectives.newest(most=9)] == ["r1", "r3"]
        assert [one.id for one in unit.retrospectives.under_way(most=9)] == ["r1"]


def test_what_is_due_is_found_and_when_the_next_is(records: SqlRecords) -> None:
    with records.write() as unit:
        unit.retrospectives.add(a_retro())
        unit.retrospectives.add(a_retro("r2", look_at=None))
        unit.improvements.add(an_item(1))
        unit.retrospectives.pursue(a_pursuit(an_item(1).id))

    with records.read() as unit:
        kept = unit.retrospectives
        assert kept.next_look_at() == NINE + DAY
        assert kept.due(NINE + DAY, most=9) == ("r1",)
        assert kept.due(NINE + DAY - timedelta(seconds=1), most=9) == ()
        assert kept.due_pursuits(NINE + 2 * DAY, most=9) == (an_item(1).id,)
        assert kept.due_pursuits(NINE + DAY, most=9) == ()


def test_a_pursuit_comes_back_and_its_owner_finds_it_until_it_is_done(records: SqlRecords) -> None:
    item = an_item(1, owner=EVE)
    with records.write() as unit:
        unit.improvements.add(item)
        unit.retrospectives.pursue(a_pursuit(item.id))
        later = replace(a_pursuit(item.id), chased=2, look_at=None)
        unit.retrospectives.save_pursuit(later)

    with records.read() as unit:
        assert unit.retrospectives.pursuit(item.id) == later
        assert unit.retrospectives.pursuits("r1") == (later,)
        assert unit.retrospectives.owned(EVE, most=9) == (later,)
    with records.write() as unit:
        unit.improvements.save(replace(item, done_at=NINE, done_by=EVE))
        assert unit.retrospectives.owned(EVE, most=9) == ()


def test_no_word_of_it_is_kept_plainly(records: SqlRecords) -> None:
    with records.write() as unit:
        unit.retrospectives.add(a_retro())
        unit.retrospectives.pursue(a_pursuit("i1"))

    with records.database.reading() as connection:
        rows = [
            *connection.execute(text("SELECT * FROM retrospectives")).all(),
            *connection.execute(text("SELECT * FROM pursuits")).all(),
        ]
    said = str(rows) + "".join(
        bytes(value).decode("utf-8", "replace")
        for row in rows
        for value in row
        if isinstance(value, bytes | memoryview)
    )
    assert not any(one in said for one in ("弄清原因", "周二报修", "没有备件", "仓库两天"))


def test_what_happened_is_read_on_from_a_place_in_the_log(records: SqlRecords) -> None:
    told = f.ToldAgain(cause=RepeatCause.WORSE_AGAIN, way=ContactChannel.PHONE, happened_at=NINE)
    with records.write() as unit:
        first = keep_case(unit, f.Scored(score=2, solved=Solved.NO), told).number
        begun = unit.retrospectives.log_end()
        keep_case(unit, f.Closed())

    with records.read() as unit:
        every, end = unit.retrospectives.signs(0, most=9)
        since, same = unit.retrospectives.signs(begun, most=9)
        one, place = unit.retrospectives.signs(0, most=1)
    assert [sign.kind for sign in every] == [
        SignKind.SCORED,
        SignKind.TOLD_AGAIN,
        SignKind.CLOSED,
    ]
    assert every[0].score == 2 and every[0].number == first
    assert [sign.kind for sign in since] == [SignKind.CLOSED]
    assert end == same >= begun > place >= one[0].round


@pytest.mark.requirement(99, 118)
def test_what_a_sheet_tells_is_no_occasion_and_what_happens_afterwards_is(
    records: SqlRecords,
) -> None:
    scored = f.Scored(score=1, solved=Solved.NO)
    with records.write() as unit:
        ticket = keep_case(unit, scored, f.Imported(source="hotline"))
        brought, begun = unit.retrospectives.signs(0, most=9)

    with records.write() as unit:
        go_on(unit, ticket, scored)
        since, _ = unit.retrospectives.signs(begun, most=9)

    assert brought == ()
    assert [sign.number for sign in since] == [ticket.number]
