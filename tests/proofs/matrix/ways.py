"""Every way in: what a person sends to do each thing, at which status, and what is to come of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from types import MappingProxyType
from typing import Any

from handlers.views.ids import ActionId as A
from handlers.views.ids import CallbackId as C
from handlers.views.meta import pack
from tests.proofs.matrix.house import CHANNEL, EVE, HAL, KEN, OTTO, TEAM, Json, MatrixHouse
from tests.proofs.matrix.lives import ITEM, LISTED, MEETING, MONDAY, MONTH
from tickets.care.talks import mark_of
from tickets.case.facts import Planned, Resolved
from tickets.case.values import Number
from tickets.message import PersonId

LATER = int((MONDAY + timedelta(days=3)).timestamp())
LONG = "客户要求本周内上门处理"


@dataclass(frozen=True, slots=True)
class Way:
    """One way in. `comes` is the fact that is recorded, `view:` what opens, or `said`."""

    name: str
    row: str  # of the table
    status: str  # of the ticket it is tried on
    comes: str
    body: Callable[[MatrixHouse, str, PersonId], Json]
    for_reason: str = ""  # what comes instead where the table says `r`


def _person(who: PersonId) -> Json:
    return {
        "team": {"id": TEAM, "domain": "desk"},
        "user": {"id": who, "team_id": TEAM},
        "api_app_id": "A0DESK",
    }


def click(
    house: MatrixHouse, who: PersonId, action: str, value: str, place: str, **more: Any
) -> Json:
    """Press a button on a card, in a direct message, in a modal or on the app's page."""
    stamp = house.fresh()
    body = {
        **_person(who),
        "type": "block_actions",
        "trigger_id": stamp,
        "actions": [
            {
                "type": "button",
                "action_id": action,
                "block_id": "b",
                "value": value,
                "action_ts": stamp,
                **more,
            }
        ],
    }
    if place in {"modal", "home"}:
        view = {
            "id": f"V{stamp}",
            "type": place,
            "callback_id": "modal.shown",
            "state": {"values": {}},
        }
        view |= {"private_metadata": pack(n=value) if value.isdigit() else "", "blocks": []}
        return body | {"container": {"type": "view", "view_id": view["id"]}, "view": view}
    channel = CHANNEL if place == "card" else "D0PERSON"
    container = {"type": "message", "message_ts": stamp, "channel_id": channel}
    return body | {
        "container": container,
        "channel": {"id": channel},
        "message": {"ts": stamp, "blocks": []},
    }


def form(house: MatrixHouse, who: PersonId, callback: str, memory: str, values: Json) -> Json:
    """Send a form in."""
    stamp = house.fresh()
    blocks = [{"type": "input", "block_id": name, "element": {}} for name in values]
    return {
        **_person(who),
        "type": "view_submission",
        "trigger_id": stamp,
        "view": {
            "id": f"V{stamp}",
            "type": "modal",
            "callback_id": callback,
            "private_metadata": memory,
            "blocks": blocks,
            "state": {"values": {name: {"value": value} for name, value in values.items()}},
        },
    }


def typed(house: MatrixHouse, who: PersonId, line: str) -> Json:
    """Type a command."""
    return {
        "command": "/ticket",
        "text": line,
        "team_id": TEAM,
        "user_id": who,
        "channel_id": CHANNEL,
        "trigger_id": house.fresh(),
        "api_app_id": "A0DESK",
    }


def text(said: str = LONG) -> Json:
    return {"type": "plain_text_input", "value": said}


def pick(value: str) -> Json:
    return {"type": "radio_buttons", "selected_option": {"value": value}}


def at(moment: int = LATER) -> Json:
    return {"type": "datetimepicker", "selected_date_time": moment}


