"""The archive: kept by the database itself, sealed day by day, ended by disposal alone (R95, R96, X10)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.exc import DatabaseError

from storage import archive_digest, schema
from storage.archive_digest import digests_of
from storage.archive_seal import verify_archive
from storage.backups.backup import KEYS_NAME, make_backup
from storage.backups.restore import restore
from storage.database import JOBS, Database, open_database
from storage.guards import GUARDS, guards_of
from storage.keys import new_key, parse_ring
from storage.numbers import key_of
from storage.records import SqlRecords
from storage.tables import (
    archived_days,
    archived_tickets,
    decisions,
    disposals,
    events,
    meetings,
    tickets,
)
from storage.trouble import Damaged
from storage.vault import Vault
from tests.storage.cases import (
    DAY,
    ENGINEER,
    LOGGER,
    NINE,
    TEN,
    a_deadline,
    a_notice,
    a_query,
    go_on,
    keep_case,
)
from tickets.case import facts as f
from tickets.case.listing import Scope, Sight
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import ERASED, Number, PersonId, Status, Text
from tickets.errors import Conflict, NotFound
from tickets.ports import AuditEntry, Receipt
from tickets.ports.archive import Disposal

KEY = "20261124-售后服务-故障报修"
SUE, DIRK = PersonId("U0SUE"), PersonId("U0DIRK")
REFUSED = r"read-only|can only grow|constraint failed"  # FTS5 swallows the sentence
HELPED = f.CollaboratorsNamed(people=(LOGGER,), contact=LOGGER)
TALKED = (f.Noted(text=Text("客户很着急")), HELPED)


def archived(records: SqlRecords, *, day: date = DAY, count: int = 1) -> list[Ticket]:
    """Cases with every part a ticket has, archived and sealed as one press."""
    with records.write() as unit:
        kept = [keep_case(unit, *TALKED, deadlines=(a_deadline(),)) for _ in range(count)]
    with records.database.writing(JOBS) as connection:
        for ticket in kept:
            _decide(connection, ticket)
    with records.write() as unit:
        ended = [
            go_on(
                unit, one, f.Closed(), f.Archived(key=KEY), deadlines=(a_deadline(),), words="空调"
            )
            for one in kept
        ]
        part = unit.archive.seal([one.number for one in ended], day=day, at=TEN)
        told = {"day": part.day.isoformat(), "part": part.part, "head": part.head}
        unit.audit.write(
            AuditEntry(at=TEN, by=SUE, action="archive", number=None, outcome="done", detail=told)
        )
    return ended


def _decide(connection: Connection, ticket: Ticket) -> None:
    key = f"2026-W{ticket.number[-3:]}"
    meeting = {
        "key": key,
        "starts_at": NINE,
        "ends_at": NINE,
        "due_at": NINE,
        "is_late": False,
        "channel": "#weekly-review",
        "figures": {},
        "changes": 0,
    }
    connection.execute(meetings.insert(), meeting)
    decision = {
        "id": str(uuid4()),
        "meeting": key,
        "number_key": int(ticket.number[:8]) * 1_000_000 + int(ticket.number[8:]),
        "place": 1,
        "text": b"sealed",
        "help": b"sealed",
        "decided_at": NINE,
        "decided_by": SUE,
    }
    connection.execute(decisions.insert(), decision)


def findings(records: SqlRecords, vault: Vault) -> list[str]:
    with records.database.reading() as connection:
        return [str(one) for one in verify_archive(connection, vault)]


@contextmanager
def behind_the_triggers(database: Database) -> Iterator[Connection]:
    """What somebody with the database in hand could do; the triggers stand there again afterwards."""
    with database.writing(JOBS) as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            yield connection
            return
        triggers = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).all()
        for name, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield connection
        for _, ddl in triggers:
            connection.exec_driver_sql(ddl)


CHANGES = {
    "tickets": (
        "UPDATE {} SET priority = 'P3'",
        "UPDATE {} SET status = 'closed'",
        "DELETE FROM {}",
    ),
    "deadlines": (
        "UPDATE {} SET met_at = NULL, void = NOT void",
        "DELETE FROM {}",
        "INSERT INTO {} (number_key, round, kind, detail, starts_at, void, provisional, policy, version)"
        " SELECT number_key, 9, kind, detail, starts_at, void, provisional, policy, version FROM {}",
    ),
    "collaborators": (
        "UPDATE {} SET person = 'U0X'",
        "DELETE FROM {}",
        "INSERT INTO {} SELECT number_key, 'U0X' FROM {}",
    ),
    "decisions": (
        "UPDATE {} SET text = NULL",
        "DELETE FROM {}",
        "INSERT INTO {} (id, meeting, number_key, place, decided_at, decided_by)"
        " SELECT 'x', meeting, number_key, 9, decided_at, decided_by FROM {}",
    ),
    "ticket_search": ("UPDATE {} SET tokens = 'x'", "DELETE FROM {}"),
    "events": (
        "UPDATE {} SET words = NULL",
        "UPDATE {} SET actor = 'U0X'",
        "DELETE FROM {}",
        "INSERT INTO {} (ticket_id, number, seq, at, actor, kind, plain)"
        " SELECT ticket_id, number, 99, at, actor, 'Noted', plain FROM {} WHERE seq = 1",
    ),
    "archived_tickets": ("UPDATE {} SET archive_key = 'x'", "DELETE FROM {}"),
    "archived_days": ("UPDATE {} SET count = 0", "DELETE FROM {}"),
}


@pytest.mark.proves("X10")
@pytest.mark.requirement(96, 116)
@pytest.mark.parametrize(
    ("table", "change"), [(table, one) for table, several in CHANGES.items() for one in several]
)
def test_no_statement_changes_what_is_archived(
    database: Database, records: SqlRecords, vault: Vault, table: str, change: str
) -> None:
    archived(records)

    with pytest.raises(DatabaseError, match=REFUSED), database.writing(JOBS) as connection:
        done = connection.exec_driver_sql(change.format(table, table))
        assert done.rowcount  # else the test tries nothing

    assert findings(records, vault) == []


@pytest.mark.proves("X10")
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("table", sorted(CHANGES))
def test_no_archived_table_is_emptied(database: Database, records: SqlRecords, table: str) -> None:
    archived(records)

    with pytest.raises(DatabaseError, match=REFUSED), database.writing(JOBS) as connection:
        connection.exec_driver_sql(f"TRUNCATE {table} CASCADE")


@pytest.mark.proves("X10")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "table", ["tickets", "deadlines", "collaborators", "decisions", "ticket_search_content"]
)
def test_nothing_archived_is_replaced(database: Database, records: SqlRecords, table: str) -> None:
    archived(records)

    with pytest.raises(DatabaseError, match="read-only"), database.writing(JOBS) as connection:
        connection.exec_driver_sql(f"REPLACE INTO {table} SELECT * FROM {table}")


def test_what_is_not_archived_goes_on_as_ever(database: Database, records: SqlRecords) -> None:
    archived(records)

    with records.write() as unit:
        other = keep_case(unit, *TALKED, deadlines=(a_deadline(),))
        after = go_on(unit, other, f.Noted(text=Text("更多")), deadlines=(), words="x")

    assert after.version == other.version + 1


def test_cards_notices_and_receipts_of_an_archived_ticket_still_work(records: SqlRecords) -> None:
    (ticket,) = archived(records)

    with records.write() as unit:
        unit.cards.want(ticket.number, department="engineering", version=ticket.version)
        unit.notices.plan([a_notice("after", number=ticket.number)])
        unit.receipts.keep(Receipt(key="r", kind="archive", number=ticket.number), at=TEN)

    with records.read() as unit:
        assert unit.cards.of(ticket.number)[0].wanted == ticket.version
        assert unit.receipts.find("r")


@pytest.mark.parametrize("kind", [f.Addendum(text=Text("补充")), f.Revealed(reason=Text("回电"))])
def test_its_log_still_takes_what_changes_nothing(
    records: SqlRecords, vault: Vault, kind: f.Fact
) -> None:
    (ticket,) = archived(records)

    with records.write() as unit:
        more = Event(ticket.id, ticket.number, ticket.version + 1, TEN, SUE, kind)
        unit.tickets.add_to_archived(ticket, [more], addenda="")

    with records.read() as unit:
        assert unit.tickets.events(ticket.number)[-1].fact == kind
    assert findings(records, vault) == []


@pytest.mark.proves("X10")
def test_a_schema_holds_every_trigger(database: Database) -> None:
    """A migration that drops one fails here."""
    with database.reading() as connection:
        assert guards_of(connection) == GUARDS[connection.dialect.name]


@pytest.mark.proves("X10")
def test_a_database_that_lost_a_trigger_is_not_served(database: Database) -> None:
    with database.writing(JOBS) as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("DROP TRIGGER deadlines_archived_update")
        else:
            connection.exec_driver_sql("ALTER TABLE deadlines DISABLE TRIGGER deadlines_archived")

    with pytest.raises(Damaged, match="deadlines_archived"):
        schema.upgrade(database)
    with pytest.raises(Damaged, match="deadlines_archived"):
        schema.require_current(database)


# --- sealed ---------------------------------------------------------------------------------------


def test_a_digest_is_made_of_moments_as_they_are_read(
    records: SqlRecords, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was sealed by taking each moment apart still is as it was sealed."""
    cases = archived(records, count=2)
    upto = {key_of(one.number): one.version for one in cases}

    with database.reading() as connection:
        as_kept = digests_of(connection, upto)
        monkeypatch.setattr(archive_digest, "_kept", lambda column, _dialect: column)
        as_read = digests_of(connection, upto)

    assert as_kept == as_read
    assert len(set(as_kept.values())) == 2


