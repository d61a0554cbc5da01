"""Nothing that names a customer, and no word of anybody, is found in the files (R113, I13)."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.phones import NumberingPlans
from storage.database import Database
from storage.event_log import append_log
from storage.records import SqlRecords
from storage.tables import metadata
from tests.storage.cases import DAY, ENGINEER, NINE, a_customer, a_log, a_query, go_on, keep_case
from tests.tickets.desk.desks import a_desk
from tickets.case import facts as f
from tickets.case.codec import write
from tickets.case.fold import fold
from tickets.case.intake import Intake
from tickets.case.listing import Redacted
from tickets.case.log import Event
from tickets.case.redaction import redacted
from tickets.case.values import ContactChannel, ContactOutcome, Text
from tickets.people.profile import Owned, Profile
from tickets.ports import Draft

SECRETS = {
    "name": "欧阳锦绣",
    "phone": "+8613987654321",
    "email": "jinxiu@private.example",
    "address": "紫竹巷七号",
    "description": "金丝雀描述",
    "note": "金丝雀备注",
    "answer": "金丝雀回答",
    "draft": "金丝雀草稿",
    "preferences": "金丝雀偏好",
    "product": "金丝雀产品",
    "serial": "SN-KANARI-42",
    "tag": "金丝雀标签",
    "own": "金丝雀自设",
    "contribution": "金丝雀贡献",
}


def fill(records: SqlRecords) -> None:
    identity = {key: SECRETS[key] for key in ("name", "phone", "email", "address")}
    profile = Profile(
        contribution=SECRETS["contribution"],
        products=(Owned(SECRETS["product"], SECRETS["serial"]),),
        preferences=SECRETS["preferences"],
        tags=(SECRETS["tag"],),
        fields={"renewal": SECRETS["own"]},
    )
    customer = a_customer(**identity, profile=profile)
    contacted = f.Contacted(
        way=ContactChannel.PHONE,
        outcome=ContactOutcome.REACHED,
        happened_at=NINE,
        answer=Text(SECRETS["answer"]),
    )
    with records.write() as unit:
        customer = unit.customers.add(customer)
        events = a_log(
            unit.tickets.next_number(DAY), customer.id, contacted, text=SECRETS["description"]
        )
        said = Redacted(summary="[…] 空调", search="[…] 空调")
        ticket = fold(events)
        unit.tickets.append(ticket, events, deadlines=(), redacted=said)
        go_on(unit, ticket, f.Noted(text=Text(SECRETS["note"])), words="[…] 空调")
        unit.drafts.keep(Draft(id="d", person=ENGINEER, text=SECRETS["draft"], kept_at=NINE))
    with records.read() as unit:
        assert unit.tickets.get(ticket.number).intake.description == SECRETS["description"]
        found = unit.customers.find(phone=SECRETS["phone"], email=None)
        assert found == customer


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_secret_is_in_the_files(database: Database, records: SqlRecords) -> None:
    fill(records)

    path = Path(str(database.writers.url.database))
    files = [path, path.with_name(path.name + "-wal")]
    content = b"".join(file.read_bytes() for file in files)
    assert "空调".encode() in content
    for secret in (*SECRETS.values(), "13987654321", "jinxiu"):
        assert secret.encode() not in content, secret
        assert secret.encode().hex().encode() not in content, secret


def found(database: Database, secrets: Iterable[str]) -> list[tuple[str, str]]:
    """Look into every column of every table, and into what search knows."""
    looked: list[tuple[str, str]] = []
    with database.reading() as connection:
        reads = [(table.name, table.select()) for table in metadata.sorted_tables]
        for name, read in [*reads, ("ticket_search", text("SELECT tokens FROM ticket_search"))]:
            for row in connection.execute(read):
                looked += [(name, said(value)) for value in row]
    return [(name, one) for name, content in looked for one in secrets if one in content]


def said(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def test_no_secret_is_in_any_column(database: Database, records: SqlRecords) -> None:
    fill(records)

    assert found(database, SECRETS.values()) == []


def test_nothing_typed_into_any_field_of_the_form_is_kept_plainly(
    database: Database, records: SqlRecords
) -> None:
    """The number may be written into the level, the order or the wish: it is sealed there too."""
    identity = {"name": "欧阳锦绣", "phone": "13987654321", "email": "jinxiu@private.example"}
    secret = " ".join(identity.values())
    texts = {one.name for one in fields(Intake) if one.default == ""}
    typed = dict.fromkeys(texts - {"category", "invalid_note", "authority"}, secret)
    typed["authority"] = "12315"

    number = a_desk(records).log(**typed | identity)

    with records.read() as unit:
        assert unit.tickets.get(number).intake.customer_level == secret
    assert found(database, identity.values()) == []
    assert found(database, ["987654321", "jinxiu", "锦绣"]) == []


def facts() -> st.SearchStrategy[f.Fact]:
    kinds = [kind for kind in vars(f).values() if isinstance(kind, type) and kind is not f.Fact]
    # Ids and codes are not typed by people: they hold no NUL, which PostgreSQL cannot keep.
    st.register_type_strategy(str, st.text(st.characters(exclude_characters="\0", codec="utf-8")))
    st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))  # as JSON
    moments = st.datetimes(timezones=st.just(UTC))
    st.register_type_strategy(datetime, moments)
    made = [st.from_type(kind) for kind in kinds if issubclass(kind, f.Fact)]
    return st.one_of(made).filter(lambda fact: not isinstance(fact, f.Logged))


CANARIES = (
    "欧阳锦绣",
    "13987654321",
    "139 8765 4321",
    "１３９８７６５４３２１",
    "jinxiu@private.example",
    "11010519491231002X",
    "4111111111111111",
)
"""What no word index may hold of the customer 欧阳锦绣."""

TRACES = ("锦绣", "39876543", "8765 4321", "98765432", "jinxiu", "110105194912", "41111111")


@pytest.mark.proves("X24")
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fact=facts().filter(lambda fact: bool(write(fact).words)))
def test_search_never_knows_personal_data_whatever_field_it_stands_in(
    database: Database, records: SqlRecords, fact: f.Fact
) -> None:
    """Neither the rows that lists show nor the index, while the words beside it are found."""
    telling = Text("除霜 " + ",".join(CANARIES) + " 压缩机")
    filled = replace(fact, **dict.fromkeys(write(fact).words, telling))  # type: ignore[arg-type]
    customer = a_customer(name="欧阳锦绣", phone="+8613987654321", email="jinxiu@private.example")
    with records.write() as unit:
        unit.customers.add(customer)
        log = a_log(unit.tickets.next_number(DAY), customer.id, text=telling)
        more = Event(log[0].ticket_id, log[0].number, 3, NINE, ENGINEER, filled)
        ticket = fold(log)
        known = redacted(ticket, (*log, more), customer, NumberingPlans().spans)
        unit.tickets.append(ticket, log, deadlines=(), redacted=known)

    assert found(database, TRACES) == []
    with records.read() as unit:
        for word in ("除霜", "压缩机"):
            lines = unit.tickets.page(a_query(words=word, size=1000)).lines
            assert ticket.number in {line.number for line in lines}
        for canary in CANARIES:
            assert unit.tickets.page(a_query(words=canary)).lines == ()


@pytest.mark.proves("X24")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_file_and_log_of_an_embedded_desk_hold_no_canary(
    database: Database, records: SqlRecords
) -> None:
    """What the index keeps of its own, what was overwritten, what waits in the log: all of it."""
    secret = ",".join(CANARIES)
    texts = {one.name for one in fields(Intake) if one.default == ""}
    typed = dict.fromkeys(texts - {"category", "invalid_note", "authority"}, secret)
    typed["authority"] = "12315"
    identity = {"name": CANARIES[0], "phone": CANARIES[1], "email": CANARIES[4]}
    desk = a_desk(records)
    for _ in range(3):
        desk.log(**typed | identity)

    path = Path(str(database.writers.url.database))
    raw = path.read_bytes() + path.with_name(path.name + "-wal").read_bytes()

    assert b"SQLite format 3" in raw
    for trace in (*CANARIES, *TRACES):
        for encoding in ("utf-8", "utf-16-le", "gb18030"):
            assert trace.encode(encoding) not in raw, (trace, encoding)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fact=facts())
def test_every_fact_comes_back_from_the_log_as_it_was(records: SqlRecords, fact: f.Fact) -> None:
    customer = a_customer()
    with records.write() as unit:
        unit.customers.add(customer)
        ticket = keep_case(unit, customer=customer)
        event = Event(ticket.id, ticket.number, ticket.version + 1, NINE, ENGINEER, fact)
        append_log(unit.tickets.connection, unit.tickets.vault, [event], customer=customer.id)

    with records.read() as unit:
        assert unit.tickets.events(ticket.number)[-1] == event