FORMS: Mapping[C, tuple[str, str, str, Json]] = MappingProxyType(
    {
        C.ACCEPT: ("accept", "new", "Accepted", {"reason": text()}),
        C.START: ("work", "accepted", "Started", {"reason": text()}),
        C.CONTACT: ("contact", "working", "Contacted", {"way": pick("phone"), "outcome": pick("reached"), "note": text()}),
        C.PLAN: ("work", "working", "Planned", {"measures": text(), "finish_by": at(), "reason": text()}),
        C.WORKAROUND: ("work", "working", "WorkaroundGiven", {"workaround": text(), "reason": text()}),
        C.WAIT: ("pause", "working", "Waiting", {"reason": text()}),
        C.HOLD: ("pause", "working", "Held", {"reason": text()}),
        C.RESOLVE: ("resolve", "working", "Resolved", {"result": text()}),
        C.ANSWER: ("answer", "new", "Resolved", {"result": text()}),
        C.HAND_BACK: ("hand_back", "working", "HandedBack", {"reason": text()}),
        C.TELL: ("tell", "resolved", "CustomerTold", {"way": pick("phone")}),
        C.TELL_AGAIN: ("tell_again", "told", "ToldAgain", {"way": pick("phone"), "repeat_cause": pick("not_received")}),
        C.SCORE: ("score", "told", "Scored", {"score": pick("5"), "solved": pick("yes")}),
        C.ATTEMPT: ("score", "told", "CallbackTried", {"outcome": pick("no_answer")}),
        C.SUPERVISOR_CALL: ("supervisor_call", "low", "SupervisorCalled", {"note": text(), "outcome": pick("reached")}),
        C.FOLLOW_UP: ("follow_up", "resolved", "FollowedUp", {"until": at()}),
        C.FOLLOW_UP_END: ("follow_up", "follow_up", "FollowUpEnded", {"note": text()}),
        C.CLOSE: ("close", "scored", "Closed", {"refusal": text()}),
        C.REOPEN: ("reopen", "closed", "RoundBegun", {"reason": text()}),
        C.INVALID: ("invalid", "new", "MarkedInvalid", {"note": text()}),
        C.TAKE_INVALID_BACK: ("take_invalid_back", "invalid", "InvalidTakenBack", {"reason": text()}),
        C.COLLABORATORS: ("name_contact", "working", "CollaboratorsNamed", {"people": {"selected_users": [OTTO, KEN]}, "contact_person": {"selected_user": OTTO}}),
        C.PRIORITY: ("set_priority", "working", "PriorityChanged", {"priority": pick("P3"), "reason": text()}),
        C.COMPLEXITY: ("judge_complexity", "working", "ComplexityJudged", {"complexity": pick("complex"), "reason": text()}),
        C.NOTE: ("note", "working", "Noted", {"note": text()}),
        C.EVIDENCE: ("evidence", "working", "EvidenceAdded", {"link": text("https://example.com/a.png")}),
        C.HELP_WANTED: ("ask_help", "working", "HelpAsked", {"need": text()}),
        C.SETTLE: ("settle", "disputed", "DisputeSettled", {"department": pick("service"), "reason": text()}),
        C.REPORT_UP: ("settle", "disputed", "ReportedUp", {"reason": text()}),
        C.ASK_DEPARTMENT: ("ask_department", "working", "Asked", {"department": pick("service"), "question": text()}),
        C.ANSWER_QUESTION: ("answer_question", "asked", "Answered", {"answer": text()}),
        C.NOT_OURS: ("answer_question", "asked", "NotOurs", {"reason": text()}),
        C.PROMISE: ("promise", "working", "Promised", {"promise": text(), "until": at()}),
        C.CORRECT: ("correct", "working", "Corrected", {"field": pick("expectation"), "correction.expectation": text()}),
        C.LATENESS: ("lateness", "working", "LatenessExplained", {"late_cause": pick("other"), "overdue_reason": text()}),
        C.GRADE: ("grade", "working", "Graded", {"known": pick("no"), "first_cause": pick("quality"), "report": text()}),
        C.PROPOSE_HELP: ("propose", "working", "CollaboratorsProposed", {"people": {"selected_users": [OTTO]}}),
        C.REFER: ("refer", "working", "AuthorityNamed", {"authority": pick("12345"), "direction": pick("came"), "until": at()}),
        C.REFER_ANSWER: ("refer", "referred", "AuthorityAnswered", {"referral": pick("12315"), "answer": text(), "when": at(int(MONDAY.timestamp()))}),
        C.REFER_MOVE: ("move_referral", "referred", "AuthorityMoved", {"referral": pick("12315"), "until": at(), "reason": text()}),
        C.CHECKLIST: ("tick", "working", "StepTicked", {"steps": {"type": "checkboxes", "selected_options": [{"value": "explained"}]}}),
        C.REFUSE_APPROVAL: ("approve", "working", "", {"reason": text()}),
        C.COMPLAINED_ABOUT: ("complained_about", "working", "ComplainedAbout", {"people": {"selected_users": ["U0NOBODY"]}}),
        C.REVEAL: ("reveal", "working", "Revealed", {"reason": text()}),
    }
)  # fmt: skip

