"""What is added to an archived case: the record stays as it is, the addendum stands beside it (R96)."""

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.lifecycle import Move
from tickets.case.values import Number, PersonId, Text
from tickets.desk.change import Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.people.roles import Action


def add_addendum(desk: Desk, number: Number, text: Text, *, by: PersonId, receipt: str) -> Outcome:
    """Put right or add to what is archived; nobody changes it afterwards either. Raises Refused or IllegalMove."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.ADDENDUM, scene.ticket)
        return (f.Addendum(text=text),)

    return change(desk, number, by=by, action=Action.ADD_ADDENDUM, receipt=receipt, decide=decide)
