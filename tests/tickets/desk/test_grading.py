"""Grading a case, and collaborators that are proposed: what each records, who may, who hears of it (R27, R34, R41)."""

import pytest

from storage.records import SqlRecords
from tests.tickets.desk.desks import ANN, BOB, EVE, KEN, LEE, OLGA, SUE, Trial, a_desk
from tickets.case import facts as f
from tickets.case.ticket import Ticket
from tickets.case.values import Complexity, Number, PersonId, Priority, Risk, Text
from tickets.desk import complaints, grading, helping, owners, parents
from tickets.desk.grading import Judgement
from tickets.errors import DeskError, IllegalMove, NotFound, Refused
from tickets.notices import NoticeKind, NoticeState

WHY = Text("同批次压缩机，待核对批号")


@pytest.fixture
def trial(records: SqlRecords) -> Trial:
    return a_desk(records)


def a_case(trial: Trial, **changes: object) -> Number:
    """A repair that Eve of Engineering has."""
    number = trial.log(**changes)
    owners.assign(trial.desk, number, EVE, None, by=SUE, receipt=trial.receipt())
    return number


def now(trial: Trial, number: Number) -> Ticket:
    with trial.desk.records.read() as unit:
        return unit.tickets.get(number)


def grade(
    trial: Trial, number: Number, *, by: PersonId = SUE, **changes: object
) -> tuple[f.Fact, ...]:
    typed: dict[str, object] = {
        "known": False,
        "like": None,
        "departments": (),
        "cause": "quality",
        "report": WHY,
    }
    judged = Judgement(**(typed | changes))  # type: ignore[arg-type]
    return grading.grade(trial.desk, number, judged, by=by, receipt=trial.receipt()).facts


def told(trial: Trial, number: Number, department: str, head: PersonId) -> NoticeState | None:
    with trial.desk.records.read() as unit:
        return unit.notices.state(f"{NoticeKind.HEAD_TOLD}:{number}:{department}:{head}")


@pytest.mark.requirement(27, 34)
def test_a_grading_keeps_the_first_cause_and_who_judged(trial: Trial) -> None:
    number = a_case(trial)

    grade(trial, number, by=LEE, known=True)

    made = now(trial, number).complaint.grading
    assert made is not None
    assert (made.known, made.cause, made.report, made.by) == (True, "quality", WHY, LEE)


@pytest.mark.requirement(34, 35)
def test_a_supervisor_changes_the_grades_with_it_from_what_to_what(trial: Trial) -> None:
    number = a_case(trial)
    was = now(trial, number).priority

    facts = grade(trial, number, priority=Priority.P3, complexity=Complexity.COMPLEX)

    (changed,) = [one for one in facts if isinstance(one, f.PriorityChanged)]
    assert (changed.was, changed.now, changed.reason) == (was, Priority.P3, WHY)
    assert now(trial, number).complexity is Complexity.COMPLEX


def test_a_lead_grades_but_changes_no_priority(trial: Trial) -> None:
    number = a_case(trial)

    with pytest.raises(Refused):
        grade(trial, number, by=LEE, priority=Priority.P3)

    assert now(trial, number).complaint.grading is None
    assert grading.before_grading(trial.desk, number, by=SUE).may_judge
    assert not grading.before_grading(trial.desk, number, by=LEE).may_judge


@pytest.mark.parametrize("person", [ANN, BOB, EVE, KEN, OLGA])
def test_nobody_else_grades(trial: Trial, person: PersonId) -> None:
    number = a_case(trial)

    with pytest.raises(Refused):
        grade(trial, number, by=person)
    with pytest.raises(Refused):
        grading.before_grading(trial.desk, number, by=person)


def test_a_known_problem_is_linked_to_its_case_or_taken_in_by_its_parent(trial: Trial) -> None:
    parent, child, number, other = (a_case(trial) for _ in range(4))
    parents.put_under(trial.desk, child, parent, by=SUE, receipt=trial.receipt())

    grade(trial, number, known=True, like=parent)
    grade(trial, other, known=True, like=number)

    assert now(trial, number).parent == parent
    assert set(now(trial, parent).children) == {child, number}
    assert now(trial, other).links == (number,)
    again = grade(trial, other, known=True, like=number)
    assert not [one for one in again if isinstance(one, f.Linked)]


def test_a_lead_links_only_what_they_may_see(trial: Trial) -> None:
    number, own = a_case(trial), a_case(trial)
    elsewhere = trial.log(category="complaint/service_quality", expectation="道歉")

    for unknown in (elsewhere, Number("20250922999"), number):
        with pytest.raises(NotFound):
            grade(trial, number, by=LEE, known=True, like=unknown)
    grade(trial, number, by=LEE, known=True, like=own)

    assert now(trial, number).links == (own,)


@pytest.mark.requirement(34, 41)
def test_the_heads_of_departments_it_needs_help_with_one_contact(trial: Trial) -> None:
    number = a_case(trial)

    grade(trial, number, departments=("operations", "tech"))

    ticket = now(trial, number)
    assert (ticket.collaborators, ticket.contact_person) == ((OLGA,), OLGA)
    assert told(trial, number, "operations", OLGA) is None  # an ordinary case
    grade(trial, number, departments=("operations",), complexity=Complexity.COMPLEX)
    assert told(trial, number, "operations", OLGA) is NoticeState.READY
    assert now(trial, number).collaborators == (OLGA,)


