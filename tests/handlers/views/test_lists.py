from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings

from handlers.views.glance import status
from handlers.views.home import Work, home, stranger
from handlers.views.ids import ActionId
from handlers.views.lists import Asked, help_, listed, menu, whole_ticket
from handlers.views.meta import unpack
from handlers.views.retro_list import AT_HOME
from tests.handlers.views.conftest import ANN, EVE, NOON
from tests.handlers.views.hostile import texts
from tests.handlers.views.lives import a_sheet
from tests.handlers.views.slack_rules import Json, check_screen, check_view, nodes, said
from tickets.case import facts as f
from tickets.case.listing import Line, Page, Scope, Tally
from tickets.case.values import ContactChannel, CustomerId, Kind, Number, Priority, Status, Text
from tickets.desk.absence import Duty
from tickets.desk.duties import Duties, MyPromise, Part
from tickets.desk.first_contact import FirstContact
from tickets.handbook import Handbook
from tickets.insight.calls import OwedCall
from tickets.tongue import Tongue

T = TypeVar("T")


def a_line(serial: int = 3, **changes: Any) -> Line:
    return Line(
        **{
            "number": Number(f"20250922{serial:03}"),
            "kind": Kind.AFTER_SALES,
            "category": "after_sales/fault",
            "status": Status.IN_PROGRESS,
            "priority": Priority.P2,
            "department": "tech",
            "assignee": EVE,
            "logged_by": ANN,
            "caller": None,
            "received_at": NOON,
            "round": 1,
            "restricted": False,
            "summary": "27 °C at the outlet",
            "next_kind": "resolution",
            "next_due_at": NOON + timedelta(hours=21, minutes=30),
            "paused_since": None,
            "changed_at": NOON,
        }
        | changes
    )


def a_page(count: int, *, page: int = 1, total: int | None = None, **changes: Any) -> Page:
    lines = tuple(a_line(serial, **changes) for serial in range(1, count + 1))
    return Page(lines=lines, total=count if total is None else total, page=page, size=20)


def pressed(made: Any, action: ActionId) -> list[Mapping[str, Any]]:
    return [
        unpack(node["value"])
        for node in nodes(made)
        if node.get("type") == "button" and node["action_id"] == action
    ]


def show(found: Page, handbook: Handbook, tongue: Tongue, **asked: Any) -> list[Json]:
    return check_screen(listed(found, Asked(**asked), handbook=handbook, tongue=tongue, now=NOON))


def test_a_row_says_which_what_whose_and_by_when(handbook: Handbook, english: Tongue) -> None:
    made = show(a_page(1), handbook, english)

    assert (
        "🔵 20250922001 · Fault repair · P2 Normal · In progress\n"
        "27 °C at the outlet\n"
        "@Eve · Solution by tomorrow 09:30"
    ) in said(made)
    opened = [node for node in nodes(made) if node.get("action_id") == ActionId.DETAILS]
    assert [one["value"] for one in opened] == ["20250922001"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"next_due_at": NOON - timedelta(minutes=1)}, "Solution overdue since today 11:59"),
        ({"paused_since": NOON, "next_due_at": None}, "clock stopped since today 12:00"),
        ({"next_kind": None, "next_due_at": None}, "who does what next?"),
        ({"assignee": None}, "nobody yet"),
        ({"round": 2}, "second round"),
    ],
)
def test_a_row_says_what_is_the_matter(
    changes: dict[str, Any], words: str, handbook: Handbook, english: Tongue
) -> None:
    assert words in said(show(a_page(1, **changes), handbook, english))


def test_a_restricted_row_hides_what_it_is_about(handbook: Handbook, english: Tongue) -> None:
    text = said(show(a_page(1, restricted=True), handbook, english))

    assert "Restricted" in text
    assert "27 °C" not in text and "Fault" not in text


def test_twenty_rows_are_a_page_and_the_others_are_a_button_away(
    handbook: Handbook, english: Tongue
) -> None:
    made = show(a_page(20, page=2, total=45), handbook, english, scope=Scope.OVERDUE)

    assert pressed(made, ActionId.PAGE) == [
        {"scope": "overdue", "page": 1},
        {"scope": "overdue", "page": 3},
    ]
    assert "Page 2 of 3" in said(made)
    assert not pressed(show(a_page(20), handbook, english), ActionId.PAGE)


