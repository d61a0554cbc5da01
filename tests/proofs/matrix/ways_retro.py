"""Every way into retrospectives."""

from collections.abc import Iterator

from handlers.views.ids import ActionId as A
from handlers.views.ids import CallbackId as C
from handlers.views.meta import pack
from tests.proofs.matrix.house import SUE, Json, MatrixHouse
from tests.proofs.matrix.shelf_retro import CALLED, HELD, ITEM, RUNNING, SENT
from tests.proofs.matrix.ways import Way, at, click, form, pick, text, typed
from tickets.message import PersonId

SENT_READ = pack(r=SENT, v=0)
_BUTTONS = (
    (A.RETRO_OPEN, CALLED, "see_retro", "view:modal.shown"),
    (A.RETRO_START, CALLED, "run_retro", "rows"),
    (A.RETRO_CLOSE, RUNNING, "run_retro", "rows"),
    (A.RETRO_POINTS, RUNNING, "run_retro", f"view:{C.RETRO_POINTS}"),
    (A.RETRO_CAUSE, RUNNING, "run_retro", f"view:{C.RETRO_CAUSE}"),
    (A.RETRO_DIRECTIONS, RUNNING, "run_retro", f"view:{C.RETRO_DIRECTIONS}"),
    (A.RETRO_ITEM, RUNNING, "run_retro", f"view:{C.RETRO_ITEM}"),
    (A.RETRO_MINUTES, HELD, "run_retro", f"view:{C.RETRO_MINUTES}"),
    (A.RETRO_MOVE, CALLED, "call_retro", f"view:{C.RETRO_MOVE}"),
    (A.RETRO_DECLINE, CALLED, "call_retro", f"view:{C.RETRO_DECLINE}"),
    (A.RETRO_CALL, "theme", "call_retro", f"view:{C.RETRO_CALL}"),
    (A.RETRO_APPROVE, SENT_READ, "approve_minutes", "rows"),
    (A.RETRO_RETURN, SENT_READ, "approve_minutes", f"view:{C.RETRO_RETURN}"),
    (A.RETRO_DONE, ITEM, "run_retro", f"view:{C.RETRO_DONE}"),
    (A.RETRO_FOLLOW, ITEM, "run_retro", f"view:{C.RETRO_ITEM}"),
    (A.RETRO_PROVED, ITEM, "run_retro", "rows"),
    (A.RETRO_NOT_PROVED, ITEM, "run_retro", "rows"),
    (A.RETRO_WORSE, ITEM, "run_retro", "rows"),
)
_DATE = {"type": "datepicker", "selected_date": "2025-10-20"}
_WHO = {"type": "users_select", "selected_user": SUE}
_ITEM = {
    "action": text(),
    "direction": pick("process"),
    "figure": pick("words"),
    "goal_words": text("一线员工 100% 完成培训"),
    "owner": _WHO,
    "department": pick("tech"),
    "day": _DATE,
}
_CALL = {
    "goal": text(),
    "when": at(),
    "why_sooner": text(),
    "chair": _WHO,
    "recap": _WHO,
    "theme": text(),
    "since": {"type": "datepicker", "selected_date": "2025-09-01"},
    "until": _DATE,
}
_FORMS: tuple[tuple[C, str, str, Json], ...] = (
    (C.RETRO_CALL, "", "call_retro", _CALL),
    (C.RETRO_DECLINE, CALLED, "call_retro", {"reason": text()}),
    (C.RETRO_MOVE, CALLED, "call_retro", {"when": at(), "why_sooner": text()}),
    (C.RETRO_POINTS, RUNNING, "run_retro", {"review": text()}),
    (C.RETRO_CAUSE, RUNNING, "run_retro", {"cause": text(), "dimension": pick("process")}),
    (C.RETRO_DIRECTIONS, RUNNING, "run_retro", {"process": text()}),
    (C.RETRO_ITEM, RUNNING, "run_retro", _ITEM),
    (C.RETRO_MINUTES, HELD, "run_retro", {"conclusion": text()}),
)


def about_a_ticket() -> Iterator[Way]:
    """List the ways that are about one ticket: who may calls one, a lead proposes it."""

    def line(house: MatrixHouse, number: str, who: PersonId) -> Json:
        return typed(house, who, f"retro {number}")

    def press(house: MatrixHouse, number: str, who: PersonId) -> Json:
        return click(house, who, A.RETRO_OF_CASE, number, "modal")

    def propose(house: MatrixHouse, number: str, who: PersonId) -> Json:
        return form(house, who, C.RETRO_PROPOSE, pack(n=number), {"reason": text()})

    yield Way("command:retro N", "propose_retro", "working", "said", line)
    yield Way(f"modal:{A.RETRO_OF_CASE}", "propose_retro", "working", "said", press)
    yield Way(f"form:{C.RETRO_PROPOSE}", "propose_retro", "working", "rows", propose)


def about_none() -> Iterator[Way]:
    """List the ways that are about no ticket in particular."""
    for action, value, row, comes in _BUTTONS:
        yield _press(action, value, row, comes, "direct")
    for callback, retro, row, values in _FORMS:
        yield _send(callback, pack(r=retro), row, values)
    yield _send(C.RETRO_RETURN, SENT_READ, "approve_minutes", {"reason": text()})
    yield _send(C.RETRO_DONE, pack(i=ITEM), "run_retro", {"done": text()})
    yield _press(
        A.RETRO_ROOM_PAGE, pack(r=CALLED, page=1), "see_retro", "view:modal.shown", "modal"
    )
    yield _press(A.RETRO_PAGE, pack(page=1), "retro_list", "view:modal.shown", "modal")
    yield _press(A.RETRO_LIST, "list", "retro_list", "view:modal.shown", "home")
    yield Way(
        "command:retro",
        "retro_list",
        "",
        "view:modal.shown",
        lambda house, _number, who: typed(house, who, "retro"),
    )


def _press(action: A, value: str, row: str, comes: str, place: str) -> Way:
    def body(house: MatrixHouse, _number: str, who: PersonId) -> Json:
        return click(house, who, action, value, place)

    return Way(f"{place}:{action}", row, "", comes, body)


def _send(callback: C, memory: str, row: str, values: Json) -> Way:
    def body(house: MatrixHouse, _number: str, who: PersonId) -> Json:
        return form(house, who, callback, memory, values)

    return Way(f"form:{callback}", row, "", "rows", body)
