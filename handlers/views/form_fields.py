"""Which block of the form holds which field of the intake, and back: the one table of both."""

from collections.abc import Mapping
from types import MappingProxyType

FIELD_BLOCKS: Mapping[str, str] = MappingProxyType(
    {
        name: f"form.{name}"
        for name in (
            "name",
            "salutation",
            "phone",
            "email",
            "preferred_channel",
            "anonymous",  # a tick, as withholds_contact, needs_customer, known_issue, read_back
            "withholds_contact",
            "customer_type",
            "customer_level",
            "elderly",
            "contact_channel",
            "received_at",
            "category",
            "description",
            "when",
            "where",
            "expectation",
            "expected_by",
            "product",
            "order_no",
            "urgency",
            "emotion",
            "risks",
            "impact",
            "needs_customer",
            "known_issue",
            "complaint_type",
            "authority",
            "authority_no",
            "authority_due",
            "evidence",
            "evidence_without",
            "remarks",
            "read_back",
            "answered_with",
            "invalid_note",
        )
    }
)

TICKED = "yes"
"""The value of a single tick."""

_SECOND = "form.category."


def second_level_block(first: str) -> str:
    """Name the block of the second level, anew for each first level so that no old choice stays."""
    return f"{_SECOND}{first}"


def description_block(place: int) -> str:
    """Name the block of a part of the description; 1 is the field itself, a long prefill has more."""
    return FIELD_BLOCKS["description"] if place == 1 else f"form.description.{place}"


def field_of(block_id: str) -> str | None:
    """Tell which field a block holds; None for a block that holds none."""
    name = block_id.removeprefix("form.").partition(".")[0]
    return name if FIELD_BLOCKS.get(name) == f"form.{name}" else None


def block_of(field: str, category: str = "") -> str:
    """Tell where a field's error is shown, given the category as typed; a field without a block: under the name."""
    first, _, second = category.partition("/")
    if field == "category" and first and not second:
        return second_level_block(first)
    return FIELD_BLOCKS.get(field, FIELD_BLOCKS["name"])


QUICK_BLOCKS: Mapping[str, str] = MappingProxyType(
    {
        "category": "quick.category",
        "description": "quick.description",
        "answered_with": "quick.answered_with",
    }
)


def quick_block_of(field: str) -> str:
    """Tell where an error of the quick form is shown; what it does not ask: under the category."""
    return QUICK_BLOCKS.get(field, QUICK_BLOCKS["category"])
