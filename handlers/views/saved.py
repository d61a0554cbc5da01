"""Saved searches: ten a page with the way to open, rename and forget each; the forms that name one."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    HeaderBlock,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from handlers.views import labels
from handlers.views.buttons import button, row
from handlers.views.ids import ActionId, CallbackId
from handlers.views.inputs import field, line, option, select
from handlers.views.meta import pack
from handlers.views.modal import saving
from handlers.views.screen import Screen
from handlers.views.text import escaped, one_line, plain
from tickets.case.listing import Scope
from tickets.case.saved_search import SavedSearch
from tickets.desk.saved_searches import Saved
from tickets.handbook import Handbook
from tickets.tongue import Tongue

NAME, SHARE = "saved.name", "saved.share"
PAGE_SIZE = 10


def saved_list(found: Sequence[Saved], page: int, *, handbook: Handbook, tongue: Tongue) -> Screen:
    """Show one page of what is saved."""
    last = max(1, -(-len(found) // PAGE_SIZE))
    here = min(max(1, page), last)
    head = tongue("saved.title")
    blocks: list[Block] = [HeaderBlock(text=plain(head))]
    if not found:
        blocks.append(SectionBlock(text=plain(tongue("saved.none"))))
    for one in found[(here - 1) * PAGE_SIZE : here * PAGE_SIZE]:
        blocks += _entry(one, handbook, tongue)
    narrow = button(
        ActionId.SEARCH_FILTER,
        f"{tongue('search.filter')}…",
        pack(scope=Scope.ALL),
        style="primary",
    )
    blocks.append(row([narrow], block_id="saved.ways"))
    blocks += _turning(here, last, tongue)
    return Screen(escaped(head), tuple(blocks))


def saved_select(found: Sequence[Saved], tongue: Tongue) -> StaticSelectElement:
    """Offer them in one menu; picking one opens it."""
    offered = [option(one.search.id, one_line(one.search.name)) for one in found]
    return select(offered, placeholder=tongue("saved.pick"), action_id=ActionId.SEARCH_OPEN)


def save_form(kept: str, departments: Sequence[str], *, handbook: Handbook, tongue: Tongue) -> View:
    """Ask for a name, and of those who may share for whom."""
    blocks: list[Block] = [field(NAME, tongue(NAME), line(), optional=False)]
    if departments:
        offered = [option(key, labels.department(key, handbook, tongue)) for key in departments]
        blocks.append(field(SHARE, tongue(SHARE), select(offered), hint=tongue("saved.share_hint")))
    return saving(CallbackId.SEARCH_SAVE, tongue("saved.save"), pack(kept=kept), blocks, tongue)


def rename_form(search: SavedSearch, tongue: Tongue) -> View:
    """Ask for another name."""
    blocks: list[Block] = [field(NAME, tongue(NAME), line(search.name), optional=False)]
    return saving(
        CallbackId.SEARCH_RENAME, tongue("saved.rename"), pack(s=search.id), blocks, tongue
    )


def _entry(one: Saved, handbook: Handbook, tongue: Tongue) -> Iterator[Block]:
    search = one.search
    said = [one_line(search.name), one_line(search.line)]
    if search.department:
        name = labels.department(search.department, handbook, tongue)
        said.append(tongue("saved.shared_with", department=name))
    yield SectionBlock(
        block_id=f"saved.{search.id}",
        text=plain("\n".join(said), 500),
        accessory=button(ActionId.SEARCH_OPEN, tongue("lists.open"), search.id),
    )
    if one.is_kept_by_reader:
        ways = [
            button(ActionId.SEARCH_RENAME, f"{tongue('saved.rename')}…", search.id),
            button(ActionId.SEARCH_DROP, tongue("saved.drop"), search.id),
        ]
        yield row(ways, block_id=f"saved.ways.{search.id}")


def _turning(here: int, last: int, tongue: Tongue) -> Iterator[Block]:
    for page, words in ((here - 1, "lists.before"), (here + 1, "lists.after")):
        if 1 <= page <= last:
            turn = button(ActionId.SEARCH_SAVED, tongue(words), pack(page=page))
            yield row([turn], block_id=f"saved.page.{page}")
    if last > 1:
        where = tongue("lists.page_of", page=here, last=last)
        yield ContextBlock(elements=[plain(where)])
