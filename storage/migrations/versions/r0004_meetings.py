"""The weekly meeting: its rows, blockers, decisions and minutes."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Id, Key, Moment, Plainly, Sealed

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0003."""
    _make_meetings()
    _make_rows()
    _make_decisions()
    _make_blockers()


def _make_meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("key", Code, nullable=False),
        sa.Column("starts_at", Moment, nullable=False),
        sa.Column("ends_at", Moment, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("is_late", sa.Boolean, nullable=False),
        sa.Column("channel", sa.String(255), nullable=False),
        sa.Column("previous", Code),
        sa.Column("figures", Plainly, nullable=False),
        sa.Column("changes", sa.Integer, nullable=False),
        sa.Column("started_at", Moment),
        sa.Column("started_by", Id),
        sa.Column("closed_at", Moment),
        sa.Column("closed_by", Id),
        sa.PrimaryKeyConstraint("key", name="pk_meetings"),
    )
    op.create_index("ix_meetings_due_at", "meetings", ["due_at"])


def _make_rows() -> None:
    op.create_table(
        "meeting_rows",
        sa.Column("meeting", Code, nullable=False),
        sa.Column("number_key", Key, autoincrement=False, nullable=False),
        sa.Column("department", Code, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("priority", Code, nullable=False),
        sa.Column("category", Code, nullable=False),
        sa.Column("assignee", Id),
        sa.Column("restricted", sa.Boolean, nullable=False),
        sa.Column("deadline", Code, nullable=False),
        sa.Column("overdue_since", Moment, nullable=False),
        sa.Column("late_s", sa.Integer, nullable=False),
        sa.Column("change", Code, nullable=False),
        sa.PrimaryKeyConstraint("meeting", "number_key", name="pk_meeting_rows"),
        sa.ForeignKeyConstraint(
            ["meeting"], ["meetings.key"], name="fk_meeting_rows_meeting_meetings"
        ),
    )
    op.create_index("ix_meeting_rows_place", "meeting_rows", ["meeting", "department", "place"])


def _make_decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting", Code, nullable=False),
        sa.Column("number_key", Key, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("text", Sealed),
        sa.Column("help", Sealed),
        sa.Column("owner", Id),
        sa.Column("due_at", Moment),
        sa.Column("blocker", Id),
        sa.Column("decided_at", Moment, nullable=False),
        sa.Column("decided_by", Id, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        sa.ForeignKeyConstraint(
            ["meeting"], ["meetings.key"], name="fk_decisions_meeting_meetings"
        ),
        sa.UniqueConstraint("meeting", "place", name="uq_decisions_meeting_place"),
    )
    op.create_index("ix_decisions_meeting_number_key", "decisions", ["meeting", "number_key"])


def _make_blockers() -> None:
    op.create_table(
        "blockers",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", Sealed, nullable=False),
        sa.Column("named_at", Moment, nullable=False),
        sa.Column("named_by", Id, nullable=False),
        sa.Column("solved_at", Moment),
        sa.Column("solved_by", Id),
        sa.PrimaryKeyConstraint("id", name="pk_blockers"),
    )
    unsolved = sa.text("solved_at IS NULL")
    op.create_index(
        "ix_blockers_unsolved",
        "blockers",
        ["named_at"],
        sqlite_where=unsolved,
        postgresql_where=unsolved,
    )
    op.create_table(
        "blocked",
        sa.Column("blocker", Id, nullable=False),
        sa.Column("number_key", Key, nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.PrimaryKeyConstraint("blocker", "number_key", name="pk_blocked"),
        sa.ForeignKeyConstraint(["blocker"], ["blockers.id"], name="fk_blocked_blocker_blockers"),
        sa.ForeignKeyConstraint(
            ["number_key"], ["tickets.number_key"], name="fk_blocked_number_key_tickets"
        ),
    )
    op.create_index("ix_blocked_number_key", "blocked", ["number_key"])