def test_each_press_is_a_part_of_its_day_chained_to_the_one_before(
    records: SqlRecords, vault: Vault
) -> None:
    archived(records, count=2)
    archived(records)
    archived(records, day=date(2026, 11, 25))

    with records.database.reading() as connection:
        days = connection.execute(select(archived_days)).all()
        filed = connection.execute(select(archived_tickets)).all()
    assert [(one.day, one.part, one.count) for one in days] == [
        ("2026-11-24", 1, 2),
        ("2026-11-24", 2, 1),
        ("2026-11-25", 1, 1),
    ]
    assert len({one.head for one in days}) == 3
    assert {one.archive_key for one in filed} == {KEY}
    assert findings(records, vault) == []


def test_a_clock_that_went_back_does_not_break_the_chain(records: SqlRecords, vault: Vault) -> None:
    archived(records)
    archived(records, day=date(2026, 11, 20))

    with records.database.reading() as connection:
        days = connection.execute(select(archived_days.c.day, archived_days.c.part)).all()
    assert [tuple(one) for one in days] == [("2026-11-24", 1), ("2026-11-24", 2)]
    assert findings(records, vault) == []


TAMPERINGS = {
    "a ticket's row": update(tickets).values(priority="P3"),
    "a word of an event": update(events).where(events.c.seq == 1).values(words=b"other"),
    "who did it": update(events).where(events.c.seq == 2).values(actor="U0X"),
    "an event removed": delete(events).where(events.c.seq == 3),
    "a decision": update(decisions).values(decided_by="U0X"),
    "reopened behind": update(tickets).values(status="closed"),
    "the key it is filed under": update(archived_tickets).values(archive_key="x"),
    "its digest": update(archived_tickets).values(digest=b"x"),
    "a day's head": update(archived_days).values(head=b"x"),
    "a day's count": update(archived_days).values(count=9),
    "a day cut off": delete(archived_days),
    "a ticket taken out of its day": delete(archived_tickets),
}


