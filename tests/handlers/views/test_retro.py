"""Retrospectives on the screen: within Slack's limits whatever was said, nothing of it live, a high risk out of channels."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from slack_sdk.models.views import View

from handlers.views import retro_forms as forms
from handlers.views import retro_forms_call as calls
from handlers.views import retro_forms_item as item_forms
from handlers.views.ids import ActionId
from handlers.views.retro import head, room
from handlers.views.retro_list import at_home, retros
from handlers.views.retro_minutes import minutes
from handlers.views.retro_pack import pack_lines
from handlers.views.retro_sheet import RetroSheet
from handlers.views.rich import lines
from handlers.views.screen import Screen
from tests.handlers.views.conftest import ANN, EVE, LANGUAGES, NOON, SUE, log_of, logged
from tests.handlers.views.hostile import FIXED
from tests.handlers.views.slack_rules import check_screen, check_view, nodes, shown
from tests.handlers.views.test_searches import MANY
from tests.tickets.retrospectives.test_rules import pursued
from tickets.case.fold import fold
from tickets.case.values import CauseDimension, Number, Risk, Text
from tickets.desk.retro_facts import Reading
from tickets.desk.retro_look import Mine, RetroView, Usual
from tickets.desk.retro_run import MOST_ITEMS, POINTS
from tickets.handbook import Handbook
from tickets.people.roles import Action
from tickets.retrospectives.causes import MOST, Cause
from tickets.retrospectives.pursuit import Check, Figure, Measured, Pursued, Target, Verdict
from tickets.retrospectives.retrospective import Occasion, Record, Retrospective, Standing
from tickets.tongue import Tongue

LONG = "客户等了三天，" * 420  # as long as a form takes
DAY = timedelta(days=1)
EVERY_RIGHT = frozenset(
    {Action.CALL_RETROSPECTIVE, Action.RUN_RETROSPECTIVE, Action.APPROVE_MINUTES}
)


def full(text: str, standing: Standing = Standing.RUNNING) -> Retrospective:
    """One in which everything is said, and as much as may be."""
    said = Text(text[:3000])
    words = dict.fromkeys((*POINTS, "goal", "why_sooner", "conclusion", "why_back", "theme"), said)
    dimensions = list(CauseDimension)
    causes = tuple(
        Cause(
            place=place,
            under=None if place % 5 == 1 else place - 1,
            dimension=dimensions[(place - 1) // 5 % 4],
            text=said,
        )
        for place in range(1, MOST + 1)
    )
    return Retrospective(
        id="00000000-0000-4000-8000-000000000001",
        occasion=Occasion.LOW_SCORE,
        key="k",
        standing=standing,
        made_at=NOON,
        number=Number("20250922001"),
        held_at=NOON,
        chair=SUE,
        recap=ANN,
        people=(EVE,) * 40,
        submitted_by=ANN,
        decided_by=SUE,
        record=Record(causes=causes, **words),
    )


def items(text: str, count: int = MOST_ITEMS) -> tuple[Pursued, ...]:
    said = Text(text[:3000])
    looks = tuple(
        Check(after=days, at=NOON, value=99, of=9_999, verdict=Verdict.NOT_PROVED)
        for days in (30, 90)
    )
    one = pursued(
        action=said, goal=said, pain=said, outcome=said, resources=said, checks=looks, done_at=NOON
    )
    return (one,) * count


def a_sheet(handbook: Handbook, tongue: Tongue, text: str = LONG, **changes: object) -> RetroSheet:
    standing = changes.pop("standing", Standing.RUNNING)
    risks = changes.pop("risks", frozenset())
    assert isinstance(standing, Standing)
    ticket = fold(log_of([logged(risks=risks)]))
    view = RetroView(
        retro=full(text, standing),
        pursued=items(text),
        ticket=ticket,
        rights=EVERY_RIGHT,
    )
    return RetroSheet(view=replace(view, **changes), handbook=handbook, tongue=tongue)  # type: ignore[arg-type]


def test_every_screen_takes_whatever_was_said(handbook: Handbook, tongue: Tongue) -> None:
    """Each text in one of the languages, as long a one as a form takes in all."""
    for text in (LONG, *FIXED[LANGUAGES.index(tongue.language) :: len(LANGUAGES)]):
        sheet = a_sheet(handbook, tongue, text)
        for screen in (
            head(sheet),
            minutes(sheet, for_approval=True),
            minutes(sheet, for_approval=False),
        ):
            check_screen(screen)
        for view in (*_forms(sheet), room(sheet), room(sheet, 99)):
            check_view(view)


def test_a_root_cause_is_said_with_the_marks_of_the_language(
    handbook: Handbook, tongue: Tongue
) -> None:
    sheet = a_sheet(handbook, tongue, "没有复测")

    mark = ": " if tongue.language == "en" else "："

    read = "".join(shown(check_screen(minutes(sheet, for_approval=True))))
    assert f"• {tongue('cause_dimension.people')}{mark}没有复测" in read


def _forms(sheet: RetroSheet) -> Iterator[View]:
    one = sheet.view.pursued[0]
    yield from (
        make(sheet)
        for make in (
            forms.points,
            forms.directions,
            forms.cause,
            item_forms.item,
            forms.minutes,
            forms.move,
            forms.decline,
        )
    )
    yield forms.send_back(sheet, 9_999)
    yield item_forms.item(sheet, one)
    yield item_forms.done(sheet, one)
    usual = Usual(ticket=None, chair=SUE, recap=ANN, people=(EVE,), retro=sheet.view.retro)
    calling = calls.Calling(
        usual=usual, earliest=NOON, handbook=sheet.handbook, tongue=sheet.tongue
    )
    yield calls.call(calling)
    yield calls.call(replace(calling, usual=replace(usual, ticket=sheet.view.ticket, retro=None)))
    yield calls.propose("20250922001", sheet.title, sheet.tongue)


def test_a_target_is_of_any_category_of_a_desk_that_has_many(
    handbook: Handbook, tongue: Tongue
) -> None:
    sheet = replace(a_sheet(handbook, tongue, "x"), handbook=replace(handbook, categories=MANY))

    view = check_view(item_forms.item(sheet))

    picker = next(one["element"] for one in view["blocks"] if one.get("block_id") == "scope")
    offered = {one["value"] for group in picker["option_groups"] for one in group["options"]}
    assert offered >= {key for one in MANY.values() for key in one.sub}


@pytest.mark.parametrize("standing", Standing)
def test_each_standing_has_its_next_step(
    handbook: Handbook, tongue: Tongue, standing: Standing
) -> None:
    sheet = a_sheet(handbook, tongue, "x", standing=standing)

    actions = {node.get("action_id") for node in nodes(check_screen(head(sheet)))}

    nexts = {
        Standing.CALLED: ActionId.RETRO_START,
        Standing.RUNNING: ActionId.RETRO_CLOSE,
        Standing.HELD: ActionId.RETRO_MINUTES,
        Standing.RETURNED: ActionId.RETRO_MINUTES,
        Standing.SUBMITTED: ActionId.RETRO_APPROVE,
        Standing.OFFERED: ActionId.RETRO_CALL,
        Standing.PROPOSED: ActionId.RETRO_CALL,
    }
    assert {str(ActionId.RETRO_OPEN)} <= actions
    if standing in nexts:
        assert str(nexts[standing]) in actions


def test_who_only_takes_part_sees_no_step(handbook: Handbook, tongue: Tongue) -> None:
    sheet = a_sheet(handbook, tongue, "x", rights=frozenset())

    made = check_view(room(sheet))

    actions = {node["action_id"] for node in nodes(made) if "action_id" in node}
    assert actions <= {str(ActionId.RETRO_ROOM_PAGE)}


@pytest.mark.proves("X38")
def test_a_high_risk_says_nothing_of_the_case_in_a_channel(
    handbook: Handbook, tongue: Tongue
) -> None:
    secret = "煤气泄漏的经过"
    sheet = a_sheet(handbook, tongue, secret, risks=frozenset({Risk.SAFETY}))

    public = [head(sheet), minutes(sheet, for_approval=False)]

    assert not any(secret in word for one in public for word in shown(check_screen(one)))
    assert any(secret in word for word in shown(check_view(room(sheet))["blocks"]))
    approval = minutes(sheet, for_approval=True)
    assert any(secret in word for word in shown(check_screen(approval)))


def test_long_lists_are_paged_and_the_home_shows_the_next(
    handbook: Handbook, tongue: Tongue
) -> None:
    views = tuple(
        RetroView(retro=replace(full(LONG), id=f"r{place}", number=None)) for place in range(200)
    )
    found = Mine(retros=views, items=items(LONG, 30), may_call=True)
    named = tuple(
        Pursued(replace(one.item, id=f"i{place}"), one.pursuit)
        for place, one in enumerate(found.items)
    )
    found = replace(found, items=named)

    for page in (1, 5, 12, 99):
        check_view(retros(found, page, handbook=handbook, tongue=tongue))
    blocks = list(at_home(found, handbook=handbook, tongue=tongue))
    assert len(blocks) == 9
    check_screen(Screen("x", tuple(blocks)))


def test_the_pack_says_figures_with_how_many_they_are_of(
    handbook: Handbook, tongue: Tongue
) -> None:
    sheet = a_sheet(handbook, tongue, "x")
    now, before = Measured(71, 120), Measured(None, 0)
    reading = Reading(
        start=NOON - 30 * DAY,
        end=NOON,
        scope="after_sales/fault",
        figures=tuple((one, now, before) for one in Figure),
        low=tuple((Number(f"2025092{place:05}"), 2) for place in range(30)),
    )

    made = check_screen(Screen("x", (lines(*pack_lines(reading, sheet)),)))

    said = "".join(shown(made))
    assert "71%" in said and "120" in said
    assert tongue("retro.no_data") in said


def test_a_target_says_from_where_to_where(handbook: Handbook, tongue: Tongue) -> None:
    aim = Target(figure=Figure.RESPONSE_MINUTES, scope="@tech", was=26, goal=15)
    one = pursued(target=aim)
    sheet = a_sheet(handbook, tongue, "x", pursued=(one,))

    said = "".join(shown(check_screen(minutes(sheet, for_approval=True))))

    assert "26" in said and "15" in said and "→" in said
