"""The ticket's row, deadlines and helpers: what lists look at, always remade from the folded ticket."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Update, bindparam, delete, insert, update

from storage.ladders import ladder_row
from storage.numbers import key_of
from storage.tables import collaborators, complained_about, deadlines, tickets
from storage.upsert import upsert
from tickets.case.debt import debt, is_backfilled
from tickets.case.shown import Shown
from tickets.case.ticket import Ticket
from tickets.case.values import Status
from tickets.time.deadline import Deadline

_NOT_YET = {Status.ARCHIVED: Status.CLOSED}  # what is archived takes no parts any more
_NEVER = datetime.max.replace(tzinfo=UTC)
_KEY = "of_key"
_WAS = "was_version"

_ADD = insert(tickets)
_CHANGE: Update = update(tickets).where(
    tickets.c.number_key == bindparam(_KEY), tickets.c.version == bindparam(_WAS)
)
_END = (
    update(tickets)
    .where(tickets.c.number_key == bindparam(_KEY))
    .values(status=Status.ARCHIVED.value)
)
_DROP_DEADLINES = delete(deadlines).where(
    deadlines.c.number_key == bindparam(_KEY), deadlines.c.version < bindparam("version")
)
_DROP_HELPERS = delete(collaborators).where(collaborators.c.number_key == bindparam(_KEY))
_ADD_HELPERS = insert(collaborators)
_DROP_ABOUT = delete(complained_about).where(complained_about.c.number_key == bindparam(_KEY))
_ADD_ABOUT = insert(complained_about)


def add_row(connection: Connection, ticket: Ticket, owed: Sequence[Deadline], summary: str) -> None:
    """Insert a new ticket's row. Raises IntegrityError when its number is taken."""
    key = key_of(ticket.number)
    named = {
        "number_key": key,
        "id": ticket.id,
        "number": ticket.number,
        "number_reversed": ticket.number[::-1],
    }
    row = _changing(ticket, owed, summary)
    connection.execute(_ADD, named | row | {"status": _NOT_YET.get(ticket.status, ticket.status)})
    keep_deadlines(connection, key, ticket.version, owed)
    _keep_helpers(connection, key, ticket)
    _keep_about(connection, key, ticket)


def change_parts(connection: Connection, ticket: Ticket, owed: Sequence[Deadline]) -> None:
    """Bring what hangs on a ticket's row up to date; before the row, which may end all changes."""
    key = key_of(ticket.number)
    keep_deadlines(connection, key, ticket.version, owed)
    connection.execute(_DROP_DEADLINES, {_KEY: key, "version": ticket.version})
    connection.execute(_DROP_HELPERS, {_KEY: key})
    _keep_helpers(connection, key, ticket)
    connection.execute(_DROP_ABOUT, {_KEY: key})
    _keep_about(connection, key, ticket)


def change_row(
    connection: Connection, ticket: Ticket, owed: Sequence[Deadline], summary: str, *, was: int
) -> bool:
    """Bring a ticket's row from version `was` up to date; False when it is not at that version."""
    row = {_KEY: key_of(ticket.number), _WAS: was} | _changing(ticket, owed, summary)
    return connection.execute(_CHANGE, row).rowcount == 1


def end_row(connection: Connection, ticket: Ticket) -> None:
    """Let the row of a new ticket say at last that it is archived: from then on nothing of it changes."""
    connection.execute(_END, {_KEY: key_of(ticket.number)})


def _changing(ticket: Ticket, owed: Sequence[Deadline], summary: str) -> dict[str, object]:
    return {
        "version": ticket.version,
        "status": ticket.status,
        "confirmed": ticket.shown is Shown.CONFIRMED,
        "is_open": ticket.status.is_open,
        "priority": ticket.priority,
        "department": ticket.department,
        "assignee": ticket.assignee,
        "logged_by": ticket.logged_by,
        "caller": ticket.call_owed_by,
        "round": ticket.round,
        "kind": ticket.intake.kind,
        "category": ticket.category,
        "customer_id": ticket.customer_id,
        "received_at": ticket.received_at,
        "logged_at": ticket.logged_at,
        "resolved_at": ticket.resolved_at,
        "closed_at": ticket.closed_at,
        "changed_at": ticket.changed_at,
        "restricted": ticket.is_restricted,
        "backfilled": is_backfilled(ticket),
        "owes_fields": bool(debt(ticket)),
        "summary": summary.replace("\0", ""),  # PostgreSQL's text cannot hold it
        **next_step(owed),
    }


def next_step(all_owed: Sequence[Deadline]) -> dict[str, object]:
    """Say what a ticket owes next, as its row keeps it."""
    owed = [one for one in all_owed if one.is_owed]
    running = [(one.due_at, one.kind) for one in owed if one.due_at is not None]
    stopped = [one for one in owed if one.paused_since is not None]
    due_at, kind = min(running, default=(None, stopped[0].kind if stopped else None))
    since = [one.paused_since for one in stopped if one.paused_since is not None]
    return {
        "next_kind": kind,
        "next_due_at": due_at,
        "due_order": due_at or _NEVER,
        "paused_since": min(since, default=None),
    }


def keep_deadlines(
    connection: Connection, key: int, version: int, owed: Sequence[Deadline]
) -> None:
    """Keep a ticket's deadlines as they were reckoned at this version of it."""
    upsert(connection, deadlines, [_deadline_row(key, version, one) for one in owed])


def _deadline_row(key: int, version: int, one: Deadline) -> dict[str, object]:
    return {
        "number_key": key,
        "round": one.round,
        "kind": one.kind,
        "detail": one.detail,
        "starts_at": one.starts_at,
        "due_at": one.due_at,
        "warn_at": one.warn_at,
        "met_at": one.met_at,
        "void": one.void,
        "paused_since": one.paused_since,
        "provisional": one.provisional,
        "policy": one.policy,
        "version": version,
        "breached_at": one.breached_at,
        **_watch_of(one),
    }


def _watch_of(one: Deadline) -> dict[str, object]:
    look, said = one.look, one.said
    return {
        "look_at": look.at if look else None,
        "stage": look.stage if look else None,
        "said_stage": said.stage if said else None,
        "said_due_at": said.due_at if said else None,
        "ladder": ladder_row(one.ladder) if one.is_owed else None,
        "backfilled": one.backfilled,
    }


def _keep_helpers(connection: Connection, key: int, ticket: Ticket) -> None:
    helpers = set(ticket.collaborators)
    if helpers:
        rows = [{"number_key": key, "person": person} for person in sorted(helpers)]
        connection.execute(_ADD_HELPERS, rows)


def _keep_about(connection: Connection, key: int, ticket: Ticket) -> None:
    if ticket.complaint.about:
        rows = [{"number_key": key, "person": person} for person in sorted(ticket.complaint.about)]
        connection.execute(_ADD_ABOUT, rows)