@pytest.mark.proves("X10")
@pytest.mark.requirement(96)
@pytest.mark.parametrize("what", TAMPERINGS)
def test_what_is_changed_behind_the_triggers_is_found(
    database: Database, records: SqlRecords, vault: Vault, what: str
) -> None:
    archived(records, count=2)
    with behind_the_triggers(database) as connection:
        assert connection.execute(TAMPERINGS[what]).rowcount

    assert findings(records, vault)


def test_a_finding_names_the_ticket(database: Database, records: SqlRecords, vault: Vault) -> None:
    _, second = archived(records, count=2)
    with behind_the_triggers(database) as connection:
        changed = update(tickets).where(tickets.c.number == second.number)
        connection.execute(changed.values(priority="P3"))

    assert findings(records, vault) == [f"{second.number}: is not as it was archived"]


def test_an_entry_slipped_onto_an_archived_log_is_found(
    database: Database, records: SqlRecords, vault: Vault
) -> None:
    (ticket,) = archived(records)
    with behind_the_triggers(database) as connection:
        row = connection.execute(select(events).where(events.c.seq == 1)).mappings().one()
        slipped = {**row, "id": None, "seq": ticket.version + 1, "kind": "Noted"}
        del slipped["id"]
        connection.execute(events.insert(), slipped)

    assert findings(records, vault) == [
        f"{ticket.number}: its log holds Noted after it was archived"
    ]


def test_a_key_that_is_gone_is_said_and_not_taken_for_tampering(
    records: SqlRecords, desk_key: str
) -> None:
    archived(records)
    another = Vault(parse_ring(new_key()))

    (said,) = findings(records, another)

    assert "cannot be checked" in said
    assert desk_key.partition(":")[0] in said


