"""The fast lane: a VIP or an elderly customer is served on the phone, the record is filled in afterwards (R21)."""

from dataclasses import replace

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.conditions import facts_of
from tickets.case.debt import debt
from tickets.case.intake import Intake, check
from tickets.case.lifecycle import Move
from tickets.case.routing import decide_priority
from tickets.case.values import Number, PersonId, Priority, Status
from tickets.desk.asking import asked, note_look_up
from tickets.desk.change import Outcome, Scene, change, present_actor
from tickets.desk.context import Desk
from tickets.desk.log_case import LoggedCase, log_stub
from tickets.desk.look import reached_at
from tickets.desk.staff import assigned_by, route_case
from tickets.desk.tagging import tagged_by_correction
from tickets.errors import Incomplete, NotFound, Refused
from tickets.handbook import SubCategory
from tickets.message import say
from tickets.people import roles
from tickets.people.customers import Customer
from tickets.people.profile import as_code
from tickets.people.roles import Action
from tickets.ports import Customers

USUAL_URGENCY = Priority.P2
"""Until somebody says otherwise; the desk's rules raise a VIP's (DESK.md 4)."""


def take_fast(desk: Desk, who: str, line: str, *, by: PersonId, receipt: str) -> LoggedCase:
    """Take a case in one line for a customer named by phone, mail or id; clocks run from now.

    Raises NotFound, Refused of a customer for whom the fast lane is not open, or Incomplete.
    """
    if not line.strip():
        raise Incomplete({"description": say("field.missing")})
    with asked(desk, by, Action.LOG), desk.records.read() as unit:
        roles.require(present_actor(unit, by, desk.handbook()), Action.LOG)
        customer = _customer(desk, unit.customers, who)
        if customer and not customer.is_special:
            raise Refused("fast_lane.not_open")
    note_look_up(desk, customer.id if customer else None, by=by)
    if customer is None:
        raise NotFound("fast_lane.nobody")
    intake = Intake(
        customer_id=customer.id,
        received_at=desk.clock.now(),
        description=line,
        urgency=USUAL_URGENCY,
        fast_lane=True,
    )
    return log_stub(desk, intake, by=by, receipt=receipt)


def _customer(desk: Desk, customers: Customers, who: str) -> Customer | None:
    phone, email = reached_at(who, desk)
    if phone or email:
        return customers.find(phone=phone, email=email)
    code = as_code(who)
    return customers.by_code(code) if code else None


def fill_in(
    desk: Desk, number: Number, filled: f.FilledIn, *, by: PersonId, receipt: str
) -> Outcome:
    """Write down what the fast lane left open; a case that is still with its logger then goes by the rules.

    Raises Incomplete by field, as the form of a new case does; IllegalMove where nothing is owed.
    """

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.FILL_IN, scene.ticket)
        if not debt(scene.ticket):
            return ()
        sub = _checked(scene, filled)
        whole = replace(filled, kind=sub.kind)
        return (whole, *_follows(scene, whole))

    return change(desk, number, by=by, action=Action.CORRECT, receipt=receipt, decide=decide)


def _checked(scene: Scene, filled: f.FilledIn) -> SubCategory:
    was = scene.ticket.intake
    typed = Intake(
        customer_id=was.customer_id,
        withholds_contact=was.withholds_contact,
        received_at=was.received_at,
        category=filled.category,
        description=filled.description,
        expectation=filled.expectation or "",
        urgency=filled.urgency,
    )
    found = check(typed, scene.handbook, now=scene.now, phone_is_valid=True)
    sub = scene.handbook.subcategory(filled.category)
    if found.problems or sub is None:
        raise Incomplete(found.problems)
    return sub


def _follows(scene: Scene, filled: f.FilledIn) -> tuple[f.Fact, ...]:
    """Tags, priority and the way to a department, as they would have come with the whole form."""
    ticket, facts = scene.ticket, list[f.Fact]()
    if ticket.intake.kind is not filled.kind:
        facts += tagged_by_correction(scene, filled.kind)
    tags = frozenset(one.tag for one in facts if isinstance(one, f.CustomerTagged))
    case = facts_of(ticket)
    case = case._replace(
        kind=filled.kind,
        category=filled.category,
        priority=filled.urgency,
        department="",
        tags=case.tags | tags,
    )
    priority = decide_priority(scene.handbook, filled.urgency, case)
    if priority is not ticket.priority:
        facts.append(f.PriorityChanged(was=ticket.priority, now=priority))
    if ticket.status is Status.NEW and ticket.assignee == ticket.logged_by:
        found = route_case(scene.desk, scene.unit, case._replace(priority=priority))
        if found.assignee != ticket.assignee:
            facts.append(assigned_by(found))
    return tuple(facts)
