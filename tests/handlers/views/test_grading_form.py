"""The grading form: within Slack's limits whatever people write and however long the desk's lists are."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.views.modals_grading import grading
from tests.handlers.views.conftest import ANN, NOON, SUE
from tests.handlers.views.hostile import texts
from tests.handlers.views.lives import a_sheet
from tests.handlers.views.slack_rules import Json, check_view, said
from tickets.case import facts as f
from tickets.case.listing import Line
from tickets.case.values import Kind, Number, Priority, Status, Text
from tickets.handbook import Handbook, Words
from tickets.knowledge.article import Wording
from tickets.knowledge.shelves import Suggestion
from tickets.tongue import Tongue

BEFORE = f.Graded(
    known=True,
    like=Number("20250921007"),
    departments=("operations",),
    cause="delivery",
    report=Text("carrier strike"),
)


def a_line(place: int, summary: str) -> Line:
    given: dict[str, Any] = {
        "number": Number(f"20250921{place:03}"),
        "kind": Kind.COMPLAINT,
        "category": "complaint/service_quality",
        "status": Status.CLOSED,
        "priority": Priority.P2,
        "department": "tech",
        "assignee": None,
        "logged_by": ANN,
        "caller": None,
        "received_at": NOON,
        "round": 1,
        "restricted": False,
        "summary": summary,
        "next_kind": None,
        "next_due_at": None,
        "paused_since": None,
        "changed_at": NOON,
    }
    return Line(**given)


def fields(view: Json) -> dict[str, Json]:
    return {one["block_id"]: one["element"] for one in view["blocks"] if one["type"] == "input"}


def test_what_was_judged_before_stands_there(handbook: Handbook, tongue: Tongue) -> None:
    other = sorted(handbook.departments)[0]
    sheet = a_sheet(handbook, tongue, (replace(BEFORE, departments=(other,)),))

    asked = fields(check_view(grading(sheet, (), (), may_judge=True)))

    assert asked["known"]["initial_option"]["value"] == "yes"
    assert asked["first_cause"]["initial_option"]["value"] == "delivery"
    assert asked["like_number"]["initial_value"] == "20250921007"
    assert [one["value"] for one in asked["departments"]["initial_options"]] == [other]
    assert asked["report"]["initial_value"] == "carrier strike"
    assert {"priority", "complexity"} <= set(asked)


def test_a_case_that_was_picked_before_is_picked_again(handbook: Handbook, english: Tongue) -> None:
    alike = (a_line(7, "parcel late"), a_line(8, "parcel lost"))

    view = grading(a_sheet(handbook, english, (BEFORE,)), alike, (), may_judge=False)
    asked = fields(check_view(view))

    assert asked["like"]["initial_option"]["value"] == "20250921007"
    assert "initial_value" not in asked["like_number"]
    assert "priority" not in asked


@pytest.mark.requirement(34)
def test_similar_cases_and_articles_stand_beside_it(handbook: Handbook, english: Tongue) -> None:
    article = Suggestion(id=12, wording=Wording(title="Late parcels", content="ask the carrier"))
    alike = (a_line(7, "parcel late"),)

    view = check_view(grading(a_sheet(handbook, english), alike, (article,), may_judge=True))

    text = said(view["blocks"])
    assert "20250921007" in text and "parcel late" in text
    assert "Late parcels" in text and "kb.read" in str(view)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(summary=texts, report=texts, words=texts, count=st.integers(1, 130))
def test_it_can_be_shown_whatever_people_write(
    handbook: Handbook, english: Tongue, summary: str, report: str, words: str, count: int
) -> None:
    first = next(iter(handbook.departments.values()))
    name = Words({"en": f"d {words}"[:75]})
    many = {f"d{place}": replace(first, key=f"d{place}", name=name) for place in range(count)}
    judged = replace(BEFORE, departments=tuple(many), report=Text(report))
    sheet = a_sheet(replace(handbook, departments=many), english, (judged,))
    alike = tuple(a_line(place, summary) for place in range(1, 6))

    view = check_view(grading(sheet, alike, (), may_judge=True))

    assert len(fields(view)["departments"]["options"]) == min(count, 100)
    assert SUE not in said(view["blocks"])
