"""Complaints: evidence before passing on, their steps, their outcome, and the end that waits for them (R18, R78)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.tickets.desk.desks import ANN, DAI, EVE, KEN, LEE, SUE, Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tickets.case import facts as f
from tickets.case.complaint_gates import lacking_evidence
from tickets.case.intake import EvidenceFile
from tickets.case.listing import Scope
from tickets.case.ticket import Ticket
from tickets.case.values import (
    ComplaintOutcome,
    ContactChannel,
    CustomerType,
    Number,
    PersonId,
    Solved,
    Status,
    Text,
)
from tickets.complaint_rules import ComplaintRules, Unfinished
from tickets.desk import compensation, complaints, ending, owners, talk, work
from tickets.desk.look import list_tickets, search, show
from tickets.errors import DeskError, IllegalMove, Incomplete, Refused
from tickets.handbook import Handbook
from tickets.people import roles
from tickets.people.limits import approvers, may_approve
from tickets.people.roles import Action
from tickets.ports import Records

DEFECT, FAULT = "complaint/product_defect", "after_sales/fault"
UPHELD, WITHDRAWN = ComplaintOutcome.UPHELD, ComplaintOutcome.WITHDRAWN
PICTURE = EvidenceFile(file_id="F1", name="a.png")


def asking_for_a_screenshot(handbook: Handbook) -> Handbook:
    first = handbook.categories["after_sales"]
    sub = replace(first.sub[FAULT], required_evidence=frozenset({"screenshot"}))
    asked = replace(first, sub={**first.sub, FAULT: sub})
    return replace(handbook, categories={**handbook.categories, "after_sales": asked})


def now(trial: Trial, number: Number) -> Ticket:
    with trial.desk.records.read() as unit:
        return unit.tickets.get(number)


def scored(trial: Trial) -> Number:
    """A complaint that is resolved, told and scored, and has neither outcome nor steps."""
    number = trial.log(category=DEFECT)
    work.accept(trial.desk, number, by=SUE, receipt=trial.receipt())
    work.resolve(
        trial.desk, number, f.Resolved(result=Text("换新")), by=SUE, receipt=trial.receipt()
    )
    told = f.CustomerTold(way=ContactChannel.PHONE, happened_at=trial.clock.at)
    ending.tell(trial.desk, number, told, by=ANN, receipt=trial.receipt())
    score = f.Scored(score=5, solved=Solved.YES)
    ending.score(trial.desk, number, score, by=ANN, receipt=trial.receipt())
    return number


def close(trial: Trial, number: Number, *, by: str = ANN, **how: object) -> None:
    ending.close(trial.desk, number, None, by=by, receipt=trial.receipt(), **how)  # type: ignore[arg-type]


@pytest.fixture
def trial(records: Records) -> Trial:
    """A desk that wants outcome and steps before a complaint ends."""
    rules = ComplaintRules(unfinished=Unfinished.REASON)
    return a_desk(records, replace(a_handbook(), complaints=rules))


@pytest.fixture
def asking(records: Records) -> Trial:
    return a_desk(records, asking_for_a_screenshot(a_handbook()))


@pytest.mark.requirement(78)
def test_a_complaint_ends_with_its_outcome_explained_and_accepted(trial: Trial) -> None:
    number = scored(trial)
    with pytest.raises(IllegalMove) as no_outcome:
        close(trial, number)
    with pytest.raises(IllegalMove) as no_steps:
        close(trial, number, outcome=UPHELD)
    assert str(no_outcome.value.message.params["gaps"]) == "(Word(id='close.no_outcome'),)"
    assert [word.id for word in no_steps.value.message.params["steps"]] == [  # type: ignore[union-attr]
        "complaint_step.explained",
        "complaint_step.accepted",
    ]

    complaints.tick(trial.desk, number, ["explained", "accepted"], by=ANN, receipt=trial.receipt())
    close(trial, number, outcome=UPHELD)

    ticket = now(trial, number)
    assert ticket.status is Status.CLOSED and ticket.complaint.outcome is UPHELD
    done = [(one.step, one.by, one.at) for one in ticket.complaint.ticked]
    assert done == [("explained", ANN, trial.clock.at), ("accepted", ANN, trial.clock.at)]


@pytest.mark.requirement(78)
def test_only_a_supervisor_ends_one_without_its_steps_and_says_why(trial: Trial) -> None:
    number = scored(trial)
    with pytest.raises(IllegalMove):
        close(trial, number, outcome=UPHELD, without=Text("客户已出国"))
    assert now(trial, number).status is Status.RESOLVED

    other = trial.log(category=DEFECT, phone="13900001111")
    owners.assign(trial.desk, other, EVE, None, by=SUE, receipt=trial.receipt())
    work.accept(trial.desk, other, by=EVE, receipt=trial.receipt())
    work.resolve(
        trial.desk, other, f.Resolved(result=Text("换新")), by=EVE, receipt=trial.receipt()
    )
    told = f.CustomerTold(way=ContactChannel.PHONE, happened_at=trial.clock.at)
    ending.tell(trial.desk, other, told, by=ANN, receipt=trial.receipt())
    score = f.Scored(score=5, solved=Solved.YES)
    ending.score(trial.desk, other, score, by=ANN, receipt=trial.receipt())
    close(trial, other, by=SUE, outcome=UPHELD, without=Text("客户已出国"))

    assert now(trial, other).complaint.checklist_waived


def test_a_desk_that_asks_for_no_more_lets_it_end_with_what_is_there(records: Records) -> None:
    trial = a_desk(records)
    number = scored(trial)

    close(trial, number)

    ticket = now(trial, number)
    assert ticket.status is Status.CLOSED
    assert ticket.complaint.outcome is None and not ticket.complaint.checklist_waived


def test_a_desk_may_refuse_the_end_whatever_the_reason(records: Records) -> None:
    rules = ComplaintRules(unfinished=Unfinished.REFUSE)
    trial = a_desk(records, replace(a_handbook(), complaints=rules))
    number = scored(trial)

    with pytest.raises(IllegalMove) as refused:
        close(trial, number, outcome=UPHELD, without=Text("客户已出国"))

    assert refused.value.message.id == "complaint.unfinished_refused"


def test_a_withdrawn_complaint_asks_for_no_steps(trial: Trial) -> None:
    number = scored(trial)

    close(trial, number, outcome=WITHDRAWN)

    assert now(trial, number).status is Status.CLOSED


def test_a_confirmed_result_is_accepted(trial: Trial) -> None:
    number = scored(trial)
    ending.confirm(trial.desk, number, by=ANN, receipt=trial.receipt())
    complaints.tick(trial.desk, number, ["explained"], by=ANN, receipt=trial.receipt())

    close(trial, number, outcome=UPHELD)

    assert now(trial, number).status is Status.CLOSED


def test_a_further_round_begins_without_ticks_or_outcome(trial: Trial) -> None:
    number = scored(trial)
    complaints.tick(trial.desk, number, ["explained", "accepted"], by=ANN, receipt=trial.receipt())
    close(trial, number, outcome=UPHELD)

    ending.reopen(trial.desk, number, Text("又坏了"), by=SUE, receipt=trial.receipt())

    state = now(trial, number).complaint
    assert state.ticked == () and state.outcome is None


def test_a_case_of_another_kind_is_closed_as_before(trial: Trial) -> None:
    number = trial.log()
    done = f.Resolved(result=Text("已答复"), on_the_spot=True)
    work.resolve(trial.desk, number, done, by=ANN, receipt=trial.receipt())
    told = f.CustomerTold(way=ContactChannel.PHONE, happened_at=trial.clock.at)
    ending.tell(trial.desk, number, told, by=ANN, receipt=trial.receipt())
    ending.close(trial.desk, number, Text("不愿评价"), by=ANN, receipt=trial.receipt())

    assert now(trial, number).status is Status.CLOSED


def test_a_step_ticked_by_mistake_is_taken_back_and_an_unknown_one_refused(trial: Trial) -> None:
    number = trial.log(category=DEFECT)
    complaints.tick(trial.desk, number, ["confirmed", "told"], by=ANN, receipt=trial.receipt())
    complaints.tick(trial.desk, number, ["confirmed"], by=ANN, receipt=trial.receipt())
    with pytest.raises(DeskError):
        complaints.tick(trial.desk, number, ["paid"], by=ANN, receipt=trial.receipt())
    with pytest.raises(Refused):
        complaints.tick(trial.desk, number, ["told"], by=EVE, receipt=trial.receipt())

    assert [one.step for one in now(trial, number).complaint.ticked] == ["confirmed"]


@pytest.mark.requirement(18)
def test_a_case_without_the_evidence_its_category_asks_for_is_refused_at_intake(
    asking: Trial,
) -> None:
    with pytest.raises(Incomplete) as refused:
        asking.log()
    assert set(refused.value.problems) == {"evidence"}

    assert asking.log(evidence=(PICTURE,))
    assert asking.log(answered_with="已指导重新配对", phone="13900001111")


@pytest.mark.requirement(18)
@pytest.mark.parametrize(("by", "changes"), [(SUE, {}), (ANN, {"customer_type": CustomerType.VIP})])
def test_a_supervisor_or_a_vips_case_goes_on_without_it_for_a_reason(
    asking: Trial, by: PersonId, changes: dict[str, object]
) -> None:
    with pytest.raises(Incomplete) as refused:
        asking.log(evidence_without="客户稍后发来")
    assert set(refused.value.problems) == {"evidence_without"}

    number = asking.log(by=by, evidence_without="客户稍后发来", **changes)

    ticket = now(asking, number)
    assert ticket.complaint.evidence_deferred
    assert lacking_evidence(ticket, asking.desk.handbook())
    with asking.desk.records.read() as unit:
        facts = [event.fact for event in unit.tickets.events(number)]
    assert f.EvidenceDeferred(reason=Text("客户稍后发来")) in facts


@pytest.mark.requirement(18)
def test_what_a_known_vip_calls_about_goes_on_too(asking: Trial) -> None:
    asking.log(customer_type=CustomerType.VIP, evidence=(PICTURE,))

    assert asking.log(evidence_without="客户稍后发来")


@pytest.mark.requirement(18)
def test_evidence_that_comes_later_is_owed_until_it_is_resolved(asking: Trial) -> None:
    number = asking.log(by=SUE, evidence_without="客户稍后发来")
    owners.transfer(asking.desk, number, "operations", None, by=SUE, receipt=asking.receipt())
    owners.assign(asking.desk, number, EVE, None, by=SUE, receipt=asking.receipt())
    work.accept(asking.desk, number, by=EVE, receipt=asking.receipt())
    done = f.Resolved(result=Text("已修复"))
    with pytest.raises(IllegalMove) as missing:
        work.resolve(asking.desk, number, done, by=EVE, receipt=asking.receipt())
    assert missing.value.message.id == "evidence.lacking"

    link = f.EvidenceAdded(file_id="link:1", name=Text("a.png"), link=Text("https://a.example"))
    talk.add_evidence(asking.desk, number, link, by=EVE, receipt=asking.receipt())
    work.resolve(asking.desk, number, done, by=EVE, receipt=asking.receipt())

    assert not lacking_evidence(now(asking, number), asking.desk.handbook())


def test_a_reason_where_nothing_is_lacking_is_no_fact(trial: Trial) -> None:
    number = trial.log(evidence_without="客户稍后发来")

    assert not now(trial, number).complaint.evidence_deferred


@pytest.mark.requirement(18)
def test_without_evidence_it_neither_changes_department_nor_is_resolved(asking: Trial) -> None:
    number = asking.log(category="after_sales/returns", phone="13900001111")
    owners.assign(asking.desk, number, EVE, None, by=SUE, receipt=asking.receipt())
    work.accept(asking.desk, number, by=EVE, receipt=asking.receipt())
    corrected_to_a_fault(asking, number)
    result = f.Resolved(result=Text("已修复"))

    for by, reason in ((LEE, Text("客户不会截图")), (EVE, None), (EVE, Text("客户不会截图"))):
        with pytest.raises((IllegalMove, Refused)):
            work.resolve(
                asking.desk, number, result, by=by, receipt=asking.receipt(), without=reason
            )
    with pytest.raises(IllegalMove) as missing:
        owners.transfer(asking.desk, number, "operations", None, by=SUE, receipt=asking.receipt())
    assert missing.value.message.id == "evidence.lacking"
    owners.transfer(
        asking.desk, number, "operations", Text("客户不会截图"), by=SUE, receipt=asking.receipt()
    )

    ticket = now(asking, number)
    assert ticket.department == "operations" and ticket.complaint.evidence_waived


def corrected_to_a_fault(trial: Trial, number: Number) -> None:
    talk.correct(trial.desk, number, "category", FAULT, by=ANN, receipt=trial.receipt())


@pytest.mark.requirement(25)
def test_whom_it_is_about_has_it_no_longer_and_sees_it_nowhere(trial: Trial) -> None:
    number = trial.log()
    owners.assign(trial.desk, number, EVE, None, by=SUE, receipt=trial.receipt())
    helped = f.CollaboratorsNamed(people=(EVE, KEN), contact=EVE)
    owners.name_collaborators(trial.desk, number, helped, by=SUE, receipt=trial.receipt())

    complaints.name_complained_about(trial.desk, number, [EVE], by=ANN, receipt=trial.receipt())

    ticket = now(trial, number)
    assert ticket.assignee == KEN and ticket.collaborators == (KEN,) and ticket.is_restricted
    with pytest.raises(Refused):
        show(trial.desk, number, by=EVE)
    for scope in Scope:
        if scope is not Scope.DEPARTMENT:
            assert not list_tickets(trial.desk, scope, by=EVE).lines
    assert not search(trial.desk, "出风口", by=EVE).lines
    assert not search(trial.desk, number, by=EVE).lines
    assert search(trial.desk, number, by=SUE).lines and show(trial.desk, number, by=KEN)


@pytest.mark.requirement(25)
@pytest.mark.parametrize("step", ["assign", "helper", "transfer", "reopened", "hand_back"])
def test_nobody_gives_it_to_whom_it_is_about(trial: Trial, step: str) -> None:
    number = trial.log()
    owners.assign(trial.desk, number, KEN, None, by=SUE, receipt=trial.receipt())
    complaints.name_complained_about(
        trial.desk, number, [EVE, ANN], by=SUE, receipt=trial.receipt()
    )
    how = {"by": SUE, "receipt": trial.receipt()}
    match step:
        case "assign":
            with pytest.raises(IllegalMove):
                owners.assign(trial.desk, number, EVE, None, **how)  # type: ignore[arg-type]
        case "helper":
            with pytest.raises(IllegalMove):
                named = f.CollaboratorsNamed(people=(EVE,), contact=EVE)
                owners.name_collaborators(trial.desk, number, named, **how)  # type: ignore[arg-type]
        case "transfer":
            owners.transfer(trial.desk, number, "tech", None, **how)  # type: ignore[arg-type]
        case "reopened":
            work.accept(trial.desk, number, by=KEN, receipt=trial.receipt())
            done = f.Resolved(result=Text("换新"))
            work.resolve(trial.desk, number, done, by=KEN, receipt=trial.receipt())
            ending.reopen(trial.desk, number, Text("又坏了"), **how)  # type: ignore[arg-type]
        case _:
            work.hand_back(trial.desk, number, Text("不归我"), by=KEN, receipt=trial.receipt())

    ticket = now(trial, number)
    assert {EVE, ANN}.isdisjoint({ticket.assignee, ticket.caller, *ticket.collaborators})


@pytest.mark.requirement(25)
def test_a_supervisor_it_is_about_may_nothing_of_it_whatever_the_action(trial: Trial) -> None:
    number = trial.log(category=DEFECT)
    complaints.name_complained_about(trial.desk, number, [SUE], by=ANN, receipt=trial.receipt())

    ticket = now(trial, number)
    who = roles.actor(SUE, trial.desk.handbook())
    assert ticket.assignee != SUE
    assert not [action for action in Action if roles.may(who, action, ticket)]
    assert not search(trial.desk, number, by=SUE).lines


def assigned_to_eve(trial: Trial) -> Number:
    number = trial.log()
    owners.assign(trial.desk, number, EVE, None, by=SUE, receipt=trial.receipt())
    return number


def plan(trial: Trial, number: Number, amount: int, *, by: str = EVE, **more: object) -> None:
    planned = f.Planned(
        measures=Text("上门检修并补偿"),
        finish_by=trial.clock.at + timedelta(days=1),
        amount=amount,
        **more,  # type: ignore[arg-type]
    )
    work.plan(trial.desk, number, planned, by=by, receipt=trial.receipt())  # type: ignore[arg-type]


@pytest.mark.requirement(73)
def test_what_is_within_ones_limit_asks_nobody(trial: Trial) -> None:
    number = assigned_to_eve(trial)

    plan(trial, number, 100_00)

    assert now(trial, number).complaint.approval is None


@pytest.mark.requirement(73, 74)
def test_what_is_above_it_waits_and_the_customer_is_not_told_before(trial: Trial) -> None:
    number = assigned_to_eve(trial)
    plan(trial, number, 100_01)
    told = f.WorkaroundGiven(workaround=Text("代用机"), told=True, amount=300_00)
    with pytest.raises(IllegalMove):
        work.give_workaround(trial.desk, number, told, by=EVE, receipt=trial.receipt())
    work.resolve(
        trial.desk, number, f.Resolved(result=Text("换新")), by=EVE, receipt=trial.receipt()
    )
    said = f.CustomerTold(way=ContactChannel.PHONE, happened_at=trial.clock.at)
    with pytest.raises(IllegalMove) as pending:
        ending.tell(trial.desk, number, said, by=ANN, receipt=trial.receipt())
    assert pending.value.message.id == "approval.pending"

    compensation.approve(trial.desk, number, by=LEE, receipt=trial.receipt())
    ending.tell(trial.desk, number, said, by=ANN, receipt=trial.receipt())

    assert now(trial, number).customer_told_at is not None


@pytest.mark.requirement(73)
@pytest.mark.parametrize(
    ("amount", "asked"), [(500_00, [LEE]), (500_01, [SUE]), (2000_00, [SUE]), (2000_01, [DAI])]
)
def test_the_lowest_who_may_is_asked(trial: Trial, amount: int, asked: list[str]) -> None:
    number = assigned_to_eve(trial)
    plan(trial, number, amount)

    ticket = now(trial, number)
    assert list(approvers(ticket, trial.desk.handbook())) == asked
    ladder = [LEE, SUE, DAI]
    for person in ladder:
        who = roles.actor(person, trial.desk.handbook())
        may = may_approve(who, ticket, amount, trial.desk.handbook().compensation)
        assert may is (ladder.index(person) >= ladder.index(asked[0]))  # type: ignore[arg-type]


@pytest.mark.requirement(73)
def test_nobody_approves_their_own_or_above_their_limit(trial: Trial) -> None:
    number = assigned_to_eve(trial)
    plan(trial, number, 2000_01, by=SUE, reason=Text("代为填写"))
    for person in (SUE, LEE, EVE, ANN):
        with pytest.raises(Refused):
            compensation.approve(trial.desk, number, by=person, receipt=trial.receipt())
    compensation.refuse(trial.desk, number, Text("过高"), by=DAI, receipt=trial.receipt())
    with pytest.raises(IllegalMove):
        compensation.approve(trial.desk, number, by=DAI, receipt=trial.receipt())

    assert now(trial, number).complaint.approval is None


@pytest.mark.requirement(73)
def test_a_cost_asks_the_lead(trial: Trial) -> None:
    number = assigned_to_eve(trial)
    plan(trial, number, 0, cost=Text("配件 80 元"))

    ticket = now(trial, number)
    assert ticket.complaint.approval
    assert ticket.complaint.approval.amount is None
    assert approvers(ticket, trial.desk.handbook()) == (LEE,)