CASE: Json = {
    "form.name": text("王强"),
    "form.phone": text("13900001111"),
    "form.contact_channel": pick("phone"),
    "form.category": pick("after_sales"),
    "form.category.after_sales": pick("after_sales/fault"),
    "form.description": text("空调开机30分钟后出风口27 ℃，设定18 ℃"),
    "form.expectation": text(),
    "form.urgency": pick("P2"),
}
QUICK_CASE: Json = {
    "quick.category": pick("inquiry/usage"),
    "quick.description": text("询问空调如何开启静音模式"),
    "quick.answered_with": text("长按睡眠键三秒即可"),
}

_ONE_TAP: Mapping[A, tuple[str, str, str]] = MappingProxyType(
    {
        A.ACCEPT: ("accept", "new", "Accepted"),
        A.START: ("work", "accepted", "Started"),
        A.RESUME: ("pause", "waiting", "Resumed"),
        A.CONFIRM: ("tell", "told", "Confirmed"),
        A.APPROVE: ("approve", "working", ""),
        A.PROMISE_KEPT: ("promise", "promised", "PromiseKept"),
    }
)

_LOOKS: Mapping[A, str] = MappingProxyType(
    dict.fromkeys(
        (A.DETAILS, A.HISTORY, A.TALKS, A.EARLIER, A.MORE, A.WHY, A.PROFILE), "view:modal.shown"
    )
)
PLACES = ("card", "direct", "modal", "home")


def _of_form(callback: C, row: str, status: str, comes: str, values: Json, name: str) -> Way:
    def body(house: MatrixHouse, number: str, who: PersonId) -> Json:
        return form(house, who, callback, pack(n=number), values)

    return Way(name, row, status, comes, body)


def _of_button(
    action: A, row: str, status: str, comes: str, place: str, for_reason: str = ""
) -> Way:
    def body(house: MatrixHouse, number: str, who: PersonId) -> Json:
        return click(house, who, action, number, place)

    return Way(f"{place}:{action}", row, status, comes, body, for_reason)


def _typed(name: str, row: str, status: str, comes: str, line: str) -> Way:
    def body(house: MatrixHouse, number: str, who: PersonId) -> Json:
        return typed(house, who, line.format(number=number))

    return Way(f"command:{name}", row, status, comes, body)


def _forms() -> Iterator[Way]:
    for callback, (row, status, comes, values) in FORMS.items():
        yield _of_form(callback, row, status, comes, values, f"form:{callback}")
    yield _of_form(
        C.REVEAL, "reveal_owed", "told", "Revealed", {"reason": text()}, "form:reveal owed"
    )


def _reassigning() -> Iterator[Way]:
    """To a colleague of the same department, as far as a lead's reach goes."""

    def body(house: MatrixHouse, number: str, who: PersonId) -> Json:
        to = _colleague(house, number)
        values = {"person": {"selected_user": to}, "reason": text()}
        return form(house, who, C.REASSIGN, pack(n=number), values)

    def line(house: MatrixHouse, number: str, who: PersonId) -> Json:
        to = _colleague(house, number)
        return typed(house, who, f"assign {number} <@{to}> 换人")

    for row, status in (("assign", "working"), ("assign_unassigned", "unassigned")):
        name = f"form:{C.REASSIGN}" if row == "assign" else "form:reassign nobody's"
        yield Way(name, row, status, "Assigned", body)
        yield Way(f"command:assign {status}", row, status, "Assigned", line)


def _colleague(house: MatrixHouse, number: str) -> PersonId:
    return KEN if number in _in_tech(house) else HAL


def _in_tech(house: MatrixHouse) -> set[str]:
    return {number for (kind, _), number in house.tickets.items() if kind != "operations"}


def _buttons() -> Iterator[Way]:
    turn = 0
    for action, (row, status, comes) in _ONE_TAP.items():
        for place in PLACES[:3]:
            why = "view:modal.accept" if action is A.ACCEPT else ""
            why = "view:modal.start" if action is A.START else why
            yield _of_button(action, row, status, comes, place, why)
    for action in _LOOKS:
        for place in PLACES:
            yield _of_button(action, "see", "working", _LOOKS[action], place)
    for callback, (row, status, _, _) in FORMS.items():
        action = A(callback.replace("modal.", "ticket."))
        if action in _ONE_TAP:
            continue
        place = PLACES[turn % 3]
        turn += 1
        yield _of_button(action, row, status, f"view:{callback}", place)
    yield _of_button(A.REASSIGN, "assign", "working", "view:modal.reassign", "card")
    yield _of_button(A.SAME_CALL, "same_call", "working", "view:form", "direct")
    yield _of_button(A.LINKED_CASE, "same_call", "working", "view:form", "modal")
    pages = (A.DETAILS_PAGE, A.HISTORY_PAGE, A.TALKS_PAGE, A.EARLIER_PAGE, A.WHY_PAGE)
    for action in (*pages, A.PROFILE_PAGE):
        yield _paged(action)
    yield _of_button(A.CALL, "score", "told", "view:modal.shown", "direct")
    yield _of_button(A.CALL_ANYWAY, "score", "told", "view:modal.shown", "modal")
    yield _of_button(A.CALL_SCORE, "score", "told", f"view:{C.SCORE}", "modal")


