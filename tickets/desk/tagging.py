"""Tags the desk sets on a customer by itself: 重点跟进 from the third complaint on (R129)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from tickets.case import facts as f
from tickets.case.values import Kind
from tickets.desk.change import Scene
from tickets.handbook import Handbook
from tickets.people.customers import Customer
from tickets.people.profile import Mark
from tickets.ports import Unit


def tagged(
    unit: Unit, customer: Customer, kind: Kind, handbook: Handbook, *, now: datetime
) -> tuple[Customer, tuple[f.Fact, ...]]:
    """Give the customer with the tags that one more case of this kind brings, and a fact for each.

    They are kept for good, with their date; an anonymous customer is another one with each call.
    """
    due = tuple(_due(unit, customer, kind, handbook))
    if not due:
        return customer, ()
    marks = tuple(Mark(one.tag, now) for one in due)
    marked = replace(customer, marks=(*customer.marks, *marks))
    unit.customers.save(marked)
    unit.cards.draw_again(customer.id)
    return marked, due


def tagged_by_correction(scene: Scene, kind: Kind) -> tuple[f.Fact, ...]:
    """Tag the customer of a case that becomes one of another kind, or a valid one again."""
    customer = scene.unit.customers.get(scene.ticket.customer_id)
    return tagged(scene.unit, customer, kind, scene.handbook, now=scene.now)[1]


def _due(
    unit: Unit, customer: Customer, kind: Kind, handbook: Handbook
) -> Iterator[f.CustomerTagged]:
    rules = [one for one in handbook.customer_tags if one.kind is kind]
    waiting = [one for one in rules if one.key not in customer.tags]
    if not waiting or customer.is_erased:
        return
    cases = unit.tickets.count_of(customer.id, kind) + 1
    for rule in waiting:
        if cases >= rule.at_least:
            yield f.CustomerTagged(tag=rule.key, cases=cases)
