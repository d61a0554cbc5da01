"""What people wrote of the causes of what a figure is taken of: opened for the newest cases alone."""

from typing import Any

from sqlalchemy import Connection, Row, and_, select

from storage.conditions import may_read, may_see
from storage.event_log import opened_words
from storage.figure_counts import chosen_rows
from storage.tables import events, round_figures, tickets
from storage.vault import Vault
from tickets.case.listing import Sight
from tickets.case.values import CustomerId, Text
from tickets.insight.figures import Figure, Selection
from tickets.insight.overview import SaidCause

_T, _R, _E = tickets.c, round_figures.c, events.c
LOOKED_AT = 5  # times as many cases as causes are wanted; most results name none


def said_causes(
    connection: Connection, vault: Vault, chosen: Selection, *, seen_by: Sight, most: int
) -> list[SaidCause]:
    """Give the first causes that were written down with the newest results, as far as somebody may read them."""
    source, wanted = chosen_rows(Figure.HANDLING, chosen)
    newest = (
        select(_R.number_key)
        .select_from(source)
        .where(*wanted)
        .order_by(_R.number_key.desc())
        .limit(most * LOOKED_AT)
    )
    asking = (
        select(_T.customer_id, _E.ticket_id, _E.seq, _E.words)
        .join_from(tickets, events, _E.ticket_id == _T.id)
        .where(
            _T.number_key.in_(newest),
            may_see(seen_by),
            may_read(seen_by),
            and_(_E.kind == "Resolved", _E.words.is_not(None)),
        )
        .order_by(_T.number_key.desc(), _E.seq.desc())
    )
    found: list[SaidCause] = []
    for row in connection.execute(asking):
        words = _cause(row, vault)
        if words and len(found) < most:
            found.append(SaidCause(CustomerId(row.customer_id), words))
    return found


def _cause(row: Row[*tuple[Any, ...]], vault: Vault) -> Text | None:
    words = opened_words(row, vault).get("first_cause", "").strip()
    return Text(words) if words else None
