"""Customers: a public id and a profile each, and the desk's own tags; cases that were written down later."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Id, Moment, Plainly, Sealed

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0013; customers there are get their ids in the order they came."""
    op.add_column("customers", sa.Column("code", Code))
    op.add_column("customers", sa.Column("profile", Sealed))
    for column in ("marks", "opt_outs"):
        none = sa.Column(column, Plainly, nullable=False, server_default="[]")
        op.add_column("customers", none)
    _name_those_there_are()
    op.create_index("ix_customers_code", "customers", ["code"], unique=True)
    for column in ("backfilled", "owes_fields"):
        no = sa.Column(column, sa.Boolean, nullable=False, server_default=sa.false())
        op.add_column("tickets", no)
    owing = sa.column("owes_fields", sa.Boolean) == sa.true()
    op.create_index(
        "ix_tickets_owes_fields",
        "tickets",
        ["logged_by"],
        sqlite_where=owing,
        postgresql_where=owing,
    )


def _name_those_there_are() -> None:
    connection = op.get_bind()
    customers = sa.table(
        "customers", sa.column("id", Id), sa.column("code", Code), sa.column("created_at", Moment)
    )
    serials = sa.table("serials", sa.column("day", Code), sa.column("last", sa.Integer))
    in_order = sa.select(customers.c.id).order_by(customers.c.created_at, customers.c.id)
    known = connection.execute(in_order).scalars().all()
    if not known:
        return
    naming = (
        sa.update(customers)
        .where(customers.c.id == sa.bindparam("of_id"))
        .values(code=sa.bindparam("new_code"))
    )
    named = [
        {"of_id": one, "new_code": f"C{place:06d}"} for place, one in enumerate(known, start=1)
    ]
    connection.execute(naming, named)
    # A restored older backup has its serials ahead of what it holds already.
    here = serials.c.day == "customers"
    ahead = connection.scalar(sa.select(serials.c.last).where(here)) or 0
    connection.execute(sa.delete(serials).where(here))
    connection.execute(sa.insert(serials), {"day": "customers", "last": ahead + len(known)})