def _agreeing() -> Iterator[Way]:
    """The button names the proposal that it agrees to."""
    for place in PLACES[:3]:
        yield _agreeing_in(place)


def _agreeing_in(place: str) -> Way:

    def body(house: MatrixHouse, number: str, who: PersonId) -> Json:
        with house.trial.desk.records.read() as unit:
            waiting = unit.tickets.get(Number(number)).proposal
        read = str(waiting.asked_seq) if waiting else ""
        return click(house, who, A.AGREE_HELP, pack(n=number, q=read), place)

    return Way(f"{place}:{A.AGREE_HELP}", "agree", "proposed", "CollaboratorsNamed", body)


def _texts() -> Iterator[Way]:
    """The texts that stand ready for the customer: to copy, to record as told, to make anew in the form."""
    for place in ("direct", "modal"):
        yield _of_button(A.COPY, "see", "new", "view:modal.shown", place)
        why = f"view:{C.CONTACT}"
        yield _of_text(A.PLAN_TOLD, ("contact", "planned"), "Contacted", place, why)
        yield _of_text(A.RESULT_TOLD, ("tell", "resolved"), "", place)
    yield _of_button(A.TELL_COMPOSE, "tell", "resolved", f"view:{C.TELL}", "modal")


def _of_text(
    action: A, tried: tuple[str, str], comes: str, place: str, for_reason: str = ""
) -> Way:
    """The button carries which plan or result its text was made of."""
    kind = Planned if action is A.PLAN_TOLD else Resolved

    def body(house: MatrixHouse, number: str, who: PersonId) -> Json:
        with house.trial.desk.records.read() as unit:
            mark = mark_of(unit.tickets.events(Number(number)), kind)
        return click(house, who, action, pack(n=number, q=mark), place)

    return Way(f"{place}:{action}", *tried, comes, body, for_reason)


def _drawn_anew() -> Iterator[Way]:
    """A form that shows more once something is picked; it asks for the right that sending it asks for."""
    picks = (
        (A.SCORE_PICKED, "score", "told", "2", C.SCORE),
        (A.CORRECT_FIELD, "correct", "new", "product", C.CORRECT),
    )
    for action, row, status, value, anew in picks:

        def body(
            house: MatrixHouse, number: str, who: PersonId, action: A = action, value: str = value
        ) -> Json:
            pressed = click(house, who, action, value, "modal")
            pressed["view"]["private_metadata"] = pack(n=number)
            return pressed

        yield Way(f"modal:{action}", row, status, f"view:{anew}", body)


def _paged(action: A, row: str = "see") -> Way:
    def body(house: MatrixHouse, number: str, who: PersonId) -> Json:
        return click(house, who, action, pack(n=number, page=1), "modal")

    return Way(f"modal:{action}", row, "working", "view:modal.shown", body)


def _merging() -> Iterator[Way]:
    """Into another open ticket of the same kind, logged by the same person."""

    def other(house: MatrixHouse, number: str) -> str:
        kind = next(kind for (kind, _), one in house.tickets.items() if one == number)
        return house.tickets[kind, "accepted"]

    def sent(house: MatrixHouse, number: str, who: PersonId) -> Json:
        return form(house, who, C.MERGE, pack(n=number), {"survivor": text(other(house, number))})

    def line(house: MatrixHouse, number: str, who: PersonId) -> Json:
        return typed(house, who, f"merge {number} {other(house, number)}")

    yield Way(f"form:{C.MERGE}", "merge", "working", "Merged", sent)
    yield Way("command:merge", "merge", "working", "Merged", line)
    yield _of_button(A.MERGE, "merge", "working", f"view:{C.MERGE}", "modal")


def _gathering() -> Iterator[Way]:
    """Under a parent case of the same kind, and out of none."""

    def line(house: MatrixHouse, number: str, who: PersonId) -> Json:
        kind = next(kind for (kind, _), one in house.tickets.items() if one == number)
        return typed(house, who, f"link {number} {house.tickets[kind, 'accepted']}")

    yield Way("command:link", "gather", "working", "ParentNamed", line)
    yield _of_button(A.TAKE_OUT, "gather", "working", "", "modal")
    yield _of_button(A.DISMISS, "gather", "new", "MarkedInvalid", "direct")


