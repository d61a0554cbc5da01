"""The form that proposes an article or a change of one, and the one that sends a proposal back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    InputBlock,
    OptionGroup,
    SectionBlock,
    StaticMultiSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.views.article_words import named
from handlers.views.form_case import category_options
from handlers.views.form_fields import TICKED
from handlers.views.ids import VALUE, CallbackId
from handlers.views.inputs import (
    MOST_OPTIONS,
    OPTION_LIMIT,
    field,
    line,
    option,
    paragraph,
    radio,
    select,
    ticks,
)
from handlers.views.meta import pack
from handlers.views.modal import TITLE_LIMIT
from handlers.views.text import one_line, plain
from tickets.case.values import Number, PersonId
from tickets.handbook import Handbook
from tickets.knowledge.article import Article, Content, Moment, Scenario, Standing, Wording
from tickets.tongue import Tongue

NONE = "-"
"""The moment of what is no script of a call."""
PARTS = ("title_zh", "content_zh", "title_en", "content_en")


def block_of(name: str) -> str:
    """Name the block of a part of an article."""
    return f"article.{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What stands in the form when it opens."""

    content: Content | None = None
    article: Article | None = None  # that is changed
    owner: PersonId | None = None
    from_ticket: Number | None = None


def article_form(start: Start, *, handbook: Handbook, tongue: Tongue) -> View:
    """Ask for the words in Chinese, English or both, and what they are for."""
    title = tongue("kb.change") if start.article else tongue("kb.new")
    return View(
        type="modal",
        callback_id=CallbackId.ARTICLE,
        title=plain(title, TITLE_LIMIT),
        submit=plain(tongue("modals.save"), TITLE_LIMIT),
        close=plain(tongue("button.cancel"), TITLE_LIMIT),
        private_metadata=_memory(start),
        blocks=list(_blocks(start, handbook, tongue)),
    )


def send_back_form(article: Article, read: int, *, tongue: Tongue) -> View:
    """Ask why a proposal goes back to its author; `read` is the version that was looked at."""
    title = article.newest.content.in_(tongue.language).title
    which = named(article.id, title)
    return View(
        type="modal",
        callback_id=CallbackId.SEND_BACK,
        title=plain(tongue("kb.send_back"), TITLE_LIMIT),
        submit=plain(tongue("kb.send_back"), TITLE_LIMIT),
        close=plain(tongue("button.cancel"), TITLE_LIMIT),
        private_metadata=pack(a=article.id, v=read),
        blocks=[
            ContextBlock(elements=[plain(which)]),
            field("reason", tongue("modals.reason"), paragraph(), optional=False),
        ],
    )


def _memory(start: Start) -> str:
    if start.article:
        return pack(a=start.article.id, v=start.article.newest.number)
    return pack(n=start.from_ticket)


def _blocks(start: Start, handbook: Handbook, tongue: Tongue) -> Iterator[Block]:
    said = start.content
    if start.from_ticket:
        yield SectionBlock(text=plain(tongue("article.from_ticket", number=start.from_ticket)))
    kinds = [
        option(key, one_line(handbook.knowledge.category_in(key, tongue.language)))
        for key in handbook.knowledge.categories
    ]
    chosen = select(kinds, said.category if said else "")
    yield field(block_of("category"), tongue("kb.category"), chosen, optional=False)
    scenarios = [option(one, tongue(f"article.scenario.{one}")) for one in Scenario]
    picked = radio(scenarios, said.scenario if said else Scenario.ANY)
    yield field(block_of("scenario"), tongue("kb.scenario"), picked, optional=False)
    yield from _texts(said, tongue)
    yield _own_numbers(tongue)
    yield _cases(said, handbook, tongue)
    yield _moment(said, tongue)
    owner = UserSelectElement(action_id=VALUE, initial_user=start.owner)
    if start.article:
        hint = tongue("article.note_hint")
        yield field(block_of("note"), tongue("article.note_label"), line(), hint=hint)
    else:
        hint = tongue("article.owner_hint")
        yield field(block_of("owner"), tongue("article.owner"), owner, hint=hint)
    yield _afterwards(tongue)


def _texts(said: Content | None, tongue: Tongue) -> Iterator[InputBlock]:
    texts: Mapping[str, Wording] = said.texts if said else {}
    for name in PARTS:
        part, _, language = name.partition("_")
        there = texts.get(language, Wording("", ""))
        hint = tongue("article.languages_hint") if name == "content_zh" else ""
        typed = line(there.title) if part == "title" else paragraph(there.content)
        yield field(block_of(name), tongue(f"article.{name}"), typed, hint=hint)


def _own_numbers(tongue: Tongue) -> InputBlock:
    box = ticks([option(TICKED, tongue("article.own_numbers_tick"))])
    return field(block_of("own_numbers"), tongue("article.own_numbers"), box)


def _cases(said: Content | None, handbook: Handbook, tongue: Tongue) -> InputBlock:
    """Ask for which tickets it is offered; Slack takes a hundred choices in all groups together at most."""
    chosen, left = said.cases if said else frozenset(), MOST_OPTIONS
    groups = []
    for name, options in category_options(handbook, tongue):
        if options and left:
            label = plain(name, OPTION_LIMIT)
            groups.append(OptionGroup(label=label, options=list(options)[:left]))
            left -= min(left, len(options))
    offered = [one for group in groups for one in group.options or ()]
    initial = [one for one in offered if one.value in chosen]
    element = StaticMultiSelectElement(
        action_id=VALUE, option_groups=groups, initial_options=initial or None
    )
    hint = tongue("article.cases_hint")
    return field(block_of("cases"), tongue("article.cases"), element, hint=hint)


def _moment(said: Content | None, tongue: Tongue) -> InputBlock:
    moments = [option(one, tongue(f"article.moment.{one}")) for one in Moment]
    chosen = (said.moment or NONE) if said else NONE
    element = select([option(NONE, tongue("article.moment.none")), *moments], chosen)
    hint = tongue("article.moment_hint")
    return field(block_of("moment"), tongue("article.moment"), element, hint=hint)


def _afterwards(tongue: Tongue) -> InputBlock:
    ways = [
        option(one, tongue(f"article.afterwards.{one}"))
        for one in (Standing.WAITING, Standing.DRAFT)
    ]
    picked = radio(ways, Standing.WAITING)
    return field(block_of("standing"), tongue("article.afterwards"), picked, optional=False)
