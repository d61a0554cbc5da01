"""Builders of articles; only what matters is named."""

from datetime import timedelta

from tests.storage.cases import LOGGER, NINE
from tickets.case.values import PersonId
from tickets.knowledge import moves
from tickets.knowledge.article import Article, Content, Moment, Scenario, Standing, Wording
from tickets.knowledge.shelves import Query, Shelf, Sight
from tickets.ports import Unit

KEEPER = PersonId("U0LIBRARIAN")


def a_content(
    title: str = "退换货申请流程",
    content: str = "在官网订单页提交申请,审核通过后3天内寄回,5个工作日退款",
    *,
    category: str = "process",
    scenario: Scenario = Scenario.AFTER_SALES,
    moment: Moment | None = None,
    cases: frozenset[str] = frozenset(),
    en: tuple[str, str] | None = None,
) -> Content:
    texts = {"zh": Wording(title, content)}
    if en:
        texts["en"] = Wording(*en)
    return Content(category=category, scenario=scenario, moment=moment, cases=cases, texts=texts)


def keep_article(
    unit: Unit,
    content: Content | None = None,
    *,
    by: PersonId = LOGGER,
    publish: bool = True,
    standing: Standing = Standing.WAITING,
    days_ago: int = 0,
) -> Article:
    """Keep an article as the use cases do."""
    at = NINE - timedelta(days=days_ago)
    article = moves.begun(
        unit.articles.next_id(), content or a_content(), by=by, at=at, standing=standing
    )
    if publish:
        article = moves.published(article, by=KEEPER, at=at)
    unit.articles.add(article)
    return article


def a_shelf(
    words: str = "", *, person: PersonId = LOGGER, keeps: bool = False, **named: object
) -> Query:
    wanted: dict[str, object] = {
        "sight": Sight(person=person, keeps=keeps),
        "shelf": Shelf.PUBLISHED,
        "words": words,
        "used_since": NINE - timedelta(days=92),
        "stale_before": NINE - timedelta(days=180),
        **named,
    }
    return Query(**wanted)  # type: ignore[arg-type]
