"""The knowledge base: articles with all their versions, uses on tickets, and what a new product asks for."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from storage.columns import Code, Id, Key, Moment, Plainly, Words
from storage.tables.naming import metadata

articles = Table(
    "articles",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),  # the newest
    Column("live", Integer),  # what readers see; None: not published
    Column("shown", Integer, nullable=False),  # live, else the newest
    Column("standing", Code, nullable=False),  # of the newest version
    Column("category", Code, nullable=False),  # of the version shown, as scenario and moment
    Column("scenario", Code, nullable=False),
    Column("moment", Code),
    Column("owner", Id, nullable=False),
    Column("created_by", Id, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_by", Id, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("from_ticket", Code),
    Column("names", Plainly, nullable=False),  # of authors whom only an imported table knows
)
Index(None, articles.c.standing)
Index(None, articles.c.updated_at, articles.c.id)

article_versions = Table(
    "article_versions",
    metadata,
    Column("article", Key, ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("category", Code, nullable=False),
    Column("scenario", Code, nullable=False),
    Column("moment", Code),
    Column("cases", Plainly, nullable=False),  # categories of tickets it helps with
    Column("texts", Plainly, nullable=False),  # title and content by language
    Column("note", Words, nullable=False),
    Column("by", Id, nullable=False),
    Column("at", Moment, nullable=False),
    Column("standing", Code, nullable=False),
    Column("decided_by", Id),
    Column("decided_at", Moment),
    Column("reason", Words, nullable=False),
)

article_uses = Table(
    "article_uses",
    metadata,
    Column("article", Key, ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("number_key", Key, primary_key=True, autoincrement=False),
    Column("person", Id, nullable=False),
    Column("at", Moment, nullable=False),
)
Index(None, article_uses.c.article, article_uses.c.at)

product_tasks = Table(
    "product_tasks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("list", Id, nullable=False, index=True),
    Column("product", Words, nullable=False),
    Column("what", Code, nullable=False),
    Column("article", Key),
    Column("owner", Id, nullable=False),
    Column("asked_by", Id, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("done_by", Id),
    Column("done_at", Moment),
)