@pytest.mark.parametrize("scope", Scope)
def test_an_empty_list_says_what_is_not_there(
    scope: Scope, handbook: Handbook, tongue: Tongue
) -> None:
    screen = listed(a_page(0), Asked(scope=scope), handbook=handbook, tongue=tongue, now=NOON)

    assert screen.text == tongue(f"nothing.{scope}")
    check_screen(screen)


def test_searched_words_are_never_carried_by_a_button(handbook: Handbook, english: Tongue) -> None:
    found = a_page(20, total=45)

    kept = show(found, handbook, english, scope=Scope.ALL, searched="13800135678", kept="d-1")
    unkept = show(found, handbook, english, scope=Scope.ALL, searched="13800135678")

    assert pressed(kept, ActionId.PAGE) == [{"scope": "all", "kept": "d-1", "page": 2}]
    assert not pressed(unkept, ActionId.PAGE) and "45 in all" in said(unkept)
    assert "“****5678”" in said(kept)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-Hans", ("超过 1,000 张工单，可增加关键词或筛选条件缩小范围", "第 2 页")),
        ("zh-Hant", ("超過 1,000", "第 2 頁")),
        ("en", ("More than 1,000 tickets; a word or a filter more narrows them down", "Page 2")),
    ],
)
def test_what_was_not_counted_to_its_end_says_so(
    handbook: Handbook, tongues: dict[str, Tongue], language: str, words: tuple[str, str]
) -> None:
    found = replace(a_page(20, page=2, total=1_000), goes_on=True)
    made = said(show(found, handbook, tongues[language], searched="退款", kept="k1"))

    assert all(one in made for one in words)
    assert not any(one in made for one in ("共 50", "of 50"))


def test_a_department_is_named(handbook: Handbook, english: Tongue) -> None:
    made = show(
        a_page(1),
        handbook,
        english,
        scope=Scope.DEPARTMENT,
        department="tech",
        department_name="Engineering",
    )

    assert "Engineering" in said(made[0])


def test_one_ticket_is_shown_with_ways_to_look_closer(handbook: Handbook, tongue: Tongue) -> None:
    sheet = a_sheet(handbook, tongue)

    made = check_screen(whole_ticket(sheet))

    assert "李*女士 ****5678" in said(made)
    actions = {node["action_id"] for node in nodes(made) if node.get("type") == "button"}
    assert {ActionId.DETAILS, ActionId.HISTORY} <= actions


def test_the_menu_and_the_help_exist_in_every_language(tongue: Tongue) -> None:
    buttons = {
        node["action_id"]
        for node in nodes(check_screen(menu(tongue)))
        if node.get("type") == "button"
    }

    assert buttons == {
        "menu.new",
        "menu.quick",
        "menu.status",
        "stats.open",
        "kb.open",
        "menu.help",
        "search.filter",
    }
    text = said(check_screen(help_(tongue)))
    assert text.count("/ticket") >= 16
    word = "new" if tongue.language == "en" else "新建"
    assert f"/ticket {word}" in text


COUNTS = Tally(
    open=12, overdue=3, unassigned=1, no_next_step=0, waiting=4, logged_today=7, closed_today=5
)


def test_the_desk_at_a_glance_leads_to_its_lists(tongue: Tongue) -> None:
    made = check_screen(status(COUNTS, tongue=tongue))

    linked = [node["value"] for node in nodes(made) if node.get("action_id") == ActionId.LIST]
    assert linked == ["all", "overdue", "unassigned", "no_next_step"]
    assert "12" in said(made) and "7" in said(made)


def a_work(**changes: Any) -> Work:
    return Work(**{"mine": a_page(2), "calls": a_page(0), "unassigned": a_page(1)} | changes)


def test_home_shows_my_work_and_what_nobody_has(handbook: Handbook, tongue: Tongue) -> None:
    view = check_view(home(a_work(), handbook=handbook, tongue=tongue, now=NOON))

    text = said(view["blocks"])
    assert tongue("home.mine", number=2) in text
    assert tongue("home.no_calls") in text
    assert tongue("home.glance") not in text


