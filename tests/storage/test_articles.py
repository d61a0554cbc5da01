"""The knowledge base on both engines: versions kept, found as a plain scan finds them, seen by whom they are for."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import article_search
from storage.backups.lines import Shape, keep, search_lines, tables
from storage.backups.lines import lines as lines_of
from storage.database import JOBS, Database
from storage.records import SqlRecords
from tests.conftest import copied
from tests.storage.articles import KEEPER, a_content, a_shelf, keep_article
from tests.storage.cases import ENGINEER, LOGGER, NINE, STRANGER, keep_case
from tests.storage.test_search import scan, texts
from tickets.errors import Conflict, NotFound
from tickets.knowledge import moves
from tickets.knowledge.article import Article, Moment, Scenario, Standing
from tickets.knowledge.product import Task, ToDo
from tickets.knowledge.shelves import Line, Shelf
from tickets.knowledge.suggesting import suggested

pytestmark = pytest.mark.requirement(125)
LATER = NINE + timedelta(hours=1)
SINCE = NINE - timedelta(days=92)


def lines(records: SqlRecords, words: str = "", **named: object) -> tuple[Line, ...]:
    with records.read() as unit:
        return unit.articles.page(a_shelf(words, **named)).lines  # type: ignore[arg-type]


def found(records: SqlRecords, words: str = "", **named: object) -> list[int]:
    return [line.id for line in lines(records, words, **named)]


def read(records: SqlRecords, article: int) -> Article:
    with records.read() as unit:
        return unit.articles.get(article)


def test_an_article_comes_back_as_it_was_kept(records: SqlRecords) -> None:
    content = a_content(
        moment=Moment.SOOTHING, cases=frozenset({"after_sales/fault"}), en=("Returns", "In 5 days")
    )
    with records.write() as unit:
        kept = keep_article(unit, content)

    assert read(records, kept.id) == kept


def test_every_version_stays_and_readers_see_the_published_one(records: SqlRecords) -> None:
    with records.write() as unit:
        first = keep_article(unit)
        second = moves.changed(
            first, a_content("退换货流程", "7天内寄回"), based_on=1, by=ENGINEER, at=LATER
        )
        unit.articles.save(second, was=first)

    assert found(records, "3天内") == [first.id]
    assert found(records, "7天内") == []

    with records.write() as unit:
        third = moves.approve(second, by=KEEPER, at=LATER, keepers={KEEPER})
        unit.articles.save(third, was=second)

    kept = read(records, first.id)
    assert [one.standing for one in kept.versions] == [Standing.REPLACED, Standing.PUBLISHED]
    assert [one.content.texts["zh"].title for one in kept.versions] == [
        "退换货申请流程",
        "退换货流程",
    ]
    assert found(records, "3天内") == []
    assert found(records, "7天内") == [first.id]


def test_the_second_of_two_changes_is_told(records: SqlRecords) -> None:
    with records.write() as unit:
        first = keep_article(unit)
    one = moves.changed(first, a_content("甲"), based_on=1, by=ENGINEER, at=LATER)
    other = moves.changed(first, a_content("乙"), based_on=1, by=LOGGER, at=LATER)
    with records.write() as unit:
        unit.articles.save(one, was=first)

    with pytest.raises(Conflict), records.write() as unit:
        unit.articles.save(other, was=first)

    assert read(records, first.id) == one


def test_there_is_no_other(records: SqlRecords) -> None:
    with pytest.raises(NotFound):
        read(records, 99)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kept=st.lists(texts, min_size=1, max_size=8),
    asked=st.lists(texts, min_size=1, max_size=12),
)
def test_a_search_finds_what_a_plain_scan_finds(
    records: SqlRecords, kept: list[str], asked: list[str]
) -> None:
    with records.write() as unit:
        articles = {keep_article(unit, a_content("。", text)).id: text for text in kept}
    pieces = [text[at : at + 3] for text in kept for at in range(0, len(text), 2)]

    for query in [q for q in asked + pieces if q.strip()]:
        hits = set(found(records, query, size=1000)) & set(articles)
        assert hits == {number for number, text in articles.items() if scan(text, query)}, query


def flat(text: str) -> str:
    return " ".join(text.split())


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(kept=st.lists(texts.filter(str.strip), min_size=1, max_size=6))
def test_a_snippet_is_a_piece_of_its_text_around_the_hit(
    records: SqlRecords, kept: list[str]
) -> None:
    with records.write() as unit:
        articles = {keep_article(unit, a_content("。", text)).id: text for text in kept}

    for text in kept:
        for query in {text[at : at + 2] for at in range(len(text))}:
            for line in lines(records, query, size=1000):
                if line.id in articles:
                    cut = line.snippet
                    whole = f"{cut.before}{cut.hit}{cut.after}".strip("…")
                    assert flat(whole) in flat(articles[line.id])


def test_widths_cases_and_scripts_are_folded_alike(database: Database, records: SqlRecords) -> None:
    alike = str.maketrans("維電話貨", "维电话货")
    folding = SqlRecords(
        database=database, vault=records.vault, fold_text=lambda text: text.translate(alike)
    )
    with folding.write() as unit:
        number = keep_article(unit, a_content("維修電話", "請打ＡＢＣ 500。維修電話在背面")).id

    for query in ("维修电话", "維修電話", "abc", "ABC", "ａｂｃ"):
        assert found(folding, query) == [number]
    assert lines(folding, "abc")[0].snippet.hit == "ＡＢＣ"
    assert lines(folding, "维修电话")[0].snippet.hit == "維修電話"


def test_newest_first_by_pages_of_twenty_with_the_whole_count(records: SqlRecords) -> None:
    with records.write() as unit:
        ids = [keep_article(unit, a_content(f"退款{n}")).id for n in range(45)]

    with records.read() as unit:
        pages = [unit.articles.page(a_shelf("退款", page=page)) for page in (1, 2, 3, 4)]

    assert [line.id for page in pages for line in page.lines] == ids[::-1]
    assert {page.total for page in pages} == {45}
    assert not any(page.goes_on for page in pages)


@pytest.mark.parametrize("words", ["退款", "退款须知"])
def test_hits_are_counted_as_far_as_somebody_turns_the_page(
    records: SqlRecords, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(article_search, "MOST_COUNTED", 30)
    with records.write() as unit:
        ids = [keep_article(unit, a_content(f"退款须知{n}")).id for n in range(70)]
        keep_article(unit, a_content("退款,款须,须知"))

    with records.read() as unit:
        pages = [unit.articles.page(a_shelf(words, page=page)) for page in (1, 2, 4, 5)]

    behind = 71 if words == "退款" else 70
    assert [(page.total, page.goes_on) for page in pages] == [
        (40, True),
        (60, True),
        (behind, False),
        (behind, False),
    ]
    assert pages[2].lines[-1].id == ids[0]


@pytest.mark.parametrize("words", ["退款", "退款须知"])
def test_words_are_searched_among_the_stale_alone(records: SqlRecords, words: str) -> None:
    with records.write() as unit:
        ids = [keep_article(unit, a_content(f"退款须知{n}")).id for n in range(3)]

    def stale(days: int) -> list[int]:
        before = NINE + timedelta(days=days)
        return found(records, words, shelf=Shelf.STALE, stale_before=before, used_since=NINE)

    assert stale(900) == ids[::-1]
    assert stale(-900) == []


def test_category_and_scenario_narrow_list_and_search(records: SqlRecords) -> None:
    with records.write() as unit:
        product = keep_article(
            unit, a_content("退款说明", category="product", scenario=Scenario.PRE_SALES)
        ).id
        process = keep_article(unit, a_content("退款流程")).id

    for words in ("", "退款"):
        assert set(found(records, words)) == {product, process}
        assert found(records, words, category="product") == [product]
        assert found(records, words, scenario=Scenario.AFTER_SALES) == [process]
        assert found(records, words, category="product", scenario=Scenario.AFTER_SALES) == []


def test_what_is_not_published_is_seen_by_its_people_and_the_keepers(records: SqlRecords) -> None:
    with records.write() as unit:
        waiting = keep_article(unit, publish=False).id
        draft = keep_article(unit, publish=False, standing=Standing.DRAFT).id

    for words in ("", "退换货"):
        assert found(records, words) == []
        for shelf, one in ((Shelf.WAITING, waiting), (Shelf.DRAFTS, draft)):
            assert found(records, words, shelf=shelf) == [one]
            assert found(records, words, shelf=shelf, person=STRANGER) == []
            assert found(records, words, shelf=shelf, person=KEEPER, keeps=True) == [one]


def test_retired_ones_leave_the_readers(records: SqlRecords) -> None:
    with records.write() as unit:
        kept = keep_article(unit)
        unit.articles.save(moves.retire(kept, by=KEEPER, at=LATER), was=kept)

    assert found(records, "退换货") == []
    assert found(records, "退换货", shelf=Shelf.RETIRED, keeps=True) == [kept.id]


def test_uses_of_the_last_months_count_once_a_ticket(records: SqlRecords) -> None:
    with records.write() as unit:
        article = keep_article(unit)
        first, second, old = (keep_case(unit).number for _ in range(3))
        for number, at in ((first, NINE), (first, LATER), (second, NINE)):
            unit.articles.use(article.id, number, by=LOGGER, at=at)
        unit.articles.use(article.id, old, by=LOGGER, at=SINCE - timedelta(days=1))

    assert lines(records)[0].uses == 2
    with records.read() as unit:
        assert unit.articles.uses([article.id, 7], since=SINCE) == {article.id: 2, 7: 0}


@pytest.mark.parametrize("used", [False, True])
def test_stale_is_what_nobody_looked_after_or_used(records: SqlRecords, used: bool) -> None:
    with records.write() as unit:
        old = keep_article(unit, days_ago=181)
        keep_article(unit, days_ago=179)
        if used:
            unit.articles.use(old.id, keep_case(unit).number, by=LOGGER, at=NINE)

    assert found(records, shelf=Shelf.STALE, keeps=True) == ([] if used else [old.id])
    assert found(records, "退换货", shelf=Shelf.STALE) == ([] if used else [old.id])


def offered(records: SqlRecords, words: str, category: str = "") -> tuple[int, ...]:
    with records.read() as unit:
        articles = unit.articles
        candidates = articles.candidates(words, category, since=SINCE)
        return suggested(articles.words_of(words), category, candidates)


def test_articles_are_offered_by_what_they_speak_of_and_by_category(records: SqlRecords) -> None:
    with records.write() as unit:
        login = keep_article(unit, a_content("多设备登录", "手机、电脑和平板可同时登录")).id
        returns = keep_article(unit, a_content(cases=frozenset({"after_sales/returns"}))).id
        keep_article(unit, a_content("发票", "电子发票在下单后开具"), publish=False)

    assert offered(records, "客户问能否在多设备登录同一账号") == (login,)
    assert offered(records, "包装破损", "after_sales/returns") == (returns,)
    assert offered(records, "客户要开发票") == ()
    assert offered(records, "") == ()


def test_an_article_is_found_again_by_category_and_title(records: SqlRecords) -> None:
    with records.write() as unit:
        kept = keep_article(unit, a_content("Ａ 流程", en=("Returns", "Text")))

    with records.read() as unit:
        assert unit.articles.find("process", "a  流程") == kept
        assert unit.articles.find("process", "returns") == kept
        assert unit.articles.find("product", "returns") is None


def test_scripts_of_a_moment_and_all_published(records: SqlRecords) -> None:
    with records.write() as unit:
        script = keep_article(unit, a_content(category="script", moment=Moment.OPENING))
        other = keep_article(unit)
        keep_article(unit, publish=False)

    with records.read() as unit:
        assert list(unit.articles.scripts()) == [script]
        assert list(unit.articles.published()) == [script, other]


def test_a_task_of_a_new_product_is_ticked_once(records: SqlRecords) -> None:
    one = ToDo(
        id="t1",
        list_id="l1",
        product="KF-36",
        task=Task.SOP,
        owner=LOGGER,
        asked_by=KEEPER,
        asked_at=NINE,
    )
    with records.write() as unit:
        unit.articles.add_to_do([one])
        assert unit.articles.tick("t1", by=LOGGER, at=LATER)
        assert not unit.articles.tick("t1", by=KEEPER, at=LATER)

    with records.read() as unit:
        assert unit.articles.to_do("l1") == [replace(one, done_by=LOGGER, done_at=LATER)]


def test_a_backup_brings_articles_their_versions_and_their_words_along(
    database: Database, records: SqlRecords, empty_desk: Path, tmp_path: Path
) -> None:
    with records.write() as unit:
        kept = keep_article(unit)
        again = moves.changed(
            kept, a_content("退换货", "七天内"), based_on=1, by=ENGINEER, at=LATER
        )
        unit.articles.save(again, was=kept)
        unit.articles.use(kept.id, keep_case(unit).number, by=LOGGER, at=NINE)
    other = copied(tmp_path / "other.db", empty_desk)
    chosen = tables(only=("articles", "article_versions", "article_uses"))

    with database.reading() as source, other.writing(JOBS) as target:
        written = [*lines_of(source, chosen), *search_lines(source)]
        for name in dict.fromkeys(name for name, _ in written):
            head, *rows = (line for named, line in written if named == name)
            if rows:
                keep(target, Shape.read(head), rows)  # type: ignore[arg-type]

    restored = SqlRecords(database=other, vault=records.vault, fold_text=str)
    assert read(restored, kept.id) == again
    assert found(restored, "3天内") == [kept.id]
    assert lines(restored)[0].uses == 1
    other.dispose()
