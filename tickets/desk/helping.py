"""Collaborators proposed by whoever works on a case, and agreed to by its lead or a supervisor (R41)."""

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.lifecycle import Move
from tickets.case.values import Number, PersonId
from tickets.desk.change import Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.desk.owners import require_present
from tickets.errors import IllegalMove, Refused
from tickets.message import Word
from tickets.people.roles import Action


def propose(
    desk: Desk, number: Number, proposed: f.CollaboratorsProposed, *, by: PersonId, receipt: str
) -> Outcome:
    """Propose who helps; a later proposal takes the place of one that waits."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.REASSIGN, scene.ticket)
        for person in proposed.people:
            require_present(scene, person)
        return (proposed,)

    return change(
        desk, number, by=by, action=Action.PROPOSE_CONTACT, receipt=receipt, decide=decide
    )


def agree(
    desk: Desk, number: Number, *, by: PersonId, receipt: str, asked_seq: int | None = None
) -> Outcome:
    """Agree to what somebody else proposed: from now on they help. Raises IllegalMove or Refused.

    `asked_seq` is the proposal that was read: a later one in its place is not agreed to unseen.
    """

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.REASSIGN, scene.ticket)
        proposal = scene.ticket.proposal
        if proposal is None:
            raise IllegalMove("helping.nothing_proposed", number=number)
        if asked_seq not in {None, proposal.asked_seq}:
            raise IllegalMove("helping.another_proposed", number=number)
        if proposal.by == scene.who.id:
            raise Refused("helping.not_ones_own", action=Word(f"action.{Action.AGREE_CONTACT}"))
        for person in proposal.people:
            require_present(scene, person)
        return (
            f.CollaboratorsNamed(
                people=proposal.people, contact=proposal.contact, need=proposal.need
            ),
        )

    return change(desk, number, by=by, action=Action.AGREE_CONTACT, receipt=receipt, decide=decide)
