from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from handlers.views.ids import ActionId, CallbackId, FieldId
from handlers.views.meta import unpack
from handlers.views.modal import Sheet, sentence
from handlers.views.modals import MODALS
from handlers.views.modals_customer import follow_up, score, tell
from handlers.views.modals_record import close, correct
from handlers.views.modals_work import hand_back, resolve
from handlers.views.more import more, revealed
from handlers.views.step_tables import GROUPS, ONE_TAP
from handlers.views.steps import every, offered_to
from tests.handlers.views.conftest import ANN, EVE, NOON, SUE, a_deadline, logged
from tests.handlers.views.hostile import texts
from tests.handlers.views.lives import ASSIGNED, LIVES, RESOLVED, SCORED, TOLD, a_sheet
from tests.handlers.views.slack_rules import Json, check_view, nodes, said
from tickets.case import facts as f
from tickets.case.corrections import CORRECTABLE
from tickets.case.values import CustomerId, Kind, Salutation, Status, Text
from tickets.handbook import Handbook
from tickets.people.customers import Customer
from tickets.people.roles import actor
from tickets.time.deadline import DeadlineKind
from tickets.tongue import Tongue


def block(view: Json, block_id: str) -> Json:
    return next(one for one in view["blocks"] if one.get("block_id") == block_id)


def asked(view: Json) -> dict[str, bool]:
    """Give the fields of a form and whether each must be filled in."""
    return {
        one["block_id"]: not one["optional"] for one in view["blocks"] if one["type"] == "input"
    }


@pytest.fixture
def sheet(handbook: Handbook, english: Tongue) -> Sheet:
    return a_sheet(handbook, english)


@pytest.mark.parametrize("action", MODALS)
def test_every_form_can_be_opened_in_every_language(
    action: ActionId, handbook: Handbook, tongue: Tongue
) -> None:
    view = check_view(MODALS[action](a_sheet(handbook, tongue, LIVES[Status.RESOLVED])))

    memory = unpack(view["private_metadata"])
    assert (memory["n"], memory.get("r", 1)) == ("20250922003", 1)
    assert "20250922003" in said(view["blocks"][0])
    assert view["callback_id"] == action.replace("ticket.", "modal.")


def test_every_step_has_a_form_or_is_one_tap() -> None:
    offered = {one for group in GROUPS.values() for one in group}
    elsewhere = {ActionId.ARTICLE, ActionId.ERASE, ActionId.GRADE, ActionId.RETRO_OF_CASE}

    assert offered - ONE_TAP - elsewhere <= set(MODALS)  # those forms are of rooms of their own
    assert {one.removeprefix("modal.") for one in CallbackId} >= {
        one.removeprefix("ticket.") for one in MODALS
    }


def test_a_plan_must_have_measures_and_a_date(sheet: Sheet) -> None:
    fields = asked(check_view(MODALS[ActionId.PLAN](sheet)))

    assert fields == {
        "measures": True,
        "resources": False,
        "finish_by": True,
        "cost": False,
        "amount": False,
    }


def test_a_pause_must_have_its_reason(sheet: Sheet) -> None:
    for action in (ActionId.WAIT, ActionId.HOLD):
        assert asked(check_view(MODALS[action](sheet))) == {"reason": True, "until": False}


def test_why_it_is_late_is_asked_only_when_it_is(handbook: Handbook, english: Tongue) -> None:
    late = a_deadline(DeadlineKind.RESOLUTION, NOON - timedelta(minutes=1))

    in_time = check_view(resolve(a_sheet(handbook, english)))
    overdue = check_view(resolve(a_sheet(handbook, english, owed=(late,))))

    assert "overdue_reason" not in asked(in_time)
    assert "overdue_reason" in asked(overdue)


def test_the_text_for_the_customer_stands_ready_to_be_copied(
    handbook: Handbook, tongues: dict[str, Tongue]
) -> None:
    sheet = a_sheet(handbook, tongues["zh-Hans"], (ASSIGNED, RESOLVED))

    view = check_view(tell(sheet))

    ready = block(view, FieldId.MESSAGE)["element"]["initial_value"]
    assert ready == "您好,关于您反馈的故障报修,我们已refrigerant added。"


def test_the_question_of_the_callback_is_neutral(
    handbook: Handbook, tongues: dict[str, Tongue]
) -> None:
    view = check_view(score(a_sheet(handbook, tongues["zh-Hans"])))

    assert "对于本次问题的处理结果，您有什么意见或建议吗？" in said(view["blocks"])
    assert "满意吗" not in said(view["blocks"])


@pytest.mark.parametrize(
    ("picked", "asks"), [(None, False), (5, False), (4, False), (3, True), (1, True)]
)
def test_a_low_score_asks_why(picked: int | None, asks: bool, sheet: Sheet) -> None:
    view = check_view(score(sheet, picked))

    assert ("dissatisfaction" in asked(view)) is asks
    words = [one["text"]["text"] for one in block(view, FieldId.SCORE)["element"]["options"]]
    assert words[0] == "5 · Very satisfied" and len(words) == 5


