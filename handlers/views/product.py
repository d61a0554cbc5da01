"""What a new product asks for: the checklist with whose it is, before it is handed out and after (R126)."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block, ButtonElement, SectionBlock
from slack_sdk.models.views import View

from handlers.views.article_words import named, person
from handlers.views.articles import read_button
from handlers.views.buttons import button
from handlers.views.ids import ActionId, CallbackId
from handlers.views.inputs import field, line
from handlers.views.meta import pack
from handlers.views.modal import TITLE_LIMIT
from handlers.views.rich import Bold, Run, lines, weave
from handlers.views.text import clip, one_line, plain
from tickets.desk.articles_product import LONGEST_NAME, Checklist
from tickets.knowledge.article import code_of
from tickets.knowledge.product import Task, ToDo
from tickets.message import PersonId
from tickets.tongue import Tongue

PRODUCT = "product"


def product_form(found: Checklist, tongue: Tongue) -> View:
    """Ask for the product's name and show what there is to do; sending it hands the tasks out."""
    typed = line(found.product, placeholder=tongue("product.example"))
    blocks: list[Block] = [
        field(PRODUCT, tongue("product.name"), typed, hint=tongue("product.hint"), optional=False),
        SectionBlock(text=plain(tongue("product.says"))),
        *_rows(found, tongue),
    ]
    return View(
        type="modal",
        callback_id=CallbackId.PRODUCT,
        title=plain(tongue("product.title"), TITLE_LIMIT),
        submit=plain(tongue("product.hand_out"), TITLE_LIMIT),
        close=plain(tongue("button.cancel"), TITLE_LIMIT),
        blocks=blocks,
    )


def _rows(found: Checklist, tongue: Tongue) -> Iterator[Block]:
    for task, article, owner in found.tasks:
        title = found.titles.get(article, "") if article else ""
        yield lines(_what(task, article, title, owner, tongue))


def _what(task: Task, article: int | None, title: str, owner: PersonId, tongue: Tongue) -> Run:
    who = person(owner, tongue)
    if article is None:
        return weave(tongue, f"product.task.{task}", who=Bold(who))
    name = named(article, title) if title else code_of(article)
    return weave(tongue, "product.task.article", article=name, who=Bold(who))


def to_do_lines(tasks: Sequence[ToDo], tongue: Tongue) -> tuple[Run, ...]:
    """Say each task of somebody's list, and whether it is done."""
    return tuple(_to_do(one, tongue) for one in tasks)


def _to_do(one: ToDo, tongue: Tongue) -> Run:
    said = _what(one.task, one.article, "", one.owner, tongue)
    mark = "✅ " if one.done_at else "▫️ "
    return [*weave(tongue, "product.mark", mark=mark), *said]


def done_button(one: ToDo, tongue: Tongue) -> ButtonElement:
    """Make the button that ticks a task off."""
    what = code_of(one.article) if one.article else tongue(f"product.short.{one.task}")
    value = pack(l=one.list_id, t=one.id)
    return button(ActionId.KB_DONE, tongue("product.done", what=what), value)


def article_button(one: ToDo, tongue: Tongue) -> ButtonElement | None:
    """Make the button that opens the article a task is about."""
    return read_button(one.article, tongue) if one.article else None


def product_name(tasks: Sequence[ToDo]) -> str:
    """Name the product on one line."""
    return clip(one_line(tasks[0].product), LONGEST_NAME) if tasks else ""
