"""What `/ticket` answers privately: lists, search results, one ticket, the menu, help, the desk at a glance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ContextBlock,
    HeaderBlock,
    SectionBlock,
    StaticSelectElement,
)

from handlers.views.buttons import button, row, step
from handlers.views.card import full_card
from handlers.views.customer import customer_line
from handlers.views.ids import ActionId
from handlers.views.inputs import option, select
from handlers.views.lines import rows
from handlers.views.meta import pack
from handlers.views.modal import Sheet
from handlers.views.screen import Screen
from handlers.views.text import clip, escaped, one_line, plain
from tickets.case.listing import Page, Scope
from tickets.handbook import Handbook
from tickets.knowledge.shelves import Shelf
from tickets.people.privacy import redact
from tickets.tongue import Tongue

SEARCHED_LIMIT = 80
FILTERS_LIMIT = 400
HELP = (
    "new",
    "answered",
    "fast",
    "list",
    "show",
    "why",
    "dossier",
    "audit",
    "search",
    "customer",
    "kb",
    "assign",
    "note",
    "status",
    "close",
    "reopen",
    "merge",
    "link",
    "handover",
    "away",
    "back",
    "remind",
    "calls",
    "stats",
    "export",
    "erase",
    "retro",
    "improve",
    "help",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a list answers; `kept` is the id under which searched words are kept, never the words."""

    scope: Scope = Scope.MINE
    department: str = ""  # its key
    department_name: str = ""
    searched: str = ""
    narrowed: str = ""  # the filters, in the reader's words
    kept: str = ""


def listed(
    found: Page, asked: Asked, *, handbook: Handbook, tongue: Tongue, now: datetime
) -> Screen:
    """Show one page of a list or of a search, by urgency, then next deadline."""
    head = _heading(asked, tongue)
    if not found.lines:
        nothing = _nothing(asked, tongue)
        empty: list[Block] = [
            SectionBlock(text=plain(nothing)),
            *_filters_said(asked, tongue),
            _other_lists(asked, tongue),
        ]
        return Screen(escaped(nothing), tuple(empty))
    blocks: list[Block] = [
        HeaderBlock(text=plain(head, 150)),
        *_filters_said(asked, tongue),
        *_counted(found, asked, tongue),
        *rows(found.lines, handbook=handbook, tongue=tongue, now=now, hits=found.hits),
        *_turning(found, asked, tongue),
        _other_lists(asked, tongue),
    ]
    sentence = "lists.sentence_goes_on" if found.goes_on else "lists.sentence"
    return Screen(escaped(tongue(sentence, list=head, count=found.total)), tuple(blocks))


def _heading(asked: Asked, tongue: Tongue) -> str:
    if asked.searched:
        words = clip(one_line(redact(asked.searched)), SEARCHED_LIMIT)
        return tongue("lists.found", words=words)
    if asked.narrowed:
        return tongue("search.narrowed")
    if asked.department_name:
        return clip(one_line(asked.department_name), SEARCHED_LIMIT)
    return tongue(f"scope.{asked.scope}")


def _nothing(asked: Asked, tongue: Tongue) -> str:
    if asked.searched:
        words = clip(one_line(redact(asked.searched)), SEARCHED_LIMIT)
        return tongue("lists.nothing_found", words=words)
    if asked.narrowed:
        return tongue("search.nothing_left")
    return tongue(f"nothing.{asked.scope}")


def _filters_said(asked: Asked, tongue: Tongue) -> Iterator[Block]:
    if asked.narrowed:
        said = tongue("search.filters", filters=clip(one_line(asked.narrowed), FILTERS_LIMIT))
        yield ContextBlock(elements=[plain(said)])


def _counted(found: Page, asked: Asked, tongue: Tongue) -> Iterator[Block]:
    if asked.searched or asked.narrowed:
        count = "search.count_goes_on" if found.goes_on else "search.count"
        yield ContextBlock(elements=[plain(tongue(count, count=found.total))])


