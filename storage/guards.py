"""Looks whether every trigger that keeps history and archive is there; without one the desk does not start."""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Connection

from storage.trouble import Damaged

_ON_SQLITE = {
    "events": ("events_UPDATE_refused", "events_DELETE_refused", "events_archived_insert"),
    "audit": ("audit_UPDATE_refused", "audit_DELETE_refused", "audit_waits"),
    "audit_seals": ("audit_seals_UPDATE_refused", "audit_seals_DELETE_refused"),
    "tickets": ("tickets_archived_update", "tickets_archived_delete"),
    "ticket_search_content": (
        "ticket_search_content_archived_update",
        "ticket_search_content_archived_delete",
    ),
    **{
        table: tuple(f"{table}_archived_{verb}" for verb in ("insert", "update", "delete"))
        for table in ("deadlines", "collaborators", "decisions")
    },
    **{
        table: (f"{table}_UPDATE_refused", f"{table}_DELETE_refused")
        for table in ("archived_tickets", "archived_days", "disposals")
    },
}
_ON_POSTGRES = {
    "events": ("events_refused", "events_kept", "events_archived"),
    "audit": ("audit_refused", "audit_waits"),
    "audit_seals": ("audit_seals_refused",),
    **{
        table: (f"{table}_archived", f"{table}_archived_emptied")
        for table in ("tickets", "deadlines", "collaborators", "decisions", "ticket_search")
    },
    "archived_tickets": ("archived_tickets_refused",),
    "archived_days": ("archived_days_refused",),
    "disposals": ("disposals_refused", "disposals_kept"),
}
GUARDS: Mapping[str, frozenset[tuple[str, str]]] = MappingProxyType(
    {
        dialect: frozenset((table, name) for table, names in known.items() for name in names)
        for dialect, known in (("sqlite", _ON_SQLITE), ("postgresql", _ON_POSTGRES))
    }
)
"""Every trigger of the newest schema, as (table, name), by engine."""

_SQLITE = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
_POSTGRES = """
SELECT c.relname, t.tgname FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND n.nspname = current_schema()
"""


def guards_of(connection: Connection) -> frozenset[tuple[str, str]]:
    """List the triggers that are there and on, as (table, name)."""
    asked = _POSTGRES if connection.dialect.name == "postgresql" else _SQLITE
    return frozenset((str(row[0]), str(row[1])) for row in connection.exec_driver_sql(asked))


def missing_guards(dialect: str, there: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Name the triggers that are not there, as (table, name)."""
    return GUARDS[dialect] - there


def require_guards(connection: Connection) -> None:
    """Raise Damaged where a trigger is missing or switched off, naming it."""
    missing = missing_guards(connection.dialect.name, guards_of(connection))
    if missing:
        named = ", ".join(sorted(name for _, name in missing))
        msg = (
            f"the database lacks what keeps its history and archive unchanged ({named}): somebody removed"
            " it. Restore the newest backup, or put the triggers back as the migrations make them"
        )
        raise Damaged(msg)
