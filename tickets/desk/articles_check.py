"""What a proposed article must have: words in one language at least, a known category, nothing of a customer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tickets.case.values import PersonId
from tickets.desk.context import Desk
from tickets.errors import Incomplete
from tickets.knowledge.article import (
    LONGEST,
    LONGEST_TITLE,
    SCRIPTS,
    Content,
    Standing,
    Wording,
)
from tickets.message import Message, say
from tickets.people.privacy import has_personal_data, redact


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A form as typed."""

    content: Content  # of which a language may have a title alone, or a content
    note: str = ""
    owner: PersonId | None = None
    own_numbers: bool = False  # the numbers and addresses in it are the company's own
    standing: Standing = Standing.WAITING


def checked(desk: Desk, proposal: Proposal) -> Content:
    """Give the content without languages that are empty. Raises Incomplete by field."""
    problems = dict(_problems(desk, proposal))
    if problems:
        raise Incomplete(problems)
    said = proposal.content
    texts = {language: one for language, one in said.texts.items() if one.title and one.content}
    return Content(
        category=said.category,
        scenario=said.scenario,
        moment=said.moment,
        cases=said.cases,
        texts=texts,
    )


def clean_note(desk: Desk, words: str) -> str:
    """Take personal data out of what is said beside an article."""
    return redact(words.strip(), phones=desk.phones.spans)


def _problems(desk: Desk, proposal: Proposal) -> Iterator[tuple[str, Message]]:
    said = proposal.content
    if said.category not in desk.handbook().knowledge.categories:
        yield "category", say("field.pick_one")
    if said.moment and said.category != SCRIPTS:
        yield "moment", say("article.moment_is_of_scripts")
    if not any(one.title or one.content for one in said.texts.values()):
        yield "title_zh", say("field.missing")
    for language, one in said.texts.items():
        yield from _of_language(desk, language, one, own_numbers=proposal.own_numbers)


def _of_language(
    desk: Desk, language: str, one: Wording, *, own_numbers: bool
) -> Iterator[tuple[str, Message]]:
    parts: Mapping[str, tuple[str, int]] = {
        f"title_{language}": (one.title, LONGEST_TITLE),
        f"content_{language}": (one.content, LONGEST),
    }
    half_said = bool(one.title) != bool(one.content)
    for name, (text, most) in parts.items():
        if half_said and not text:
            yield name, say("article.both_or_neither")
        elif len(text) > most:
            yield name, say("field.too_long", most=most)
        elif not own_numbers and has_personal_data(text, phones=desk.phones.spans):
            yield name, say("article.personal_data")
