"""What is allowed and hardly meant is warned of, with its place."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk_config.shadows import covers
from tests.bot.desk_config.files import changed, load, marked, warnings_in
from tickets.case.conditions import CaseFacts, fits
from tickets.case.values import Complexity, CustomerType, Impact, Kind, Priority, Risk
from tickets.handbook import Condition
from tickets.insight.goals import GOALS

CATEGORIES = load().handbook.categories
LEAVES = {key: second for first in CATEGORIES.values() for key, second in first.sub.items()}

DOUBTS = [
    ("  - when: {category: after_sales/fault}", "  - §when: {category: after_sales/fault, risks: fraud}", "this rule never matches: rule 1 in line 79 takes all its cases"),
    ("  - when: {kind: complaint}\n", "  - §when: {kind: complaint, category: complaint/service_quality}\n", "this rule never matches: rule 3 in line 85 takes all its cases"),
    ("  - when: {category: after_sales/fault}", "  - §when: {category: after_sales/fault, kind: complaint}", "this rule never matches: no category of these is of this kind"),
    ("  - when: {priority: P2}\n", "  - §when: {priority: P1, customer: vip}\n", "this row never counts: wider rows above give all that it names"),
    ("  satisfaction: 90%\n", "  satisfied: §90%\n", f"nothing is held against this goal: 'satisfied' names no figure; there are {', '.join(GOALS)}"),
    ("  satisfaction: 90%\n", "  satisfaction: §2h\n", f"nothing is held against this goal: 'satisfaction' is written as no goal of it can be; there are {', '.join(GOALS)}"),
    ("U0ENG1: U0ENG2 ", "U0ENG1: §U0ENG1 ", "'U0ENG1' is their own deputy"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), DOUBTS)
def test_a_doubt_is_told_at_its_place(old, new, expected):
    text, place = marked(changed((old, new)))

    assert warnings_in(text) == [f"{place}: {expected}"]


@pytest.mark.proves("X35")
@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("  evidence: §1y", "this ends with its ticket (retention.tickets), not at an age of its own"),
        ("  thread_originals: §90d", "this ends with its ticket (retention.tickets), not at an age of its own"),
        ("  audit: §5y", "the audit log holds no word of a customer and is kept: nothing of it ends at an age"),
    ],
)  # fmt: skip
def test_a_class_without_an_age_of_its_own_is_told(row: str, expected: str) -> None:
    text, place = marked(changed(("privacy:", f"retention:\n{row}\nprivacy:")))

    assert warnings_in(text) == [f"{place}: {expected}"]


def test_a_desk_without_supervisors_is_warned_of():
    text, place = marked(
        changed(("people:", "§people:"), ("supervisors: [U0SUPER]", "supervisors: []"))
    )

    expected = "no supervisors: nobody can reassign, archive or take what no rule matches"
    assert warnings_in(text) == [f"{place}: {expected}"]


def test_a_department_without_people_is_warned_of():
    text, place = marked(
        changed(
            ("  operations:\n    name", "  §operations:\n    name"), ("    members: [U0OPS]\n", "")
        )
    )

    expected = "department 'operations' has no members; its lead gets all its cases"
    assert warnings_in(text) == [f"{place}: {expected}"]


def test_without_a_last_rule_every_category_that_may_stray_is_named():
    text = changed(("  - department: service\n\npriority", "\npriority"))

    lines = warnings_in(text)

    assert sum("no rule is sure to send" in line for line in lines) == 9
    assert any("'inquiry/usage'" in line for line in lines)
    assert not any("'after_sales/fault'" in line for line in lines)
    assert sum("no last rule without 'when'" in line for line in lines) == 1


KEYS = ("kinds", "categories", "priorities", "customers", "groups", "risks", "impacts")


def sets(values):
    return st.frozensets(st.sampled_from(values), max_size=2)


CONDITIONS = st.builds(
    Condition,
    kinds=sets(list(Kind)),
    categories=sets([*LEAVES, *CATEGORIES]),
    priorities=sets(list(Priority)),
    customers=sets(list(CustomerType)),
    groups=sets(["elderly", "student"]),
    risks=sets(list(Risk)),
    impacts=sets(list(Impact)),
)
CASES = st.builds(
    lambda category, **rest: CaseFacts(kind=LEAVES[category].kind, category=category, **rest),
    category=st.sampled_from(list(LEAVES)),
    priority=st.sampled_from(list(Priority)),
    customer=st.sampled_from(list(CustomerType)),
    groups=sets(["elderly", "student"]),
    risks=sets(list(Risk)),
    impact=st.sampled_from(list(Impact)),
    complexity=st.sampled_from(list(Complexity)),
)


@given(earlier=CONDITIONS, later=CONDITIONS, case=CASES)
def test_a_covered_condition_never_fits_where_the_earlier_does_not(earlier, later, case):
    narrowed = replace(later, **{key: getattr(earlier, key) or getattr(later, key) for key in KEYS})

    assert covers(earlier, narrowed, CATEGORIES)
    for condition in (later, narrowed):
        if covers(earlier, condition, CATEGORIES) and fits(condition, case):
            assert fits(earlier, case)


@given(condition=CONDITIONS)
def test_every_condition_covers_itself_and_is_covered_by_none_at_all(condition):
    assert covers(condition, condition, CATEGORIES)
    assert covers(Condition(), condition, CATEGORIES)
