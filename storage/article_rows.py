"""Articles as rows and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from tickets.case.values import Number, PersonId
from tickets.knowledge.article import (
    Article,
    Content,
    Moment,
    Scenario,
    Standing,
    Version,
    Wording,
)

Texts = Mapping[str, Sequence[str]]
"""By language: title and content."""


def article_row(article: Article) -> dict[str, object]:
    """Write what lists look at."""
    shown = article.shown.content
    return {
        "version": article.newest.number,
        "live": article.live,
        "shown": article.shown.number,
        "standing": str(article.newest.standing),
        "category": shown.category,
        "scenario": str(shown.scenario),
        "moment": shown.moment,
        "owner": article.owner,
        "created_by": article.created_by,
        "created_at": article.created_at,
        "updated_by": article.updated_by,
        "updated_at": article.updated_at,
        "from_ticket": article.from_ticket,
        "names": dict(article.names),
    }


def version_row(article: int, version: Version) -> dict[str, object]:
    """Write one version."""
    said = version.content
    return {
        "article": article,
        "version": version.number,
        "category": said.category,
        "scenario": str(said.scenario),
        "moment": said.moment,
        "cases": sorted(said.cases),
        "texts": {language: [one.title, one.content] for language, one in said.texts.items()},
        "note": version.note,
        "by": version.by,
        "at": version.at,
        "standing": str(version.standing),
        "decided_by": version.decided_by,
        "decided_at": version.decided_at,
        "reason": version.reason,
    }


def read_article(row: Row[*tuple[Any, ...]], versions: Sequence[Row[*tuple[Any, ...]]]) -> Article:
    """Read an article with its versions, the oldest first."""
    return Article(
        id=row.id,
        owner=PersonId(row.owner),
        created_by=PersonId(row.created_by),
        created_at=row.created_at,
        updated_by=PersonId(row.updated_by),
        updated_at=row.updated_at,
        versions=tuple(_version(one) for one in versions),
        live=row.live,
        from_ticket=Number(row.from_ticket) if row.from_ticket else None,
        names=row.names,
    )


def _version(row: Row[*tuple[Any, ...]]) -> Version:
    texts = {language: Wording(title, content) for language, (title, content) in row.texts.items()}
    content = Content(
        category=row.category,
        scenario=Scenario(row.scenario),
        moment=Moment(row.moment) if row.moment else None,
        cases=frozenset(row.cases),
        texts=texts,
    )
    return Version(
        number=row.version,
        content=content,
        by=PersonId(row.by),
        at=row.at,
        standing=Standing(row.standing),
        note=row.note,
        decided_by=PersonId(row.decided_by) if row.decided_by else None,
        decided_at=row.decided_at,
        reason=row.reason,
    )


def wording_in(texts: Texts, language: str) -> tuple[str, str]:
    """Give title and content for a reader; in another language where there are none in theirs."""
    found = texts.get("en" if language == "en" else "zh") or next(iter(texts.values()))
    return found[0], found[1]
