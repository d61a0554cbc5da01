"""One article before a reader: its words, what is proposed beside them, all its versions, the ways on."""

from collections.abc import Iterator
from dataclasses import replace

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    SectionBlock,
)
from slack_sdk.models.views import View

from handlers.views.article_words import creator, kind_of, named, person, updater
from handlers.views.buttons import button, row
from handlers.views.ids import ActionId
from handlers.views.meta import pack
from handlers.views.modal import shown
from handlers.views.rich import Bold, Run, lines, weave
from handlers.views.scripts import said_by
from handlers.views.text import clip, one_line, pieces, plain, visible
from tickets.case.values import Number, PersonId
from tickets.desk.articles import Known
from tickets.handbook import Handbook
from tickets.knowledge.article import Content, Standing, Version, Wording, code_of
from tickets.tongue import Tongue

HEADER_LIMIT = 150  # SLACK.md 2.1
MOST_VERSIONS = 30  # the newest; a view holds 100 blocks
NOTE_LIMIT = 300


def article(
    known: Known, *, handbook: Handbook, tongue: Tongue, number: Number | None = None
) -> View:
    """Show an article; `number` is the ticket whose form it was opened from."""
    one = known.article
    proposed = one.proposed if known.sees_proposed else None
    said = one.shown.content
    if one.is_published:  # what is still decided on stands as it was written
        said = _to_say(said, known.reader, handbook, tongue)
    blocks: list[Block] = [*_words(said, one.id, tongue)]
    if one.is_published or proposed is None:
        blocks.append(lines(*_facts(known, handbook, tongue)))
    if proposed and one.is_published:
        blocks += [DividerBlock(), *_proposed(proposed, one.id, tongue)]
    elif proposed:
        blocks.append(lines(*_standing(proposed, tongue)))
    buttons = _buttons(known, tongue, number)
    if buttons:
        blocks.append(row(buttons, block_id="kb.steps"))
    return shown(code_of(one.id), blocks, tongue, a=one.id)


def versions(known: Known, *, tongue: Tongue) -> View:
    """Show who wrote which version when, the newest first, with what each said."""
    one = known.article
    blocks: list[Block] = []
    for version in reversed(one.versions[-MOST_VERSIONS:]):
        said = version.content.in_(tongue.language)
        blocks.append(
            lines(
                *_standing(version, tongue),
                weave(tongue, "article.said_title", title=Bold(clip(one_line(said.title), 150))),
            )
        )
        blocks.append(SectionBlock(text=plain(clip(said.content, 500))))
    return shown(tongue("kb.versions"), blocks, tongue, a=one.id)


def _to_say(
    content: Content, reader: PersonId | None, handbook: Handbook, tongue: Tongue
) -> Content:
    """Fill its scripts in for a reader, each in its own language."""
    chinese = next(one for one in (tongue.language, handbook.language, "zh-Hans") if one != "en")
    texts = {
        key: Wording(
            one.title,
            said_by(
                one.content, reader, handbook, tongue, language="en" if key == "en" else chinese
            ),
        )
        for key, one in content.texts.items()
    }
    return replace(content, texts=texts)


def _words(content: Content, article: int, tongue: Tongue) -> Iterator[Block]:
    """The reader's language first, then the other."""
    first = content.in_(tongue.language)
    yield HeaderBlock(text=plain(named(article, first.title), HEADER_LIMIT))
    for part in pieces(visible(first.content)):
        yield SectionBlock(text=plain(part))
    for other in content.texts.values():
        if other == first:
            continue
        yield ContextBlock(elements=[plain(clip(one_line(other.title), HEADER_LIMIT))])
        for part in pieces(visible(other.content)):
            yield SectionBlock(text=plain(part))


def _facts(known: Known, handbook: Handbook, tongue: Tongue) -> Iterator[Run]:
    one = known.article
    yield weave(
        tongue, "article.kind", kind=kind_of(one.shown.content, handbook=handbook, tongue=tongue)
    )
    yield weave(tongue, "article.created", who=creator(one, tongue), at=one.created_at)
    yield weave(tongue, "article.updated", who=updater(one, tongue), at=one.updated_at)
    yield weave(tongue, "article.owner_uses", who=person(one.owner, tongue), uses=known.uses)
    if one.newest.standing is Standing.RETIRED:
        yield weave(tongue, "article.is_retired")


def _proposed(version: Version, article: int, tongue: Tongue) -> Iterator[Block]:
    yield lines(weave(tongue, "article.proposed_words"), *_standing(version, tongue))
    yield from _words(version.content, article, tongue)


def _standing(version: Version, tongue: Tongue) -> Iterator[Run]:
    yield weave(
        tongue,
        "article.version",
        number=version.number,
        who=person(version.by, tongue),
        at=version.at,
        standing=Bold(tongue(f"article.standing.{version.standing}")),
    )
    if version.note:
        yield weave(tongue, "article.note", note=clip(one_line(version.note), NOTE_LIMIT))
    if version.decided_by and version.decided_at:
        yield weave(
            tongue,
            "article.decided",
            who=person(version.decided_by, tongue),
            at=version.decided_at,
        )
    if version.reason:
        yield weave(tongue, "article.sent_back", reason=clip(one_line(version.reason), NOTE_LIMIT))


def _buttons(known: Known, tongue: Tongue, number: Number | None) -> list[ButtonElement]:
    one = known.article
    here, standing = pack(a=one.id), one.newest.standing
    read = pack(a=one.id, v=one.newest.number)  # nobody decides on what they have not seen
    buttons = []
    if number and one.is_published:
        use = pack(a=one.id, n=number)
        buttons.append(button(ActionId.KB_USE, tongue("kb.use"), use, style="primary"))
    if known.approves:
        buttons.append(button(ActionId.KB_APPROVE, tongue("kb.approve"), read, style="primary"))
    if known.keeps and standing is Standing.WAITING:
        buttons.append(button(ActionId.KB_SEND_BACK, f"{tongue('kb.send_back')}…", read))
    if known.sees_proposed and standing is Standing.DRAFT:
        buttons.append(button(ActionId.KB_SUBMIT, tongue("kb.submit"), here))
    if known.proposes and standing is not Standing.RETIRED:
        buttons.append(button(ActionId.KB_CHANGE, f"{tongue('kb.change')}…", here))
    if known.sees_proposed and len(one.versions) > 1:
        buttons.append(button(ActionId.KB_VERSIONS, tongue("kb.versions"), here))
    if known.keeps:
        buttons.append(_ending(known, here, tongue))
    return buttons


def _ending(known: Known, here: str, tongue: Tongue) -> ButtonElement:
    if known.article.newest.standing is Standing.RETIRED:
        return button(ActionId.KB_RESTORE, tongue("kb.restore"), here)
    gone = button(ActionId.KB_RETIRE, tongue("kb.retire"), here, style="danger")
    gone.confirm = ConfirmObject(
        title=plain(tongue("kb.retire_title"), 100),
        text=plain(tongue("kb.retire_text"), 300),
        confirm=plain(tongue("kb.retire"), 30),
        deny=plain(tongue("button.cancel"), 30),
    )
    return gone
