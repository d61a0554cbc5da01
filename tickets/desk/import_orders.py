"""A month's orders by import: number, who ordered, day, amount, line of business; safe to run twice (R106)."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal, InvalidOperation

from tickets.case.log import OPERATOR
from tickets.desk.context import Desk
from tickets.desk.surely import surely
from tickets.insight.orders import Order
from tickets.ports import AuditEntry
from tickets.ports.ordering import Brought
from tickets.sheets.moments import read_typed

AT_ONCE = 200  # rows of one transaction
IMPORT = "import_orders"
REFUSED = "refused"

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "number": (
        "订单号",
        "订单编号",
        "订单号码",
        "訂單號",
        "訂單編號",
        "訂單號碼",
        "單號",
        "单号",
        "order",
        "order number",
        "order no",
        "order_no",
    ),
    "id": (
        "客户编号",
        "客户id",
        "客戶編號",
        "客戶id",
        "客户名称/id",
        "客戶名稱/id",
        "会员号",
        "会员编号",
        "會員號",
        "會員編號",
        "customer id",
        "customer",
    ),
    "phone": (
        "电话",
        "手机",
        "手机号",
        "手机号码",
        "联系电话",
        "联系方式",
        "客户电话",
        "客户手机",
        "收货人电话",
        "電話",
        "手機",
        "手機號",
        "手機號碼",
        "聯絡電話",
        "聯繫電話",
        "聯繫方式",
        "聯絡方式",
        "客戶電話",
        "客戶手機",
        "收貨人電話",
        "phone",
        "phone number",
        "mobile",
        "contact",
    ),
    "mail": ("邮箱", "电子邮箱", "邮件", "郵箱", "電子郵箱", "郵件", "email", "e-mail", "mail"),
    "day": (
        "日期",
        "下单日期",
        "订单日期",
        "购买日期",
        "下单时间",
        "订单时间",
        "购买时间",
        "下單日期",
        "訂單日期",
        "購買日期",
        "下單時間",
        "訂單時間",
        "購買時間",
        "date",
        "order date",
        "ordered",
    ),
    "amount": (
        "金额",
        "订单金额",
        "实付金额",
        "支付金额",
        "总金额",
        "金額",
        "訂單金額",
        "實付金額",
        "支付金額",
        "總金額",
        "amount",
        "total",
    ),
    "line": (
        "业务线",
        "产品线",
        "业务",
        "業務線",
        "產品線",
        "業務",
        "line",
        "line of business",
        "business",
    ),
}
_MOST_CENTS = 10**14
_UNIT = re.compile(r"\s*\([^()]*\)$")  # 金额(元), 联系方式(脱敏)


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row: its line of the file, what became of it, why it was refused."""

    line: int
    came: str
    why: str = ""


def is_ours(headings: Sequence[str]) -> bool:
    """Tell whether a table is a list of orders by its headings: a number, a day, who ordered, and no words of a case."""
    known = {_field(one) for one in headings} - {None}
    return {"number", "day"} <= known and bool(known & {"id", "phone", "mail"}) and len(known) >= 4


def import_orders(
    desk: Desk, rows: Sequence[Mapping[str, str]], *, dry_run: bool
) -> Iterator[tuple[RowReport, ...]]:
    """Take rows in by parts, each one transaction; a dry run keeps nothing. Raises Busy."""
    for begun in range(0, len(rows), AT_ONCE):
        some = enumerate(rows[begun : begun + AT_ONCE], start=begun + 2)
        read = [(line, _read(desk, row)) for line, row in some if any(row.values())]
        yield _kept(desk, read, dry_run=dry_run)


def _kept(
    desk: Desk, read: Sequence[tuple[int, Order | str]], *, dry_run: bool
) -> tuple[RowReport, ...]:
    orders = [one for _, one in read if isinstance(one, Order)]

    def once() -> Sequence[Brought]:
        if dry_run:
            with desk.records.read() as unit:
                return unit.orders.bring(orders, dry_run=True)
        with desk.records.write() as unit:
            became = unit.orders.bring(orders)
            counts = {str(one): became.count(one) for one in Brought}
            unit.audit.write(
                AuditEntry(
                    at=desk.clock.now(),
                    by=OPERATOR,
                    action=IMPORT,
                    number=None,
                    outcome="done",
                    detail={**counts, REFUSED: len(read) - len(orders)},
                )
            )
            return became

    became = iter(surely(once))
    return tuple(
        RowReport(line, str(next(became)))
        if isinstance(one, Order)
        else RowReport(line, REFUSED, one)
        for line, one in read
    )


def _read(desk: Desk, row: Mapping[str, str]) -> Order | str:
    """Read a row, or say what is wrong with it; never with the words of a cell."""
    said = ((_field(name), text.strip()) for name, text in row.items())
    typed: dict[str, str] = {}
    for field, text in said:
        if field and text:
            typed.setdefault(
                field, text
            )  # of two columns that mean the same the first that says something
    number = typed.get("number", "")
    if not number or len(number) > 80:
        return "the order number is missing, or longer than 80 characters"
    buyer = _buyer(desk, typed)
    if buyer is None:
        return "nobody is named: a customer id, a whole phone number or a mail address is needed"
    moment = read_typed(typed.get("day", ""))
    if moment is None or moment.day is None:
        return "the date is none: write it as 2026-10-05"
    ordered_at = desk.calendar().start_of(moment.day).astimezone(UTC)
    if ordered_at > desk.clock.now():
        return "the date is still to come"
    cents = _cents(typed["amount"]) if "amount" in typed else None
    if isinstance(cents, str):
        return cents
    return Order(
        number=number,
        buyer=buyer,
        ordered_at=ordered_at,
        cents=cents,
        line=" ".join(typed.get("line", "").split())[:80],
    )


def _buyer(desk: Desk, typed: Mapping[str, str]) -> str | None:
    """Name who ordered by id, else phone, else mail; a masked number names nobody."""
    if "id" in typed:
        return f"id:{typed['id'].lstrip('/').casefold()}"
    phone = desk.phones.normalise(typed["phone"]) if "phone" in typed else None
    if phone:
        return f"phone:{phone}"
    mail = typed.get("mail") or typed.get("phone", "")  # a column of contacts may hold either
    if "@" in mail and "*" not in mail:
        return f"mail:{mail.casefold()}"
    return None


def _cents(typed: str) -> int | str:
    plain = unicodedata.normalize("NFKC", typed).strip("¥￥元 ").replace(",", "")
    try:
        cents = Decimal(plain) * 100
    except InvalidOperation:
        return "the amount is no number"
    if not cents.is_finite() or abs(cents) >= _MOST_CENTS:
        return "the amount is no number"
    return round(cents)


def _field(heading: str) -> str | None:
    plain = " ".join(unicodedata.normalize("NFKC", heading).casefold().split())
    plain = _UNIT.sub("", plain).strip("*: ")
    return next((field for field, names in HEADINGS.items() if plain in names), None)
