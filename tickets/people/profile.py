"""What a desk keeps of a customer beyond who they are: products, wishes, tags, the trade's own fields (R128, R130)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

LONGEST_TAG = 20  # characters; a word, not a story
MOST_TAGS = 12
MOST_PRODUCTS = 20
_CODE = re.compile(r"[A-Z0-9][A-Z0-9_\-]{0,15}")
_OURS = re.compile(r"C\d{6,9}")
_LIKE_A_NUMBER = re.compile(r"\d{7,}")  # would be taken for a telephone or a ticket


@dataclass(frozen=True, slots=True)
class Owned:
    """A product the customer has, with its serial number where it is known."""

    product: str
    serial: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag the desk set by its own rule, and when; it is kept for good (R129)."""

    tag: str  # key of `customer.tags`
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Everything people wrote about a customer; sealed as one piece with the customer's key."""

    contribution: str = ""  # 价值贡献 of a VIP (R31)
    products: tuple[Owned, ...] = ()
    preferences: str = ""
    tags: tuple[str, ...] = ()  # people's own words; the desk's are marks
    fields: Mapping[str, str] = field(default_factory=dict)  # by key of `customer.fields`


def as_code(typed: str) -> str | None:
    """Read a customer's public id as people write it, `/1001` too; None where it can be none.

    A long row of digits is none: it might be a telephone number, which is never kept plainly.
    """
    plain = unicodedata.normalize("NFKC", typed).strip().lstrip("/#").upper()
    if _OURS.fullmatch(plain):
        return plain
    return plain if _CODE.fullmatch(plain) and not _LIKE_A_NUMBER.search(plain) else None


def code_of(serial: int) -> str:
    """Give the public id of the desk's n-th customer."""
    return f"C{serial:06d}"


def tags_of(typed: str) -> tuple[str, ...]:
    """Read tags as typed, between commas or on lines of their own, each once."""
    parts = (" ".join(part.split()) for part in re.split(r"[,，、;；\n]", typed))
    found = dict.fromkeys(part[:LONGEST_TAG] for part in parts if part)
    return tuple(found)[:MOST_TAGS]


def products_of(typed: str) -> tuple[Owned, ...]:
    """Read products as typed, one a line, the serial number behind a bar or `SN`."""
    lines = (line.strip() for line in typed.splitlines())
    return tuple(_product(line) for line in lines if line)[:MOST_PRODUCTS]


def _product(line: str) -> Owned:
    product, _, serial = re.sub(r"[｜]|\bS/?N[ :：]+", "|", line, count=1).partition("|")
    return Owned(product.strip(), serial.strip())


def as_lines(products: tuple[Owned, ...]) -> str:
    """Write products as people type them."""
    return "\n".join(f"{one.product} | {one.serial}".removesuffix(" | ") for one in products)
