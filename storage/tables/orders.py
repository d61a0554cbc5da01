"""Orders, for the figures of repeat purchase, complaints and churn; nobody can be named out of them (R106)."""

from sqlalchemy import BigInteger, Column, Index, String, Table

from storage.columns import Code, Moment, Sealed
from storage.tables.naming import metadata

orders = Table(
    "orders",
    metadata,
    Column("order_hash", String(64), primary_key=True),  # of its number
    Column("buyer", String(64), nullable=False, index=True),  # a hash of id, phone or mail
    Column("ordered_at", Moment, nullable=False),  # the day's beginning
    Column("cents", BigInteger),
    Column("line", String(80), nullable=False),  # of business
)
Index(None, orders.c.ordered_at, orders.c.buyer)

# What hashes are made with that must stay equal for years: no key of the desk, which rotates, but one
# of its own, sealed with the desk's.
peppers = Table(
    "peppers",
    metadata,
    Column("name", Code, primary_key=True),
    Column("sealed", Sealed, nullable=False),
)
