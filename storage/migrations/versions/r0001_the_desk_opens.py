"""The first schema: the log, its projections, notices, receipts, people and keys."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Id, Key, Moment, Plainly, Sealed, Words
from storage.migrations import append_only, word_index

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables."""
    _make_log()
    _make_customers()
    _make_tickets()
    _make_ticket_parts()
    _make_notices()
    _make_cards()
    _make_receipts_and_drafts()
    _make_directory()
    append_only(op.get_bind(), "events")
    append_only(op.get_bind(), "audit")
    word_index(op.get_bind())


def _make_log() -> None:
    op.create_table(
        "events",
        sa.Column("id", Key, nullable=False),
        sa.Column("ticket_id", Id, nullable=False),
        sa.Column("number", Code, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", Id, nullable=False),
        sa.Column("kind", Code, nullable=False),
        sa.Column("plain", Plainly, nullable=False),
        sa.Column("words", Sealed),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.UniqueConstraint("ticket_id", "seq", name="uq_events_ticket_id_seq"),
    )
    op.create_table(
        "audit",
        sa.Column("id", Key, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", Id, nullable=False),
        sa.Column("action", Code, nullable=False),
        sa.Column("number", Code),
        sa.Column("outcome", Code, nullable=False),
        sa.Column("detail", Plainly, nullable=False),
        sa.Column("chain", Sealed),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_table(
        "serials",
        sa.Column("day", Code, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_serials"),
    )


def _make_customers() -> None:
    op.create_table(
        "customers",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", Sealed),
        sa.Column("phone", Sealed),
        sa.Column("email", Sealed),
        sa.Column("address", Sealed),
        sa.Column("phone_hash", Sealed),
        sa.Column("email_hash", Sealed),
        sa.Column("salutation", Code, nullable=False),
        sa.Column("preferred_channel", Code),
        sa.Column("type", Code, nullable=False),
        sa.Column("level", Sealed),
        sa.Column("groups", Plainly, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_customers"),
    )
    op.create_index("ix_customers_phone_hash", "customers", ["phone_hash"])
    op.create_index("ix_customers_email_hash", "customers", ["email_hash"])


def _make_tickets() -> None:
    reversed_number = Code.with_variant(sa.String(64, collation="C"), "postgresql")
    op.create_table(
        "tickets",
        sa.Column("number_key", Key, nullable=False, autoincrement=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("number", Code, nullable=False),
        sa.Column("number_reversed", reversed_number, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("status", Code, nullable=False),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("priority", Code, nullable=False),
        sa.Column("department", Code, nullable=False),
        sa.Column("assignee", Id),
        sa.Column("logged_by", Id, nullable=False),
        sa.Column("caller", Id),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("kind", Code, nullable=False),
        sa.Column("category", Code, nullable=False),
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("received_at", Moment, nullable=False),
        sa.Column("logged_at", Moment, nullable=False),
        sa.Column("resolved_at", Moment),
        sa.Column("closed_at", Moment),
        sa.Column("changed_at", Moment, nullable=False),
        sa.Column("restricted", sa.Boolean, nullable=False),
        sa.Column("summary", Words, nullable=False),
        sa.Column("next_kind", Code),
        sa.Column("next_due_at", Moment),
        sa.Column("due_order", Moment, nullable=False),
        sa.Column("paused_since", Moment),
        sa.PrimaryKeyConstraint("number_key", name="pk_tickets"),
        sa.UniqueConstraint("id", name="uq_tickets_id"),
        sa.UniqueConstraint("number_reversed", name="uq_tickets_number_reversed"),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name="fk_tickets_customer_id_customers"
        ),
    )
    is_open = sa.column("is_open", sa.Boolean) == sa.true()
    is_due = sa.column("next_due_at").is_not(None)
    listed = ["priority", "due_order", "number_key", "department", "assignee", "logged_by"]
    listed += ["caller", "status", "is_open"]
    _partial("ix_tickets_open", "tickets", listed, is_open)
    nulls = ["next_due_at", "paused_since"]
    is_adrift = sa.and_(is_open, *(sa.column(name).is_(None) for name in nulls))
    _partial("ix_tickets_no_next_step", "tickets", [*nulls, *listed], is_adrift)
    _partial("ix_tickets_assignee_open", "tickets", ["assignee"], is_open)
    _partial("ix_tickets_due", "tickets", ["next_due_at"], is_due)
    _partial("ix_tickets_closed_at", "tickets", ["closed_at"], sa.column("closed_at").is_not(None))
    op.create_index("ix_tickets_logged_at", "tickets", ["logged_at"])
    op.create_index("ix_tickets_customer_id_received_at", "tickets", ["customer_id", "received_at"])


def _make_ticket_parts() -> None:
    op.create_table(
        "collaborators",
        sa.Column("number_key", Key, nullable=False),
        sa.Column("person", Id, nullable=False),
        sa.PrimaryKeyConstraint("number_key", "person", name="pk_collaborators"),
        _of_ticket("collaborators"),
    )
    op.create_index("ix_collaborators_person", "collaborators", ["person"])
    op.create_table(
        "deadlines",
        sa.Column("number_key", Key, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("kind", Code, nullable=False),
        sa.Column("detail", Code, nullable=False),
        sa.Column("starts_at", Moment, nullable=False),
        sa.Column("due_at", Moment),
        sa.Column("warn_at", Moment),
        sa.Column("met_at", Moment),
        sa.Column("void", sa.Boolean, nullable=False),
        sa.Column("paused_since", Moment),
        sa.Column("provisional", sa.Boolean, nullable=False),
        sa.Column("policy", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("number_key", "round", "kind", "detail", name="pk_deadlines"),
        _of_ticket("deadlines"),
    )


def _make_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", Key, nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("kind", Code, nullable=False),
        sa.Column("number", Code),
        sa.Column("place_kind", Code, nullable=False),
        sa.Column("place_key", Code, nullable=False),
        sa.Column("urgency", sa.Integer, nullable=False),
        sa.Column("order_group", sa.String(160), nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("params", Plainly, nullable=False),
        sa.Column("state", Code, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("owner", sa.String(255)),
        sa.Column("lease_until", Moment),
        sa.Column("first_sent_at", Moment),
        sa.Column("last_sent_at", Moment),
        sa.Column("retry_at", Moment),
        sa.Column("ended_at", Moment),
        sa.Column("channel_id", Id),
        sa.Column("message_ts", Code),
        sa.Column("card_version", sa.Integer),
        sa.Column("why", Words),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("key", name="uq_notices_key"),
    )
    ready = sa.text("state = 'ready'")
    unfinished = sa.text("state IN ('ready', 'sending', 'unclear')")
    _partial("ix_notices_ready", "notices", ["urgency", "due_at", "id"], ready)
    _partial("ix_notices_unfinished", "notices", ["order_group", "id"], unfinished)
    op.create_index("ix_notices_number", "notices", ["number"])


def _make_cards() -> None:
    op.create_table(
        "cards",
        sa.Column("id", Key, nullable=False),
        sa.Column("number_key", Key, nullable=False),
        sa.Column("department", Code, nullable=False),
        sa.Column("channel_id", Id),
        sa.Column("message_ts", Code),
        sa.Column("wanted", sa.Integer, nullable=False),
        sa.Column("shown", sa.Integer, nullable=False),
        sa.Column("is_current", sa.Boolean, nullable=False),
        sa.Column("retry_at", Moment),
        sa.Column("why", Words),
        sa.PrimaryKeyConstraint("id", name="pk_cards"),
        sa.UniqueConstraint("channel_id", "message_ts", name="uq_cards_channel_id_message_ts"),
        _of_ticket("cards"),
    )
    op.create_index("ix_cards_number_key", "cards", ["number_key"])
    _partial("ix_cards_stale", "cards", ["id"], sa.text("wanted > shown"))


def _make_receipts_and_drafts() -> None:
    op.create_table(
        "receipts",
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("kind", Code, nullable=False),
        sa.Column("number", Code),
        sa.Column("answer", Plainly, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_receipts"),
    )
    op.create_index("ix_receipts_at", "receipts", ["at"])
    op.create_table(
        "drafts",
        sa.Column("id", Id, nullable=False),
        sa.Column("person", Id, nullable=False),
        sa.Column("text", Sealed, nullable=False),
        sa.Column("kept_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_kept_at", "drafts", ["kept_at"])
    op.create_table(
        "canaries",
        sa.Column("key_id", Code, nullable=False),
        sa.Column("sealed", Sealed, nullable=False),
        sa.PrimaryKeyConstraint("key_id", name="pk_canaries"),
    )


def _make_directory() -> None:
    op.create_table(
        "members",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("language", Code, nullable=False),
        sa.Column("timezone", Code, nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("is_guest", sa.Boolean, nullable=False),
        sa.Column("is_bot", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
    )
    op.create_table(
        "channels",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("is_archived", sa.Boolean, nullable=False),
        sa.Column("has_bot", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_channels"),
    )
    op.create_index("ix_channels_name", "channels", ["name"])
    op.create_table(
        "channel_members",
        sa.Column("channel_id", Id, nullable=False),
        sa.Column("person", Id, nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "person", name="pk_channel_members"),
    )
    op.create_table(
        "absences",
        sa.Column("person", Id, nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_absences"),
    )
    op.create_table(
        "turns",
        sa.Column("department", Code, nullable=False),
        sa.Column("person", Id, nullable=False),
        sa.PrimaryKeyConstraint("department", name="pk_turns"),
    )


def _of_ticket(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["number_key"], ["tickets.number_key"], name=f"fk_{table}_number_key_tickets"
    )


def _partial(
    name: str, table: str, columns: list[str], where: sa.ColumnElement[bool] | sa.TextClause
) -> None:
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
