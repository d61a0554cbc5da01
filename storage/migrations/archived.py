"""Keeps the rows of archived tickets as they are: triggers on both engines (R96, X10), and the one way around them.

An archived ticket's row, deadlines, helpers, decisions and search row refuse every change; its log takes
addenda and the traces of looking, nothing else. One thing passes: the words of a ticket that `disposals`
names, until the disposal is done. A later step that has to rewrite such rows does so inside `opened`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from storage.migrations import append_only

AFTERWARDS = ("Addendum", "Disposed", "DossierMade", "Revealed")
"""Kinds of events that an archived ticket's log still takes."""

_NEVER = "an archived ticket is read-only"
_KINDS = ", ".join(f"'{kind}'" for kind in AFTERWARDS)
_PARTS = ("deadlines", "collaborators", "decisions")
_WORDS = {"tickets": ("summary",), "events": ("words",), "decisions": ("text", "help")}
_BLANK = {"summary": "''"}
_PENDING = "EXISTS (SELECT 1 FROM disposals WHERE number = {number} AND done_at IS NULL)"
_OF_KEY = "(SELECT number FROM tickets WHERE number_key = OLD.number_key)"
_IS_ARCHIVED = (
    "EXISTS (SELECT 1 FROM tickets WHERE number_key = {row}.{key} AND status = 'archived')"
)
_INDEXED = _IS_ARCHIVED.format(row="OLD", key="id")
_INDEX_DISPOSED = _PENDING.format(number="(SELECT number FROM tickets WHERE number_key = OLD.id)")
_LOG_IS_ARCHIVED = "EXISTS (SELECT 1 FROM tickets WHERE id = NEW.ticket_id AND status = 'archived')"


def keep_archived(connection: Connection) -> None:
    """Have the database itself keep what is archived."""
    if connection.dialect.name == "postgresql":
        _on_postgres(connection)
    else:
        _on_sqlite(connection)
    for table in ("archived_tickets", "archived_days"):
        append_only(connection, table)


def let_addenda_be_found(connection: Connection) -> None:
    """Let a search row take words behind those that the seal covers, while `addenda_found` says so."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            _FINDING.format(passes=_search_row_passes(f"({_DISPOSED} OR {_APPENDED})"))
        )
        return
    taken = "EXISTS (SELECT 1 FROM addenda_found WHERE number_key = OLD.id AND taking)"
    for verb in ("update", "delete"):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS ticket_search_content_archived_{verb}")
        kept = f"{_INDEXED} AND NOT {_INDEX_DISPOSED} AND NOT {taken}"
        _trigger(connection, "ticket_search_content", verb, kept)


@contextmanager
def opened(connection: Connection) -> Iterator[None]:
    """Let a migration rewrite archived rows: the triggers are away meanwhile, in the same transaction."""
    if connection.dialect.name == "postgresql":
        found = connection.exec_driver_sql(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND t.tgname LIKE '%%\\_archived%%'"
        ).all()
        for table, name in found:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        yield
        for table, name in found:
            connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER {name}")
        return
    triggers = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%\\_archived%' ESCAPE '\\'"
    ).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, ddl in triggers:
        connection.exec_driver_sql(ddl)


# --- SQLite -------------------------------------------------------------------------------------


def _on_sqlite(connection: Connection) -> None:
    was_archived = "OLD.status = 'archived'"
    _trigger(connection, "tickets", "delete", was_archived)
    _trigger(
        connection,
        "tickets",
        "update",
        f"{was_archived} AND NOT {_only_blanked(connection, 'tickets', 'OLD.number')}",
    )
    for table in _PARTS:
        before = _IS_ARCHIVED.format(row="OLD", key="number_key")
        after = _IS_ARCHIVED.format(row="NEW", key="number_key")
        changed = f"({before} OR {after})"
        if table in _WORDS:
            changed += f" AND NOT {_only_blanked(connection, table, _OF_KEY)}"
        _trigger(connection, table, "insert", after)
        _trigger(connection, table, "update", changed)
        _trigger(connection, table, "delete", before)
    # The index is a virtual table, which takes no trigger; its contents are a table like any.
    for verb in ("update", "delete"):
        kept = f"{_INDEXED} AND NOT {_INDEX_DISPOSED}"
        _trigger(connection, "ticket_search_content", verb, kept)
    _trigger(connection, "events", "insert", f"NEW.kind NOT IN ({_KINDS}) AND {_LOG_IS_ARCHIVED}")
    connection.exec_driver_sql("DROP TRIGGER events_UPDATE_refused")
    blanked = _only_blanked(connection, "events", "OLD.number")
    connection.exec_driver_sql(
        f"CREATE TRIGGER events_UPDATE_refused BEFORE UPDATE ON events WHEN NOT {blanked}"
        " BEGIN SELECT RAISE(ABORT, 'events can only grow'); END"
    )
    connection.exec_driver_sql(
        "CREATE TRIGGER disposals_UPDATE_refused BEFORE UPDATE ON disposals WHEN NOT ("
        f"OLD.done_at IS NULL AND {_same(connection, 'disposals', ('done_at', 'remains'))})"
        " BEGIN SELECT RAISE(ABORT, 'disposals can only grow'); END"
    )
    connection.exec_driver_sql(
        "CREATE TRIGGER disposals_DELETE_refused BEFORE DELETE ON disposals"
        " BEGIN SELECT RAISE(ABORT, 'disposals can only grow'); END"
    )


def _trigger(connection: Connection, table: str, verb: str, when: str) -> None:
    connection.exec_driver_sql(
        f"CREATE TRIGGER {table}_archived_{verb} BEFORE {verb.upper()} ON {table} WHEN {when}"
        f" BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END"
    )


def _only_blanked(connection: Connection, table: str, number: str) -> str:
    words = _WORDS[table]
    gone = " AND ".join(f"NEW.{one} IS {_BLANK.get(one, 'NULL')}" for one in words)
    return f"({_PENDING.format(number=number)} AND {gone} AND {_same(connection, table, words)})"


def _same(connection: Connection, table: str, but: tuple[str, ...]) -> str:
    found = connection.exec_driver_sql(f"PRAGMA table_info({table})").all()
    return " AND ".join(f"NEW.{row[1]} IS OLD.{row[1]}" for row in found if row[1] not in but)


# --- PostgreSQL ---------------------------------------------------------------------------------

_FUNCTION = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    {passes}
    RAISE EXCEPTION '{never}' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
_FINDING = (
    _FUNCTION.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    .replace("{name}", "ticket_search_archived")
    .replace("{never}", _NEVER)
)
_DISPOSED = _PENDING.format(number=_OF_KEY)
_APPENDED = """EXISTS (SELECT 1 FROM addenda_found a WHERE a.number_key = OLD.number_key AND a.taking
        AND NEW.facets = OLD.facets AND left(NEW.tokens, a.sealed) = left(OLD.tokens, a.sealed))"""
_KEPT_ROW = """
    IF {is_free} THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    {blanking}
