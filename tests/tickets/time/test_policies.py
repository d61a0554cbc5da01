import pytest

from tests.tickets.time.stories import row, target
from tickets.case.conditions import CaseFacts, fits
from tickets.case.values import Complexity, CustomerType, Impact, Kind, Priority, Risk
from tickets.handbook import Condition, EscalationStep, PolicyRow
from tickets.time.deadline import DeadlineKind
from tickets.time.policies import Start, targets_for

K = DeadlineKind
CASE = CaseFacts(
    kind=Kind.AFTER_SALES,
    category="after_sales/fault",
    priority=Priority.P2,
    customer=CustomerType.VIP,
    level="gold",
    groups=frozenset({"elderly"}),
    department="tech",
    risks=frozenset({Risk.SAFETY}),
    impact=Impact.SEVERAL,
    complexity=Complexity.COMPLEX,
)


def one(value: object) -> frozenset:
    return frozenset({value})


@pytest.mark.parametrize(
    ("fitting", "other"),
    [
        (Condition(kinds=one(Kind.AFTER_SALES)), Condition(kinds=one(Kind.INQUIRY))),
        (Condition(categories=one("after_sales")), Condition(categories=one("after"))),
        (
            Condition(categories=one("after_sales/fault")),
            Condition(categories=one("after_sales/returns")),
        ),
        (Condition(priorities=one(Priority.P2)), Condition(priorities=one(Priority.P1))),
        (Condition(customers=one(CustomerType.VIP)), Condition(customers=one(CustomerType.NEW))),
        (Condition(levels=one("gold")), Condition(levels=one("silver"))),
        (Condition(groups=one("elderly")), Condition(groups=one("students"))),
        (Condition(departments=one("tech")), Condition(departments=one("service"))),
        (Condition(risks=frozenset({Risk.SAFETY, Risk.FRAUD})), Condition(risks=one(Risk.FRAUD))),
        (Condition(impacts=one(Impact.SEVERAL)), Condition(impacts=one(Impact.MANY))),
        (
            Condition(complexities=one(Complexity.COMPLEX)),
            Condition(complexities=one(Complexity.ORDINARY)),
        ),
    ],
)
def test_a_condition_fits_when_the_case_has_one_of_its_values(fitting, other):
    assert fits(fitting, CASE)
    assert not fits(other, CASE)


def test_every_key_of_a_condition_must_fit_and_an_empty_one_always_does():
    assert fits(Condition(), CASE)
    assert fits(Condition(kinds=one(Kind.AFTER_SALES), levels=one("gold")), CASE)
    assert not fits(Condition(kinds=one(Kind.AFTER_SALES), levels=one("silver")), CASE)


def test_any_risk_fits_a_case_with_one_and_none_without():
    harmless = CaseFacts(
        kind=CASE.kind, category=CASE.category, priority=CASE.priority, customer=CASE.customer
    )

    assert fits(Condition(any_risk=True), CASE)
    assert not fits(Condition(any_risk=True), harmless)


def test_each_key_is_given_by_the_first_fitting_row_that_names_it():
    targets = targets_for(
        (
            row(1, Condition(priorities=one(Priority.P1)), response="1h"),
            row(2, Condition(priorities=one(Priority.P2)), response="4h"),
            row(3, Condition(departments=one("tech")), response="9h", plan="1wd", warn_before="3h"),
            row(4, resolution="72h", plan="2wd", warn_before="1h"),
        ),
        CASE,
    )

    assert targets.by_kind[K.RESPONSE].within == target("4h")
    assert targets.by_kind[K.RESPONSE].policy == 2
    assert (targets.by_kind[K.PLAN].within.amount, targets.by_kind[K.PLAN].policy) == (1, 3)
    assert targets.by_kind[K.RESOLUTION].policy == 4
    assert targets.warn_before == target("3h")
    assert K.ACCEPT not in targets.by_kind


def test_where_working_days_end_is_a_key_of_its_own():
    midnight = PolicyRow(2, Condition(), {}, ends="midnight")
    said = PolicyRow(1, Condition(), {"plan": target("1wd", "close"), "workaround": target("2wd")})

    targets = targets_for((said, midnight), CASE).by_kind

    assert targets[K.PLAN].within.ends == "close"
    assert targets[K.WORKAROUND].within.ends == "midnight"
    assert targets_for((said,), CASE).by_kind[K.WORKAROUND].within.ends == "close"


def test_departments_asked_and_the_ladder_are_keys_of_their_own():
    ladder = (EscalationStep(None, ("lead",)),)
    targets = targets_for(
        (
            PolicyRow(1, Condition(), {}, internal={"tech": target("2h")}, escalate=()),
            PolicyRow(
                2,
                Condition(),
                {},
                internal={"tech": target("9h"), "sales": target("24h")},
                escalate=ladder,
            ),
        ),
        CASE,
    )

    assert targets.internal["tech"].within == target("2h")
    assert targets.internal["sales"].policy == 2
    assert targets.escalate == ()


def test_a_start_belongs_to_the_target_it_is_written_with():
    rows = (
        PolicyRow(1, Condition(), {"plan": target("1wd")}),
        PolicyRow(2, Condition(), {"plan": target("2wd")}, {"plan": "logged"}),
    )

    assert targets_for(rows, CASE).by_kind[K.PLAN].starts == (Start.ASSIGNED,)
    assert targets_for(rows[1:], CASE).by_kind[K.PLAN].starts == (Start.LOGGED,)


def test_what_no_desk_may_leave_out_has_a_value():
    nothing = targets_for((), CASE)

    assert nothing.warn_before == target("2h")  # R49
    assert nothing.by_kind[K.SUPERVISOR_CALLBACK].within == target("24h")  # R62
