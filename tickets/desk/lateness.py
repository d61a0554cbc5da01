"""Why a case is late: the cause for the figures and words where they say more (超时原因, R105)."""

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.lifecycle import Move
from tickets.case.values import LateCause, Number, PersonId
from tickets.desk.change import Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.errors import IllegalMove, Incomplete
from tickets.message import say
from tickets.people.roles import Action
from tickets.time.deadlines import owed


def explain_lateness(
    desk: Desk, number: Number, why: f.LatenessExplained, *, by: PersonId, receipt: str
) -> Outcome:
    """Put on record why a ticket is late; `other` needs words. Said again, the newest holds.

    Raises Incomplete, and IllegalMove where nothing is or was late.
    """

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.NOTE, scene.ticket)
        if why.cause is LateCause.OTHER and not (why.overdue_reason or "").strip():
            raise Incomplete({"overdue_reason": say("lateness.other_needs_words")})
        if not is_late(scene):
            raise IllegalMove("lateness.not_late", number=number)
        return (why,)

    return change(
        desk, number, by=by, action=Action.EXPLAIN_LATENESS, receipt=receipt, decide=decide
    )


def is_late(scene: Scene) -> bool:
    """Tell whether any clock of any round has been missed."""
    handbook = scene.handbook
    clocks = owed(scene.events, handbook.policies, scene.calendar, pauses=handbook.pauses)
    return any(one.is_breached(scene.now) for one in clocks)