def test_a_newer_key_beside_the_old_one_still_proves_old_days(
    records: SqlRecords, desk_key: str
) -> None:
    archived(records)

    assert findings(records, Vault(parse_ring(f"{new_key()},{desk_key}"))) == []


# --- disposal -------------------------------------------------------------------------------------


def a_disposal(*, approved_by: PersonId = DIRK) -> Disposal:
    return Disposal(
        id=str(uuid4()), reason=Text("客户要求删除"), asked_by=SUE, approved_by=approved_by
    )


@pytest.mark.proves("X23")
def test_disposal_ends_the_words_and_keeps_the_skeleton(records: SqlRecords, vault: Vault) -> None:
    ticket, other = archived(records, count=2)

    with records.write() as unit:
        unit.archive.dispose(ticket.number, a_disposal(), at=TEN)

    with records.read() as unit:
        log = unit.tickets.events(ticket.number)
        left = unit.tickets.get(ticket.number)
        assert unit.archive.is_disposed(ticket.number)
        assert not unit.archive.is_disposed(other.number)
        assert unit.tickets.get(other.number) == other
        found = unit.tickets.page(a_query(words="空调", open_only=False))
    assert isinstance(log[-1].fact, f.Disposed)
    assert log[-1].by == SUE
    assert left.intake.description == ERASED
    assert (left.status, left.category, left.assignee) == (
        Status.ARCHIVED,
        ticket.category,
        ENGINEER,
    )
    assert [one.number for one in found.lines] == [other.number]
    with records.database.reading() as connection:
        of_ticket = events.c.ticket_id == ticket.id
        assert set(connection.execute(select(events.c.words).where(of_ticket)).scalars()) == {None}
        summaries = dict(connection.execute(select(tickets.c.number, tickets.c.summary)).all())
        texts = connection.execute(select(decisions.c.text, decisions.c.help)).all()
    assert summaries[ticket.number] == ""
    assert sorted(texts, key=str) == [(None, None), (b"sealed", b"sealed")] or len(texts) == 2
    assert findings(records, vault) == []


def test_an_open_ticket_goes_on_after_its_words_ended(records: SqlRecords) -> None:
    with records.write() as unit:
        ticket = keep_case(unit, *TALKED)
        unit.archive.dispose(ticket.number, a_disposal(), at=TEN)

    with records.write() as unit:
        left = unit.tickets.get(ticket.number)
        more = Event(left.id, left.number, left.version + 1, TEN, SUE, f.Closed())
        ended = go_on(unit, left, more.fact, words="")
    assert ended.status is Status.CLOSED


def test_disposal_is_done_once_by_two_people(records: SqlRecords) -> None:
    (ticket,) = archived(records)

    with pytest.raises(Conflict), records.write() as unit:
        unit.archive.dispose(ticket.number, a_disposal(approved_by=SUE), at=TEN)
    with records.write() as unit:
        unit.archive.dispose(ticket.number, a_disposal(), at=TEN)
    with pytest.raises(Conflict), records.write() as unit:
        unit.archive.dispose(ticket.number, a_disposal(), at=TEN)
    with pytest.raises(NotFound), records.write() as unit:
        unit.archive.dispose(Number("20261124999"), a_disposal(), at=TEN)


DISPOSED = (
    "UPDATE tickets SET priority = 'P3'",
    "UPDATE tickets SET summary = 'again'",
    "UPDATE events SET actor = 'U0X'",
    "UPDATE disposals SET done_at = NULL",
    "UPDATE disposals SET remains = NULL",
    "DELETE FROM disposals",
    "DELETE FROM events",
)


@pytest.mark.proves("X10")
@pytest.mark.parametrize("change", DISPOSED)
def test_what_remains_of_a_disposed_ticket_is_kept_as_well(
    database: Database, records: SqlRecords, change: str
) -> None:
    (ticket,) = archived(records)
    with records.write() as unit:
        unit.archive.dispose(ticket.number, a_disposal(), at=TEN)

    with pytest.raises(DatabaseError, match=REFUSED), database.writing(JOBS) as connection:
        connection.exec_driver_sql(change)