def test_home_holds_three_full_lists_and_the_glance(handbook: Handbook, english: Tongue) -> None:
    full = a_page(20, page=2, total=90)
    work = a_work(mine=full, calls=full, unassigned=full, glance=COUNTS, is_away=True)

    view = check_view(home(work, handbook=handbook, tongue=english, now=NOON))

    turns = [*pressed(view, ActionId.HOME_PAGE), *pressed(view, ActionId.HOME_BEFORE)]
    assert {"part": "calls", "page": 3} in turns and {"part": "mine", "page": 1} in turns
    assert unpack(view["private_metadata"]) == {"mine": 2, "calls": 2, "unassigned": 2}
    actions = {node.get("action_id") for node in nodes(view)}
    assert ActionId.BACK in actions and ActionId.AWAY not in actions


def a_part(count: int, made: Callable[[int], T], **changes: Any) -> Part[T]:
    return Part(tuple(map(made, range(1, count + 1))), changes.get("total", count), 2)


def full_duties(what: str, total: int = 95) -> Duties:
    """What stands beside one's own work, each list at its longest."""
    told = f.CustomerTold(way=ContactChannel.SMS, happened_at=NOON, message=Text(what))
    return Duties(
        first_contacts=a_part(
            10,
            lambda n: FirstContact(line=a_line(n), told=told, told_at=NOON, is_silent=True),
            total=total,
        ),
        promises=a_part(
            10,
            lambda n: MyPromise(
                number=a_line(n).number,
                category="after_sales/fault",
                due_at=NOON + timedelta(hours=n - 5),
                what=what,
                is_restricted=n == 3,
            ),
            total=total,
        ),
        supervise=a_part(
            10,
            lambda n: OwedCall(
                number=a_line(n).number,
                category="after_sales/fault",
                customer=CustomerId("c"),
                round=2,
                due_at=NOON,
            ),
            total=total,
        ),
        duty=(Duty("tech", (EVE,)),),
    )


@given(words=texts)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_home_holds_everything_at_its_longest(
    words: str, handbook: Handbook, english: Tongue
) -> None:
    full = a_page(20, page=2, total=90, summary=words)
    ticket = a_sheet(handbook, english).ticket
    owing = tuple(replace(ticket, number=Number(f"20250922{n:03}")) for n in range(1, 6))
    work = a_work(
        mine=full,
        calls=full,
        unassigned=full,
        glance=COUNTS,
        is_away=True,
        owing=owing,
        owing_total=9,
        duties=full_duties(words),
    )

    view = check_view(home(work, handbook=handbook, tongue=english, now=NOON))

    assert len(view["blocks"]) <= 100 - (2 * AT_HOME + 3)  # what the retrospectives take at most
    kept = unpack(view["private_metadata"])
    assert {kept[part] for part in ("first", "promises", "supervise")} == {2}


@pytest.mark.requirement(42, 62)
def test_home_has_what_else_is_mine_in_order(handbook: Handbook, english: Tongue) -> None:
    work = a_work(calls=a_page(1), glance=COUNTS, duties=full_duties("the visit"))

    view = check_view(home(work, handbook=handbook, tongue=english, now=NOON))

    heads = [said(block) for block in view["blocks"] if block["type"] == "header"]
    order = ("home.mine", "duties.promises", "home.calls", "duties.supervise", "duties.first")
    known = [english(one, number=1, count=1).partition("(")[0].strip() for one in order]
    places = [next(n for n, head in enumerate(heads) if one in head) for one in known]
    assert places == sorted(places)
    text = said(view["blocks"])
    assert "the visit" in text and "🔴" in text
    assert {"part": "promises", "page": 3} in pressed(view, ActionId.HOME_PAGE)


def test_what_nobody_owes_takes_no_room(handbook: Handbook, english: Tongue) -> None:
    nothing: Part[Any] = Part((), 0, 1)
    duties = Duties(first_contacts=nothing, promises=nothing, supervise=nothing, duty=())

    bare, beside = (
        home(a_work(duties=one), handbook=handbook, tongue=english, now=NOON).blocks
        for one in (None, duties)
    )

    assert len(bare or ()) == len(beside or ())


def test_a_stranger_is_told_whom_to_ask(tongue: Tongue) -> None:
    check_view(stranger(tongue=tongue))


@given(words=texts)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_twenty_rows_of_anything_stay_under_every_limit(
    words: str, handbook: Handbook, english: Tongue
) -> None:
    found = a_page(20, total=99, page=2, summary=words, category=words, round=3)

    show(found, handbook, english, searched=words, kept="d-1")
    work = a_work(mine=found, calls=found, unassigned=found)
    check_view(home(work, handbook=handbook, tongue=english, now=NOON))
