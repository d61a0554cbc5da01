"""Screens of the knowledge base: within Slack's limits whatever people write, nothing of it alive (R125, R126)."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from handlers.views.article import article, versions
from handlers.views.article_form import Start, article_form, send_back_form
from handlers.views.article_offers import offers
from handlers.views.articles import shelf
from handlers.views.ids import ActionId
from handlers.views.product import product_form
from tests.handlers.views.conftest import ANN, EVE, NOON
from tests.handlers.views.hostile import texts
from tests.handlers.views.slack_rules import Json, as_json, check_view, nodes, said
from tickets.case.snippet import Snippet
from tickets.case.values import Number
from tickets.desk.articles import Asked, Found, Known
from tickets.desk.articles_product import Checklist
from tickets.handbook import Handbook, Words
from tickets.knowledge import moves
from tickets.knowledge.article import LONGEST, Article, Content, Moment, Scenario, Standing, Wording
from tickets.knowledge.product import MOST_ARTICLES, Task
from tickets.knowledge.shelves import Line, Page, Shelf, Suggestion
from tickets.tongue import Tongue

pytestmark = pytest.mark.requirement(125)
hostile = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def a_line(number: int = 1, words: str = "清洗滤网", **changes: object) -> Line:
    plain = Line(
        id=number,
        standing=Standing.PUBLISHED,
        is_live=True,
        category="process",
        scenario=Scenario.AFTER_SALES,
        moment=None,
        title=words,
        snippet=Snippet(words[:20], words[20:40], words[40:90]),
        owner=ANN,
        updated_by=EVE,
        updated_at=NOON,
        uses=120,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def a_content(words: str) -> Content:
    said_so = Wording(words[:150] or "题", words[:LONGEST] or "文")
    return Content(
        category="script",
        moment=Moment.CLOSING,
        cases=frozenset({"after_sales/fault"}),
        texts={"zh": said_so, "en": replace(said_so, title="T")},
    )


def known(words: str, one: Article | None = None) -> Known:
    """An article as its keeper sees it, with a change that waits beside what is published."""
    live = moves.published(moves.begun(1, a_content(words), by=ANN, at=NOON), by=EVE, at=NOON)
    waiting = moves.changed(live, a_content(words), based_on=1, by=ANN, at=NOON, note=words)
    return Known(
        article=one or replace(waiting, names={"created_by": words}),
        uses=3,
        keeps=True,
        proposes=True,
        approves=True,
        sees_proposed=True,
    )


def buttons(view: Json) -> set[str]:
    return {str(node["action_id"]) for node in nodes(view) if node.get("type") == "button"}


@hostile
@given(words=texts)
def test_no_screen_goes_over_a_limit_or_comes_alive(
    handbook: Handbook, english: Tongue, words: str
) -> None:
    lines = tuple(a_line(number, words) for number in range(1, 21))
    found = Found(page=Page(lines, 5000, 3, 20), keeps=True, proposes=True)
    asked = Asked(shelf=Shelf.WAITING, words=words[:200], page=3)
    one = known(words)

    check_view(shelf(found, asked, handbook=handbook, tongue=english))
    check_view(article(one, handbook=handbook, tongue=english, number=Number("20250922003")))
    check_view(versions(one, tongue=english))
    start = Start(content=a_content(words), article=one.article)
    check_view(article_form(start, handbook=handbook, tongue=english))
    check_view(send_back_form(one.article, 1, tongue=english))
    tasks = tuple((Task.ARTICLE, number, ANN) for number in range(1, MOST_ARTICLES + 1))
    every = tuple((task, None, EVE) for task in Task if task is not Task.ARTICLE)
    titles = dict.fromkeys(range(1, MOST_ARTICLES + 1), words)
    listed = Checklist(product=words[:80], tasks=(*every, *tasks), titles=titles)
    check_view(product_form(listed, english))
    offered = [Suggestion(id=number, wording=Wording(words, words)) for number in (1, 2, 3)]
    assert as_json(list(offers(offered, english, used=frozenset({2}))))


@pytest.mark.parametrize(
    ("goes_on", "count", "where"),
    [(True, "More than 1,000 articles", "Page 2"), (False, "1,000 articles", "Page 2 of 50")],
)
def test_more_hits_than_are_counted_say_so(
    handbook: Handbook, english: Tongue, count: str, where: str, *, goes_on: bool
) -> None:
    lines = tuple(a_line(number, "退货") for number in range(1, 21))
    found = Found(page=Page(lines, 1_000, 2, 20, goes_on), keeps=False, proposes=False)

    view = check_view(shelf(found, Asked(words="退货", page=2), handbook=handbook, tongue=english))

    told = [
        element["text"]
        for node in nodes(view)
        if node.get("type") == "context"
        for element in node["elements"]
    ]
    assert told[0].startswith(count)
    assert told[-1] == where


def test_a_long_history_shows_its_newest_versions(english: Tongue) -> None:
    one = known("文").article
    for place in range(3, 60):
        new = a_content(f"第{place}版" * 1000)
        one = moves.changed(one, new, based_on=one.newest.number, by=ANN, at=NOON)

    view = check_view(versions(known("文", one), tongue=english))

    assert "Version 59 " in said(view).replace("  ", " ")


def test_the_page_says_what_was_found_with_the_hit_in_bold(
    handbook: Handbook, tongue: Tongue
) -> None:
    line = a_line(7, "退换货流程", snippet=Snippet("…提交", "退货", "申请…"))
    found = Found(page=Page((line,), 1, 1, 20), keeps=False, proposes=True)

    view = check_view(shelf(found, Asked(words="退货"), handbook=handbook, tongue=tongue))

    assert "K7 · 退换货流程" in said(view)
    bold = [n["text"] for n in nodes(view) if n.get("type") == "text" and n.get("style")]
    assert "退货" in bold
    assert ActionId.KB_NEW in buttons(view)
    assert ActionId.KB_PRODUCT not in buttons(view)
    typed = next(n for n in nodes(view) if n.get("block_id") == "kb.words")
    assert typed["element"]["initial_value"] == "退货"
    assert "退货" not in str(view.get("private_metadata"))


@pytest.mark.requirement(80)
@pytest.mark.parametrize(
    ("snippet", "says"),
    [
        (
            Snippet("…y}，工号{staff_no}为您服务，", "请问", "，这里是{compa…"),
            "…，工号8003为您服务，请问，这里是…",
        ),
        (Snippet("您好，{company}，", "工号", "{…"), "您好，星河家电，工号…"),
        (Snippet("…见}", "按{F1}", "或 {no…"), "…见}按{F1}或 {no…"),
        (Snippet("您好，这里是{compan…"), "您好，这里是…"),
    ],
)
def test_a_snippet_shows_no_piece_of_what_is_filled_in(
    handbook: Handbook, tongue: Tongue, snippet: Snippet, says: str
) -> None:
    handbook = replace(
        handbook,
        name=Words({tongue.language: "星河家电"}),
        people=replace(handbook.people, staff_no={ANN: "8003"}),
    )
    page = Page((a_line(7, "开场白", snippet=snippet),), 1, 1, 20)
    found = Found(page=page, keeps=False, proposes=False, reader=ANN)

    view = check_view(shelf(found, Asked(words="请问"), handbook=handbook, tongue=tongue))

    assert says in said(view).splitlines()


def test_who_only_reads_is_offered_no_change(handbook: Handbook, tongue: Tongue) -> None:
    reader = replace(known("文"), keeps=False, proposes=False, approves=False, sees_proposed=False)

    view = check_view(article(reader, handbook=handbook, tongue=tongue))

    assert buttons(view) == set()


def test_a_keeper_decides_and_whoever_works_on_a_ticket_takes_it_over(
    handbook: Handbook, tongue: Tongue
) -> None:
    view = check_view(
        article(known("文"), handbook=handbook, tongue=tongue, number=Number("20250922003"))
    )

    wanted = {ActionId.KB_USE, ActionId.KB_APPROVE, ActionId.KB_SEND_BACK, ActionId.KB_CHANGE}
    assert buttons(view) == wanted | {ActionId.KB_VERSIONS, ActionId.KB_RETIRE}


def test_nothing_found_says_what_to_do(handbook: Handbook, tongue: Tongue) -> None:
    found = Found(page=Page((), 0, 1, 20), keeps=False, proposes=False)

    view = check_view(shelf(found, Asked(words="彗星"), handbook=handbook, tongue=tongue))

    assert tongue("kb.nothing") in said(view)


def test_what_is_taken_over_is_said_and_not_offered_twice(tongue: Tongue) -> None:
    offered = [Suggestion(id=1, wording=Wording("题", "文"))]

    first = as_json(list(offers(offered, tongue)))
    second = as_json(list(offers(offered, tongue, used=frozenset({1}))))

    assert ActionId.KB_USE_HERE in str(first)
    assert ActionId.KB_USE_HERE not in str(second)
    assert tongue("kb.used_in_form") in said(second)
    of_a_ticket = list(offers(offered, tongue, used=frozenset({1}), number=Number("20250922003")))
    assert tongue("kb.used") in said(as_json(of_a_ticket))
    assert list(offers([], tongue)) == []