@pytest.mark.proves("X10")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE events SET actor = 'U0X', words = NULL",
        "UPDATE tickets SET summary = '', category = 'x'",
        "UPDATE decisions SET text = NULL, help = NULL, decided_by = 'U0X'",
        "DELETE FROM deadlines",
        "UPDATE deadlines SET void = NOT void",
    ],
)
def test_a_pending_disposal_opens_the_words_and_nothing_else(
    database: Database, records: SqlRecords, change: str
) -> None:
    (ticket,) = archived(records)

    with pytest.raises(DatabaseError, match=REFUSED), database.writing(JOBS) as connection:
        pending = {
            "id": "d",
            "number": ticket.number,
            "reason": b"r",
            "asked_by": SUE,
            "approved_by": DIRK,
            "at": TEN,
        }
        connection.execute(disposals.insert(), pending)
        connection.exec_driver_sql(change)


def test_what_remains_is_held_against_its_digest(
    database: Database, records: SqlRecords, vault: Vault
) -> None:
    (ticket,) = archived(records)
    with records.write() as unit:
        unit.archive.dispose(ticket.number, a_disposal(), at=TEN)
    with behind_the_triggers(database) as connection:
        connection.execute(update(tickets).values(category="x"))

    assert findings(records, vault) == [f"{ticket.number}: is not as it was archived"]


# --- found again ----------------------------------------------------------------------------------


@pytest.mark.requirement(95)
@pytest.mark.parametrize(
    "typed",
    [
        KEY,
        "20261124-售后服务",
        "20261124-",
        "２０２６１１２４－售后服务－故障报修",
    ],
)
def test_a_key_finds_all_that_are_filed_under_it(records: SqlRecords, typed: str) -> None:
    ended = archived(records, count=2)
    with records.write() as unit:
        keep_case(unit)

    with records.read() as unit:
        found = unit.tickets.page(a_query(words=typed, open_only=False))
        inside = unit.tickets.page(a_query(words=typed, open_only=False, scope=Scope.ARCHIVED))

    assert [one.number for one in found.lines] == [one.number for one in reversed(ended)]
    assert inside == found


def test_in_the_archive_a_part_of_the_key_is_enough(records: SqlRecords) -> None:
    (ticket,) = archived(records)

    with records.read() as unit:
        for typed, expected in (
            ("故障", [ticket.number]),
            ("退货", []),
            ("%", []),
            ("空调", [ticket.number]),
        ):
            query = a_query(words=typed, open_only=False, scope=Scope.ARCHIVED)
            assert [one.number for one in unit.tickets.page(query).lines] == expected, typed


def test_a_key_shows_nobody_what_they_may_not_see(records: SqlRecords) -> None:
    archived(records)

    with records.read() as unit:
        seen = unit.tickets.page(a_query(words=KEY, open_only=False, sight=Sight(person=SUE)))
        own = unit.tickets.page(a_query(words=KEY, open_only=False, sight=Sight(person=LOGGER)))

    assert (seen.total, own.total) == (0, 1)


def test_the_archive_is_listed_newest_first(records: SqlRecords) -> None:
    ended = archived(records, count=3)
    with records.write() as unit:
        keep_case(unit)

    with records.read() as unit:
        listed = unit.tickets.page(a_query(scope=Scope.ARCHIVED, open_only=False))

    assert [one.number for one in listed.lines] == [one.number for one in reversed(ended)]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_key_is_looked_up_through_its_index(database: Database, records: SqlRecords) -> None:
    with database.reading() as connection:
        steps = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT number_key FROM archived_tickets"
            " WHERE folded >= '20261124-' AND folded < '20261124-x'"
        ).all()

    assert "ix_archived_tickets_folded" in str(steps)


# --- taken elsewhere ------------------------------------------------------------------------------


@pytest.mark.proves("X34")
def test_a_restored_archive_is_still_sealed_on_either_engine(
    records: SqlRecords, vault: Vault, desk_key: str, tmp_path: Path
) -> None:
    """The digests are of what is kept, not of how an engine keeps it."""
    ticket, other = archived(records, count=2)
    with records.write() as unit:
        unit.archive.dispose(other.number, a_disposal(), at=TEN)
    ring, url = parse_ring(desk_key), f"sqlite:///{tmp_path / 'new' / 'desk.db'}"
    backup = make_backup(records.database, ring, tmp_path / "kept", at=TEN)
    keys = tmp_path / "kept" / KEYS_NAME
    restore(backup.records, keys, url, ring, zone=ZoneInfo("Asia/Shanghai"), at=TEN)

    again = SqlRecords(database=open_database(url, readers=2), vault=vault, fold_text=str)
    assert findings(again, vault) == []
    with (
        pytest.raises(DatabaseError, match=REFUSED),
        again.database.writing(JOBS) as connection,
    ):
        changed = update(tickets).where(tickets.c.number == ticket.number)
        connection.execute(changed.values(priority="P3"))
    again.database.dispose()
