"""A list of customers by import: VIPs with level and contribution, groups, tags; safe to run twice (R31)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum

from tickets.case.log import OPERATOR
from tickets.case.values import CustomerId, CustomerType
from tickets.desk.context import Desk
from tickets.desk.surely import surely
from tickets.people.customers import ELDERLY, Customer
from tickets.people.profile import as_code, tags_of
from tickets.ports import AuditEntry, Unit
from tickets.sheets.tables import Fold, plain

AT_ONCE = 50  # rows of one transaction
IMPORT = "import_customers"

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": ("客户编号", "客户id", "会员编号", "会员号", "编号", "id", "code", "customerid"),
    "name": ("姓名", "客户名称", "客户姓名", "会员姓名", "名称", "name", "customername"),
    "phone": (
        *("电话", "手机", "手机号", "手机号码", "电话号码", "联系电话", "联系方式", "联络方式"),
        *("phone", "mobile", "contact"),
    ),
    "email": ("邮箱", "电子邮箱", "邮件", "电子邮件", "电邮", "email", "mail"),
    "type": ("类型", "客户类型", "type", "customertype"),
    "level": ("等级", "vip等级", "客户等级", "会员等级", "级别", "客户级别", "level"),
    "contribution": ("贡献", "价值贡献", "contribution"),
    "groups": ("群体", "特殊群体", "客户群体", "groups", "group"),
    "tags": ("标签", "客户标签", "偏好标签", "tags", "tag"),
}
"""In Simplified and as `plain` makes them: neither script, width, case nor punctuation matters."""

_TYPES = {
    **dict.fromkeys(("vip", "vip客户", "贵宾"), CustomerType.VIP),
    **dict.fromkeys(("新客", "新客户", "new"), CustomerType.NEW),
    **dict.fromkeys(
        ("老客", "老客户", "普通", "普通客户", "existing", "ordinary"), CustomerType.EXISTING
    ),
}
_ELDERLY = frozenset({"老年", "老年客户", "老人", "elderly"})


class Came(StrEnum):
    """What became of a row."""

    MADE = "new"
    CHANGED = "changed"
    SAME = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row: its line of the file, what became of it, whose it is now, why it was refused."""

    line: int
    came: Came
    code: str = ""
    why: str = ""
    guessed: tuple[str, ...] = ()  # what could not be read, and what stands in its place


class NotAll(Exception):
    """A row was refused: of all or nothing, nothing is kept, and each row says why."""


def is_ours(headings: Sequence[str], fold: Fold) -> bool:
    """Tell whether a table is a list of customers by its headings: a way to reach them, and who or what they are."""
    known = {_field(one, fold) for one in headings} - {None}
    if not known & {"phone", "email", "code"}:
        return False
    return bool(known & {"level", "groups", "tags", "contribution"}) or {"name", "type"} <= known


def import_customers(
    desk: Desk,
    rows: Sequence[Mapping[str, str]],
    fold: Fold,
    *,
    dry_run: bool,
    whole: bool = False,
) -> Iterator[tuple[RowReport, ...]]:
    """Take rows in by parts, each one transaction; a dry run keeps nothing. Raises Busy.

    The same customer is one of the same id, else phone, else mail, never name. What a row leaves empty stays.
    `whole`: all of them are one transaction, and nothing is kept where one is refused.
    """
    size = max(1, len(rows)) if whole else AT_ONCE
    for begun in range(0, len(rows), size):
        some = _said(rows[begun : begun + size], begun + 2, fold)
        yield _tried(desk, some) if dry_run else _kept(desk, some, whole=whole)


Said = tuple[int, Mapping[str, str]]
"""A row's line, and what it says by field."""


def _said(rows: Sequence[Mapping[str, str]], first: int, fold: Fold) -> Sequence[Said]:
    """Give what each row says; lines that say nothing of a customer are left out."""
    read = [
        (
            line,
            {field: text for name, text in row.items() if (field := _field(name, fold)) and text},
        )
        for line, row in enumerate(rows, start=first)
    ]
    return [(line, _spelt(typed, fold)) for line, typed in read if typed]


def _spelt(typed: Mapping[str, str], fold: Fold) -> Mapping[str, str]:
    """Read the words of closed sets in either script; a contact that is a mail address is one."""
    spelt = dict(typed)
    for name in {"type", "groups"} & set(spelt):
        spelt[name] = fold(spelt[name]).casefold()
    if "@" in spelt.get("phone", ""):
        spelt.setdefault("email", spelt.pop("phone"))
    return spelt


