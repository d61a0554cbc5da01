"""The retrospectives that concern somebody, and the improvements they have yet to carry out."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block, ContextBlock, DividerBlock, HeaderBlock, SectionBlock
from slack_sdk.models.views import View

from handlers.views import retro_words
from handlers.views.buttons import button, row
from handlers.views.ids import ActionId
from handlers.views.meta import pack
from handlers.views.modal import shown
from handlers.views.pager import paged
from handlers.views.text import plain
from tickets.desk.retro_look import Mine, RetroView
from tickets.handbook import Handbook
from tickets.retrospectives.pursuit import Pursued
from tickets.tongue import Tongue

ROW_LIMIT = 500
AT_HOME = 3  # of either, on a page that holds three lists beside


def retros(found: Mine, page: int, *, handbook: Handbook, tongue: Tongue) -> View:
    """Show a page: what I have to carry out first, then retrospectives, the newest first."""
    pages = paged(list(_entries(found, handbook, tongue)))
    here, last = pages.nearest(page), len(pages.pages)
    blocks: list[Block] = []
    if found.may_call:
        call = button(ActionId.RETRO_CALL, tongue("retro.call_theme"), "theme", style="primary")
        blocks.append(row([call], block_id="retro.new"))
    blocks += pages.at(here)
    if not last:
        blocks.append(SectionBlock(text=plain(tongue("retro.none"))))
    for other, word in ((here - 1, "lists.before"), (here + 1, "lists.after")):
        if 1 <= other <= last:
            turn = button(ActionId.RETRO_PAGE, tongue(word), pack(page=other))
            blocks.append(row([turn], block_id=f"page.{other}"))
    if last > 1:
        blocks.append(ContextBlock(elements=[plain(tongue("lists.page_of", page=here, last=last))]))
    return shown(tongue("retro.word"), blocks, tongue, page=here)


def at_home(found: Mine, *, handbook: Handbook, tongue: Tongue) -> Iterator[Block]:
    """Show what is next of somebody's retrospectives and improvements; nothing where nothing is."""
    if not (found.retros or found.items):
        return
    yield DividerBlock()
    yield HeaderBlock(text=plain(tongue("retro.at_home")))
    for one in found.items[:AT_HOME]:
        yield _item(one, handbook, tongue)
    for view in found.retros[:AT_HOME]:
        yield _retro(view, handbook, tongue)
    yield row([button(ActionId.RETRO_LIST, tongue("retro.all"), "list")], block_id="retro.all")


def _entries(found: Mine, handbook: Handbook, tongue: Tongue) -> Iterator[Sequence[Block]]:
    for place, one in enumerate(found.items):
        heading = [HeaderBlock(text=plain(tongue("retro.my_items")))] if not place else []
        yield [*heading, _item(one, handbook, tongue)]
    for place, view in enumerate(found.retros):
        heading = [HeaderBlock(text=plain(tongue("retro.list")))] if not place else []
        yield [*heading, _retro(view, handbook, tongue)]


def _item(one: Pursued, handbook: Handbook, tongue: Tongue) -> Block:
    said = tongue(
        "retro.item_owed",
        action=one.item.action,
        target=retro_words.target(one, handbook, tongue),
        day=retro_words.day(one.item.due_at, tongue, before=True),
    )
    done = button(ActionId.RETRO_DONE, tongue(f"button.{ActionId.RETRO_DONE}"), one.item.id)
    return SectionBlock(block_id=f"item.{one.item.id}", text=plain(said, ROW_LIMIT), accessory=done)


def _retro(view: RetroView, handbook: Handbook, tongue: Tongue) -> Block:
    retro = view.retro
    name = retro_words.name(retro, None, handbook, tongue)
    occasion = retro_words.occasion(retro, tongue)
    standing = tongue(f"retro_standing.{retro.standing}")
    when = retro_words.when(retro, tongue)
    said = "\n".join(
        [
            tongue("retro.of_case", number=name) if retro.number else name,
            " · ".join(
                part for part in (occasion if occasion not in name else "", standing, when) if part
            ),
        ]
    )
    opening = button(ActionId.RETRO_OPEN, tongue("lists.open"), retro.id)
    return SectionBlock(
        block_id=f"retro.{retro.id}", text=plain(said, ROW_LIMIT), accessory=opening
    )
