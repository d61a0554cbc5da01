"""What may be shown of a customer: masks and redaction (DESK.md 6); derived when read, never stored with the record."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tickets.case.values import ContactChannel, Salutation
from tickets.people.customers import Customer
from tickets.people.folding import folded, with_han_digits
from tickets.people.numbers import personal_numbers
from tickets.people.secrets import secrets_in

Spans = Callable[[str], Sequence[tuple[int, int]]]
"""Finds telephone numbers in a text: half-open character spans (the Phones port)."""

# 复姓 in both scripts: such a surname is shown whole.
_COMPOUND = frozenset(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 宇文 长孙 長孫 司徒 司空 夏侯 端木 "
    "百里 呼延 南宫 南宮 东郭 東郭 独孤 獨孤 闻人 聞人 轩辕 軒轅 钟离 鍾離 澹台 澹臺 公冶 宗政 濮阳 濮陽 淳于 单于 單于 "
    "太史 申屠 赫连 赫連 西门 西門 第五".split()
)
# Possessive, and begun only where an address can begin: linear however long the text (X39).
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]++(?: @ |\u200b?@\u200b?|[ \u200b]?[(\[](?i:at)[)\]][ \u200b]?)"
    r"[A-Za-z0-9\-]++(?:\.[A-Za-z0-9\-]++)++"
)
_HIDDEN = "****"


@dataclass(frozen=True, slots=True)
class Masked:
    """The parts of a customer that anybody on the ticket may see."""

    name: str  # 李*女士, 欧阳*女士, J*** S., "" when no name is known
    salutation: Salutation
    phone: str  # ****5678
    email: str  # a***@example.com
    is_erased: bool = False
    code: str = ""  # the public id
    marks: tuple[str, ...] = ()  # the desk's own tags, by key
    tags: tuple[str, ...] = ()  # people's own words, still to be redacted
    groups: frozenset[str] = frozenset()
    preferred: ContactChannel | None = None  # how they like to be reached


def masked(customer: Customer, *, phone_mask: str = "last4") -> Masked:
    """Mask a customer's identity. The edge adds the salutation and the word for "no name known"."""
    return Masked(
        name=mask_name(customer.name),
        salutation=customer.salutation,
        phone=mask_phone(customer.phone, style=phone_mask) if customer.phone else "",
        email=mask_email(customer.email) if customer.email else "",
        is_erased=customer.is_erased,
        code=customer.code,
        marks=tuple(mark.tag for mark in customer.marks),
        tags=customer.profile.tags,
        groups=customer.groups,
        preferred=customer.preferred_channel,
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
    if "*" in phone:  # masked when it came: 138****5678
        first, *_, last = [re.sub(r"\D", "", part) for part in re.split(r"\*+", phone)]
        return f"{first if style == 'prefix+last4' else ''}****{last[-4:]}"
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
    """Take phones, identity numbers, bank cards, mail addresses, machines' secrets and these names out of a text.

    Full-width, spaced and Chinese digits are found too; what is left keeps its wording and length class.
    """
    known = tuple(filter(_worth_hiding, names))
    clean, found = _redacted(text, known, phones)
    while found:  # what is left of one number may, beside another, read like a third
        clean, found = _redacted(clean, (), None)
    return clean


def has_personal_data(text: str, *, names: Iterable[str] = (), phones: Spans | None = None) -> bool:
    """Tell whether something in a text is not for everybody's eyes."""
    return redact(text, names=names, phones=phones) != text


def _redacted(text: str, names: tuple[str, ...], phones: Spans | None) -> tuple[str, bool]:
    pieces, end = [], 0
    for start, stop, mask in _findings(text, names, phones):
        pieces += [text[end:start], mask]
        end = stop
    clean = "".join([*pieces, text[end:]])
    return clean, clean != text


def _findings(
    text: str, names: tuple[str, ...], phones: Spans | None
) -> list[tuple[int, int, str]]:
    """Spans in order, none over another: an address and a name stand first, numbers that meet are one."""
    plain = folded(text)
    found = [
        *((*match.span(), mask_email(match.group())) for match in _addresses_in(plain)),
        *((start, end, _HIDDEN) for start, end in secrets_in(plain)),
        *((*span, mask_name(name)) for name in names for span in _spans_of(name, plain)),
    ]
    numbers = [*personal_numbers(plain), *(phones(plain) if phones else ())]
    return _one_by_one(found, [(*span, _mask_of(plain, *span)) for span in _merged(numbers)])


def _addresses_in(plain: str) -> Iterator[re.Match[str]]:
    """Look where one can be: most texts have none of these signs."""
    return _EMAIL.finditer(plain) if "@" in plain or "(" in plain or "[" in plain else iter(())


def _spans_of(name: str, plain: str) -> Iterator[tuple[int, int]]:
    wanted = folded(name.strip())
    if wanted.lower() == wanted.upper():  # of many names few are worth a pattern
        return _spans_as_written(wanted, plain)
    return (match.span() for match in re.finditer(re.escape(wanted), plain, re.IGNORECASE))


def _spans_as_written(wanted: str, plain: str) -> Iterator[tuple[int, int]]:
    start = plain.find(wanted)
    while start >= 0:
        yield start, start + len(wanted)
        start = plain.find(wanted, start + len(wanted))


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _one_by_one(*kinds: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Where two overlap the one that begins first stays and reaches as far as both."""
    kept: list[tuple[int, int, str]] = []
    for start, end, mask in sorted(one for kind in kinds for one in kind):
        if kept and start < kept[-1][1]:
            before = kept[-1]
            kept[-1] = (before[0], max(end, before[1]), before[2])
        else:
            kept.append((start, end, mask))
    return kept


def _mask_of(plain: str, start: int, end: int) -> str:
    digits = re.sub(r"[^0-9Xx]", "", with_han_digits(plain[start:end]))
    return f"****{digits[-4:]}"


def _worth_hiding(name: str) -> bool:
    return len(name.strip()) >= 2


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or ord(character) >= 0x20000
