"""Evidence copies: what was handed in stays readable when it is gone from Slack (DESK.md 6)."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Id, Moment, Sealed

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_WANTED = """
INSERT INTO evidence_copies (ticket_id, file_id, state, tries, look_at)
SELECT e.ticket_id, {file}, 'waiting', 0, min(e.at)
FROM events e JOIN tickets t ON t.id = e.ticket_id
WHERE e.kind = 'EvidenceAdded' AND substr({file}, 1, 5) <> 'link:'
    AND NOT EXISTS (SELECT 1 FROM disposals d WHERE d.number = t.number)
    AND NOT EXISTS (
        SELECT 1 FROM customer_keys k
        WHERE k.customer_id = t.customer_id AND k.destroyed_at IS NOT NULL
    )
GROUP BY e.ticket_id, {file}
"""


def upgrade() -> None:
    """Add to the schema of 0016; of what was handed in before, copies are wanted too."""
    op.create_table(
        "evidence_copies",
        sa.Column("ticket_id", Id, nullable=False),
        sa.Column("file_id", Id, nullable=False),
        sa.Column("state", Code, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("look_at", Moment),
        sa.Column("kept_at", Moment),
        sa.Column("size", sa.BigInteger),
        sa.Column("sha256", Code),
        sa.Column("content", Sealed),
        sa.PrimaryKeyConstraint("ticket_id", "file_id", name="pk_evidence_copies"),
    )
    op.create_index("ix_evidence_copies_look_at", "evidence_copies", ["look_at"])
    connection = op.get_bind()
    is_server = connection.dialect.name == "postgresql"
    file = "e.plain->>'file_id'" if is_server else "json_extract(e.plain, '$.file_id')"
    connection.exec_driver_sql(_WANTED.format(file=file))
