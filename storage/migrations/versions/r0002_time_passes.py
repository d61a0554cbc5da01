"""What time does: when each deadline is looked at next, and how far it was said."""

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0001."""
