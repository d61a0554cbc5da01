"""The knowledge base's screens, each made of one hostile text in every place that takes words."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from slack_sdk.models.views import View

from handlers.views.article import article, versions
from handlers.views.article_form import Start, article_form
from handlers.views.articles import shelf
from tests.handlers.views.conftest import ANN, NOON
from tests.tickets.handbooks import a_handbook
from tickets.case.snippet import Snippet
from tickets.desk.articles import Asked, Found, Known
from tickets.knowledge import moves
from tickets.knowledge.article import LONGEST, Content, Scenario, Standing, Wording
from tickets.knowledge.shelves import Line, Page
from tickets.tongue import Tongue

Speak = Callable[[str], Tongue]

_HANDBOOK = a_handbook()


def _known(text: str) -> Known:
    said = Wording(text[:150] or "x", text[:LONGEST] or "x")
    content = Content(category="faq", texts={"zh": said, "en": said})
    live = moves.published(moves.begun(1, content, by=ANN, at=NOON), by=ANN, at=NOON)
    one = moves.changed(live, content, based_on=1, by=ANN, at=NOON, note=text)
    return Known(
        article=replace(one, names={"created_by": text, "updated_by": text}),
        uses=1,
        keeps=True,
        proposes=True,
        approves=True,
        sees_proposed=True,
    )


def _shelf(tongue: Speak, text: str) -> View:
    line = Line(
        id=1,
        standing=Standing.PUBLISHED,
        is_live=True,
        category=text[:40],
        scenario=Scenario.ANY,
        moment=None,
        title=text,
        snippet=Snippet(text[:20], text[20:40], text[40:90]),
        owner=ANN,
        updated_by=ANN,
        updated_at=NOON,
        uses=1,
    )
    found = Found(page=Page((line,), 1, 1, 20), keeps=True, proposes=True)
    return shelf(found, Asked(words=text[:200]), handbook=_HANDBOOK, tongue=tongue(text))


def _article(tongue: Speak, text: str) -> View:
    return article(_known(text), handbook=_HANDBOOK, tongue=tongue(text))


def _versions(tongue: Speak, text: str) -> View:
    return versions(_known(text), tongue=tongue(text))


def _form(tongue: Speak, text: str) -> View:
    one = _known(text).article
    start = Start(content=one.newest.content, article=one)
    return article_form(start, handbook=_HANDBOOK, tongue=tongue(text))


ARTICLES: Mapping[str, Callable[[Speak, str], View]] = MappingProxyType(
    {
        "knowledge": _shelf,
        "article": _article,
        "article's versions": _versions,
        "article's form": _form,
    }
)
"""By name; each shows the text wherever it may stand there."""