"""
_BLANKING = "IF TG_OP = 'UPDATE' THEN IF {blanked} THEN RETURN NEW; END IF; END IF;"
_FREE = """(TG_OP = 'INSERT' OR NOT EXISTS
        (SELECT 1 FROM tickets WHERE number_key = OLD.number_key AND status = 'archived'))
        AND (TG_OP = 'DELETE' OR NOT EXISTS
        (SELECT 1 FROM tickets WHERE number_key = NEW.number_key AND status = 'archived'))"""


def _on_postgres(connection: Connection) -> None:
    blank = _BLANKING.format(blanked=_blanked("tickets", "OLD.number"))
    passes = _KEPT_ROW.format(is_free="OLD.status <> 'archived'", blanking=blank)
    _guard(connection, "tickets", passes, "UPDATE OR DELETE")
    for table in _PARTS:
        blank = _BLANKING.format(blanked=_blanked(table, _OF_KEY)) if table in _WORDS else ""
        passes = _KEPT_ROW.format(is_free=_FREE, blanking=blank)
        _guard(connection, table, passes, "INSERT OR UPDATE OR DELETE")
    _guard(connection, "ticket_search", _search_row_passes(_DISPOSED), "UPDATE OR DELETE")
    passes = f"IF NEW.kind IN ({_KINDS}) OR NOT {_LOG_IS_ARCHIVED} THEN RETURN NEW; END IF;"
    _guard(connection, "events", passes, "INSERT", truncate=False)
    _only_disposed(connection)


def _search_row_passes(when: str) -> str:
    blanking = _BLANKING.format(blanked=f"NEW.number_key = OLD.number_key AND {when}")
    return _KEPT_ROW.format(is_free=_FREE, blanking=blanking)


def _guard(
    connection: Connection, table: str, passes: str, verbs: str, *, truncate: bool = True
) -> None:
    name = f"{table}_archived"
    connection.exec_driver_sql(_FUNCTION.format(name=name, passes=passes, never=_NEVER))
    connection.exec_driver_sql(
        f"CREATE TRIGGER {name} BEFORE {verbs} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
    if truncate:
        emptied = f"{name}_emptied"
        connection.exec_driver_sql(_FUNCTION.format(name=emptied, passes="", never=_NEVER))
        connection.exec_driver_sql(
            f"CREATE TRIGGER {emptied} BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {emptied}()"
        )


def _only_disposed(connection: Connection) -> None:
    """Events and disposals can only grow, but for words that are disposed of and the end of a disposal."""
    connection.exec_driver_sql("DROP TRIGGER events_refused ON events")
    done = (
        "OLD.done_at IS NULL AND to_jsonb(NEW) - ARRAY['done_at', 'remains'] = "
        "to_jsonb(OLD) - ARRAY['done_at', 'remains']"
    )
    for table, passed in (("events", _blanked("events", "OLD.number")), ("disposals", done)):
        never = f"{table} can only grow"
        connection.exec_driver_sql(
            _FUNCTION.format(
                name=f"{table}_keep", passes=f"IF {passed} THEN RETURN NEW; END IF;", never=never
            )
        )
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {table}_keep()"
        )
        if table == "disposals":
            connection.exec_driver_sql(
                _FUNCTION.format(name=f"{table}_refuse", passes="", never=never)
            )
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_refused BEFORE DELETE OR TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
        )


def _blanked(table: str, number: str) -> str:
    words = _WORDS[table]
    gone = " AND ".join(
        f"NEW.{one} = ''" if one in _BLANK else f"NEW.{one} IS NULL" for one in words
    )
    named = ", ".join(f"'{one}'" for one in words)
    same = f"to_jsonb(NEW) - ARRAY[{named}] = to_jsonb(OLD) - ARRAY[{named}]"
    return f"{_PENDING.format(number=number)} AND {gone} AND {same}"
