"""The archive: read-only for everyone, corrected by addenda."""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0008."""
