"""Which of the team's tables a desk keeps: what is exported and printed unless another is picked (R99–R101)."""

from tickets.case.values import Kind
from tickets.handbook import Handbook
from tickets.sheets.tables import Table

_FEEDBACK = frozenset({Kind.AFTER_SALES, Kind.COMPLAINT})
_REQUESTS = frozenset({Kind.INQUIRY, Kind.COMPLAINT, Kind.SUGGESTION})


def usual_table(handbook: Handbook) -> Table:
    """Name it as desk.yml says; else by what the desk takes.

    One that is mostly about after-sales and complaints follows feedback up (R100); one that knows more of its
    customers than anybody must and sorts by 咨询, 投诉, 建议 keeps their requests (R101); others answer calls (R99).
    """
    if handbook.table:
        return Table(handbook.table)
    kinds = [one.kind for one in handbook.categories.values()]
    if sum(kind in _FEEDBACK for kind in kinds) * 2 > len(kinds):
        return Table.AFTER_SALES
    if handbook.customer_fields and _REQUESTS.issubset(kinds):
        return Table.CRM
    return Table.HOTLINE
