"""The plain cases of the authorisation matrix (RELIABILITY.md 4 with DESK.md 7)."""

from dataclasses import replace

import pytest

from tests.tickets.builders import authored, logged
from tests.tickets.handbooks import a_handbook
from tickets.case import facts as f
from tickets.case.fold import fold
from tickets.case.ticket import Ticket
from tickets.case.values import AssignCause, PersonId, Risk, Text
from tickets.errors import Refused
from tickets.handbook import People
from tickets.people import roles
from tickets.people.roles import Action, Relation, Role

AGENT1, AGENT2, ENG1, ENG2, LEAD, OPS = (
    PersonId(p) for p in ("U0AGENT1", "U0AGENT2", "U0ENG1", "U0ENG2", "U0LEAD", "U0OPS")
)
SUPER, DIRECTOR, ADMIN, AUDIT, STRANGER = (
    PersonId(p) for p in ("U0SUPER", "U0DIRECTOR", "U0ADMIN", "U0AUDIT", "U0NOBODY")
)
EVERYBODY = [AGENT1, AGENT2, ENG1, ENG2, LEAD, OPS, SUPER, DIRECTOR, ADMIN, AUDIT, STRANGER]


def tech_case(*later: tuple[f.Fact, PersonId]) -> Ticket:
    """Logged by agent 1, with engineer 1."""
    given = f.Assigned(department="tech", assignee=ENG1, cause=AssignCause.RULE, rule=2)
    return fold(authored([(logged(), AGENT1), (given, PersonId("desk")), *later]))


def resolved() -> Ticket:
    return tech_case((f.Accepted(), ENG1), (f.Resolved(result=Text("补充制冷剂")), ENG1))


def those_who_may(action: Action, ticket: Ticket | None) -> set[PersonId]:
    return {p for p in EVERYBODY if roles.may(roles.actor(p, a_handbook()), action, ticket)}


@pytest.mark.requirement(111, 112)
@pytest.mark.parametrize(
    ("action", "allowed"),
    [
        (Action.SEE, {AGENT1, ENG1, ENG2, LEAD, SUPER, DIRECTOR, AUDIT}),
        (Action.ASSIGN, {AGENT1, LEAD, SUPER}),
        (Action.SET_PRIORITY, {SUPER}),
        (Action.ACCEPT, {ENG1, LEAD, SUPER}),
        (Action.WORK, {ENG1, LEAD, SUPER}),
        (Action.PAUSE, {ENG1, SUPER}),
        (Action.RESOLVE, {ENG1, SUPER}),
        (Action.HAND_BACK, {ENG1}),
        (Action.MARK_INVALID, {AGENT1, SUPER}),
        (Action.REVEAL, {ENG1, SUPER}),
        (Action.REOPEN, {SUPER}),
        (Action.CORRECT, {AGENT1, SUPER}),
        (Action.NAME_CONTACT, {SUPER}),
    ],
)
def test_who_may_do_what_to_an_engineers_case(action: Action, allowed: set[PersonId]) -> None:
    assert those_who_may(action, tech_case()) == allowed


@pytest.mark.parametrize(
    ("action", "allowed"),
    [
        (Action.LOG, {AGENT1, AGENT2, ENG1, ENG2, OPS, SUPER}),
        (Action.LOOK_UP, {AGENT1, AGENT2, SUPER}),
        (Action.LIST, {AGENT1, AGENT2, ENG1, ENG2, LEAD, OPS, SUPER, DIRECTOR, AUDIT}),
    ],
)
def test_who_may_log_and_list(action: Action, allowed: set[PersonId]) -> None:
    assert those_who_may(action, None) == allowed


@pytest.mark.requirement(59)
def test_the_logger_tells_scores_and_closes_the_engineer_does_not() -> None:
    for action in (Action.TELL_CUSTOMER, Action.SCORE, Action.CLOSE):
        assert those_who_may(action, resolved()) == {AGENT1, SUPER}


@pytest.mark.requirement(110)
def test_the_logger_may_see_the_number_only_while_owing_the_call() -> None:
    assert AGENT1 not in those_who_may(Action.REVEAL, tech_case())
    assert AGENT1 in those_who_may(Action.REVEAL, resolved())


def test_a_former_assignee_has_no_rights_left() -> None:
    moved = f.Assigned(department="operations", assignee=OPS, cause=AssignCause.PERSON)

    assert ENG1 not in those_who_may(Action.WORK, tech_case((moved, SUPER)))


