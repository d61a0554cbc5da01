"""Two periods side by side, for whoever may count and as much as they may: privately, and as a file (R108)."""

from dataclasses import replace

from tickets.case.listing import Sight
from tickets.case.log import OPERATOR
from tickets.case.values import PersonId
from tickets.desk.asking import asked, reading
from tickets.desk.change import present_actor
from tickets.desk.context import Desk
from tickets.desk.figures import board, boards, counted_sight
from tickets.errors import IllegalMove
from tickets.insight.compare import Comparison, compared
from tickets.insight.figures import By, Figure, Selection
from tickets.insight.goals import read_goals
from tickets.insight.overview import Board
from tickets.insight.spans import Span
from tickets.notices import Notice, NoticeKind, Urgency, to_person
from tickets.people import roles
from tickets.people.roles import Action
from tickets.ports import AuditEntry, Receipt, Unit

TAKE_COMPARISON = "take_comparison"
"""The audit log's action of a report that was sent to somebody."""


def compare(
    desk: Desk, before: Span, after: Span, by_what: By | None, *, by: PersonId
) -> Comparison:
    """Compare two periods of what this person may count. Raises Refused, IllegalMove."""
    with reading(desk, by, Action.SEE_FIGURES) as (unit, who):
        return comparison_in(desk, unit, counted_sight(who), before, after, by_what)


def compare_all(desk: Desk, before: Span, after: Span, by_what: By | None) -> Comparison:
    """Compare two periods of everything, for the operator."""
    with desk.records.read() as unit:
        sight = Sight(person=OPERATOR, everything=True)
        return comparison_in(desk, unit, sight, before, after, by_what)


def comparison_in(
    desk: Desk, unit: Unit, sight: Sight, before: Span, after: Span, by_what: By | None
) -> Comparison:
    """Take both periods' figures in this transaction."""
    if before.key == after.key:
        raise IllegalMove("compare.same_period")
    goals, now = read_goals(desk.handbook().goals), desk.clock.now()
    then, since = (
        Selection(start=one.start, end=one.end, now=now, sight=sight) for one in (before, after)
    )
    earlier, later = (
        boards(unit, replace(one, by=by_what)) if by_what else {} for one in (then, since)
    )
    names = sorted(
        {*earlier, *later},
        key=lambda name: (-later.get(name, Board()).count(Figure.TOTAL).n, name),
    )
    return Comparison(
        before=before,
        after=after,
        by=by_what,
        whole=compared(board(unit, then), board(unit, since), goals),
        groups=tuple(
            (name, compared(earlier.get(name, Board()), later.get(name, Board()), goals))
            for name in names
        ),
    )


def ask_for_file(
    desk: Desk, before: str, after: str, by_what: By | None, *, by: PersonId, receipt: str
) -> None:
    """Have the comparison sent to somebody as a file; it is taken anew with the rights they have then."""
    with asked(desk, by, Action.SEE_FIGURES), desk.records.write() as unit:
        roles.require(present_actor(unit, by, desk.handbook()), Action.SEE_FIGURES)
        if unit.receipts.find(receipt):
            return
        now = desk.clock.now()
        notice = Notice(
            key=f"{NoticeKind.COMPARISON}:{by}:{receipt}",
            kind=NoticeKind.COMPARISON,
            place=to_person(by),
            urgency=Urgency.PRIVATE,
            due_at=now,
            params={"before": before, "after": after, "by": by_what and str(by_what)},
        )
        unit.notices.plan((notice,))
        unit.receipts.keep(Receipt(key=receipt, kind=Action.SEE_FIGURES), at=now)
        unit.audit.write(
            AuditEntry(
                at=now,
                by=by,
                action=TAKE_COMPARISON,
                number=None,
                outcome="done",
                detail={"before": before, "after": after},
            )
        )
    desk.wake()
