"""Look at what the desk knows: a shelf, a search, one article with its versions, what helps with a case (R125)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tickets.case.values import PersonId
from tickets.desk.asking import reading
from tickets.desk.change import present_actor
from tickets.desk.context import Desk
from tickets.errors import NotFound
from tickets.handbook import Handbook, Words
from tickets.knowledge.article import Article, Moment, Scenario, Standing, code_of
from tickets.knowledge.moves import keepers_of
from tickets.knowledge.shelves import Page, Query, Shelf, Sight, Suggestion
from tickets.knowledge.suggesting import suggested
from tickets.people import roles
from tickets.people.roles import Action, Actor
from tickets.ports import Unit
from tickets.time.months import months_before

COUNTED_MONTHS = 3  # R125: uses of the last three months
LONGEST_SEARCH = 200  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asks the knowledge base for."""

    shelf: Shelf = Shelf.PUBLISHED
    words: str = ""
    category: str | None = None
    scenario: Scenario | None = None
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page, and what its reader may do."""

    page: Page
    keeps: bool
    proposes: bool
    reader: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One article before a reader: its uses, and what they may do with it."""

    article: Article
    uses: int
    keeps: bool
    proposes: bool
    approves: bool  # not one's own words, unless nobody else keeps articles
    sees_proposed: bool
    reader: PersonId | None = None


def browse(desk: Desk, asked: Asked, *, by: PersonId, language: str) -> Found:
    """Give one page of a shelf, searched or not. Raises Refused."""
    with reading(desk, by, Action.READ_ARTICLES) as (unit, who):
        keeps = roles.may(who, Action.KEEP_ARTICLES)
        page = unit.articles.page(
            Query(
                sight=Sight(person=by, keeps=keeps),
                shelf=asked.shelf,
                words=asked.words[:LONGEST_SEARCH],
                category=asked.category,
                scenario=asked.scenario,
                used_since=counted_since(desk),
                stale_before=desk.clock.now() - desk.handbook().knowledge.stale_after,
                language=language,
                page=asked.page,
            )
        )
        proposes = roles.may(who, Action.PROPOSE_ARTICLE)
        return Found(page=page, keeps=keeps, proposes=proposes, reader=by)


def read(desk: Desk, article: int, *, by: PersonId) -> Known:
    """Give one article; what is not published is its people's and the keepers'. Raises Refused or NotFound."""
    with reading(desk, by, Action.READ_ARTICLES) as (unit, who):
        found = seen(unit, article, who)
        uses = unit.articles.uses([article], since=counted_since(desk))[article]
        keeps = roles.may(who, Action.KEEP_ARTICLES)
        alone = not keepers_of(desk.handbook()) - {by}
        waits = found.newest.standing is Standing.WAITING
        return Known(
            article=found,
            uses=uses,
            keeps=keeps,
            proposes=roles.may(who, Action.PROPOSE_ARTICLE),
            approves=keeps and waits and (alone or found.newest.by != by),
            sees_proposed=keeps or by in _people_of(found),
            reader=by,
        )


def seen(unit: Unit, article: int, who: Actor) -> Article:
    """Read an article that this person may see. Raises NotFound, whether it is there or not."""
    found = unit.articles.get(article)
    if found.is_published or roles.may(who, Action.KEEP_ARTICLES) or who.id in _people_of(found):
        return found
    raise NotFound("article.none", article=code_of(article))


def suggest(
    desk: Desk, words: str, category: str, *, by: PersonId, language: str
) -> tuple[Suggestion, ...]:
    """Offer articles for a case; nothing for who may not read them, and nothing is noted."""
    with desk.records.read() as unit:
        who = present_actor(unit, by, desk.handbook())
        if not roles.may(who, Action.READ_ARTICLES):
            return ()
        near = unit.articles.candidates(words, category, since=counted_since(desk))
        best = suggested(unit.articles.words_of(words), category, near)
        said = [(one, unit.articles.get(one).shown.content.in_(language)) for one in best]
    return tuple(Suggestion(id=one, wording=wording) for one, wording in said)


def spoken(desk: Desk) -> Handbook:
    """Give the handbook with the scripts that the desk keeps as articles in the place of its usual words (R13)."""
    handbook = desk.handbook()
    with desk.records.read() as unit:
        scripts = {one.shown.content.moment: one for one in unit.articles.scripts()}
    if not scripts:
        return handbook
    rules = handbook.intake
    usual = {
        Moment.OPENING: rules.opening,
        Moment.SOOTHING: rules.soothing,
        Moment.CLOSING: rules.closing,
    }
    now = {
        moment: _said(scripts[moment], words) if moment in scripts else words
        for moment, words in usual.items()
    }
    intake = replace(
        rules,
        opening=now[Moment.OPENING],
        soothing=now[Moment.SOOTHING],
        closing=now[Moment.CLOSING],
    )
    return replace(handbook, intake=intake)


def counted_since(desk: Desk) -> datetime:
    """Give since when uses are counted: the same day three months ago."""
    calendar = desk.calendar()
    return calendar.start_of(months_before(calendar.date_of(desk.clock.now()), COUNTED_MONTHS))


def _people_of(article: Article) -> frozenset[PersonId]:
    return frozenset({article.owner, article.created_by, article.newest.by})


def _said(script: Article, usual: Words) -> Words:
    texts = script.shown.content.texts
    chinese, english = texts.get("zh"), texts.get("en")
    said: Mapping[str, str] = {
        **usual.by_language,
        **({"zh-Hans": chinese.content, "zh-Hant": chinese.content} if chinese else {}),
        **({"en": english.content} if english else {}),
    }
    return Words(said)
