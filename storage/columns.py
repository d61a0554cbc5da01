"""Column types that come back alike from SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, LargeBinary, String, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

Key = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER is SQLite's own row id
Plainly = JSON().with_variant(postgresql.JSONB, "postgresql")
Ladder = JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
Sealed = LargeBinary  # an envelope of the vault
Id = String(64)
Code = String(64)
Words = Text
Bytewise = Text().with_variant(
    Text(collation="C"), "postgresql"
)  # compared by bytes on either engine


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC; on SQLite as text of one width, which sorts as time does."""

    impl = String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Take PostgreSQL's own type where there is one."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.TIMESTAMP(timezone=True))
        return dialect.type_descriptor(String(32))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """Write a moment. Raises ValueError of a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"a moment without a zone: {value!r}"
            raise ValueError(msg)
        moment = value if value.tzinfo is UTC else value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.isoformat(timespec="microseconds")

    def process_result_value(
        self,
        value: datetime | str | None,
        dialect: Dialect,  # noqa: ARG002  SQLAlchemy's signature
    ) -> datetime | None:
        """Read a moment, aware, in UTC."""
        if value is None:
            return None
        return datetime.fromisoformat(value) if isinstance(value, str) else value.astimezone(UTC)
