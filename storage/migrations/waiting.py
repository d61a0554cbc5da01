"""Has the database itself note each new audit row as waiting to be sealed, whoever writes it."""

from sqlalchemy import Connection

_SQLITE = """
CREATE TRIGGER audit_waits AFTER INSERT ON audit
BEGIN INSERT INTO audit_waiting (audit_id) VALUES (NEW.id); END
"""
_POSTGRES = (
    """
CREATE FUNCTION audit_wait() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN INSERT INTO audit_waiting (audit_id) VALUES (NEW.id); RETURN NULL; END $$
""",
    """
CREATE TRIGGER audit_waits AFTER INSERT ON audit
FOR EACH ROW EXECUTE FUNCTION audit_wait()
""",
)


def queue_audit(connection: Connection) -> None:
    """Make the trigger."""
    made = _POSTGRES if connection.dialect.name == "postgresql" else (_SQLITE,)
    for ddl in made:
        connection.exec_driver_sql(ddl)
