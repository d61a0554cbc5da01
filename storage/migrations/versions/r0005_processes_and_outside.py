"""Several processes and other systems: the configuration in force, what waits outside Slack."""

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0004."""
