"""Figures: a row a ticket and round, and one an errand; the desk fills them for cases there are."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Id, Key, Moment

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0021."""
    op.create_table(
        "round_figures",
        sa.Column("number_key", Key, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        *(sa.Column(one, sa.Boolean, nullable=False) for one in ("is_last", "counts")),
        sa.Column("standing", Code, nullable=False),
        sa.Column("logged_at", Moment, nullable=False),
        sa.Column("department", Code, nullable=False),
        sa.Column("assignee", Id),
        *(sa.Column(one, Code, nullable=False) for one in _CODES),
        *(sa.Column(one, sa.Boolean, nullable=False) for one in ("peak", "promised", "in_time")),
        *(sa.Column(one, sa.Integer) for one in _LENGTHS),
        sa.Column("score", sa.Integer),
        sa.Column("cause", Code),
        sa.Column("late_cause", Code),
        sa.Column("repeats", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("number_key", "round", name="pk_round_figures"),
        sa.ForeignKeyConstraint(
            ["number_key"], ["tickets.number_key"], name="fk_round_figures_number_key_tickets"
        ),
    )
    op.create_index("ix_round_figures_logged_at", "round_figures", ["logged_at"])
    op.create_table(
        "errand_figures",
        sa.Column("number_key", Key, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        *(sa.Column(one, Code, nullable=False) for one in ("kind", "detail", "department")),
        sa.Column("person", Id),
        sa.Column("starts_at", Moment, nullable=False),
        *(sa.Column(one, Moment) for one in ("due_at", "met_at")),
        sa.Column("dropped", sa.Boolean, nullable=False),
        *(sa.Column(one, sa.Integer) for one in ("took_s", "took_open_s")),
        sa.PrimaryKeyConstraint("number_key", "round", "kind", "detail", name="pk_errand_figures"),
        sa.ForeignKeyConstraint(
            ["number_key"], ["tickets.number_key"], name="fk_errand_figures_number_key_tickets"
        ),
    )
    for column in ("starts_at", "due_at"):
        op.create_index(f"ix_errand_figures_kind_{column}", "errand_figures", ["kind", column])


_CODES = ("kind", "category", "priority", "channel", "customer_type")
_LENGTHS = (
    *("response_s", "response_open_s", "handling_s", "handling_open_s"),
    *("allowed_s", "allowed_open_s"),
)
