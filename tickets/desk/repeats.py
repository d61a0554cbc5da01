"""The repeat call: an earlier case of the same customer and category, shown to whoever takes the call, told again (R79)."""

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.fold import fold
from tickets.case.ticket import Ticket
from tickets.case.values import Number, PersonId, Status
from tickets.desk.asking import note_look_up, reading
from tickets.desk.change import Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.errors import IllegalMove
from tickets.people.roles import Action


def find_repeat(
    desk: Desk, *, phone: str, email: str, category: str, by: PersonId
) -> Ticket | None:
    """Find the newest case of the customer with this phone or mail, in this category if one is given.

    The edge shows its number, category, date and whether it was told, nothing else; that it was shown
    goes on the audit log. Raises Refused.
    """
    phone = desk.phones.normalise(phone) or phone.strip()
    email = email.strip()
    since = desk.clock.now() - desk.handbook().intake.repeat_within
    with reading(desk, by, Action.LOG) as (unit, _who):
        known = unit.customers.find(phone=phone or None, email=email or None)
        numbers = unit.tickets.of_customer(known.id, since=since) if known else ()
        cases = (fold(unit.tickets.events(number)) for number in numbers)
        found = next((case for case in cases if _is_same(case, category)), None)
    if found:
        note_look_up(desk, found.customer_id, by=by, shown=found.number)
    return found


def _is_same(case: Ticket, category: str) -> bool:
    """A first level alone fits all its second levels, nothing typed yet fits any."""
    usable = case.status not in {Status.INVALID, Status.MERGED}
    return usable and case.category.startswith(category)


def was_told(desk: Desk, number: Number, *, by: PersonId) -> bool:
    """Tell whether the customer has had our answer once. Raises Refused or NotFound."""
    with reading(desk, by, Action.LOG) as (unit, _who):
        return unit.tickets.get(number).customer_told_at is not None


def tell_again(
    desk: Desk, number: Number, told: f.ToldAgain, *, by: PersonId, receipt: str
) -> Outcome:
    """Note that whoever took the repeat call told the answer again, and why it had to be (R79)."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        if told.happened_at > scene.now:
            raise IllegalMove("contact.in_future", number=number)
        return lifecycle.tell_again(scene.ticket, told)

    return change(
        desk,
        number,
        by=by,
        action=Action.TELL_AGAIN,
        receipt=receipt,
        decide=decide,
        detail=lambda _after: {"cause": told.cause},
    )
