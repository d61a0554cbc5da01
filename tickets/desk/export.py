"""Export (R99–R101, R111, X18): a masked table for whoever may have it and says why, an unmasked one by two people."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from tickets.case.log import OPERATOR
from tickets.case.values import PersonId, Text
from tickets.desk.asking import reading
from tickets.desk.change import note_refusal, present_actor
from tickets.desk.context import Desk
from tickets.desk.decided import How, drawn_anew
from tickets.desk.surely import surely
from tickets.errors import IllegalMove, Incomplete, Refused
from tickets.message import say
from tickets.notices import Notice, NoticeKind, Plain, Urgency, to_person
from tickets.people import exports, roles
from tickets.people.exports import Request, Standing
from tickets.people.privacy import redact
from tickets.people.roles import Action
from tickets.ports import AuditEntry, AuditQuery, Receipt, Unit
from tickets.ports.auditing import EXPORT_TABLE
from tickets.sheets.wish import Wish

MOST_A_DAY = 20  # tables one person takes out within 24 hours (X18, rate)
RATE = timedelta(hours=24)


def before(desk: Desk, *, by: PersonId) -> None:
    """Tell whether somebody may take a table out at all. Raises Refused, audited."""
    with reading(desk, by, Action.EXPORT_MASKED):
        return


def ask_masked(desk: Desk, wish: Wish, reason: Text, *, by: PersonId, receipt: str) -> bool:
    """Have a masked table sent privately; False: this delivery was handled before. Raises Refused or Incomplete."""
    _require_said(wish, reason)
    request = _request(desk, wish, reason, by, Standing.MASKED)

    def step(unit: Unit) -> None:
        _require_rate(desk, unit, by)
        unit.exports.add(request)
        unit.notices.plan([_file_for(desk, request)])

    return _do(desk, Action.EXPORT_MASKED, by, receipt, step, _particulars(request))


def ask_full(desk: Desk, wish: Wish, reason: Text, *, by: PersonId, receipt: str) -> Request | None:
    """Ask the directors for an unmasked table; None: this delivery was handled before. Raises Refused or Incomplete."""
    _require_said(wish, reason)
    request = _request(desk, wish, reason, by, Standing.ASKED)

    def step(unit: Unit) -> None:
        if not set(desk.handbook().people.directors) - {by}:
            raise Refused("export.no_second_person")
        unit.exports.add(request)
        unit.notices.plan(told(desk, request))

    done = _do(desk, Action.ASK_FULL_EXPORT, by, receipt, step, _particulars(request))
    return request if done else None


def approve(desk: Desk, request_id: str, *, by: PersonId, receipt: str) -> bool:
    """Agree, as the second person. Raises Refused, IllegalMove, NotFound or Conflict."""
    return _decide(desk, request_id, exports.approve, How.GIVEN, by, receipt)


def refuse(desk: Desk, request_id: str, *, by: PersonId, receipt: str) -> bool:
    """Decide against it. Raises Refused, IllegalMove, NotFound or Conflict."""
    return _decide(desk, request_id, exports.refuse, How.REFUSED, by, receipt)


def begin_approved(desk: Desk, request_id: str) -> Request:
    """Put on the audit log that an approved request is about to be written. Raises IllegalMove or NotFound.

    The consent is used up by `use_approved` once all is written: a disk that is full costs nobody's consent.
    """
    with desk.records.write() as unit:
        request = unit.exports.get(request_id)
        exports.use(request, by=OPERATOR, now=desk.clock.now())
        detail = {"masked": False, "step": "begun", **_particulars(request)}
        _note(desk, unit, EXPORT_TABLE, OPERATOR, detail)
    return request


def use_approved(desk: Desk, request_id: str) -> Request:
    """Use an approved request on the command line, once. Raises IllegalMove, NotFound or Conflict."""
    with desk.records.write() as unit:
        before = unit.exports.get(request_id)
        after = exports.use(before, by=OPERATOR, now=desk.clock.now())
        unit.exports.save(after, was=before.standing)
        unit.notices.plan(told(desk, after))
        _note(desk, unit, EXPORT_TABLE, OPERATOR, {"masked": False, **_particulars(after)})
    return after


def note_taken(desk: Desk, wish: Wish, *, by: PersonId = OPERATOR) -> None:
    """Put a masked table of the command line on the audit log, before any of it is written."""
    with desk.records.write() as unit:
        _note(desk, unit, EXPORT_TABLE, by, {"masked": True, **wish.plain()})


def told(desk: Desk, request: Request) -> Sequence[Notice]:
    """Tell whoever has the next step, and whoever asked, as the request stands now."""
    directors = desk.handbook().people.directors
    turns: dict[Standing, set[PersonId | None]] = {
        Standing.ASKED: {one for one in directors if one != request.asked_by},
        Standing.USED: {request.asked_by, request.decided_by},
    }
    readers = turns.get(request.standing, {request.asked_by})
    return [
        Notice(
            key=f"{_key(request.id, request.standing)}{person}",
            kind=NoticeKind.EXPORT_REQUEST,
            place=to_person(person),
            urgency=Urgency.PRIVATE,
            due_at=desk.clock.now(),
            params={"request": request.id, "standing": request.standing},
        )
        for person in sorted(one for one in readers if one)
    ]


def _key(request_id: str, standing: Standing) -> str:
    """Give how the keys of what is said of a request begin; the reader follows."""
    return f"{NoticeKind.EXPORT_REQUEST}:{request_id}:{standing}:"


Move = Callable[..., Request]


def _decide(desk: Desk, request_id: str, move: Move, how: How, by: PersonId, receipt: str) -> bool:
    detail: dict[str, Plain] = {"request": request_id}

    def step(unit: Unit) -> None:
        before = unit.exports.get(request_id)
        after = move(before, by=by, now=desk.clock.now())
        unit.exports.save(after, was=before.standing)
        unit.notices.plan(told(desk, after))
        asked, now = _key(after.id, before.standing), desk.clock.now()
        handbook = desk.handbook()
        unit.notices.plan(tuple(drawn_anew(unit, asked, how, by=by, at=now, handbook=handbook)))
        detail["standing"] = after.standing

    return _do(desk, Action.APPROVE_FULL_EXPORT, by, receipt, step, detail)


def _do(
    desk: Desk,
    action: Action,
    by: PersonId,
    receipt: str,
    step: Callable[[Unit], None],
    detail: dict[str, Plain],
) -> bool:
    def once() -> bool:
        with desk.records.write() as unit:
            if unit.receipts.find(receipt):
                return False
            roles.require(present_actor(unit, by, desk.handbook()), action)
            step(unit)
            unit.receipts.keep(Receipt(key=receipt, kind=action), at=desk.clock.now())
            _note(desk, unit, action, by, detail)
        return True

    try:
        is_done = surely(once)
    except Refused as refusal:
        note_refusal(desk, by=by, action=action, number=None, why=refusal.message.id)
        raise
    desk.wake()
    return is_done


def _note(desk: Desk, unit: Unit, action: str, by: PersonId, detail: dict[str, Plain]) -> None:
    unit.audit.write(
        AuditEntry(
            at=desk.clock.now(), by=by, action=action, number=None, outcome="done", detail=detail
        )
    )


def _file_for(desk: Desk, request: Request) -> Notice:
    return Notice(
        key=f"{NoticeKind.EXPORT}:{request.id}",
        kind=NoticeKind.EXPORT,
        place=to_person(request.asked_by),
        urgency=Urgency.PRIVATE,
        due_at=desk.clock.now(),
        params={"request": request.id},
    )


def _request(desk: Desk, wish: Wish, reason: Text, by: PersonId, standing: Standing) -> Request:
    return Request(
        id=desk.new_id(),
        wish=wish,
        reason=Text(redact(reason, phones=desk.phones.spans)),
        standing=standing,
        asked_by=by,
        asked_at=desk.clock.now(),
    )


def _particulars(request: Request) -> dict[str, Plain]:
    return {"request": request.id, **request.wish.plain()}


def _require_said(wish: Wish, reason: str) -> None:
    problems = dict(wish.problems())
    if not reason.strip():
        problems["reason"] = say("field.missing")
    if problems:
        raise Incomplete(problems)


def _require_rate(desk: Desk, unit: Unit, by: PersonId) -> None:
    query = AuditQuery(
        actions=frozenset({Action.EXPORT_MASKED}),
        outcomes=frozenset({"done"}),
        by=by,
        since=desk.clock.now() - RATE,
    )
    if unit.audit.page(query, page=1, size=1).total >= MOST_A_DAY:
        raise IllegalMove("export.too_many", most=MOST_A_DAY)
