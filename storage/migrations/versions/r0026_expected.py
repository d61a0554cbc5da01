"""Figures hold the time to a first contact against what was given for it; what is on record is caught up from its clocks."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Key, Moment

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0025."""
    op.add_column("round_figures", sa.Column("expected_s", sa.Integer))
    rounds = sa.table(
        "round_figures",
        sa.column("number_key", Key),
        sa.column("round", sa.Integer),
        sa.column("promised", sa.Boolean),
        sa.column("expected_s", sa.Integer),
    )
    clocks = sa.table(
        "deadlines",
        sa.column("number_key", Key),
        sa.column("round", sa.Integer),
        sa.column("kind", Code),
        sa.column("starts_at", Moment),
        sa.column("due_at", Moment),
    )
    given = (
        sa.select(sa.func.max(_seconds(clocks.c.due_at) - _seconds(clocks.c.starts_at)))
        .where(
            clocks.c.number_key == rounds.c.number_key,
            clocks.c.round == rounds.c.round,
            clocks.c.kind == "response",
            clocks.c.due_at >= clocks.c.starts_at,
        )
        .scalar_subquery()
    )
    op.execute(sa.update(rounds).where(rounds.c.promised == sa.true()).values(expected_s=given))


def _seconds(moment: sa.ColumnElement[object]) -> sa.ColumnElement[int]:
    """Give a moment's seconds since 1970; clocks begin and end on whole minutes."""
    if op.get_bind().dialect.name == "postgresql":
        return sa.cast(sa.extract("epoch", moment), sa.BigInteger)
    return sa.cast(sa.func.strftime("%s", moment), sa.Integer)