def test_who_resolved_a_case_that_was_passed_on_neither_scores_nor_closes_it() -> None:
    back = f.Assigned(department="service", assignee=AGENT1, cause=AssignCause.HAND_BACK)
    by_logger = tech_case(
        (f.HandedBack(reason=Text("不属于技术部")), ENG1),
        (back, PersonId("desk")),
        (f.Accepted(), AGENT1),
        (f.Resolved(result=Text("已换货")), AGENT1),
    )

    assert those_who_may(Action.CLOSE, by_logger) == {SUPER}


def test_a_case_answered_on_the_spot_is_closed_by_the_same_agent() -> None:
    mine = f.Assigned(department="service", assignee=AGENT1, cause=AssignCause.ON_THE_SPOT)
    answered = fold(
        authored(
            [
                (logged(), AGENT1),
                (mine, AGENT1),
                (f.Resolved(result=Text("已答"), on_the_spot=True), AGENT1),
            ]
        )
    )

    assert AGENT1 in those_who_may(Action.CLOSE, answered)


def test_a_routed_case_answered_before_anybody_took_it_on_is_scored_and_closed_by_the_same_agent() -> (
    None
):
    answered = tech_case((f.Resolved(result=Text("已答"), on_the_spot=True), AGENT1))

    assert AGENT1 in those_who_may(Action.SCORE, answered)
    assert AGENT1 in those_who_may(Action.CLOSE, answered)


def test_an_answer_after_a_hand_back_still_takes_four_eyes() -> None:
    back = f.Assigned(department="service", assignee=AGENT1, cause=AssignCause.HAND_BACK)
    answered = tech_case(
        (f.HandedBack(reason=Text("不属于技术部")), ENG1),
        (back, PersonId("desk")),
        (f.Resolved(result=Text("已答"), on_the_spot=True), AGENT1),
    )

    assert AGENT1 not in those_who_may(Action.CLOSE, answered)


def test_the_next_shift_owes_the_call_it_took_over() -> None:
    handed = resolved()
    taken = fold(
        authored(
            [
                (logged(), AGENT1),
                (
                    f.Assigned(department="tech", assignee=ENG1, cause=AssignCause.RULE),
                    PersonId("desk"),
                ),
                (f.Accepted(), ENG1),
                (f.Resolved(result=Text("补充制冷剂")), ENG1),
                (f.CallTakenOver(caller=AGENT2), AGENT2),
            ]
        )
    )

    assert AGENT2 not in those_who_may(Action.TELL_CUSTOMER, handed)
    assert AGENT2 in those_who_may(Action.TELL_CUSTOMER, taken)


@pytest.mark.requirement(30)
def test_a_high_risk_is_seen_by_its_own_people_and_above_not_by_a_department() -> None:
    given = f.Assigned(department="tech", assignee=ENG1, cause=AssignCause.RULE)
    risky = fold(
        authored([(logged(risks=frozenset({Risk.FRAUD})), AGENT1), (given, PersonId("desk"))])
    )

    assert those_who_may(Action.SEE, risky) == {AGENT1, ENG1, SUPER, DIRECTOR, AUDIT}
    assert those_who_may(Action.ACCEPT, risky) == {ENG1, SUPER}


def test_any_agent_may_route_what_nobody_has() -> None:
    unassigned = f.Assigned(department="tech", assignee=None, cause=AssignCause.RULE)

    assert AGENT2 in those_who_may(Action.ASSIGN, tech_case((unassigned, PersonId("desk"))))
    assert STRANGER not in those_who_may(Action.ASSIGN, tech_case((unassigned, PersonId("desk"))))


@pytest.mark.requirement(30)
def test_a_high_risk_that_nobody_has_is_routed_by_its_logger_or_a_supervisor() -> None:
    """A role alone opens no high-risk case: any agent could route an unassigned one, and so read it."""
    nobody = f.Assigned(department="tech", assignee=None, cause=AssignCause.RULE)
    risky = fold(
        authored([(logged(risks=frozenset({Risk.FRAUD})), AGENT1), (nobody, PersonId("desk"))])
    )

    assert those_who_may(Action.ASSIGN, risky) == {AGENT1, SUPER}
    assert those_who_may(Action.TAKE_OVER, risky) == {SUPER}


