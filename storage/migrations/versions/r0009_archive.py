"""The archive: read-only for everyone, corrected by addenda."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Bytewise, Code, Id, Key, Moment, Sealed, Words
from storage.migrations.archived import keep_archived

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_FILED = """
INSERT INTO archived_tickets (number_key, archive_key, folded, version)
SELECT t.number_key, {key}, {key}, e.seq
FROM tickets t JOIN events e ON e.ticket_id = t.id AND e.kind = 'Archived'
"""


def upgrade() -> None:
    """Add to the schema of 0008; what was archived before is filed, but no day is sealed afterwards."""
    _make_archived()
    _make_disposals()
    archived = sa.text("status = 'archived'")
    op.create_index(
        "ix_tickets_archived",
        "tickets",
        ["number_key"],
        sqlite_where=archived,
        postgresql_where=archived,
    )
    connection = op.get_bind()
    is_server = connection.dialect.name == "postgresql"
    key = "e.plain->>'key'" if is_server else "json_extract(e.plain, '$.key')"
    connection.exec_driver_sql(_FILED.format(key=key))
    keep_archived(connection)


def _make_archived() -> None:
    op.create_table(
        "archived_tickets",
        sa.Column("number_key", Key, nullable=False),
        sa.Column("archive_key", Words, nullable=False),
        sa.Column("folded", Bytewise, nullable=False),
        sa.Column("day", Code),
        sa.Column("part", sa.Integer),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("digest", Sealed),
        sa.PrimaryKeyConstraint("number_key", name="pk_archived_tickets"),
        sa.ForeignKeyConstraint(
            ["number_key"], ["tickets.number_key"], name="fk_archived_tickets_number_key_tickets"
        ),
    )
    op.create_index("ix_archived_tickets_folded", "archived_tickets", ["folded"])
    op.create_table(
        "archived_days",
        sa.Column("day", Code, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("head", Sealed, nullable=False),
        sa.Column("key_id", Code, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("day", "part", name="pk_archived_days"),
    )


def _make_disposals() -> None:
    op.create_table(
        "disposals",
        sa.Column("id", Id, nullable=False),
        sa.Column("number", Code, nullable=False),
        sa.Column("reason", Sealed, nullable=False),
        sa.Column("asked_by", Id, nullable=False),
        sa.Column("approved_by", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("done_at", Moment),
        sa.Column("remains", Sealed),
        sa.PrimaryKeyConstraint("id", name="pk_disposals"),
        sa.UniqueConstraint("number", name="uq_disposals_number"),
        sa.CheckConstraint("asked_by <> approved_by", name="ck_disposals_two_people"),
    )
