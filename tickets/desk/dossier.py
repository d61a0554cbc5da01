"""卷宗: the whole record of a case as one masked file, for whoever may take it and says why (R98, X18)."""

from tickets.case import facts as f
from tickets.case.values import Number, PersonId, Text
from tickets.desk.change import Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.people.roles import Action


def ask_for_dossier(
    desk: Desk, number: Number, reason: Text, *, by: PersonId, receipt: str
) -> Outcome:
    """Have the dossier of a case, archived or not, sent privately; it is on its timeline. Raises Refused."""

    def decide(_scene: Scene) -> tuple[f.Fact, ...]:
        return (f.DossierMade(reason=reason),)

    return change(desk, number, by=by, action=Action.MAKE_DOSSIER, receipt=receipt, decide=decide)
