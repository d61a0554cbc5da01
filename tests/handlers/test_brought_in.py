"""Open cases that came in with a sheet: silent until something happens to them, then at home under a card (R99, DESK.md 5)."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bot.cli.blocks import text_of
from tests.conftest import Address
from tests.handlers.days import Days, lived
from tests.tickets.desk.desks import SUE
from tests.tickets.desk.test_bring_in import a_row, nobody_knows
from tests.tickets.sheets.test_tables import FOLD, LANGUAGES, tongue_of
from tickets.case.values import Number
from tickets.desk.bring_in import SheetOfCases, bring_in
from tickets.sheets.names import names_of
from tickets.sheets.tables import Table

OPEN = {"status": "待受理", "result": "", "score": "", "closed_on": "", "department": "技术部"}
CHANNEL = "tech"


@pytest.fixture
def days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: Address) -> Iterator[Days]:
    with lived(tmp_path, monkeypatch, address) as opened:
        yield opened


def brought(days: Days, row: Mapping[str, str]) -> str:
    desk = days.stage.bot.desk
    names = names_of(desk.handbook(), [tongue_of(one) for one in LANGUAGES], FOLD, called={})
    sheet = SheetOfCases(
        table=Table.HOTLINE,
        placed={name: at for at, name in enumerate(row)},
        headings=list(row),
        lines=[(2, list(row.values()))],
        names=names,
        render=nobody_knows,
    )
    ((report,),) = bring_in(desk, sheet, keeps=True)
    assert report.number, report
    days.stage.settle()
    return report.number


def thread(days: Days, number: str) -> tuple[str, str]:
    """Give the words of a case's only card, and of what stands under it."""
    channel, card = days.stage.card(number)
    posts = days.stage.slack.messages(channel, card["ts"])
    with days.stage.bot.desk.records.read() as unit:
        assert len(unit.cards.of(Number(number))) == 1
    head, *under = [text_of(one["blocks"], str) for one in posts]
    return head, "\n".join(under)


def test_it_gets_its_card_once_somebody_works_on_it(days: Days) -> None:
    number = brought(days, a_row(**OPEN))
    assert days.stage.slack.messages(CHANNEL) == []

    for name in ("eve", "ken"):
        days.stage.person(SUE).command("/ticket", f"转派 {number} @{name} 请跟进")
        days.stage.settle()

    head, _ = thread(days, number)
    assert number in head


@pytest.mark.requirement(49)
def test_its_warning_stands_under_its_card(days: Days) -> None:
    number = brought(days, a_row(**OPEN, due_at="2026-11-26 17:00"))
    assert days.stage.slack.messages(CHANNEL) == []

    days.reach("2026-11-26 15:01")

    head, under = thread(days, number)
    assert number in head
    assert "17:00" in under


@pytest.mark.requirement(39, 40)
def test_one_written_down_while_the_desk_was_down_goes_to_a_person_as_if_logged_now(
    days: Days,
) -> None:
    row = a_row("", **{**OPEN, "department": ""}, received_at="2026-11-23 10:00", backfilled="是")
    number = brought(days, row)
    by_department = brought(days, {**row, **OPEN, "description": "洗衣机漏水"})

    for one in (number, by_department):
        assignee = days.stage.ticket(one).assignee
        assert assignee
        head, _ = thread(days, one)
        assert "责任人 @" in head
    assert days.stage.ticket(by_department).department == "tech"