def test_following_up_takes_the_desks_seven_days(sheet: Sheet) -> None:
    view = check_view(follow_up(sheet))

    picker = block(view, FieldId.UNTIL)["element"]
    assert picker["initial_date_time"] == int((NOON + timedelta(days=7)).timestamp())


def test_closing_says_what_is_missing(handbook: Handbook, english: Tongue) -> None:
    untold = check_view(close(a_sheet(handbook, english, (ASSIGNED, RESOLVED))))
    ready = check_view(close(a_sheet(handbook, english, (ASSIGNED, RESOLVED, TOLD, SCORED))))

    assert "has not been told" in said(untold["blocks"]) and "refusal" in asked(untold)
    assert "Everything is on record" in said(ready["blocks"]) and not asked(ready)


def test_the_second_hand_back_says_that_the_supervisor_decides(
    handbook: Handbook, english: Tongue
) -> None:
    again = (ASSIGNED, f.HandedBack(reason=Text("not ours")), ASSIGNED)

    view = check_view(hand_back(a_sheet(handbook, english, again)))

    assert "supervisor" in said(view["blocks"])


@pytest.mark.parametrize("field", sorted(CORRECTABLE))
def test_every_correctable_field_can_be_picked(
    field: str, handbook: Handbook, tongue: Tongue
) -> None:
    complaint = logged(kind=Kind.COMPLAINT)
    view = check_view(correct(a_sheet(handbook, tongue, intake=complaint), field))

    offered = [one["value"] for one in block(view, FieldId.FIELD)["element"]["options"]]
    assert set(offered) == set(CORRECTABLE)
    assert f"correction.{field}" in asked(view)


def test_only_a_complaint_has_a_type_to_put_right(handbook: Handbook, english: Tongue) -> None:
    view = check_view(correct(a_sheet(handbook, english)))

    offered = {one["value"] for one in block(view, FieldId.FIELD)["element"]["options"]}
    assert offered == CORRECTABLE - {"complaint_type"}


def test_a_correction_never_starts_from_masked_or_personal_words(
    handbook: Handbook, english: Tongue
) -> None:
    intake = logged(description=Text("call 13800135678"))
    sheet = a_sheet(
        handbook,
        english,
        intake=intake,
        redact=lambda text: text.replace("13800135678", "****5678"),
    )

    view = check_view(correct(sheet, "description"))

    assert "initial_value" not in block(view, "correction.description")["element"]
    assert "****5678" in block(view, "correction.description")["hint"]["text"]
    assert "13800135678" not in str(view)


@pytest.mark.parametrize("status", Status)
def test_more_lists_what_is_possible_now(
    status: Status, handbook: Handbook, tongue: Tongue
) -> None:
    sheet = a_sheet(handbook, tongue, LIVES[status])

    view = check_view(more(sheet, every(sheet.ticket)))

    pressed = [node["action_id"] for node in nodes(view) if node.get("type") == "button"]
    assert sorted(pressed) == sorted(every(sheet.ticket))
    values = {node["value"] for node in nodes(view) if node.get("type") == "button"}
    assert values == {"20250922003"}


def test_a_person_is_offered_only_what_they_may(handbook: Handbook, sheet: Sheet) -> None:
    engineer = offered_to(actor(EVE, handbook), sheet.ticket)
    supervisor = offered_to(actor(SUE, handbook), sheet.ticket)

    assert ActionId.HAND_BACK in engineer and ActionId.PRIORITY not in engineer
    assert ActionId.PRIORITY in supervisor
    assert ActionId.HAND_BACK not in offered_to(actor(ANN, handbook), sheet.ticket)


def test_only_the_reveal_shows_who_the_customer_is(sheet: Sheet) -> None:
    customer = Customer(
        id=CustomerId("c1"),
        name="李雪",
        phone="+8613800135678",
        salutation=Salutation.MS,
        created_at=NOON,
    )

    view = check_view(revealed(sheet, customer))

    assert "李雪" in said(view["blocks"]) and "+8613800135678" in said(view["blocks"])
    assert "李雪" not in view.get("private_metadata", "")
    empty = Customer(id=CustomerId("c2"), created_at=NOON)
    assert "left no name" in said(check_view(revealed(sheet, empty))["blocks"])


def test_a_sentence_is_said_in_a_view_of_its_own(tongue: Tongue) -> None:
    view = check_view(sentence("20250922003", "Ben accepted this two minutes ago.", tongue))

    assert "Ben accepted" in said(view["blocks"]) and "submit" not in view


@given(said_=texts)
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_form_goes_over_a_limit_whatever_the_ticket_says(
    said_: str, handbook: Handbook, english: Tongue
) -> None:
    intake: Any = logged(description=Text(said_), product=Text(said_), where=Text(said_))
    words = (ASSIGNED, f.Resolved(result=Text(said_)))
    sheet = a_sheet(handbook, english, words, intake=intake)

    for opener in MODALS.values():
        check_view(opener(sheet))
    for field in sorted(CORRECTABLE):
        check_view(correct(sheet, field))
    check_view(sentence(said_ or "-", said_, english))
