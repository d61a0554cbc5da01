"""Scheduled reports: which period was done when, and its frozen figures."""

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0002."""
