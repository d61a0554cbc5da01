"""What may become of an article: proposed, approved by somebody else, sent back, retired; nothing is ever lost."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from tickets.case.values import Number, PersonId
from tickets.errors import Conflict, IllegalMove, Refused
from tickets.handbook import Handbook
from tickets.knowledge.article import Article, Content, Standing, Version, code_of
from tickets.message import Word
from tickets.people.roles import Action


def begun(
    article: int,
    content: Content,
    *,
    by: PersonId,
    at: datetime,
    owner: PersonId | None = None,
    standing: Standing = Standing.WAITING,
    from_ticket: Number | None = None,
) -> Article:
    """Begin an article; it waits for approval, or is a draft."""
    first = Version(number=1, content=content, by=by, at=at, standing=standing)
    return Article(
        id=article,
        owner=owner or by,
        created_by=by,
        created_at=at,
        updated_by=by,
        updated_at=at,
        versions=(first,),
        from_ticket=from_ticket,
    )


def changed(
    article: Article,
    content: Content,
    *,
    based_on: int,
    by: PersonId,
    at: datetime,
    standing: Standing = Standing.WAITING,
    note: str = "",
) -> Article:
    """Propose other words; what is published stays until they are approved, what was proposed before is replaced.

    Raises Conflict where somebody else was faster.
    """
    if article.newest.number != based_on:
        raise Conflict("article.changed_meanwhile", article=code_of(article.id))
    was = article.newest
    keeps = was.standing in {Standing.PUBLISHED, Standing.RETIRED}
    before = was if keeps else replace(was, standing=Standing.REPLACED)
    new = Version(number=based_on + 1, content=content, by=by, at=at, standing=standing, note=note)
    versions = (*article.versions[:-1], before, new)
    if article.is_published:  # readers see no change yet
        return replace(article, versions=versions)
    return replace(article, versions=versions, updated_by=by, updated_at=at)


def submit(article: Article) -> Article:
    """Let a draft wait for approval. Raises IllegalMove."""
    _require(article, Standing.DRAFT, "article.no_draft")
    return _decided(article, replace(article.newest, standing=Standing.WAITING, reason=""))


def approve(
    article: Article,
    *,
    by: PersonId,
    at: datetime,
    keepers: Iterable[PersonId],
    read: int | None = None,
) -> Article:
    """Publish what waits, the version that was read. Raises IllegalMove, Conflict where other words wait by now.

    Raises Refused likewise: nobody approves their own words unless they are alone.
    """
    _require_read(article, read)
    _require(article, Standing.WAITING, "article.nothing_waits")
    author = article.newest.by
    if author == by and set(keepers) - {by}:
        raise Refused("refused.four_eyes", action=Word(f"action.{Action.KEEP_ARTICLES}"))
    return published(article, by=by, at=at)


def published(article: Article, *, by: PersonId, at: datetime) -> Article:
    """Make the newest version the one that readers see."""
    new = replace(article.newest, standing=Standing.PUBLISHED, decided_by=by, decided_at=at)
    old = tuple(
        replace(one, standing=Standing.REPLACED) if one.number == article.live else one
        for one in article.versions[:-1]
    )
    named = {key: name for key, name in article.names.items() if key != "updated_by"}
    return replace(
        article,
        versions=(*old, new),
        live=new.number,
        updated_by=new.by,
        updated_at=at,
        names=named,
    )


def send_back(
    article: Article, *, by: PersonId, at: datetime, reason: str, read: int | None = None
) -> Article:
    """Give what waits back to its author, as a draft. Raises IllegalMove, Conflict where other words wait by now."""
    _require_read(article, read)
    _require(article, Standing.WAITING, "article.nothing_waits")
    back = replace(
        article.newest, standing=Standing.DRAFT, decided_by=by, decided_at=at, reason=reason
    )
    return _decided(article, back)


def retire(article: Article, *, by: PersonId, at: datetime) -> Article:
    """Take an article from the readers; what was proposed goes with it. Raises IllegalMove where it is gone."""
    _require_not(article, Standing.RETIRED)
    gone = replace(article.newest, standing=Standing.RETIRED, decided_by=by, decided_at=at)
    versions = tuple(
        replace(one, standing=Standing.REPLACED) if one.number == article.live else one
        for one in article.versions[:-1]
    )
    return replace(article, versions=(*versions, gone), live=None, updated_by=by, updated_at=at)


def restore(article: Article, *, by: PersonId, at: datetime) -> Article:
    """Bring a retired article back, to be approved again. Raises IllegalMove."""
    _require(article, Standing.RETIRED, "article.not_retired")
    was = article.newest
    return changed(article, was.content, based_on=was.number, by=by, at=at)


def keepers_of(handbook: Handbook) -> frozenset[PersonId]:
    """List who may approve (RELIABILITY.md 4): librarians, supervisors and leads."""
    leads = (one.lead for one in handbook.departments.values())
    return handbook.people.librarians | handbook.people.supervisors | frozenset(leads)


def approvers_of(handbook: Handbook, *, author: PersonId) -> tuple[PersonId, ...]:
    """List who is told that something waits: the librarians, else the supervisors; the author where there is nobody else."""
    people = handbook.people
    ways = (people.librarians, people.supervisors, keepers_of(handbook))
    others = next((way - {author} for way in ways if way - {author}), frozenset({author}))
    return tuple(sorted(others))


def _decided(article: Article, newest: Version) -> Article:
    return replace(article, versions=(*article.versions[:-1], newest))


def _require_read(article: Article, version: int | None) -> None:
    """Nobody decides on words they have not seen; None: whoever decides looks at the newest."""
    if version is not None and article.newest.number != version:
        raise Conflict("article.other_words_wait", article=code_of(article.id))


def _require(article: Article, standing: Standing, otherwise: str) -> None:
    if article.newest.standing is not standing:
        now = Word(f"article.standing.{article.newest.standing}")
        raise IllegalMove(otherwise, article=code_of(article.id), standing=now)


def _require_not(article: Article, standing: Standing) -> None:
    if article.newest.standing is standing:
        now = Word(f"article.standing.{standing}")
        raise IllegalMove("article.is_already", article=code_of(article.id), standing=now)