def _shift() -> Iterator[Way]:
    def take(house: MatrixHouse, number: str, who: PersonId) -> Json:
        of = EVE if number in _in_tech(house) else OTTO
        return click(house, who, A.TAKE, pack(n=number, of=of), "direct")

    yield Way(f"direct:{A.TAKE}", "take_over", "working", "Assigned?", take)
    yield _typed("remind", "remind", "working", "said", "remind {number} tomorrow 10:00")


def _heard() -> Iterator[Way]:
    def body(house: MatrixHouse, number: str, who: PersonId) -> Json:
        packed = pack(n=number, k="resolution", due=house.due[number])
        return click(house, who, A.GOT_IT, packed, "card")

    yield Way(f"card:{A.GOT_IT}", "hear", "working", "Heard", body)


def _commands() -> Iterator[Way]:
    yield _typed("note", "note", "working", "Noted", "note {number} " + LONG)
    yield _typed("close", "close", "scored", "Closed", "close {number}")
    yield _typed("reopen", "reopen", "closed", "view:modal.reopen", "reopen {number}")
    yield _typed("show", "see", "working", "view:modal.shown", "show {number}")
    yield _typed("why", "see", "working", "view:modal.shown", "why {number}")
    yield _typed("status of one", "see", "working", "said", "status {number}")


def _meeting() -> Iterator[Way]:
    values = {
        "decision": text(),
        "person": {"selected_user": KEN},
        "day": {"selected_date": "2025-10-10"},
    }

    def row(house: MatrixHouse, number: str, who: PersonId) -> Json:
        return click(
            house, who, A.MEETING_DECIDE, number, "card", block_id=f"row:{MEETING}:{number}"
        )

    def sent(callback: C, values: Json) -> Callable[[MatrixHouse, str, PersonId], Json]:
        return lambda house, number, who: form(
            house, who, callback, pack(m=MEETING, n=number), values
        )

    yield Way(f"card:{A.MEETING_DECIDE}", "meet", "working", "view:modal.meeting_decide", row)
    yield Way(
        f"form:{C.MEETING_DECIDE}", "meet", "working", "Decided", sent(C.MEETING_DECIDE, values)
    )
    yield Way(
        f"form:{C.MEETING_OWNER}",
        "meet",
        "working",
        "Assigned",
        lambda house, number, who: sent(
            C.MEETING_OWNER, {"person": {"selected_user": _colleague(house, number)}}
        )(house, number, who),
    )
    yield Way(
        f"card:{A.MEETING_ROW}",
        "meet",
        "working",
        "view:modal.meeting_owner",
        lambda house, number, who: click(
            house, who, A.MEETING_ROW, "owner", "card", block_id=f"row:{MEETING}:{number}"
        ),
    )
    date = {"promise": text(), "day": {"selected_date": "2025-10-10"}}
    yield Way(f"form:{C.MEETING_DATE}", "meet", "working", "Promised", sent(C.MEETING_DATE, date))


def _trust() -> Iterator[Way]:
    """Addenda, dossiers, the audit log, erasure."""
    reason = {"reason": text()}
    yield _of_form(
        C.ADDENDUM, "addendum", "archived", "Addendum", {"addendum": text()}, f"form:{C.ADDENDUM}"
    )
    yield _of_button(A.ADDENDUM, "addendum", "archived", f"view:{C.ADDENDUM}", "modal")
    yield _of_form(C.DOSSIER, "dossier", "closed", "DossierMade", reason, f"form:{C.DOSSIER}")
    yield _of_button(A.DOSSIER, "dossier", "closed", f"view:{C.DOSSIER}", "modal")
    yield _typed("dossier", "dossier", "closed", f"view:{C.DOSSIER}", "dossier {number}")
    yield _typed("audit", "read_audit", "working", "view:modal.shown", "audit {number}")
    yield _paged(A.AUDIT_PAGE, "read_audit")
    yield _of_form(C.ERASE, "ask_erasure", "closed", "", reason, f"form:{C.ERASE}")
    yield _of_button(A.ERASE, "ask_erasure", "closed", "", "modal")
    yield _typed("erase", "ask_erasure", "closed", "", "erase {number}")


