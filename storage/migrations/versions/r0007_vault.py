"""The vault: a key of their own for every customer."""

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0006."""
