"""What a cell says of a person: a name with 先生 or 女士, a number that lost its stars, an id behind a stroke."""

import re
import unicodedata
from dataclasses import dataclass

from tickets.case.values import Salutation
from tickets.people.profile import as_code
from tickets.sheets.numbers import cut_short

STAR = "*"
FEWEST_DIGITS = 7  # of a number that can be called
_STARS = re.compile(r"[*＊×xX•●…#]{1,}")
_SALUTATIONS = (
    ("先生", Salutation.MR),
    ("女士", Salutation.MS),
    ("小姐", Salutation.MS),
)
_LATIN = re.compile(r"^(mr|ms|mrs|miss)\.?\s+", re.IGNORECASE)
_MAIL = re.compile(r"[^\s,;，；/]+@[^\s,;，；/]+")
_LABEL = re.compile(
    r"^(?:联系方式|联系电话|电话|手机号?|tel|phone|mobile|邮箱|e?-?mail)\s*[:：]?\s*", re.IGNORECASE
)
_HIDDEN = "****"


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach somebody as a sheet has it; `masked` is for showing only, never for looking up."""

    phone: str = ""  # as typed
    email: str = ""
    masked: str = ""  # 138****5678
    masked_email: str = ""
    others: str = ""  # further numbers, where the cell has several

    @property
    def is_empty(self) -> bool:
        """Tell whether the cell names no way at all."""
        return not (self.phone or self.email or self.masked or self.masked_email)


def read_name(text: str) -> tuple[str, Salutation]:
    """Read a name without its salutation, stars as they stand: 李*女士 is 李*, a woman."""
    name = unicodedata.normalize("NFKC", text).strip()
    latin = _LATIN.match(name)
    if latin:
        is_man = latin[1].casefold() == "mr"
        return name[latin.end() :].strip(), Salutation.MR if is_man else Salutation.MS
    for word, salutation in _SALUTATIONS:
        if name.endswith(word):
            return name[: -len(word)].strip(), salutation
    return name, Salutation.NONE


def read_contact(text: str) -> Contact:
    """Read a contact; what lost its stars in copying is masked too: 1385678 is 138****5678 (REQUIREMENTS, notes)."""
    plain = _LABEL.sub("", unicodedata.normalize("NFKC", text).strip())
    found = _MAIL.search(plain)
    email = found.group() if found else ""
    rest = (plain.replace(email, " ") if email else plain).strip(" ,;/，；")
    hidden = STAR in email
    first, *others = _numbers(_LABEL.sub("", rest.strip()))
    phone, masked = _phone(first)
    return Contact(
        phone=phone,
        email="" if hidden else email,
        masked=masked,
        masked_email=email if hidden else "",
        others="; ".join(others),
    )


def _numbers(text: str) -> list[str]:
    """Part numbers that stand in one cell: 13812345678/13900000000; 010-62345678/9 is one."""
    parts = [one.strip() for one in re.split(r"[/、,;|\n]|或", text)]
    if len(parts) > 1 and all(len(re.sub(r"\D", "", one)) >= FEWEST_DIGITS for one in parts):
        return parts
    return [text]


def _phone(text: str) -> tuple[str, str]:
    """Give a number whole, or what is left of one."""
    digits = re.sub(r"\D", "", text)
    if not digits:
        return "", (_HIDDEN if _STARS.search(text) else "")
    if cut_short(text):
        shown = re.sub(r"\D", "", text.upper().partition("E")[0])
        return "", f"{shown[:3]}{_HIDDEN}"
    if _STARS.search(text):
        first, *_, last = [re.sub(r"\D", "", part) for part in _STARS.split(text)]
        return "", f"{first[-11:]}{_HIDDEN}{last[-4:]}"
    if len(digits) == 7 and digits[0] == "1" and digits[1] in "3456789":
        return "", f"{digits[:3]}{_HIDDEN}{digits[3:]}"
    if len(digits) in {3, 4} and len(text.strip()) == len(digits):
        return "", f"{digits}{_HIDDEN}" if len(digits) == 3 else f"{_HIDDEN}{digits}"
    return text, ""


def read_customer(text: str) -> tuple[str, str]:
    """Read 客户名称/ID: a name, an id, or both with a stroke between them; the id may be kept plainly."""
    plain = unicodedata.normalize("NFKC", text).strip()
    name, stroke, typed = plain.rpartition("/")
    code = as_code(typed) if stroke else None
    if code:
        return name.strip(), code
    alone = as_code(plain) if re.fullmatch(r"[/#]?[A-Za-z]{0,3}\d+", plain) else None
    return ("", alone) if alone else (plain, "")


def read_owner(text: str) -> tuple[str, str]:
    """Read 责任部门/责任人: what stands before the stroke or the bracket, and what after it."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(r"(.*?)\s*(?:[/\\|]|[-—–](?=\S)|\()\s*(.*?)\)?", plain, re.DOTALL)
    if found:
        return found[1].strip(), found[2].strip()
    first, _, rest = plain.partition(" ")
    return first, rest.strip()
