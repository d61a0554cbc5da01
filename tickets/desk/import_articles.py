"""Articles by import: 表4 as a team keeps it (R125), published at once; safe to run twice."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

from tickets.case.log import OPERATOR
from tickets.desk.articles import counted_since
from tickets.desk.articles_check import Proposal, checked
from tickets.desk.context import Desk
from tickets.desk.import_customers import AT_ONCE, Came, NotAll, RowReport
from tickets.desk.surely import surely
from tickets.errors import Incomplete
from tickets.knowledge import moves
from tickets.knowledge.article import (
    SCRIPTS,
    Article,
    Content,
    Moment,
    Scenario,
    Wording,
    code_of,
)
from tickets.people.privacy import redact
from tickets.ports import AuditEntry, Unit
from tickets.sheets.counts import read_count
from tickets.sheets.moments import read_typed
from tickets.sheets.tables import Fold, fields_of, plain

IMPORT = "import_articles"

# Columns beyond the nine, for what an article has besides: the other language, when a script is said.
_MORE: Mapping[str, str] = {
    "英文标题": "title_en",
    "titleen": "title_en",
    "titleinenglish": "title_en",
    "英文内容": "content_en",
    "contenten": "content_en",
    "contentinenglish": "content_en",
    "适用类别": "cases",
    "offeredfor": "cases",
    "使用时机": "moment",
    "moment": "moment",
    "公司号码": "own_numbers",
    "ownnumbers": "own_numbers",
    "内容": "summary",
    "content": "summary",
}
_SCENARIOS = {
    **dict.fromkeys(("售前咨询", "售前", "presales", "beforethesale"), Scenario.PRE_SALES),
    **dict.fromkeys(("售后处理", "售后", "aftersales", "afterthesale"), Scenario.AFTER_SALES),
    **dict.fromkeys(("通用", "any", ""), Scenario.ANY),
}
_MOMENTS = {
    **dict.fromkeys(("开场白", "opening", "openingwords"), Moment.OPENING),
    **dict.fromkeys(("安抚语", "soothing", "soothingwords"), Moment.SOOTHING),
    **dict.fromkeys(("结束语", "closing", "closingwords"), Moment.CLOSING),
}
MOST_USES = 9_999  # of one article in three months
_YES = frozenset({"是", "yes", "y", "1", "true"})
_LONGEST_SHOWN = 40  # characters
_HAN = re.compile("[\u3400-\u9fff]")
_WHY = {
    "field.missing": "it has no title or no content",
    "field.pick_one": "its category is none of the desk's",
    "field.too_long": "a title has more than 150 characters or a content more than 3,000",
    "article.both_or_neither": "a title needs a content, and the other way round",
    "article.personal_data": "it holds what looks like a customer's number or address;"
    " if it is the company's own, say yes in a column 公司号码 (own numbers)",
    "article.moment_is_of_scripts": "only a script is said at a fixed moment",
}


def is_ours(headings: Sequence[str], fold: Fold) -> bool:
    """Tell whether a table is one of articles by its headings: its kind and its title."""
    return {"article_kind", "title"} <= {_field(one, fold) for one in headings}


def import_articles(
    desk: Desk,
    rows: Sequence[Mapping[str, str]],
    fold: Fold,
    *,
    dry_run: bool,
    whole: bool = False,
) -> Iterator[tuple[RowReport, ...]]:
    """Take rows in by parts, each one transaction; a dry run keeps nothing. Raises Busy.

    The same article is one of the same category and title. What a row leaves empty stays; the uses of one that
    is new here come along, later they are counted from tickets alone. `whole`: all of them are one transaction, and nothing is kept where one is refused.
    """
    size = max(1, len(rows)) if whole else AT_ONCE
    for begun in range(0, len(rows), size):
        some = list(_said(rows[begun : begun + size], begun + 2, fold))
        yield _tried(desk, some, fold) if dry_run else _kept(desk, some, fold, whole=whole)


Said = tuple[int, Mapping[str, str]]


def _tried(desk: Desk, rows: Sequence[Said], fold: Fold) -> tuple[RowReport, ...]:
    with desk.records.read() as unit:
        return tuple(_read(desk, unit, row, line, fold)[0] for line, row in rows)


def _kept(desk: Desk, rows: Sequence[Said], fold: Fold, *, whole: bool) -> tuple[RowReport, ...]:
    done: list[RowReport] = []

    def once() -> None:
        with desk.records.write() as unit:
            done[:] = [_take(desk, unit, row, line, fold) for line, row in rows]
            if whole and any(one.came is Came.REFUSED for one in done):
                raise NotAll
            counts = {str(came): sum(one.came is came for one in done) for came in Came}
            unit.audit.write(
                AuditEntry(
                    at=desk.clock.now(),
                    by=OPERATOR,
                    action=IMPORT,
                    number=None,
                    outcome="done",
                    detail=counts,
                )
            )

    with suppress(NotAll):
        surely(once)
    return tuple(done)


def _said(
    rows: Sequence[Mapping[str, str]], first: int, fold: Fold
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Leave out lines that say nothing of an article: above the headings, under the table."""
    for line, row in enumerate(rows, start=first):
        if any(text for name, text in row.items() if _field(name, fold) in {"title", "summary"}):
            yield line, row


