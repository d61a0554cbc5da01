"""What is to be made better, kept alike on either engine: words sealed, what is to be done found first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from storage.records import SqlRecords
from storage.vault import Spot, TransactionVault
from tickets.case.values import PersonId, Priority, Text
from tickets.errors import NotFound
from tickets.meetings.improvement import Improvement, Source

NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
LEE = PersonId("U0LEAD")


def an_item(place: int, **changes: object) -> Improvement:
    item = Improvement(
        id=f"00000000-0000-4000-8000-{place:012}",
        source=Source.MONTHLY,
        origin="2026-10",
        point="kind:after_sales/fault",
        pain=Text("故障报修解决率低"),
        action=Text("备足压缩机"),
        goal=Text("解决率由 71% 提高到 85%"),
        priority=Priority.P1,
        department="tech",
        owner=LEE,
        due_at=NOW + timedelta(days=place),
        decided_at=NOW,
        decided_by=PersonId("U0SUPER"),
    )
    return replace(item, **changes)  # type: ignore[arg-type]


def test_an_item_comes_back_as_it_was_kept(records: SqlRecords) -> None:
    item = an_item(1)
    with records.write() as unit:
        unit.improvements.add(item)

    with records.read() as unit:
        assert unit.improvements.get(item.id) == item
        assert unit.improvements.decided_in(Source.MONTHLY, "2026-10") == (item,)
        with pytest.raises(NotFound):
            unit.improvements.get("nothing")


def test_what_is_to_be_done_comes_first_the_earliest_due_first(records: SqlRecords) -> None:
    late, soon, done = an_item(9), an_item(2), an_item(1)
    with records.write() as unit:
        for one in (late, soon, done):
            unit.improvements.add(one)
        finished = replace(done, done_at=NOW, done_by=LEE, outcome=Text("已备 20 台"))
        unit.improvements.save(finished)

    with records.read() as unit:
        assert unit.improvements.listed() == (soon, late, finished)
        assert unit.improvements.listed(after=1, most=1) == (late,)
        assert unit.improvements.to_do() == (soon, late)
        assert unit.improvements.to_do(until=NOW + timedelta(days=2)) == (soon,)
        assert unit.improvements.count() == (2, 3)


def test_no_word_of_it_is_kept_plainly(records: SqlRecords) -> None:
    with records.write() as unit:
        unit.improvements.add(an_item(1, outcome=Text("已完成"), done_at=NOW, done_by=LEE))

    with records.database.reading() as connection:
        (row,) = connection.execute(text("SELECT * FROM improvements")).all()
    words = "".join(str(value) for value in row)
    assert not any(one in words for one in ("故障报修", "压缩机", "解决率", "已完成"))


def test_only_words_that_change_are_sealed_again(
    records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed: list[str] = []
    with records.write() as unit:
        unit.improvements.add(an_item(1))
        vault = type(unit.improvements.vault)
        seal = vault.seal

        def noted(self: TransactionVault, words: str, spot: Spot, *, subject: None) -> bytes:
            sealed.append(spot.column)
            return seal(self, words, spot, subject=subject)

        monkeypatch.setattr(vault, "seal", noted)
        unit.improvements.save(an_item(1, due_at=NOW))
        unit.improvements.save(an_item(1, outcome=Text("已备 20 台")))

    assert sealed == ["outcome"]


def test_a_monthly_meeting_is_new_until_somebody_begins_it(records: SqlRecords) -> None:
    with records.write() as unit:
        begun = replace(
            unit.improvements.hold_monthly("2026-10"), changes=1, started_at=NOW, started_by=LEE
        )
        unit.improvements.save_monthly(begun)
        assert unit.improvements.hold_monthly("2026-10") == begun
        unit.improvements.hold_monthly("2026-11")

    with records.read() as unit:
        assert unit.improvements.monthly("2026-10") == begun
        assert unit.improvements.monthly("2026-12").started_at is None
        assert unit.improvements.monthly_before("2026-12") == begun  # November's was never begun
        assert unit.improvements.monthly_before("2026-10") is None