@pytest.mark.parametrize(
    ("action", "allowed"),
    [
        (Action.SEE_FIGURES, {AGENT1, AGENT2, ENG1, ENG2, LEAD, OPS, SUPER, DIRECTOR, AUDIT}),
        (Action.EXPORT_MASKED, {SUPER, DIRECTOR}),
        (Action.ASK_FULL_EXPORT, {SUPER}),
        (Action.APPROVE_FULL_EXPORT, {DIRECTOR}),
        (Action.ASK_ERASURE, {SUPER}),
        (Action.APPROVE_ERASURE, {DIRECTOR}),
        (Action.RUN_ERASURE, {ADMIN}),
        (Action.VERIFY_AUDIT, {DIRECTOR, ADMIN, AUDIT}),
        (Action.CONFIGURE, {ADMIN}),
        (Action.PROPOSE_ARTICLE, {AGENT1, AGENT2, ENG1, ENG2, LEAD, OPS, SUPER}),
        (Action.KEEP_ARTICLES, {LEAD, OPS, SUPER}),
        (Action.MAKE_DOSSIER, {SUPER, DIRECTOR}),
        (Action.ADD_ADDENDUM, {SUPER}),
    ],
)
def test_who_may_take_out_end_and_oversee(action: Action, allowed: set[PersonId]) -> None:
    """X18: an agent exports by no way; asking and approving are never one person's."""
    assert those_who_may(action, None) == allowed


@pytest.mark.requirement(117)
def test_the_librarian_keeps_articles_and_the_analyst_sees_figures_and_nothing_else() -> None:
    librarian = roles.Actor(PersonId("U0LIB"), frozenset({Role.LIBRARIAN}))
    analyst = roles.Actor(PersonId("U0NAN"), frozenset({Role.ANALYST}))

    def rights(who: roles.Actor) -> set[Action]:
        return {action for action in Action if roles.may(who, action, tech_case())}

    reads = Action.READ_ARTICLES
    assert rights(librarian) == {reads, Action.PROPOSE_ARTICLE, Action.KEEP_ARTICLES}
    assert rights(analyst) == {Action.SEE_FIGURES}
    assert roles.figures_sight(analyst).everything
    assert not roles.sight(analyst).everything


def test_a_supervisor_reads_the_audit_log_of_their_own_department() -> None:
    service = f.Assigned(department="service", assignee=AGENT1, cause=AssignCause.RULE)

    assert those_who_may(Action.READ_AUDIT, tech_case()) == {DIRECTOR, AUDIT}
    assert those_who_may(Action.READ_AUDIT, tech_case((service, SUPER))) == {
        SUPER,
        DIRECTOR,
        AUDIT,
    }


@pytest.mark.proves("X02")
@pytest.mark.parametrize("person", EVERYBODY)
def test_with_empty_lists_nobody_may_do_anything(person: PersonId) -> None:
    """Fails closed: a list that could not be filled opens nothing to anybody."""
    full = a_handbook()
    empty = replace(full, people=People(), departments={})
    who = roles.actor(person, empty)

    assert not [action for action in Action if roles.may(who, action)]
    assert not roles.sight(who).everything
    assert not [action for action in Action if roles.may(who, action, tech_case())]


def test_every_action_stands_in_the_matrix() -> None:
    assert set(roles.MATRIX) == set(Action)
    assert all(roles.MATRIX.values())


@pytest.mark.parametrize("action", list(Action))
def test_a_stranger_may_do_nothing(action: Action) -> None:
    assert STRANGER not in those_who_may(action, tech_case())


def test_a_refusal_says_who_could() -> None:
    with pytest.raises(Refused) as refusal:
        roles.require(roles.actor(AGENT2, a_handbook()), Action.SET_PRIORITY, tech_case())

    assert refusal.value.message.id == "refused.not_yours"
    assert [word.id for word in refusal.value.message.params["who"]] == [f"grant.{Role.SUPERVISOR}"]


def test_of_a_high_risk_case_a_refusal_names_nobody_who_is_refused_too() -> None:
    """A colleague of its department read that it is for members of its department."""
    case = tech_case()
    risky = replace(case, intake=replace(case.intake, risks=frozenset({Risk.DATA_BREACH})))

    with pytest.raises(Refused) as refusal:
        roles.require(roles.actor(ENG2, a_handbook()), Action.SEE, risky)

    named = {word.id.removeprefix("grant.") for word in refusal.value.message.params["who"]}
    assert not named & {Relation.OWN_MEMBER, Relation.OWN_LEAD}
    assert {Relation.ASSIGNEE, Relation.LOGGER, Role.SUPERVISOR, Role.DIRECTOR} <= named


def test_acting_for_the_assignee_asks_for_a_reason() -> None:
    lead = roles.actor(LEAD, a_handbook())

    assert roles.needs_reason(lead, Action.ACCEPT, tech_case())
    assert not roles.needs_reason(roles.actor(ENG1, a_handbook()), Action.ACCEPT, tech_case())