def _take(desk: Desk, unit: Unit, row: Mapping[str, str], line: int, fold: Fold) -> RowReport:
    report, typed, content = _read(desk, unit, row, line, fold)
    if content is None or report.came is Came.SAME:
        return report
    now = desk.clock.now()
    created, updated = _day(desk, typed.get("created_on")), _day(desk, typed.get("updated_on"))
    names = {key: typed[key] for key in ("created_by", "updated_by") if typed.get(key)}
    known = unit.articles.find(content.category, _titles(content)[0])
    if known is None:
        new = moves.begun(unit.articles.next_id(), content, by=OPERATOR, at=created or now)
        kept = replace(moves.published(new, by=OPERATOR, at=updated or created or now), names=names)
        unit.articles.add(kept)
        unit.articles.bring_uses(kept.id, _moments(desk, typed, now), by=OPERATOR)
        return replace(report, code=code_of(kept.id))
    again = moves.changed(
        known, content, based_on=known.newest.number, by=OPERATOR, at=updated or now
    )
    kept = moves.published(again, by=OPERATOR, at=updated or now)
    unit.articles.save(replace(kept, names={**kept.names, **names}), was=known)
    return replace(report, code=code_of(kept.id))


def _read(
    desk: Desk, unit: Unit, row: Mapping[str, str], line: int, fold: Fold
) -> tuple[RowReport, Mapping[str, str], Content | None]:
    typed = {field: text for name, text in row.items() if (field := _field(name, fold)) and text}
    content, own = _content(desk, typed, fold), plain(typed.get("own_numbers", ""), fold) in _YES
    known = _same(unit, content)
    content = _filled(content, known, typed) if known else content
    try:
        content = checked(
            desk, Proposal(content=content, own_numbers=own or _is_said(content, known))
        )
    except Incomplete as problem:
        found = next(iter(problem.problems.values())).id
        return RowReport(line, Came.REFUSED, why=_WHY.get(found, found)), typed, None
    guessed = tuple(_guesses(desk, typed, fold))
    if known is None:
        guessed = (*guessed, *_doubts_of_uses(typed))
        return RowReport(line, Came.MADE, guessed=guessed), typed, content
    if known.is_published and known.shown.content == content:
        return RowReport(line, Came.SAME, code_of(known.id), guessed=guessed), typed, content
    guessed = (*guessed, *_own_count(desk, unit, known, typed))
    return RowReport(line, Came.CHANGED, code_of(known.id), guessed=guessed), typed, content


def _guesses(desk: Desk, typed: Mapping[str, str], fold: Fold) -> Iterator[str]:
    """Say what a row has that is not understood, and what is taken instead."""
    for name in ("created_on", "updated_on"):
        if name in typed and _day(desk, typed[name]) is None:
            yield f"{_shown(typed[name])} is no day: left out"
    if plain(typed.get("scenario", ""), fold) not in _SCENARIOS:
        yield f"{_shown(typed['scenario'])} is no scenario: 通用 (any)"
    if "moment" in typed and plain(typed["moment"], fold) not in _MOMENTS:
        yield f"{_shown(typed['moment'])} is no moment of a call: left out"
    for one in _cases(typed):
        if not desk.handbook().subcategory(one):
            yield f"{_shown(one)} is no category of cases: left out"


