"""Whatever a person does leaves an entry on the audit log, in its own transaction and without words (X28, I2)."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.records import SqlRecords
from storage.tables import audit, receipts
from tests.tickets.desk.desks import ANN, BOB, EVE, KEN, SUE, Trial, a_desk
from tickets.case import facts as f
from tickets.case.values import (
    ContactChannel,
    ContactOutcome,
    Number,
    Priority,
    Solved,
    Text,
)
from tickets.desk import ending, owners, shift, talk, work
from tickets.desk.reveal import reveal

ROOT = Path(__file__).parents[3] / "tickets"
SECRET = "李小红的密语"
PHONE, REACHED = ContactChannel.PHONE, ContactOutcome.REACHED


@pytest.fixture
def trial(records: SqlRecords) -> Trial:
    return a_desk(records)


def live_through(trial: Trial, number: Number) -> None:
    """Have a case go through many hands; every text holds words that must not be on the audit log."""
    desk, now, words = trial.desk, trial.clock.at, Text(SECRET * 3)
    told = f.CustomerTold(way=PHONE, happened_at=now, message=words)
    reached = f.Contacted(way=PHONE, outcome=REACHED, happened_at=now, answer=words)
    planned = f.Planned(measures=words, finish_by=now + timedelta(days=1))
    work.accept(desk, number, by=EVE, receipt=trial.receipt())
    work.contact(desk, number, reached, by=EVE, receipt=trial.receipt())
    work.plan(desk, number, planned, by=EVE, receipt=trial.receipt())
    talk.note(desk, number, words, by=ANN, receipt=trial.receipt())
    work.wait(desk, number, words, None, by=EVE, receipt=trial.receipt())
    work.resume(desk, number, by=EVE, receipt=trial.receipt())
    owners.assign(desk, number, KEN, words, by=SUE, receipt=trial.receipt())
    reveal(desk, number, words, by=KEN, receipt=trial.receipt())
    work.resolve(desk, number, f.Resolved(result=words), by=KEN, receipt=trial.receipt())
    ending.tell(desk, number, told, by=ANN, receipt=trial.receipt())
    scored = f.Scored(score=5, solved=Solved.YES, words=words)
    ending.score(desk, number, scored, by=ANN, receipt=trial.receipt())
    ending.close(desk, number, None, by=ANN, receipt=trial.receipt())
    shift.go_away(desk, by=BOB, receipt=trial.receipt())


@pytest.mark.proves("X28")
def test_every_deed_has_its_entry_and_no_words(trial: Trial, records: SqlRecords) -> None:
    number = trial.log(urgency=Priority.P2, description=SECRET * 5)

    live_through(trial, number)

    with records.database.reading() as connection:
        done = connection.execute(receipts.select().order_by(receipts.c.key)).all()
        entries = connection.execute(audit.select().order_by(audit.c.id)).all()
    deeds = sorted((row.kind, row.number) for row in done)
    assert sorted((row.action, row.number) for row in entries) == deeds
    assert SECRET not in str(entries)
    assert "13812345678" not in str(entries)


def keepers() -> Iterator[tuple[str, str]]:
    """Find every function of the rules that keeps a receipt, with its source."""
    for path in sorted(ROOT.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                text = ast.get_source_segment(source, node) or ""
                if "receipts.keep(" in text and not any(
                    isinstance(inner, ast.FunctionDef) and inner is not node
                    for inner in ast.walk(node)
                ):
                    yield f"{path.stem}.{node.name}", text


@pytest.mark.proves("X28")
def test_whoever_keeps_a_receipt_writes_an_entry_beside_it() -> None:
    """What is said in a case's thread is no decision: it stands on the case's own log."""
    without = {
        name for name, text in keepers() if "audit.write(" not in text and "note(" not in text
    }

    assert without == {"thread.hear"}
