"""What may be shown of a customer: masks and redaction (DESK.md 6); derived when read, never stored with the record."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tickets.case.values import Salutation
from tickets.people.customers import Customer

Spans = Callable[[str], Sequence[tuple[int, int]]]
"""Finds telephone numbers in a text: half-open character spans (the Phones port)."""

# 复姓 in both scripts: such a surname is shown whole.
_COMPOUND = frozenset(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 宇文 长孙 長孫 司徒 司空 夏侯 端木 "
    "百里 呼延 南宫 南宮 东郭 東郭 独孤 獨孤 闻人 聞人 轩辕 軒轅 钟离 鍾離 澹台 澹臺 公冶 宗政 濮阳 濮陽 淳于 单于 單于 "
    "太史 申屠 赫连 赫連 西门 西門 第五".split()
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_DIGITS = re.compile(r"\d(?:[ \-.·]?\d)+[Xx]?")
_GROUP = re.compile(r"\d+[Xx]?")
_LONGEST_RUN = 24  # groups looked at together; longer tables of figures are no telephone numbers
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999


@dataclass(frozen=True, slots=True)
class Masked:
    """The parts of a customer that anybody on the ticket may see."""

    name: str  # 李*女士, 欧阳*女士, J*** S., "" when no name is known
    salutation: Salutation
    phone: str  # ****5678
    email: str  # a***@example.com


def masked(customer: Customer, *, phone_mask: str = "last4") -> Masked:
    """Mask a customer's identity. The edge adds the salutation and the word for "no name known"."""
    return Masked(
        name=mask_name(customer.name),
        salutation=customer.salutation,
        phone=mask_phone(customer.phone, style=phone_mask) if customer.phone else "",
        email=mask_email(customer.email) if customer.email else "",
    )


def mask_name(name: str) -> str:
    """Keep the surname (a compound one whole) or Latin initials: 李*, 欧阳*, J*** S."""
    plain = name.strip()
    if not plain:
        return ""
    if plain[:2] in _COMPOUND:
        return plain[:2] + "*"
    if _is_han(plain[0]):
        return plain[0] + "*"
    first, *others = plain.split()
    return " ".join([first[0] + "***", *(f"{other[0]}." for other in others[-1:])])


def mask_phone(phone: str, *, style: str = "last4") -> str:
    """Keep the last four digits; with `prefix+last4` the first three of a mainland mobile too."""
    digits = re.sub(r"\D", "", phone)
    if len(digits) <= 4:
        return "****"
    local = digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
    prefix = local[:3] if style == "prefix+last4" and len(local) == 11 else ""
    return f"{prefix}****{digits[-4:]}"


def mask_email(email: str) -> str:
    """Keep the first letter and the domain: a***@example.com."""
    local, _, domain = email.partition("@")
    return f"{local[:1]}***@{domain}" if domain else "***"


def redact(text: str, *, names: Iterable[str] = (), phones: Spans | None = None) -> str:
    """Take phones, identity numbers, bank cards, mail addresses and these names out of a free text.

    Full-width and spaced digits are found too; what is left keeps its wording and length class.
    """
    plain = _narrow(text)
    kept = list(text)
    for start, end, mask in sorted(_findings(plain, names, phones), reverse=True):
        kept[start:end] = list(mask)
    return "".join(kept)


def _findings(plain: str, names: Iterable[str], phones: Spans | None) -> list[tuple[int, int, str]]:
    """Spans that do not overlap; where two do, the kind that is looked for first stays."""
    found: list[tuple[int, int, str]] = []
    for start, end, mask in _candidates(plain, names, phones):
        if all(end <= s or start >= e for s, e, _ in found):
            found.append((start, end, mask))
    return found


def _candidates(
    plain: str, names: Iterable[str], phones: Spans | None
) -> Iterator[tuple[int, int, str]]:
    yield from ((*match.span(), mask_email(match.group())) for match in _EMAIL.finditer(plain))
    for run in _DIGITS.finditer(plain):
        yield from _numbers_in(plain, run.start(), run.end())
    yield from (
        (start, end, mask_phone(plain[start:end]))
        for start, end in (phones(plain) if phones else ())
    )
    for name in filter(_worth_hiding, names):
        yield from (
            (*match.span(), mask_name(name)) for match in re.finditer(re.escape(name), plain)
        )


def _numbers_in(plain: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Personal numbers among groups of digits, the longest first: `0 138 1234 5678` holds one."""
    groups = [match.span() for match in _GROUP.finditer(plain, start, end)]
    for size in range(min(len(groups), _LONGEST_RUN), 0, -1):
        for first in range(len(groups) - size + 1):
            begin, stop = groups[first][0], groups[first + size - 1][1]
            digits = re.sub(r"[^0-9Xx]", "", plain[begin:stop])
            if _is_personal(digits):
                yield begin, stop, f"****{digits[-4:]}"


def _worth_hiding(name: str) -> bool:
    return len(name.strip()) >= 2


def _is_personal(digits: str) -> bool:
    return _is_phone(digits) or _is_identity_number(digits) or _is_bank_card(digits)


def _is_phone(digits: str) -> bool:
    """Mainland mobile, with or without 86; landline with area code; 400 and 800 numbers."""
    return bool(re.fullmatch(r"(?:86)?1[3-9]\d{9}|0\d{9,11}|[48]00\d{7}", digits))


def _is_identity_number(digits: str) -> bool:
    """18 characters whose last is the checksum of GB 11643-1999."""
    if not re.fullmatch(r"\d{17}[\dXx]", digits):
        return False
    total = sum(int(d) * w for d, w in zip(digits, _IDENTITY_WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[-1].upper()


def _is_bank_card(digits: str) -> bool:
    """13 to 19 digits that pass Luhn's check (ISO/IEC 7812)."""
    if not re.fullmatch(r"\d{13,19}", digits):
        return False
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


class _Narrow(dict[int, int]):
    """Ordinary forms of full-width characters, one for one; learnt as they are met."""

    def __missing__(self, code: int) -> int:
        folded = unicodedata.normalize("NFKC", chr(code))
        self[code] = ord(folded) if len(folded) == 1 else code
        return self[code]


_NARROW = _Narrow()


def _narrow(text: str) -> str:
    """Full-width forms as ordinary ones, character for character, so that spans stay true."""
    return text.translate(_NARROW)


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or ord(character) >= 0x20000
