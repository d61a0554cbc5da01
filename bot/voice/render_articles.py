"""The knowledge base in a direct message: what waits, what was decided, what is old, a new product's tasks."""

from collections.abc import Mapping
from types import MappingProxyType

from slack_sdk.models.blocks import ButtonElement

from bot.voice.decided import came_of_it
from bot.voice.scene import Scene
from handlers.views.article_words import named
from handlers.views.articles import read_button
from handlers.views.buttons import button, row
from handlers.views.ids import ActionId
from handlers.views.notices import Said, message
from handlers.views.product import article_button, done_button, product_name, to_do_lines
from handlers.views.screen import Screen
from handlers.views.text import clip, one_line
from tickets.case.values import PersonId
from tickets.delivery import Pointless
from tickets.errors import NotFound
from tickets.knowledge.article import Article, Standing, Version
from tickets.knowledge.shelves import Shelf
from tickets.message import Who

REASON_LIMIT = 500
MOST_TASKS = 20  # rows of buttons under one list
_STILL: Mapping[str, Standing] = MappingProxyType(
    {
        "waiting": Standing.WAITING,
        "approved": Standing.PUBLISHED,
        "sent_back": Standing.DRAFT,
    }
)


def article(scene: Scene) -> Screen | Pointless:
    """Say what happens to an article, or what the knowledge base asks for."""
    match scene.text("what"):
        case "stale":
            return _stale(scene)
        case "product":
            return _product(scene)
        case what:
            return _of_article(scene, what)


def _of_article(scene: Scene, what: str) -> Screen | Pointless:
    try:
        found = scene.unit.articles.get(int(scene.text("article")))
    except NotFound:
        return Pointless("there is no such article")
    version = found.versions[int(scene.text("version")) - 1]
    if version.standing is not _STILL[what]:
        return Pointless("the article has gone further meanwhile")
    said = [_said(scene, what, found, version)]
    if what == "waiting":
        said.append(scene.reader.say("notice.article_please"))
    return message(*said, buttons=_buttons(scene, found))


def decided(scene: Scene) -> Screen | Pointless:
    """Show an approver what waited for them, and what came of it."""
    try:
        found = scene.unit.articles.get(int(scene.text("article")))
    except NotFound:
        return Pointless("there is no such article")
    version = found.versions[int(scene.text("version")) - 1]
    said = _said(scene, "waiting", found, version)
    return message(said, came_of_it(scene), buttons=_buttons(scene, found))


def _said(scene: Scene, what: str, found: Article, version: Version) -> Said:
    reader = scene.reader
    name = named(found.id, version.content.in_(reader.tongue.language).title)
    if what == "waiting":
        return reader.say("notice.article_waiting", who=Who(version.by), article=name)
    by = Who(version.decided_by or PersonId(""))
    if what == "approved":
        return reader.say("notice.article_approved", who=by, article=name)
    reason = clip(one_line(version.reason), REASON_LIMIT)
    return reader.say("notice.article_sent_back", who=by, article=name, reason=reason)


def _buttons(scene: Scene, found: Article) -> tuple[ButtonElement, ...]:
    return (read_button(found.id, scene.reader.tongue),)


def _stale(scene: Scene) -> Screen:
    reader = scene.reader
    look = button(ActionId.KB, reader.tongue("notice.articles_look"), Shelf.STALE, style="primary")
    count = int(scene.text("count"))
    return message(reader.say("notice.articles_stale", count=count), buttons=(look,))


def _product(scene: Scene) -> Screen | Pointless:
    """List what is this person's of a new product, each with the button that ticks it off."""
    whole = scene.unit.articles.to_do(scene.text("list"))
    mine = [one for one in whole if one.owner == scene.notice.place.key]
    if not any(one.done_at is None for one in mine):
        return Pointless("everything is done already")
    reader = scene.reader
    said = reader.say("notice.product", who=Who(mine[0].asked_by), product=product_name(mine))
    screen = message(said, under=to_do_lines(mine, reader.tongue))
    left = [one for one in mine if one.done_at is None][:MOST_TASKS]
    ways = (
        row(
            [
                done_button(one, reader.tongue),
                *filter(None, (article_button(one, reader.tongue),)),
            ],
            block_id=f"task.{one.id}",
        )
        for one in left
    )
    return Screen(screen.text, (*screen.blocks, *ways))
