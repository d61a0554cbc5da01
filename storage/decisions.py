"""What meetings decided on tickets, words sealed for the ticket's customer; and what came of it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from storage.numbers import key_of, number_of
from storage.tables import deadlines, decisions, tickets
from storage.vault import Erased, Spot, Vault
from tickets.case.values import ERASED, CustomerId, Number, Text
from tickets.meetings.meeting import Decision, Promise
from tickets.time.deadline import DeadlineKind

_C, _D, _T = decisions.c, deadlines.c, tickets.c
_ADD = insert(decisions)
_OF_MEETING = (
    select(decisions, _T.customer_id)
    .join_from(decisions, tickets, _C.number_key == _T.number_key)
    .where(_C.meeting == bindparam("of_meeting"))
    .order_by(_C.place)
)
_CUSTOMER = select(_T.customer_id).where(_T.number_key == bindparam("of_number"))


def add(connection: Connection, vault: Vault, decision: Decision) -> None:
    """Keep a decision."""
    key = key_of(decision.number)
    customer = connection.execute(_CUSTOMER, {"of_number": key}).scalar_one()
    row = {
        "id": decision.id,
        "meeting": decision.meeting,
        "number_key": key,
        "place": decision.place,
        "text": _sealed(vault, decision.text, decision.id, "text", customer),
        "help": _sealed(vault, decision.help, decision.id, "help", customer),
        "owner": decision.owner,
        "due_at": decision.due_at,
        "blocker": decision.blocker,
        "decided_at": decision.decided_at,
        "decided_by": decision.decided_by,
    }
    connection.execute(_ADD, row)


def of_meeting(
    connection: Connection, vault: Vault, meeting: str, numbers: Sequence[Number] | None
) -> tuple[Decision, ...]:
    """List what a meeting decided, in order; on these tickets or on all."""
    asked = _OF_MEETING
    if numbers is not None:
        asked = asked.where(_C.number_key.in_([key_of(number) for number in numbers]))
    rows = connection.execute(asked, {"of_meeting": meeting})
    return tuple(_decision(row, vault) for row in rows)


def promises(
    connection: Connection, numbers: Sequence[Number]
) -> dict[Number, tuple[Promise, ...]]:
    """List the promises given on tickets."""
    asked = select(_D.number_key, _D.starts_at, _D.due_at, _D.met_at).where(
        _D.number_key.in_([key_of(number) for number in numbers]), _D.kind == DeadlineKind.PROMISE
    )
    found: defaultdict[Number, list[Promise]] = defaultdict(list)
    for row in connection.execute(asked):
        found[number_of(row.number_key)].append(Promise(row.starts_at, row.due_at, row.met_at))
    return {number: tuple(given) for number, given in found.items()}


def resolved(connection: Connection, numbers: Sequence[Number]) -> dict[Number, datetime | None]:
    """Tell since when tickets are resolved, in their present round."""
    keys = [key_of(number) for number in numbers]
    asked = select(_T.number_key, _T.resolved_at).where(_T.number_key.in_(keys))
    return {number_of(row.number_key): row.resolved_at for row in connection.execute(asked)}


def _sealed(
    vault: Vault, words: Text | None, decision: str, column: str, customer: CustomerId
) -> bytes | None:
    return None if words is None else vault.seal(words, _spot(decision, column), subject=customer)


def _opened(
    vault: Vault, sealed: bytes | None, decision: str, column: str, customer: CustomerId
) -> Text | None:
    if sealed is None:
        return None
    try:
        return Text(vault.open(sealed, _spot(decision, column), subject=customer))
    except Erased:
        return ERASED


def _decision(row: Row[*tuple[Any, ...]], vault: Vault) -> Decision:
    return Decision(
        id=row.id,
        meeting=row.meeting,
        number=number_of(row.number_key),
        place=row.place,
        text=_opened(vault, row.text, row.id, "text", row.customer_id),
        help=_opened(vault, row.help, row.id, "help", row.customer_id),
        owner=row.owner,
        due_at=row.due_at,
        blocker=row.blocker,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
    )


def _spot(decision: str, column: str) -> Spot:
    return Spot("decisions", decision, column)
