"""The knowledge base: articles with all their versions, uses on tickets, and what a new product asks for."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Id, Key, Moment, Plainly, Words
from storage.migrations import word_index

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0017."""
    _make_articles()
    _make_versions()
    _make_uses()
    _make_tasks()
    word_index(op.get_bind(), "article_search")


def _make_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", Key, nullable=False, autoincrement=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("live", sa.Integer),
        sa.Column("shown", sa.Integer, nullable=False),
        sa.Column("standing", Code, nullable=False),
        sa.Column("category", Code, nullable=False),
        sa.Column("scenario", Code, nullable=False),
        sa.Column("moment", Code),
        sa.Column("owner", Id, nullable=False),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("updated_by", Id, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.Column("from_ticket", Code),
        sa.Column("names", Plainly, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
    )
    op.create_index("ix_articles_standing", "articles", ["standing"])
    op.create_index("ix_articles_updated_at_id", "articles", ["updated_at", "id"])


def _make_versions() -> None:
    op.create_table(
        "article_versions",
        sa.Column("article", Key, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("category", Code, nullable=False),
        sa.Column("scenario", Code, nullable=False),
        sa.Column("moment", Code),
        sa.Column("cases", Plainly, nullable=False),
        sa.Column("texts", Plainly, nullable=False),
        sa.Column("note", Words, nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("standing", Code, nullable=False),
        sa.Column("decided_by", Id),
        sa.Column("decided_at", Moment),
        sa.Column("reason", Words, nullable=False),
        sa.PrimaryKeyConstraint("article", "version", name="pk_article_versions"),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name="fk_article_versions_article_articles"
        ),
    )


def _make_uses() -> None:
    op.create_table(
        "article_uses",
        sa.Column("article", Key, nullable=False),
        sa.Column("number_key", Key, nullable=False),
        sa.Column("person", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("article", "number_key", name="pk_article_uses"),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name="fk_article_uses_article_articles"
        ),
    )
    op.create_index("ix_article_uses_article_at", "article_uses", ["article", "at"])


def _make_tasks() -> None:
    op.create_table(
        "product_tasks",
        sa.Column("id", Id, nullable=False),
        sa.Column("list", Id, nullable=False),
        sa.Column("product", Words, nullable=False),
        sa.Column("what", Code, nullable=False),
        sa.Column("article", Key),
        sa.Column("owner", Id, nullable=False),
        sa.Column("asked_by", Id, nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("done_by", Id),
        sa.Column("done_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_product_tasks"),
    )
    op.create_index("ix_product_tasks_list", "product_tasks", ["list"])
