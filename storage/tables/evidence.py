"""Copies of what was handed in as evidence, sealed with the customer's key; `content` is empty until a job has fetched it."""

from sqlalchemy import BigInteger, Column, Integer, Table

from storage.columns import Code, Id, Moment, Sealed
from storage.tables.naming import metadata

evidence_copies = Table(
    "evidence_copies",
    metadata,
    Column("ticket_id", Id, primary_key=True),
    Column("file_id", Id, primary_key=True),
    Column("state", Code, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("look_at", Moment, index=True),  # when it is fetched next; empty once that has ended
    Column("kept_at", Moment),
    Column("size", BigInteger),  # bytes
    Column("sha256", Code),
    Column("content", Sealed),
)
