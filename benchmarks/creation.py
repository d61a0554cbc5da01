"""Complete new tickets a second through the use case, beside what raw sqlite3 takes for the same bytes."""

import sqlite3
import threading
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from uuid import uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection

from benchmarks import wording
from benchmarks.ground import AGENTS, Place, desk_on, founded
from benchmarks.measure import CPU, RATE, Variant, rate_and_cost, take_turns, timed_ms
from benchmarks.report import Figure, Report, at_least, at_most
from benchmarks.scale import Scale
from benchmarks.statements import Statement, listening
from bot.foundation import Foundation
from storage.customer_keys import SqlCustomerKeys
from storage.vault import TransactionVault, Vault
from tickets.case.intake import Intake
from tickets.case.values import CustomerId, Priority
from tickets.desk.context import Desk
from tickets.desk.log_case import log_case
from tickets.errors import Busy

WRITERS = 8
_ONE, _EIGHT, _RAW = "use case, 1 writer", f"use case, {WRITERS} writers", "raw sqlite3, same bytes"
_TURNS, _OWN, _SHARED = "in turn", "a key for each customer", "one key for all"

Ticket = Sequence[Statement]
"""All that one new ticket tells the driver, COMMIT left out."""


class Form:
    """Fills the form for one new case after another, each with a customer of its own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._choose = Random(20251123)
        self._places = count()
        self._name = uuid4().hex
        self._lock = threading.Lock()

    def log(self) -> None:
        """Log the next case. Raises Busy."""
        with self._lock:
            place, intake = next(self._places), self._intake()
        log_case(
            self._desk,
            intake,
            by=AGENTS[place % len(AGENTS)],
            receipt=f"view_submission:V{self._name}.{place}:form",
        )

    def _intake(self) -> Intake:
        choose = self._choose
        return Intake(
            name=wording.name(choose),
            phone=wording.phone(choose),
            received_at=self._desk.clock.now(),
            category="after_sales/fault",
            description=wording.description(choose),
            expectation=wording.wish(choose),
            urgency=Priority.P2,
            when="今天早上",
            where="客厅",
            read_back=True,
        )


class NoKeys(SqlCustomerKeys):
    """As if customers had no keys of their own: everything is sealed with the desk's."""

    def make(self, customer: CustomerId) -> None:
        """Make none."""

    def to_seal(self, customer: CustomerId) -> AESGCM | None:  # noqa: ARG002
        """Have the desk's key taken."""
        return None

    def is_destroyed(self, customer: CustomerId) -> bool:  # noqa: ARG002
        """Nobody was erased."""
        return False


class SharedVault(Vault):
    """A vault with one key for all."""

    def within(self, connection: Connection) -> TransactionVault:
        """Give the vault of one transaction."""
        self.desk.look(connection)
        return TransactionVault(self.desk, NoKeys(connection, self.desk))


def run(place: Place, scale: Scale) -> Report:
    """Create tickets by one and by eight writers, and replay the bytes of some without the desk."""
    bare, shared = place.copied("bare"), place.copied("shared")
    busy: list[Busy] = []
    with (
        founded(place) as foundation,
        founded(shared) as other,
        closing(_raw(bare.database)) as raw,
    ):
        keyless = replace(other, vault=SharedVault(other.vault.desk.ring))
        form, plain_form = Form(desk_on(foundation)), Form(desk_on(keyless))
        form.log()
        plain_form.log()
        heard = _heard(form, foundation, scale.created * scale.rounds)
        written = [[one for one in ticket if one.writes] for ticket in heard]
        slices = iter(
            [written[n : n + scale.created] for n in range(0, len(written), scale.created)]
        )
        variants: dict[str, Variant] = {
            _RAW: lambda: rate_and_cost(scale.created, lambda: _replay(raw, next(slices))),
            _ONE: lambda: rate_and_cost(scale.created, lambda: _log(form, scale.created)),
            _TURNS: lambda: _in_turn({_OWN: form, _SHARED: plain_form}, scale.created),
            _EIGHT: lambda: rate_and_cost(
                WRITERS * scale.created_each, lambda: _together(form, scale.created_each, busy)
            ),
        }
        found = take_turns(scale.rounds, variants)
    bare.remove()
    shared.remove()
    own, other_way = found[_TURNS, _OWN], found[_TURNS, _SHARED]
    cpu_own, cpu_other = (found[_TURNS, f"{name}, {CPU}"] for name in (_OWN, _SHARED))
    one, eight, limit = (found[name, RATE] for name in (_ONE, _EIGHT, _RAW))
    return Report(
        f"creation: complete new tickets a second, synchronous=FULL, {scale.tickets:,} stored",
        [
            Figure(_RAW, limit, "/s"),
            Figure(_ONE, one, "/s", at_least(300)),
            Figure("  share of the raw limit", one.over(limit), ""),
            Figure("  CPU a ticket", found[_ONE, CPU], "ms"),
            Figure(f"  in turn, {_OWN}", own, "ms"),
            Figure(f"  in turn, {_SHARED}", other_way, "ms"),
            Figure("  CPU of the one over the other's", cpu_own.over(cpu_other), "x"),
            Figure("  slower by a key each", own.over(other_way), "x", at_most(1.05)),
            Figure(_EIGHT, eight, "/s"),
            Figure("  beside one writer", eight.over(one), "x", at_least(0.6)),
        ],
        [
            f"lock errors of {WRITERS} writers: {len(busy)} (bar: 0, {'met' if not busy else 'MISSED'})",
            f"statements a ticket: {len(heard[-1])}, {len(written[-1])} of them write",
            "django-helpdesk 2.6.1: 95/s by its REST API, 216/s by its form (BASELINES.md 3, that machine)",
        ],
    )


def _log(form: Form, number: int) -> None:
    for _ in range(number):
        form.log()


def _in_turn(forms: Mapping[str, Form], number: int) -> dict[str, float]:
    """Log one ticket here and one there: the median of each, of the same minute."""
    found: dict[str, list[float]] = {}
    for _ in range(number):
        for name, form in forms.items():
            cpu = process_time()
            found.setdefault(name, []).append(timed_ms(form.log))
            found.setdefault(f"{name}, {CPU}", []).append((process_time() - cpu) * 1000)
    return {name: median(several) for name, several in found.items()}


def _together(form: Form, each: int, busy: list[Busy]) -> None:
    def work() -> None:
        for _ in range(each):
            try:
                form.log()
            except Busy as late:
                busy.append(late)

    threads = [threading.Thread(target=work) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _heard(form: Form, foundation: Foundation, number: int) -> list[Ticket]:
    """Create so many tickets and keep what each told the driver."""
    found: list[Ticket] = []
    with listening(foundation.database.writers) as heard:
        for _ in range(number):
            form.log()
            found.append(list(heard))
            heard.clear()
    return found


def _raw(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _replay(raw: sqlite3.Connection, tickets: Sequence[Ticket]) -> None:
    for ticket in tickets:
        raw.execute("BEGIN IMMEDIATE")
        for statement in ticket:
            if len(statement.rows) > 1:
                raw.executemany(statement.sql, statement.rows)
            else:
                raw.execute(statement.sql, statement.rows[0]).fetchall()
        raw.execute("COMMIT")