def ways() -> tuple[Way, ...]:
    """List the ways in that are about one ticket."""
    return (
        *_forms(),
        *_reassigning(),
        *_buttons(),
        *_agreeing(),
        *_texts(),
        *_drawn_anew(),
        *_merging(),
        *_gathering(),
        *_shift(),
        *_heard(),
        *_commands(),
        *_meeting(),
        *_trust(),
    )


def _again(house: MatrixHouse, _number: str, who: PersonId) -> Json:
    return click(house, who, A.CALLS_AGAIN, pack(c=_a_customer(house)), "modal")


def _asked_again(why: str) -> Callable[[MatrixHouse, str, PersonId], Json]:
    def sent(house: MatrixHouse, _number: str, who: PersonId) -> Json:
        memory, values = pack(c=_a_customer(house)), {"why_again": pick(why)}
        return form(house, who, C.CALLS_AGAIN, memory, values)

    return sent


def _filtering(house: MatrixHouse, _number: str, who: PersonId) -> Json:
    return click(house, who, A.SEARCH_FILTER, pack(scope="all"), "card")


def _filtered(house: MatrixHouse, _number: str, who: PersonId) -> Json:
    return form(house, who, C.FILTER, pack(scope="all"), {"filter.words": text("空调")})


def _sharing(house: MatrixHouse, _number: str, who: PersonId) -> Json:
    values = {"saved.name": text("空调"), "saved.share": pick("tech")}
    return form(house, who, C.SEARCH_SAVE, pack(kept="nothing"), values)


def _renaming(house: MatrixHouse, _number: str, who: PersonId) -> Json:
    return form(house, who, C.SEARCH_RENAME, pack(s="nobody's"), {"saved.name": text("空调")})


