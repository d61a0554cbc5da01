"""Ticket numbers as people type them: whole, or the tail of today's."""

import re
import unicodedata
from datetime import date

from handlers.views.meta import unpack
from tickets.case.values import Number
from tickets.errors import DeskError, NotFound
from tickets.people.privacy import redact

_WHOLE = re.compile(r"\d{8}\d{3,}")
_TAIL = re.compile(r"\d{1,5}")
LONGEST = 16  # digits; a desk with a hundred million cases a day


def read_number(typed: str, *, today: date) -> Number:
    """Read a ticket number; 3 is the third of today. Raises NotFound with a sentence that helps."""
    plain = _plain(typed)
    if _TAIL.fullmatch(plain) and int(plain):
        return Number(f"{today:%Y%m%d}{int(plain):03d}")
    if _WHOLE.fullmatch(plain) and _is_date(plain[:8]):
        return Number(plain)
    raise NotFound("command.number_unreadable", typed=redact(typed)[:40])


def is_whole(typed: str) -> bool:
    """Tell whether this is a whole ticket number, which begins with a day."""
    plain = _plain(typed)
    return bool(_WHOLE.fullmatch(plain)) and _is_date(plain[:8])


def is_number(typed: str) -> bool:
    """Tell whether this can be nothing but a ticket's number, whole or of today."""
    plain = _plain(typed)
    return is_whole(plain) or bool(_TAIL.fullmatch(plain) and int(plain))


def first_number(rest: str, *, today: date) -> tuple[Number, str]:
    """Split a line into the number it begins with and the rest. Raises NotFound."""
    head, _, tail = rest.strip().replace("\u3000", " ").partition(" ")
    glued = re.match(r"#?[\d\uff10-\uff19]+(?=\D)", head)
    if glued and not head[glued.end() :].startswith("-"):
        head, tail = glued[0], f"{head[glued.end() :]} {tail}"
    return read_number(head, today=today), tail.strip(" :：,，")


def number_in(packed: str) -> Number:
    """Take the ticket's number out of what a button or a view remembers. Raises DeskError."""
    number = unpack(packed).get("n", packed)
    if isinstance(number, str) and _WHOLE.fullmatch(number) and len(number) <= LONGEST:
        return Number(number)
    raise DeskError("error.tampered")


def _plain(typed: str) -> str:
    return re.sub(r"[#№\s]|(?<=\d)-", "", unicodedata.normalize("NFKC", typed)).rstrip(".,:。")


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
