"""A page of the knowledge base: what narrows it above, twenty articles with the hit shown, the ways on (R125)."""

from collections.abc import Callable, Iterator

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ContextBlock,
    InputBlock,
    Option,
    SectionBlock,
)
from slack_sdk.models.views import View

from handlers.views.article_words import kind, named
from handlers.views.buttons import button, row
from handlers.views.ids import ActionId, CallbackId
from handlers.views.inputs import field, line, option, select
from handlers.views.meta import pack
from handlers.views.modal import TITLE_LIMIT
from handlers.views.rich import Bold, Run, bold, lines, weave, words
from handlers.views.scripts import piece_said_by
from handlers.views.text import one_line, plain, visible
from tickets.desk.articles import Asked, Found
from tickets.handbook import Handbook
from tickets.knowledge.article import Scenario, Standing
from tickets.knowledge.shelves import Line, Shelf
from tickets.tongue import Tongue

WORDS, CATEGORY, SCENARIO, SHELF = "kb.words", "kb.category", "kb.scenario", "kb.shelf"
EVERY = "-"
"""The choice that narrows nothing."""


def shelf(found: Found, asked: Asked, *, handbook: Handbook, tongue: Tongue) -> View:
    """Show one page; what was searched and picked stands in the fields and is remembered nowhere else."""
    return View(
        type="modal",
        callback_id=CallbackId.KB,
        title=plain(tongue("kb.title"), TITLE_LIMIT),
        submit=plain(tongue("kb.search"), TITLE_LIMIT),
        close=plain(tongue("button.close_view"), TITLE_LIMIT),
        blocks=[
            *_narrowing(found, asked, handbook, tongue),
            *_ways(found, tongue),
            *_rows(found, handbook, tongue),
            *_turning(found, tongue),
        ],
    )


def _narrowing(
    found: Found, asked: Asked, handbook: Handbook, tongue: Tongue
) -> Iterator[InputBlock]:
    typed = line(asked.words, placeholder=tongue("kb.words_example"))
    yield field(WORDS, tongue("kb.words"), typed)
    kinds = [
        option(key, one_line(handbook.knowledge.category_in(key, tongue.language)))
        for key in handbook.knowledge.categories
    ]
    yield _picker(CATEGORY, kinds, asked.category or "", tongue)
    scenarios = [option(one, tongue(f"article.scenario.{one}")) for one in Scenario]
    yield _picker(SCENARIO, scenarios, asked.scenario or "", tongue)
    if found.keeps or found.proposes:
        shelves = [option(one, tongue(f"kb.shelf.{one}")) for one in Shelf]
        chosen = select(shelves, asked.shelf, action_id=ActionId.KB_NARROW)
        yield field(SHELF, tongue("kb.shelf"), chosen, dispatch=True)


def _picker(name: str, options: list[Option], chosen: str, tongue: Tongue) -> InputBlock:
    every = option(EVERY, tongue("kb.every"))
    element = select([every, *options], chosen or EVERY, action_id=ActionId.KB_NARROW)
    return field(name, tongue(name), element, dispatch=True)


def _ways(found: Found, tongue: Tongue) -> Iterator[Block]:
    buttons = []
    if found.proposes:
        buttons.append(button(ActionId.KB_NEW, f"{tongue('kb.new')}…", "new", style="primary"))
    if found.keeps:
        buttons.append(button(ActionId.KB_PRODUCT, f"{tongue('kb.product')}…", "product"))
    if buttons:
        yield row(buttons, block_id="kb.ways")


def _rows(found: Found, handbook: Handbook, tongue: Tongue) -> Iterator[Block]:
    if not found.page.lines:
        yield SectionBlock(text=plain(tongue("kb.nothing")))
        return
    count = "kb.count_goes_on" if found.page.goes_on else "kb.count"
    yield ContextBlock(elements=[plain(tongue(count, count=found.page.total))])
    for one in found.page.lines:
        yield lines(
            bold(named(one.id, one.title)),
            _about(one, handbook, tongue),
            _snippet(one, lambda text: piece_said_by(text, found.reader, handbook, tongue)),
            block_id=f"kb.line.{one.id}",
        )
        yield row([read_button(one.id, tongue)], block_id=f"kb.row.{one.id}")


def read_button(article: int, tongue: Tongue, **memory: str) -> ButtonElement:
    """Make the button that opens an article."""
    return button(ActionId.KB_READ, tongue("kb.read"), pack(a=article, **memory))


def _about(one: Line, handbook: Handbook, tongue: Tongue) -> Run:
    told = kind(one.category, one.scenario, one.moment, handbook=handbook, tongue=tongue)
    sentence = weave(tongue, "kb.line", kind=told, at=one.updated_at, uses=one.uses)
    if one.standing is Standing.PUBLISHED:
        return sentence
    standing = Bold(tongue(f"article.standing.{one.standing}"))
    return [*weave(tongue, "kb.line_standing", standing=standing), *sentence]


def _snippet(one: Line, said: Callable[[str], str]) -> Run:
    """The hit stands out; what surrounds it is the desk's own words as they are said, made visible like any."""
    parts = one.snippet
    return [
        *words(visible(said(parts.before))),
        *(bold(visible(parts.hit)) if parts.hit else []),
        *words(visible(said(parts.after))),
    ]


def _turning(found: Found, tongue: Tongue) -> Iterator[Block]:
    page = found.page
    last = max(1, -(-page.total // page.size))
    for to, label in ((page.page - 1, "lists.before"), (page.page + 1, "lists.after")):
        if 1 <= to <= last:
            turn = button(ActionId.KB_PAGE, tongue(label), pack(page=to))
            yield row([turn], block_id=f"kb.page.{to}")
    if last > 1:
        which = "lists.page" if page.goes_on else "lists.page_of"
        where = tongue(which, page=page.page, last=last)
        yield ContextBlock(elements=[plain(where)])
