"""The team's own sheets: rows that came in, and requests to take everything out unmasked."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table

from storage.columns import Code, Id, Key, Moment, Plainly, Sealed, Words
from storage.tables.cases import tickets
from storage.tables.naming import metadata

imported_rows = Table(
    "imported_rows",
    metadata,
    Column(
        "number_key",
        Key,
        ForeignKey("tickets.number_key"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("source", Code, nullable=False),  # which of the team's tables
    Column("source_no", Code, nullable=False),  # its number there; "" where that table has none
    Column("cells", Words, nullable=False),  # a short keyed mark of each cell, column for column
    Column("marked_with", Code, nullable=False),  # the desk's key of these marks
)
Index("ix_imported_rows_source_no", imported_rows.c.source_no, imported_rows.c.source)
Index("ix_tickets_received_at", tickets.c.received_at)  # rows of a table without numbers

export_requests = Table(
    "export_requests",
    metadata,
    Column("id", Id, primary_key=True),
    Column("what", Plainly, nullable=False),  # table, period, department, status, language
    Column("reason", Sealed, nullable=False),
    Column("standing", Code, nullable=False),
    Column("asked_by", Id, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("decided_by", Id),
    Column("decided_at", Moment),
    Column("used_by", Id),
    Column("used_at", Moment),
    CheckConstraint("asked_by <> decided_by", name="two_people"),
)