def ways_about_none() -> tuple[Way, ...]:
    """List the ways in that are about no ticket in particular."""

    def press(action: A, value: str, place: str = "home") -> Callable[..., Json]:
        return lambda house, _number, who: click(house, who, action, value, place)

    def logged(house: MatrixHouse, _number: str, who: PersonId) -> Json:
        return form(house, who, C.FORM, pack(opened=int(MONDAY.timestamp())), CASE)

    def logged_quickly(house: MatrixHouse, _number: str, who: PersonId) -> Json:
        return form(house, who, C.QUICK, pack(opened=int(MONDAY.timestamp())), QUICK_CASE)

    def edit(house: MatrixHouse, _number: str, who: PersonId) -> Json:
        return click(house, who, A.PROFILE_EDIT, pack(c=_a_customer(house)), "modal")

    def edited(house: MatrixHouse, _number: str, who: PersonId) -> Json:
        values = {"profile.preferences": {"value": "晚上致电"}}
        return form(house, who, C.PROFILE_EDIT, pack(c=_a_customer(house)), values)

    def fast(house: MatrixHouse, _number: str, who: PersonId) -> Json:
        return click(house, who, A.FAST_LANE, pack(c="C000001"), "modal")

    listed = pack(job="archive_check", period=LISTED)
    return (
        _typed("new", "log", "", "view:form", "new 空调"),
        _typed("quick", "log", "", "view:form.quick", "quick"),
        _typed("answered", "log", "", "view:form.quick", "answered 询问营业时间"),
        Way(f"home:{A.NEW_TICKET}", "log", "", "view:form", press(A.NEW_TICKET, "new")),
        Way(f"home:{A.QUICK_TICKET}", "log", "", "view:form.quick", press(A.QUICK_TICKET, "quick")),
        Way(f"direct:{A.DRAFT}", "log", "", "said", press(A.DRAFT, "nobody's", "direct")),
        _typed("list", "list", "", "said", "list all"),
        _typed("search", "list", "", "said", "search 空调"),
        _typed("search nothing", "list", "", "said", "search"),
        Way(f"direct:{A.SEARCH_SAVED}", "list", "", "said", press(A.SEARCH_SAVED, "1", "direct")),
        Way(
            f"card:{A.SEARCH_SAVE}",
            "list",
            "",
            f"view:{C.SEARCH_SAVE}",
            press(A.SEARCH_SAVE, pack(kept="x"), "card"),
        ),
        Way(
            f"direct:{A.SEARCH_OPEN}",
            "list",
            "",
            "said",
            press(A.SEARCH_OPEN, "nobody's", "direct"),
        ),
        Way(
            f"direct:{A.SEARCH_RENAME}",
            "list",
            "",
            "said",
            press(A.SEARCH_RENAME, "nobody's", "direct"),
        ),
        Way(
            f"direct:{A.SEARCH_DROP}",
            "list",
            "",
            "said",
            press(A.SEARCH_DROP, "nobody's", "direct"),
        ),
        Way(f"form:{C.SEARCH_SAVE}", "share_search", "", "", _sharing),
        Way(f"form:{C.SEARCH_RENAME}", "list", "", "", _renaming),
        Way(f"card:{A.SEARCH_FILTER}", "list", "", f"view:{C.FILTER}", _filtering),
        Way(f"form:{C.FILTER}", "list", "", "rows", _filtered),
        Way(f"home:{A.LIST}", "list", "", "view:modal.shown", press(A.LIST, "all")),
        Way(f"card:{A.PAGE}", "list", "", "said", press(A.PAGE, pack(scope="all", page=1), "card")),
        Way(f"card:{A.MEETING_SHEET}", "list", "", "said", press(A.MEETING_SHEET, MEETING, "card")),
        _typed("customer", "look_up", "", "view:modal.shown", "customer C000001"),
        Way(f"modal:{A.PROFILE_EDIT}", "edit_customer", "", "view:modal.profile", edit),
        Way(f"modal:{A.CALLS_AGAIN}", "edit_customer", "", "view:modal.calls_again", _again),
        Way(f"form:{C.CALLS_AGAIN}:wish", "edit_customer", "", "", _asked_again("wish")),
        Way(f"form:{C.CALLS_AGAIN}", "ask_again", "", "", _asked_again("decision")),
        Way(f"modal:{A.FAST_LANE}", "log", "", "view:modal.fast_lane", fast),
        Way(f"form:{C.PROFILE_EDIT}", "edit_customer", "", "rows", edited),
        _typed("status", "figures", "", "said", "status"),
        Way(f"direct:{A.STATUS}", "figures", "", "said", press(A.STATUS, "status", "direct")),
        _typed("away", "be_away", "", "rows", "away"),
        Way(f"home:{A.AWAY}", "be_away", "", "rows", press(A.AWAY, "away")),
        Way(f"card:{A.ARCHIVE}", "archive", "", "rows", press(A.ARCHIVE, listed, "card")),
        Way(f"card:{A.MEETING_CLOSE}", "chair", "", "", press(A.MEETING_CLOSE, MEETING, "card")),
        Way(f"home:{A.BACK}", "be_away", "", "", press(A.BACK, "back")),
        Way(f"home:{A.HANDOVER}", "list", "", "", press(A.HANDOVER, "handover")),
        Way(f"home:{A.REST}", "list", "", "", press(A.REST, "rest")),
        Way(
            f"direct:{A.RIGHTS_ASK}", "ask_for_listed", "", "", press(A.RIGHTS_ASK, "r1", "direct")
        ),
        *(
            Way(f"direct:{one}", "approve_erasure", "", "", press(one, "r1", "direct"))
            for one in (A.RIGHTS_APPROVE, A.RIGHTS_REFUSE)
        ),
        Way(f"direct:{A.RIGHTS_RUN}", "run_erasure", "", "", press(A.RIGHTS_RUN, "r1", "direct")),
        *_exporting(),
        Way(f"form:{C.FORM}", "log", "", "rows", logged),
        Way(f"form:{C.QUICK}", "log", "", "rows", logged_quickly),
        Way(
            f"card:{A.MEETING_START}", "chair", "", "rows", press(A.MEETING_START, MEETING, "card")
        ),
        *_improving(),
    )


def _exporting() -> Iterator[Way]:
    """A table of the team's, masked or whole."""
    wish = {
        "export_table": pick("crm"),
        "since": {"selected_date": "2025-09-01"},
        "until": {"selected_date": "2025-09-30"},
        "export_language": pick("en"),
        "export_format": pick(".csv"),
        "export_how": pick("masked"),
        "reason": text(),
    }

    def sent(values: Json) -> Callable[..., Json]:
        return lambda house, _number, who: form(house, who, C.EXPORT, "", values)

    yield _typed("export", "export_masked", "", f"view:{C.EXPORT}", "export")
    yield Way(f"form:{C.EXPORT}", "export_masked", "", "rows", sent(wish))
    full = sent({**wish, "export_how": pick("full")})
    yield Way(f"form:{C.EXPORT}:full", "ask_full_export", "", "rows", full)
    for one in (A.EXPORT_APPROVE, A.EXPORT_REFUSE):
        decided = partial(_decided, one)
        yield Way(f"direct:{one}", "approve_full_export", "", "", decided)


def _decided(action: A, house: MatrixHouse, _number: str, who: PersonId) -> Json:
    return click(house, who, action, "r1", "direct")