def _tried(desk: Desk, rows: Sequence[Said]) -> tuple[RowReport, ...]:
    with desk.records.read() as unit:
        return tuple(_read(desk, unit, typed, line)[0] for line, typed in rows)


def _kept(desk: Desk, rows: Sequence[Said], *, whole: bool) -> tuple[RowReport, ...]:
    done: list[RowReport] = []

    def once() -> None:
        with desk.records.write() as unit:
            done[:] = [_take(desk, unit, typed, line) for line, typed in rows]
            if whole and any(one.came is Came.REFUSED for one in done):
                raise NotAll
            counts = {str(came): sum(one.came is came for one in done) for came in Came}
            unit.audit.write(
                AuditEntry(
                    at=desk.clock.now(),
                    by=OPERATOR,
                    action=IMPORT,
                    number=None,
                    outcome="done",
                    detail=counts,
                )
            )

    with suppress(NotAll):
        surely(once)
    return tuple(done)


def _take(desk: Desk, unit: Unit, typed: Mapping[str, str], line: int) -> RowReport:
    report, customer = _read(desk, unit, typed, line)
    if customer is None:
        return report
    if report.came is Came.MADE:
        return replace(report, code=unit.customers.add(customer).code)
    if report.came is Came.CHANGED:
        unit.customers.save(customer)
        unit.cards.draw_again(customer.id)
    return report


def _read(
    desk: Desk, unit: Unit, typed: Mapping[str, str], line: int
) -> tuple[RowReport, Customer | None]:
    why, code, phone = _wrong(desk, typed)
    if why:
        return RowReport(line, Came.REFUSED, why=why), None
    known = unit.customers.by_code(code) if code else None
    known = known or unit.customers.find(phone=phone or None, email=typed.get("email"))
    if known is None and not phone and "email" not in typed:
        why = f"no customer has the id {code}; a new one needs a phone number or mail address"
        return RowReport(line, Came.REFUSED, why=why), None
    if known and known.is_erased:
        return RowReport(line, Came.REFUSED, why="this customer was erased"), None
    if known and code and known.code != code and unit.customers.by_code(code):
        why = f"the id {code} and the phone or mail are of two customers"
        return RowReport(line, Came.REFUSED, why=why), None
    made = Customer(id=CustomerId(desk.new_id()), code=code, created_at=desk.clock.now())
    after = _after(known or made, typed, phone)
    came = Came.MADE if known is None else Came.SAME if after == known else Came.CHANGED
    return RowReport(line, came, after.code), after


def _wrong(desk: Desk, typed: Mapping[str, str]) -> tuple[str, str, str]:
    """Tell what is wrong with a row, else its id and phone."""
    code = as_code(typed.get("code", "")) if "code" in typed else ""
    phone = desk.phones.normalise(typed["phone"]) if "phone" in typed else ""
    if code is None:
        return "the id is none: at most 16 letters and digits, and no long number", "", ""
    if phone is None:
        return "the phone number is none", "", ""
    if "@" not in typed.get("email", "@"):
        return "the mail address is none", "", ""
    if typed.get("type", "vip").casefold() not in _TYPES:
        return "the type is none of VIP, new and existing", "", ""
    if not (code or phone or "email" in typed):
        return "neither id nor phone nor mail: nobody can be found by it", "", ""
    return "", code, phone


def _after(known: Customer, typed: Mapping[str, str], phone: str) -> Customer:
    """Fill in what the row says; the identity on record stays, tags and groups are added."""
    kind = _TYPES[typed["type"].casefold()] if "type" in typed else known.type
    if typed.get("level") and "type" not in typed:
        kind = CustomerType.VIP
    groups = {ELDERLY if one in _ELDERLY else one for one in tags_of(typed.get("groups", ""))}
    tags = dict.fromkeys((*known.profile.tags, *tags_of(typed.get("tags", ""))))
    profile = replace(
        known.profile,
        contribution=typed.get("contribution", known.profile.contribution),
        tags=tuple(tags),
    )
    return replace(
        known,
        name=known.name or typed.get("name", ""),
        phone=known.phone or phone,
        email=known.email or typed.get("email", ""),
        type=kind,
        level=typed.get("level", known.level),
        groups=known.groups | (groups & {ELDERLY}),
        profile=profile,
    )


def _field(heading: str, fold: Fold) -> str | None:
    said = plain(heading, fold)
    return next((field for field, names in HEADINGS.items() if said in names), None)
