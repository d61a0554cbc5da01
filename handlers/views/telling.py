"""The texts for customers: the desk's own or the catalogue's, filled in; a person copies or says them, nothing is ever sent."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from handlers.views import labels
from handlers.views.customer import masked_name
from handlers.views.text import visible
from tickets.care.answering import answered_by, hours_until
from tickets.case.ticket import Ticket
from tickets.case.values import Salutation
from tickets.handbook import Handbook
from tickets.people.privacy import Masked
from tickets.time.deadline import Deadline
from tickets.tongue import Tongue

_ENDS = " 。.；;！!"  # the text goes on after what a person wrote
_PLACE = re.compile(r"\{(\w+)\}|\{\{|\}\}")
_SENTENCE = re.compile(r"(?:[^。！？；;!?\n.]|\.(?!\s|$))*(?:[。！？；;!?\n]+|\.(?=\s|$)\s*|$)")
_ALREADY = "已{result}"


class Node(StrEnum):
    """When a customer is told something; also the key of its text under `templates` in desk.yml (R67, R75)."""

    ACKNOWLEDGE = "acknowledge"  # logged outside opening hours
    PLAN = "plan"  # a plan is set
    TOLD = "told"  # the work is done


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a text for a customer is filled from; every word passes `redact`."""

    ticket: Ticket
    customer: Masked
    redact: Callable[[str], str]
    deadlines: tuple[Deadline, ...]
    handbook: Handbook
    tongue: Tongue
    said: Mapping[str, str] = field(default_factory=dict)  # what a form says by now, by place


def text_for(node: Node, about: About) -> str:
    """Fill the text of a node; a sentence of which every place is empty is left out."""
    intake, places = about.ticket.intake, _places(about)
    own = about.handbook.template(node, about.ticket.category, intake.kind)
    if own is None:
        return _of_the_house(node, places, about.tongue)
    text = own.in_(about.tongue.language)
    if _ALREADY in text:
        places["result"] = places["result"].removeprefix("已")  # not 已已更换
    return "".join(_filled(one, places) for one in _SENTENCE.findall(text)).strip()


def _of_the_house(node: Node, places: Mapping[str, str], tongue: Tongue) -> str:
    """Say it in the catalogue's words where the desk has none of its own (R59: it ends by asking whether the time suits)."""
    match node:
        case Node.ACKNOWLEDGE:
            parts = ("number", "hours", "due")
            return tongue("telling.acknowledge", **{one: places[one] for one in parts})
        case Node.PLAN:
            parts = ("category", "plan", "finish_by")
            return tongue("telling.plan", **{one: places[one] for one in parts})
        case Node.TOLD:
            return "".join(_told(places, tongue))


def _told(places: Mapping[str, str], tongue: Tongue) -> Iterator[str]:
    yield tongue("telling.greeting", category=places["category"])
    if places["done"]:
        yield tongue("telling.done", done=places["done"])
    if places["result"]:
        yield tongue("telling.result", result=places["result"])
    if places["prevention"]:
        yield tongue("telling.prevention", prevention=places["prevention"])
    yield tongue("telling.suits")


def _filled(sentence: str, places: Mapping[str, str]) -> str:
    """Fill one sentence; a brace the desk doubled is one."""
    asked = {found for found in _PLACE.findall(sentence) if found}
    if asked and not any(places.get(one) for one in asked):
        return ""

    def put(found: re.Match[str]) -> str:
        name = found[1]
        return found[0][0] if name is None else places.get(name, found[0])

    return _PLACE.sub(put, sentence)


def _places(about: About) -> dict[str, str]:
    ticket, tongue, handbook = about.ticket, about.tongue, about.handbook
    intake, plan = ticket.intake, ticket.plan
    due = answered_by(about.deadlines)
    return {
        "number": ticket.number,
        "customer": called(about.customer, tongue),
        "category": labels.category(ticket.category, handbook, tongue),
        "product": _words(about, intake.product),
        "order_no": _words(about, intake.order_no),
        "description": _words(about, intake.description),
        "plan": _words(about, plan.measures if plan else None),
        "finish_by": _at(plan.finish_by if plan else None, handbook, tongue),
        "done": _said(about, "done", plan.measures if plan else ticket.workaround),
        "result": _said(about, "result", ticket.result),
        "prevention": _said(about, "prevention", ticket.prevention),
        "due": _at(due, handbook, tongue),
        "hours": str(hours_until(due, ticket.logged_at)) if due else "",
        "company": handbook.name.in_(tongue.language),
        "staff_no": handbook.people.staff_no.get(ticket.caller, ""),
    }


def called(customer: Masked, tongue: Tongue) -> str:
    """Give what an agent calls a customer by: 李女士; without a surname and a salutation 客户."""
    by_surname = customer.name.endswith("*") and customer.salutation is not Salutation.NONE
    return (
        masked_name(customer, tongue).replace("*", "") if by_surname else tongue("customer.unknown")
    )


def _said(about: About, place: str, known: str | None) -> str:
    return about.said[place].rstrip(_ENDS) if place in about.said else _words(about, known)


def _words(about: About, text: str | None) -> str:
    return visible(about.redact(text or "")).rstrip(_ENDS)


def _at(moment: datetime | None, handbook: Handbook, tongue: Tongue) -> str:
    """Write a moment out as it is said to a customer, in the desk's zone: 11月30日 12:00, never "tomorrow"."""
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(handbook.timezone))
    return tongue("telling.moment", day=local.date(), time=f"{local:%H:%M}")
