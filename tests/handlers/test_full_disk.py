"""A disk without room: nothing half kept, said where the person is, told outside Slack, over by itself (F42)."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.records import SqlRecords
from tests.handlers.stage import AGENT, AIR_CONDITIONER, Stage
from tests.storage.cases import keep_case
from tickets.errors import Full

PAGE = 4096


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file of this process grow past so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def kept(records: SqlRecords) -> list[int]:
    with records.database.reading() as connection:
        return [
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            for table in ("tickets", "events", "customers", "ticket_search", "serials")
        ]


@pytest.mark.proves("F42")
def test_whichever_write_finds_no_room_nothing_of_the_step_is_kept(
    filed_records: SqlRecords,
) -> None:
    with filed_records.write() as unit:
        keep_case(unit)
    before = kept(filed_records)
    wal = Path(f"{filed_records.database.writers.url.database}-wal")
    size, refused = wal.stat().st_size, 0

    while True:
        with room_for(size + refused * PAGE // 2):
            try:
                with filed_records.write() as unit:
                    keep_case(unit)
                break
            except Full:
                refused += 1
        assert kept(filed_records) == before

    assert refused > 10
    assert kept(filed_records)[:4] == [count * 2 for count in before[:4]]
    assert kept(filed_records)[4] == before[4]
    with filed_records.read() as unit:
        assert unit.tickets.get("20261124002")  # the next number: none was used up


@pytest.mark.proves("F42")
def test_a_case_that_finds_no_room_stays_in_its_form_and_goes_through_later(
    stage: Stage,
) -> None:
    ann = stage.person(AGENT)
    ann.command("/ticket", "new")
    ann.click(ann.modal("form"), "form.category", value="after_sales")
    form = stage.shows(AGENT, "form.category.after_sales")
    stage.settle()
    stage.bot.watchdog.look()
    alarms: list[str] = []
    stage.bot.watchdog.alarm = Siren(alarms)

    with room_for(PAGE):
        refused = ann.submit(form, AIR_CONDITIONER)
        stage.bot.watchdog.look()
    again = ann.submit(form, AIR_CONDITIONER)
    stage.settle()
    stage.bot.watchdog.look()

    assert any("磁盘" in said or "disk" in said for said in refused.errors.values())
    assert not again.errors
    assert len(stage.numbers()) == 1
    heard = [alarm for alarm in alarms if alarm.startswith("records")]
    assert heard == ["records_unusable", "records_unusable over"]


class Siren:
    """An alarm that a test hears."""

    def __init__(self, heard: list[str]) -> None:
        self.heard = heard

    def raise_alarm(self, code: str, **_what: object) -> None:
        self.heard.append(code)

    def clear(self, code: str) -> None:
        self.heard.append(f"{code} over")
