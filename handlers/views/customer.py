"""How a customer is shown: always masked, with 先生 or 女士, never live."""

from collections.abc import Callable

from handlers.views import labels
from handlers.views.text import clip, one_line
from tickets.case.facts import Logged
from tickets.case.values import CustomerType, Salutation
from tickets.handbook import Handbook
from tickets.people.customers import ELDERLY
from tickets.people.privacy import Masked
from tickets.tongue import Tongue

Redact = Callable[[str], str]
"""Takes personal data out of a free text; made by the caller, who knows the customer."""

_HAN = {Salutation.MR: "先生", Salutation.MS: "女士"}
CUSTOMER_LIMIT = 300  # characters of a whole line on a customer
_MOST_TAGS = 3  # beside the rest of a line; the profile has them all
_PART = 80  # characters of a product or an order number on one line


def masked_name(seen: Masked, tongue: Tongue) -> str:
    """Address a customer: 李*女士, Ms J*** S., or 客户 where no name is known."""
    if seen.is_erased:
        return tongue("customer.erased")
    if not seen.name:
        return tongue("customer.unknown")
    if seen.salutation is Salutation.NONE:
        return seen.name
    if not seen.name[0].isascii():
        return seen.name + _HAN[seen.salutation]
    return tongue(f"customer.{seen.salutation}", name=seen.name)


def known_name(seen: Masked, tongue: Tongue) -> str:
    """Give the masked name; "" where none is known, for lines that say already that it is a customer."""
    return masked_name(seen, tongue) if seen.name or seen.is_erased else ""


def masked_contact(seen: Masked) -> str:
    """Give the masked phone, else the masked mail."""
    return seen.phone or seen.email


def customer_type(value: CustomerType, level: str, tongue: Tongue) -> str:
    """Name the type, a VIP with the level."""
    shown = tongue(f"customer_type.{value}")
    return f"{shown} {clip(one_line(level), 20)}" if level.strip() else shown


def tag_names(seen: Masked, handbook: Handbook, tongue: Tongue, *, redact: Redact) -> list[str]:
    """Name a customer's tags, those the desk set by itself first, marked."""
    own = [f"🔔 {labels.customer_tag(key, handbook, tongue)}" for key in seen.marks]
    return [*own, *(clip(one_line(redact(tag)), _PART) for tag in seen.tags)]


def customer_line(
    seen: Masked, intake: Logged, tongue: Tongue, *, handbook: Handbook, redact: Redact
) -> str:
    """Write the card's line on the customer: masked name and contact, type, tags, product, order."""
    who = " ".join(filter(None, (known_name(seen, tongue), masked_contact(seen))))
    kind = customer_type(intake.customer_type, intake.customer_level, tongue)
    parts = [*([who] if who else []), kind]
    if ELDERLY in seen.groups | intake.customer_groups:
        parts.append(tongue("customer.elderly"))
    parts += tag_names(seen, handbook, tongue, redact=redact)[:_MOST_TAGS]
    if intake.product:
        parts.append(clip(one_line(redact(intake.product)), _PART))
    if intake.order_no:
        order = clip(one_line(redact(intake.order_no)), _PART)
        parts.append(tongue("customer.order", order=order))
    return " · ".join(parts)
