"""Who may do what in a retrospective: the matrix, and what a person is to this one (R120; DESK.md 7)."""

from tickets.case.values import PersonId
from tickets.handbook import Handbook
from tickets.meetings.improvement import Improvement
from tickets.people import roles
from tickets.people.roles import Action, Actor
from tickets.retrospectives.retrospective import Retrospective


def may(who: Actor, action: Action, retro: Retrospective | None = None) -> bool:
    """Tell whether this person may; who was invited sees it, who chairs or looks back runs it."""
    if retro and not who.is_stranger and action in _of(who, retro):
        return True
    return roles.may(who, action)


def require(who: Actor, action: Action, retro: Retrospective | None = None) -> None:
    """Raise Refused, in words that say who could do it instead."""
    if not may(who, action, retro):
        roles.require(who, action)


def approvers_of(handbook: Handbook) -> frozenset[PersonId]:
    """Name who approves minutes (R122): the directors, of a desk without any its supervisors."""
    return handbook.people.directors or handbook.people.supervisors


def needed_for(action: Action, handbook: Handbook) -> Action:
    """Tell which right an action takes: where no director can approve, that of the supervisors."""
    nobody_else = action is Action.APPROVE_MINUTES and not handbook.people.directors
    return Action.CALL_RETROSPECTIVE if nobody_else else action


def require_owner(who: Actor, item: Improvement) -> None:
    """Raise Refused of who neither owns an improvement nor looks after all of them."""
    if who.is_stranger or who.id != item.owner:
        roles.require(who, Action.RUN_RETROSPECTIVE)


def _of(who: Actor, retro: Retrospective) -> frozenset[Action]:
    if who.id in {retro.chair, retro.recap}:
        return frozenset({Action.SEE_RETROSPECTIVE, Action.RUN_RETROSPECTIVE})
    return frozenset({Action.SEE_RETROSPECTIVE} if who.id in retro.people else ())