def _doubts_of_uses(typed: Mapping[str, str]) -> Iterator[str]:
    count = read_count(typed.get("uses", ""))
    if count is None and "uses" in typed:
        yield f"{_shown(typed['uses'])} is no number of uses: left out"
    elif count and count > MOST_USES:
        yield f"{_shown(typed['uses'])} uses: taken as {MOST_USES}"


def _own_count(desk: Desk, unit: Unit, known: Article, typed: Mapping[str, str]) -> Iterator[str]:
    """Say that an article that is here already keeps the desk's own count."""
    own = unit.articles.uses([known.id], since=counted_since(desk))[known.id]
    if "uses" in typed and read_count(typed["uses"]) != own:
        yield f"{_shown(typed['uses'])} uses are left out: the desk counts {own} itself"


def _moments(desk: Desk, typed: Mapping[str, str], now: datetime) -> Sequence[datetime]:
    """Spread the uses that a sheet counts evenly over the months it counts: they leave the count as they age."""
    count = min(read_count(typed.get("uses", "")) or 0, MOST_USES)
    since = counted_since(desk)
    return [since + (now - since) * (2 * place + 1) / (2 * count) for place in range(count)]


def _shown(typed: str) -> str:
    return f"'{redact(typed)[:_LONGEST_SHOWN]}'"


def _content(desk: Desk, typed: Mapping[str, str], fold: Fold) -> Content:
    texts = {}
    title, words = typed.get("title", ""), typed.get("summary", "")
    if title or words:
        texts["zh" if _HAN.search(title + words) else "en"] = Wording(title, words)
    if "title_en" in typed or "content_en" in typed:
        texts["en"] = Wording(typed.get("title_en", ""), typed.get("content_en", ""))
    moment = _MOMENTS.get(plain(typed.get("moment", ""), fold))
    return Content(
        category=_category(desk, typed.get("article_kind", ""), fold),
        scenario=_SCENARIOS.get(plain(typed.get("scenario", ""), fold), Scenario.ANY),
        moment=moment,
        cases=frozenset(one for one in _cases(typed) if desk.handbook().subcategory(one)),
        texts=texts,
    )


def _cases(typed: Mapping[str, str]) -> Sequence[str]:
    return [one for one in re.split(r"[\s,，、;；]+", typed.get("cases", "")) if one]


def _category(desk: Desk, typed: str, fold: Fold) -> str:
    wanted = plain(typed, fold)
    for key, words in desk.handbook().knowledge.categories.items():
        if wanted in {plain(one, fold) for one in (key, *words.values())}:
            return key
    return SCRIPTS if wanted in {"话术", "话术库"} else ""


def _same(unit: Unit, content: Content) -> Article | None:
    found = (unit.articles.find(content.category, one) for one in _titles(content))
    return next((one for one in found if one), None)


def _titles(content: Content) -> Sequence[str]:
    return [one.title for one in content.texts.values() if one.title]


def _filled(content: Content, known: Article, typed: Mapping[str, str]) -> Content:
    """What a row does not say stays as it is."""
    was = known.shown.content
    return replace(
        content,
        scenario=content.scenario if "scenario" in typed else was.scenario,
        moment=content.moment if "moment" in typed else was.moment,
        cases=content.cases if "cases" in typed else was.cases,
        texts={**was.texts, **content.texts},
    )


def _is_said(content: Content, known: Article | None) -> bool:
    """What stands in a published article already was looked at when it came in."""
    return known is not None and known.is_published and known.shown.content.texts == content.texts


def _day(desk: Desk, typed: str | None) -> datetime | None:
    read = read_typed(typed) if typed else None
    day: date | None = read.day if read else None
    return desk.calendar().start_of(day) if day else None


def _field(heading: str, fold: Fold) -> str | None:
    more = _MORE.get(plain(heading, fold))
    return more or next(iter(fields_of(heading, fold)), None)