def _improving() -> Iterator[Way]:
    """The monthly meeting, and the list of what is to be made better."""
    point = pack(m=MONTH, p="other")
    wish = {
        "pain": text("配件常缺"),
        "decision": text("建立安全库存"),
        "goal": text("缺件 0 起"),
        "priority": pick("P2"),
        "department": pick("tech"),
        "person": {"selected_user": KEN},
        "day": {"selected_date": "2025-10-10"},
    }

    def press(action: A, value: str) -> Callable[..., Json]:
        return lambda house, _number, who: click(house, who, action, value, "card")

    def sent(callback: C, memory: str, values: Json) -> Callable[..., Json]:
        return lambda house, _number, who: form(house, who, callback, memory, values)

    done = {"result": text("已建立")}
    view = "view:modal.improvement_new"
    yield Way(f"card:{A.MONTHLY_START}", "chair", "", "rows", press(A.MONTHLY_START, MONTH))
    yield Way(f"card:{A.MONTHLY_CLOSE}", "chair", "", "", press(A.MONTHLY_CLOSE, MONTH))
    decide = f"view:{C.MONTHLY_DECIDE}"
    yield Way(f"card:{A.MONTHLY_DECIDE}", "chair", "", decide, press(A.MONTHLY_DECIDE, point))
    monthly = sent(C.MONTHLY_DECIDE, point, wish)
    yield Way(f"form:{C.MONTHLY_DECIDE}", "chair", "", "rows", monthly)
    yield Way(f"direct:{A.IMPROVEMENT_NEW}", "chair", "", view, press(A.IMPROVEMENT_NEW, "new"))
    by_hand = sent(C.IMPROVEMENT_NEW, "", wish)
    yield Way(f"form:{C.IMPROVEMENT_NEW}", "chair", "", "rows", by_hand)
    finish = f"view:{C.IMPROVEMENT_DONE}"
    opened = press(A.IMPROVEMENT_DONE, ITEM)
    yield Way(f"direct:{A.IMPROVEMENT_DONE}", "finish_item", "", finish, opened)
    finished = sent(C.IMPROVEMENT_DONE, pack(i=ITEM), done)
    yield Way(f"form:{C.IMPROVEMENT_DONE}", "finish_item", "", "rows", finished)
    yield _typed("improve", "figures", "", "said", "improve")
    turned = press(A.IMPROVEMENTS_PAGE, pack(page=1))
    yield Way(f"direct:{A.IMPROVEMENTS_PAGE}", "figures", "", "said", turned)
    periods = pack(a="2025-08", b="2025-09")
    report = press(A.COMPARE_FILE, periods)
    yield Way(f"direct:{A.COMPARE_FILE}", "figures", "", "rows", report)
    yield _typed("stats quality", "appraisal", "", "said", "stats quality 2025-09")
    later = press(A.QUALITY_PAGE, pack(s="2025-09", page=1))
    yield Way(f"direct:{A.QUALITY_PAGE}", "appraisal", "", "said", later)
    theirs = press(A.QUALITY_RECORDS, pack(s="2025-09", p="U0AGENT1"))
    yield Way(f"direct:{A.QUALITY_RECORDS}", "appraisal", "", "said", theirs)
    yield _typed("stats orders", "trade", "", "said", "stats orders 2025-08")
    yield _typed("stats survey", "trade", "", "said", "stats survey 2025-08")
    yield _typed("stats compare", "figures", "", "said", "stats compare 2025-08 2025-09")
    sheet = press(A.IMPROVEMENTS_SHEET, "sheet")
    yield Way(f"direct:{A.IMPROVEMENTS_SHEET}", "figures", "", "rows", sheet)


def _a_customer(house: MatrixHouse) -> str:
    with house.trial.desk.records.read() as unit:
        found = unit.customers.by_code("C000001")
    assert found is not None
    return found.id


def home_opened(house: MatrixHouse, who: PersonId) -> Json:
    """Open the app's page."""
    event = {"type": "app_home_opened", "user": who, "tab": "home", "channel": "D0PERSON"}
    return {"type": "event_callback", "team_id": TEAM, "event_id": house.fresh(), "event": event}


def said_in_thread(house: MatrixHouse, who: PersonId, thread_ts: str) -> Json:
    """Write under a card."""
    event = {
        "type": "message",
        "user": who,
        "channel": CHANNEL,
        "channel_type": "channel",
        "ts": house.fresh(),
        "thread_ts": thread_ts,
        "text": "我来受理",
    }
    return {"type": "event_callback", "team_id": TEAM, "event_id": house.fresh(), "event": event}
