"""Lists say of a resolved case whether its customer confirmed it; what is on record is caught up from its log.

An archived row is never resolved: what is sealed stays as it is.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Id

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0024."""
    no = sa.Column("confirmed", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("tickets", no)
    tickets = sa.table(
        "tickets",
        sa.column("id", Id),
        sa.column("status", Code),
        sa.column("confirmed", sa.Boolean),
    )
    events = sa.table(
        "events",
        sa.column("ticket_id", Id),
        sa.column("seq", sa.Integer),
        sa.column("kind", Code),
    )
    said, begun = events.alias("said"), events.alias("begun")
    of_its_round = sa.exists().where(
        said.c.ticket_id == tickets.c.id,
        said.c.kind == "Confirmed",
        ~sa.exists().where(
            begun.c.ticket_id == said.c.ticket_id,
            begun.c.kind == "RoundBegun",
            begun.c.seq > said.c.seq,
        ),
    )
    op.execute(
        sa.update(tickets)
        .where(tickets.c.status == "resolved", of_its_round)
        .values(confirmed=sa.true())
    )
