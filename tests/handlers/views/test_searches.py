"""Search on screen: the form of filters, hits that stand out, saved searches; within Slack's limits, inert."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from handlers.forms import Fields
from handlers.search_fields import picked
from handlers.search_values import Sought
from handlers.views import labels
from handlers.views.lists import Asked, listed
from handlers.views.saved import rename_form, save_form, saved_list, saved_select
from handlers.views.search_form import filters_form
from handlers.views.search_said import said as said_of
from tests.handlers.views.conftest import ANN, EVE, NOON
from tests.handlers.views.hostile import texts
from tests.handlers.views.slack_rules import check_screen, check_view, nodes, said
from tests.handlers.views.test_lists import a_page
from tickets.case.filters import Filters, Order
from tickets.case.listing import Scope
from tickets.case.saved_search import SavedSearch
from tickets.case.shown import Shown, Side
from tickets.case.snippet import Snippet
from tickets.case.values import Kind, Priority, Status
from tickets.desk.saved_searches import Saved
from tickets.errors import DeskError
from tickets.handbook import Handbook, Words
from tickets.handbook.routing import Category, SubCategory
from tickets.tongue import Tongue

ALL = Sought(
    words="冰箱",
    filters=Filters(
        statuses=frozenset(Status),
        departments=frozenset({"tech"}),
        people=frozenset({ANN, EVE}),
        nobody=True,
        categories=frozenset({"after_sales", "after_sales/fault"}),
        kinds=frozenset(Kind),
        priorities=frozenset(Priority),
        scores=frozenset(range(1, 6)),
        authorities=frozenset({"12315", "platform"}),
        overdue=True,
        open_only=True,
    ),
    order=Order.RELEVANCE,
    first=date(2026, 10, 1),
    last=date(2026, 10, 15),
)


def a_saved(place: int, **changes: object) -> Saved:
    named: dict[str, object] = {
        "id": f"00000000-0000-4000-8000-{place:012}",
        "owner": ANN,
        "name": f"搜索{place}",
        "line": "冰箱 overdue",
        "saved_at": NOON,
    }
    return Saved(SavedSearch(**(named | changes)), is_kept_by_reader=True)


def test_the_form_holds_everything_that_narrows(handbook: Handbook, tongue: Tongue) -> None:
    view = check_view(filters_form(ALL, "", handbook=handbook, tongue=tongue))

    filled = {
        block["block_id"]
        for block in view["blocks"]
        if any(name.startswith("initial") for name in block["element"])
    }
    assert filled >= {
        f"filter.{name}"
        for name in "words status department people category kind priority score authority from to only sort".split()
    }
    assert check_view(filters_form(Sought(), "", handbook=handbook, tongue=tongue))


MANY = {
    first: Category(
        key=first,
        name=Words({"zh-Hans": f"大类{first}", "en": first}),
        kind=Kind.INQUIRY,
        sub={
            key: SubCategory(key, Words({"zh-Hans": key, "en": key}), Kind.INQUIRY)
            for key in (f"{first}/s{place}" for place in range(12))
        },
    )
    for first in (f"c{place}" for place in range(12))
}


def test_every_category_can_be_picked_of_a_desk_that_has_many(
    handbook: Handbook, tongue: Tongue
) -> None:
    sought = replace(ALL, filters=Filters(categories=frozenset({"c11", "c11/s11"})))

    view = check_view(
        filters_form(sought, "", handbook=replace(handbook, categories=MANY), tongue=tongue)
    )

    picker = next(one["element"] for one in view["blocks"] if one["block_id"] == "filter.category")
    offered = [one["value"] for group in picker["option_groups"] for one in group["options"]]
    assert len(offered) == 12 * 13
    assert {one["value"] for one in picker["initial_options"]} == {"c11", "c11/s11"}


def test_a_period_stands_in_the_form_as_itself(handbook: Handbook, tongue: Tongue) -> None:
    sought = replace(ALL, period="this-week")

    view = check_view(filters_form(sought, "", handbook=handbook, tongue=tongue))

    blocks = {block["block_id"]: block["element"] for block in view["blocks"]}
    assert blocks["filter.period"]["initial_option"]["value"] == "this-week"
    assert "initial_date" not in blocks["filter.from"]


def test_a_word_that_two_statuses_share_is_said_once(handbook: Handbook, tongue: Tongue) -> None:
    both = frozenset({Status.ACCEPTED, Status.IN_PROGRESS})
    sought = Sought(filters=Filters(statuses=both))
    same = dict.fromkeys(both, Words({"en": "going on", "zh-Hans": "处理中", "zh-Hant": "處理中"}))
    labelled = replace(handbook, status_labels=same)

    line = said_of(sought, handbook=labelled, tongue=tongue)

    assert line.count(same[Status.ACCEPTED].in_(tongue.language)) == 1


@pytest.mark.requirement(69)
def test_statuses_are_picked_by_the_words_that_cards_show(
    handbook: Handbook, tongue: Tongue
) -> None:
    split = replace(
        handbook,
        status_labels={
            Status.NEW: Words({"zh-Hans": "待受理", "zh-Hant": "待受理", "en": "To do"}),
            Status.ACCEPTED: Words({"zh-Hans": "已受理", "zh-Hant": "已受理", "en": "Received"}),
        },
        shown_labels={
            Shown.ASSIGNED: Words({"zh-Hans": "已受理", "zh-Hant": "已受理", "en": "Received"})
        },
    )
    sought = Sought(filters=Filters(sides=frozenset({Side.ASSIGNED})))

    view = check_view(filters_form(sought, "", handbook=split, tongue=tongue))

    picker = next(one["element"] for one in view["blocks"] if one["block_id"] == "filter.status")
    offered = {one["value"]: one["text"]["text"] for one in picker["options"]}
    assert len(set(offered.values())) == len(offered)
    assert offered["new/unassigned"] == labels.status(Status.NEW, split, tongue)
    assert offered["accepted,new/assigned"] == labels.status(Status.ACCEPTED, split, tongue)
    assert [one["value"] for one in picker["initial_options"]] == ["accepted,new/assigned"]
    assert said_of(sought, handbook=split, tongue=tongue).endswith(offered["accepted,new/assigned"])
    for value in offered:
        sent = {"filter.status": {"value": {"selected_options": [{"value": value}]}}}
        read = picked(Fields(sent)).filters
        assert read.parts == frozenset(
            Side(one) if "/" in one else Status(one) for one in value.split(",")
        )


@pytest.mark.proves("X04")
@pytest.mark.parametrize("value", ["", "nice", "new/", "new/nice", "new,", "closed,new/assigned;"])
def test_statuses_that_no_form_offers_are_refused(value: str) -> None:
    sent = {"filter.status": {"value": {"selected_options": [{"value": value}]}}}

    with pytest.raises(DeskError):
        picked(Fields(sent))


def test_a_full_page_of_hits_keeps_slacks_limits(handbook: Handbook, tongue: Tongue) -> None:
    page = a_page(20, page=2, total=300)
    hits = {line.number: Snippet("…" + "前" * 19, "冰箱", "后" * 88) for line in page.lines}
    narrowed = said_of(ALL, handbook=handbook, tongue=tongue)
    asked = Asked(scope=Scope.ALL, searched="冰箱", narrowed=narrowed, kept="k1")

    screen = check_screen(
        listed(replace(page, hits=hits), asked, handbook=handbook, tongue=tongue, now=NOON)
    )

    mark = "[冰箱]" if tongue.language == "en" else "【冰箱】"
    assert said(screen).count(mark) == 20
    assert "300" in said(screen)
    actions = {node["action_id"] for node in nodes(screen) if "action_id" in node}
    assert actions >= {"search.filter", "search.save", "list.page", "list.scope"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(text=texts)
@pytest.mark.proves("X13")
def test_what_is_searched_found_and_named_is_inert(
    handbook: Handbook, tongue: Tongue, text: str
) -> None:
    page = a_page(2)
    hits = {line.number: Snippet(text[:20], text[20:30], text[30:]) for line in page.lines}
    asked = Asked(scope=Scope.ALL, searched=text, narrowed=text, kept="k1")
    saved = [a_saved(1, name=text or "x", line=text or "x")]

    assert check_screen(
        listed(replace(page, hits=hits), asked, handbook=handbook, tongue=tongue, now=NOON)
    )
    assert check_screen(saved_list(saved, 1, handbook=handbook, tongue=tongue))
    form = filters_form(replace(ALL, words=text), "", handbook=handbook, tongue=tongue)
    assert check_view(form)
    assert check_view(rename_form(saved[0].search, tongue))


def test_many_saved_searches_are_turned_over(handbook: Handbook, tongue: Tongue) -> None:
    many = [a_saved(place, department="tech") for place in range(45)]

    first = check_screen(saved_list(many, 1, handbook=handbook, tongue=tongue))
    last = check_screen(saved_list(many, 99, handbook=handbook, tongue=tongue))

    assert "搜索9" in said(first)
    assert "搜索10" not in said(first)
    assert "搜索44" in said(last)
    assert len(saved_select([a_saved(place) for place in range(150)], tongue).options or ()) == 100


def test_only_who_may_share_is_asked_with_whom(handbook: Handbook, tongue: Tongue) -> None:
    alone = check_view(save_form("k", (), handbook=handbook, tongue=tongue))
    shared = check_view(save_form("k", ("tech",), handbook=handbook, tongue=tongue))

    assert [block["block_id"] for block in alone["blocks"]] == ["saved.name"]
    assert [block["block_id"] for block in shared["blocks"]] == ["saved.name", "saved.share"]
