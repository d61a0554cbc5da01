"""The weekly meeting: its rows, blockers, decisions and minutes."""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0003."""