def _turning(found: Page, asked: Asked, tongue: Tongue) -> Iterator[Block]:
    last = max(1, -(-found.total // found.size))
    if last == 1:
        return
    if (asked.searched or asked.narrowed) and not asked.kept:  # nothing to turn the page by
        if not found.goes_on:  # else it was said above
            yield ContextBlock(elements=[plain(tongue("lists.more_hits", count=found.total))])
        return
    for page, words in ((found.page - 1, "lists.before"), (found.page + 1, "lists.after")):
        if 1 <= page <= last:
            value = pack(scope=asked.scope, department=asked.department, kept=asked.kept, page=page)
            yield row([button(ActionId.PAGE, tongue(words), value)], block_id=f"page.{page}")
    which = "lists.page" if found.goes_on else "lists.page_of"
    yield ContextBlock(elements=[plain(tongue(which, page=found.page, last=last))])


def scopes(tongue: Tongue) -> StaticSelectElement:
    """Offer the other lists in one menu."""
    offered = [option(one, tongue(f"scope.{one}")) for one in Scope]
    return select(offered, placeholder=tongue("lists.pick"), action_id=ActionId.LIST)


def _other_lists(asked: Asked, tongue: Tongue) -> ActionsBlock:
    value = pack(scope=asked.scope, department=asked.department, kept=asked.kept)
    narrow = button(ActionId.SEARCH_FILTER, f"{tongue('search.filter')}…", value)
    ways = [narrow]
    if asked.kept:
        ways.append(button(ActionId.SEARCH_SAVE, f"{tongue('saved.save')}…", pack(kept=asked.kept)))
    return ActionsBlock(elements=[scopes(tongue), *ways], block_id="lists")


def whole_ticket(sheet: Sheet) -> Screen:
    """Show one ticket privately, all of it masked, with the ways to look closer."""
    screen = full_card(
        sheet.ticket,
        sheet.case.deadlines,
        customer_line=_customer(sheet),
        redacted=sheet.case.summary,
        handbook=sheet.handbook,
        tongue=sheet.tongue,
        now=sheet.now,
    )
    looks = [
        step(one, sheet.ticket.number, sheet.tongue) for one in (ActionId.DETAILS, ActionId.HISTORY)
    ]
    return Screen(screen.text, (*screen.blocks, row(looks, block_id="look")))


def _customer(sheet: Sheet) -> str:
    return customer_line(
        sheet.case.customer,
        sheet.ticket.intake,
        sheet.tongue,
        handbook=sheet.handbook,
        redact=sheet.case.redact,
    )


def menu(tongue: Tongue) -> Screen:
    """Show what `/ticket` can do when nothing follows it."""
    said = tongue("lists.menu")
    first = row(
        [
            button(ActionId.NEW_TICKET, tongue("lists.new"), "new", style="primary"),
            button(ActionId.QUICK_TICKET, tongue("lists.quick"), "quick"),
            button(ActionId.STATUS, tongue("lists.status"), "status"),
            button(ActionId.STATS_OPEN, tongue("stats.open"), "month"),
            button(ActionId.KB, tongue("kb.title"), Shelf.PUBLISHED),
            button(ActionId.HELP, tongue("lists.help"), "help"),
        ],
        block_id="menu",
    )
    return Screen(
        escaped(said), (SectionBlock(text=plain(said)), first, _other_lists(Asked(), tongue))
    )


def help_(tongue: Tongue) -> Screen:
    """Explain the command words, one idea a line, in the reader's own language."""
    sentences = "\n".join(tongue(f"help.{word}") for word in HELP)
    head = tongue("lists.help_head")
    blocks: list[Block] = [
        HeaderBlock(text=plain(head, 150)),
        SectionBlock(text=plain(sentences)),
        ContextBlock(elements=[plain(tongue("lists.help_both"))]),
    ]
    return Screen(escaped(head), tuple(blocks))
