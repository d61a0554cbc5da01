"""Requests to end what is kept of people: erasures and batches past their age."""

from sqlalchemy import CheckConstraint, Column, Index, Table

from storage.columns import Code, Id, Moment, Plainly, Sealed
from storage.tables.cases import customers
from storage.tables.naming import metadata

disposal_requests = Table(
    "disposal_requests",
    metadata,
    Column("id", Id, primary_key=True),
    Column("occasion", Code, nullable=False),
    Column("standing", Code, nullable=False, index=True),
    Column("customer", Id, index=True),  # of an erasure
    Column("reason", Sealed, nullable=False),
    Column("about", Plainly, nullable=False),  # numbers and customers, by id
    Column("report", Plainly, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("since", Moment, nullable=False),
    Column("asked_by", Id),
    Column("decided_by", Id),
    Column("run_by", Id),
    CheckConstraint("asked_by <> decided_by", name="two_people"),
)
Index(None, customers.c.created_at)  # which are past their age
