"""`/ticket kb` 知识: the knowledge base searched, narrowed, turned over, read (R125)."""

import re

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.forms import Fields, fields_of, tampered
from handlers.looking import page_in
from handlers.numbers import number_in
from handlers.opening import present, redraw_view
from handlers.payloads import Json, value_of
from handlers.products import open_product
from handlers.tapped import Tap
from handlers.typed import as_typed
from handlers.views.article import article, versions
from handlers.views.article_form import Start, article_form
from handlers.views.articles import CATEGORY, EVERY, SCENARIO, SHELF, WORDS, shelf
from handlers.views.meta import unpack
from handlers.words import Line, folded
from tickets.case.values import Number
from tickets.desk.articles import Asked, browse, read
from tickets.desk.articles_keep import require_proposing
from tickets.desk.context import Desk
from tickets.errors import NotFound
from tickets.knowledge.article import Scenario, id_in
from tickets.knowledge.shelves import Shelf
from tickets.message import PersonId
from tickets.tongue import Tongue

_PRODUCT = re.compile(r"(?:new product|新产品|新產品)\s*[:：]?\s*(.*)", re.IGNORECASE)
_NEW = frozenset({"new", "新建", "新增"})


def open_typed(
    line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """`kb` alone, with words to search, with K12 to read, with `new`, or with `new product` and its name."""
    typed = as_typed(line.rest, tongue.name).strip()
    product = _PRODUCT.fullmatch(typed)
    if product:
        open_product(product[1], desk, person, tongue, request)
    elif folded(typed) in _NEW:
        open_new(desk, person, tongue, request)
    elif (named := id_in(typed)) is not None:
        _open(named, None, desk, person, tongue, request)
    else:
        _show(Asked(words=typed), desk, person, tongue, request)


def open_shelf(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """A button that leads to a shelf."""
    wanted = value_of(action)
    if wanted not in set(Shelf):
        raise NotFound("error.not_understood")
    _show(Asked(shelf=Shelf(wanted)), desk, person, tongue, request)


def search_sent(ack: Ack, view: Json, desk: Desk, person: PersonId, tongue: Tongue) -> BoltResponse:
    """The words were sent: the first page of what is found."""
    asked = _asked(fields_of(view))
    found = browse(desk, asked, by=person, language=tongue.language)
    page = shelf(found, asked, handbook=desk.handbook(), tongue=tongue)
    return ack(response_action="update", view=page)


def narrow(shown: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """Another category, scenario or shelf was picked."""
    _redraw(_asked(fields_of(shown)), desk, person, tongue, request)


def turn(
    shown: Json, action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Another page; what is searched stands in the fields."""
    asked = _asked(fields_of(shown), page_in(value_of(action)))
    _redraw(asked, desk, person, tongue, request)


def open_article(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Read an article, from a list or from a ticket's form."""
    packed = value_of(action)
    number = number_in(packed) if "n" in unpack(packed) else None
    _open(article_in(packed), number, desk, person, tongue, request)


def open_versions(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """All versions of an article."""
    known = read(desk, article_in(value_of(action)), by=person)
    if not known.sees_proposed:
        raise NotFound("error.not_understood")
    present(request, versions(known, tongue=tongue))


def open_new(desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """The form of a new article."""
    require_proposing(desk, by=person)
    present(request, article_form(Start(owner=person), handbook=desk.handbook(), tongue=tongue))


def show_anew(tap: Tap, article_id: int) -> None:
    """Bring the view of an article up to date after a tap in it."""

    def draw() -> None:
        known = read(tap.desk, article_id, by=tap.person)
        redraw_view(tap.request, article(known, handbook=tap.desk.handbook(), tongue=tap.tongue))

    tap.then(draw)


def article_in(packed: str) -> int:
    """Take an article's id out of what a button or a view remembers. Raises DeskError."""
    found = unpack(packed).get("a")
    if isinstance(found, int) and 0 < found < 1_000_000_000:
        return found
    raise tampered()


def _open(
    article_id: int,
    number: Number | None,
    desk: Desk,
    person: PersonId,
    tongue: Tongue,
    request: BoltRequest,
) -> None:
    known = read(desk, article_id, by=person)
    view = article(known, handbook=desk.handbook(), tongue=tongue, number=number)
    present(request, view)


def _show(asked: Asked, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    found = browse(desk, asked, by=person, language=tongue.language)
    present(request, shelf(found, asked, handbook=desk.handbook(), tongue=tongue))


def _redraw(
    asked: Asked, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    found = browse(desk, asked, by=person, language=tongue.language)
    redraw_view(request, shelf(found, asked, handbook=desk.handbook(), tongue=tongue))


def _asked(fields: Fields, page: int = 1) -> Asked:
    category = fields.picked(CATEGORY)
    scenario = fields.picked(SCENARIO)
    if scenario not in {None, EVERY, *Scenario}:
        raise tampered()
    return Asked(
        shelf=fields.choice(SHELF, Shelf) or Shelf.PUBLISHED,
        words=fields.text(WORDS).strip(),
        category=None if category in {None, EVERY} else category,
        scenario=Scenario(scenario) if scenario not in {None, EVERY} else None,
        page=page,
    )
