"""A new ticket: the form and the quick one, opened, sent, continued after a late opening (R2–R19, R36, F20)."""

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.answers import whisper_text
from handlers.form_views import first_form, form_for_same_customer
from handlers.forms_case import (
    intake_of,
    number_remembered,
    quick_intake_of,
    remembered,
    used_in,
)
from handlers.numbers import number_in
from handlers.opening import present, present_in_time
from handlers.payloads import Json, value_of
from handlers.typed import as_typed
from handlers.views.form import quick_form
from handlers.views.modal import sentence
from handlers.words import Line
from tickets.case.intake import Intake
from tickets.case.values import CustomerId
from tickets.desk.articles_use import use_all
from tickets.desk.context import Desk
from tickets.desk.drafts import drop_draft, keep_draft, take_draft
from tickets.desk.log_case import LoggedCase, log_answered, log_case
from tickets.desk.look import show
from tickets.desk.merge import merge
from tickets.desk.prepare import require_logging
from tickets.errors import IllegalMove
from tickets.message import PersonId
from tickets.tongue import Tongue


def open_typed(
    line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """`/ticket new` with or without text: the form opens; too late, the text is kept."""
    require_logging(desk, by=person)
    text = as_typed(line.rest, tongue.name)
    if present_in_time(request, first_form(desk, person, tongue, text=text)):
        return
    if text:
        keep_draft(desk, text, by=person)
    whisper_text(request, tongue("draft.kept" if text else "draft.opened_too_late"))


def open_form(desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """The button for a new ticket."""
    require_logging(desk, by=person)
    present(request, first_form(desk, person, tongue))


def open_answered(
    line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """`/ticket answered`: the form of an answered call, with what was typed as the question."""
    _open_quick(desk, person, tongue, request, as_typed(line.rest, tongue.name))


def open_quick(desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """The form of an answered call."""
    _open_quick(desk, person, tongue, request, "")


def _open_quick(
    desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest, text: str
) -> None:
    require_logging(desk, by=person)
    now = desk.clock.now()
    values = Intake(received_at=now, description=text)
    present(request, quick_form(values, opened_at=now, handbook=desk.handbook(), tongue=tongue))


def open_same_call(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Same call, another case: the customer is carried over."""
    require_logging(desk, by=person)
    number = number_in(value_of(action))
    present(request, form_for_same_customer(number, desk, person, tongue))


def open_linked(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """A new case of the same customer that belongs to one that is over (DESK.md 2)."""
    require_logging(desk, by=person)
    number = number_in(value_of(action))
    present(request, form_for_same_customer(number, desk, person, tongue, linked_to=number))


def open_draft(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Continue with a kept text."""
    require_logging(desk, by=person)
    draft_id = value_of(action)
    text = take_draft(desk, draft_id, by=person)
    if text is None:
        whisper_text(request, tongue("draft.gone"))
        return
    present(request, first_form(desk, person, tongue, text=text, draft_id=draft_id))


def submit_form(
    ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str, tongue: Tongue
) -> BoltResponse:
    """The form was sent: a ticket with a number, a department and a person."""
    customer = _carried_customer(view, desk, person)
    intake = intake_of(view, now=desk.clock.now(), customer_id=customer)
    logged = log_case(desk, intake, by=person, receipt=receipt)
    use_all(desk, logged.ticket.number, used_in(view), by=person, receipt=receipt)
    _forget_draft(view, desk, person)
    into = number_remembered(view, "merge")
    if into is None:
        return _logged(ack, logged, tongue)
    try:
        merge(desk, logged.ticket.number, into, by=person, receipt=f"{receipt}:merge")
    except IllegalMove as ended_meanwhile:  # the case is logged all the same
        said = f"{tongue('new.logged', number=logged.ticket.number)}\n\n{tongue.of(ended_meanwhile.message)}"
        return ack(response_action="update", view=sentence(tongue("form.title"), said, tongue))
    return _logged(ack, logged, tongue)


def submit_quick(
    ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str, tongue: Tongue
) -> BoltResponse:
    """An answered call was sent: logged and closed."""
    intake = quick_intake_of(view, now=desk.clock.now())
    logged = log_answered(desk, intake, by=person, receipt=receipt)
    return ack(response_action="clear") if not logged.repeated else _logged(ack, logged, tongue)


def _logged(ack: Ack, logged: LoggedCase, tongue: Tongue) -> BoltResponse:
    """Say the number where there is something to add; the courier's message says the rest."""
    number = logged.ticket.number
    if logged.repeated:
        said = tongue("new.already", number=number)
    elif logged.hints:
        hints = "\n".join(f"💡 {tongue.of(hint)}" for hint in logged.hints)
        ticket = logged.ticket
        how = tongue("new.logged_answered" if ticket.on_the_spot else "new.logged", number=number)
        said = f"{how}\n\n{hints}\n\n{tongue('new.add_later')}"
    else:
        return ack(response_action="clear")
    return ack(response_action="update", view=sentence(tongue("form.title"), said, tongue))


def _forget_draft(view: Json, desk: Desk, person: PersonId) -> None:
    """Forget the draft it was made of; done again, it changes nothing."""
    draft = remembered(view).get("draft")
    if draft:
        drop_draft(desk, str(draft), by=person)


def _carried_customer(view: Json, desk: Desk, person: PersonId) -> CustomerId | None:
    number = number_remembered(view, "carried")
    if number is None:
        return None
    case, _ = show(desk, number, by=person)
    return case.ticket.customer_id