@pytest.mark.requirement(41)
def test_the_head_of_who_helps_with_a_complex_case_is_told_once(trial: Trial) -> None:
    number = trial.log(category="complaint/product_defect", phone="13900001111")
    owners.judge_complexity(
        trial.desk, number, Complexity.COMPLEX, WHY, by=SUE, receipt=trial.receipt()
    )
    named = f.CollaboratorsNamed(people=(KEN,), contact=KEN)

    owners.name_collaborators(trial.desk, number, named, by=SUE, receipt=trial.receipt())
    owners.name_collaborators(trial.desk, number, named, by=SUE, receipt=trial.receipt())

    assert told(trial, number, "tech", LEE) is NoticeState.READY


def test_of_a_high_risk_only_heads_who_help_are_told(trial: Trial) -> None:
    number = a_case(trial, risks=frozenset({Risk.SAFETY}))
    owners.judge_complexity(
        trial.desk, number, Complexity.COMPLEX, WHY, by=SUE, receipt=trial.receipt()
    )
    named = f.CollaboratorsNamed(people=(BOB,), contact=BOB)

    owners.name_collaborators(trial.desk, number, named, by=SUE, receipt=trial.receipt())

    assert told(trial, number, "service", SUE) is None
    grade(trial, number, departments=("operations",))
    assert told(trial, number, "operations", OLGA) is NoticeState.READY


def test_whom_it_is_about_is_not_brought_in_by_a_grading(trial: Trial) -> None:
    number = a_case(trial)
    complaints.name_complained_about(trial.desk, number, [OLGA], by=SUE, receipt=trial.receipt())

    grade(trial, number, departments=("operations",))

    assert now(trial, number).collaborators == ()


@pytest.mark.requirement(83)
def test_the_meeting_knows_the_cause_judged_last(trial: Trial) -> None:
    first, second, plain = (a_case(trial) for _ in range(3))
    grade(trial, first)
    grade(trial, first, cause="delivery")
    grade(trial, second)

    with trial.desk.records.read() as unit:
        causes = unit.meetings.first_causes([first, second, plain])

    assert causes == {first: "delivery", second: "quality"}


def test_what_no_form_offers_is_refused(trial: Trial) -> None:
    number = a_case(trial)

    for wrong in ({"cause": "nonsense"}, {"departments": ("nowhere",)}):
        with pytest.raises(DeskError):
            grade(trial, number, **wrong)


# --- collaborators that are proposed -------------------------------------------------------------


def propose(trial: Trial, number: Number, *, by: PersonId = EVE) -> None:
    proposed = f.CollaboratorsProposed(people=(OLGA, KEN), contact=OLGA, need=Text("调取录音"))
    helping.propose(trial.desk, number, proposed, by=by, receipt=trial.receipt())


@pytest.mark.requirement(41)
def test_what_the_assignee_proposes_the_lead_agrees_to(trial: Trial) -> None:
    number = a_case(trial)
    propose(trial, number)
    assert now(trial, number).collaborators == ()

    helping.agree(trial.desk, number, by=LEE, receipt=trial.receipt())

    ticket = now(trial, number)
    assert (ticket.collaborators, ticket.contact_person) == ((OLGA, KEN), OLGA)
    assert ticket.proposal is None
    with pytest.raises(IllegalMove):
        helping.agree(trial.desk, number, by=SUE, receipt=trial.receipt())


@pytest.mark.requirement(41)
def test_lead_and_supervisors_are_asked_privately(trial: Trial) -> None:
    number = a_case(trial)

    propose(trial, number)

    with trial.desk.records.read() as unit:
        seq = unit.tickets.events(number)[-1].seq
        states = {
            one: unit.notices.state(f"{NoticeKind.HELP_PROPOSED}:{number}:1:{seq}:{one}")
            for one in (LEE, SUE, EVE, OLGA)
        }
    asked = {one for one, state in states.items() if state is NoticeState.READY}
    assert asked == {LEE, SUE}


def test_nobody_agrees_to_their_own_proposal(trial: Trial) -> None:
    number = a_case(trial)
    propose(trial, number, by=LEE)

    with pytest.raises(Refused):
        helping.agree(trial.desk, number, by=LEE, receipt=trial.receipt())
    helping.agree(trial.desk, number, by=SUE, receipt=trial.receipt())

    assert now(trial, number).contact_person == OLGA


def test_a_later_proposal_is_not_agreed_to_unseen(trial: Trial) -> None:
    number = a_case(trial)
    propose(trial, number)
    read = now(trial, number).proposal
    assert read
    other = f.CollaboratorsProposed(people=(BOB,), contact=BOB)
    helping.propose(trial.desk, number, other, by=EVE, receipt=trial.receipt())

    with pytest.raises(IllegalMove) as told:
        seq, receipt = read.asked_seq, trial.receipt()
        helping.agree(trial.desk, number, by=LEE, receipt=receipt, asked_seq=seq)

    assert told.value.message.id == "helping.another_proposed"
    assert now(trial, number).collaborators == ()


def test_naming_others_settles_what_was_proposed(trial: Trial) -> None:
    number = a_case(trial)
    propose(trial, number)

    named = f.CollaboratorsNamed(people=(BOB,), contact=BOB)
    owners.name_collaborators(trial.desk, number, named, by=SUE, receipt=trial.receipt())

    assert now(trial, number).proposal is None


@pytest.mark.parametrize("person", [BOB, KEN, OLGA])
def test_who_has_nothing_to_do_with_it_proposes_nothing(trial: Trial, person: PersonId) -> None:
    number = a_case(trial)

    with pytest.raises(Refused):
        propose(trial, number, by=person)
