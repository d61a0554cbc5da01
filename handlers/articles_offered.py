"""Articles offered where a case is written down or solved: taken over with one tap, and counted (R125)."""

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.articles import article_in, show_anew
from handlers.form_views import use_in_form
from handlers.forms import fields_of
from handlers.forms_work import block_in
from handlers.lazy import later
from handlers.numbers import number_in
from handlers.offering import offered_for, words_of
from handlers.opening import redraw_view
from handlers.payloads import Json, memory_of, value_of
from handlers.tapped import Tap, at_once
from handlers.views.ids import ActionId, CallbackId, FieldId
from handlers.views.modal import Sheet
from handlers.views.modals import MODALS
from handlers.views.steps import move_of, right_of
from tickets.case.values import Number
from tickets.desk.articles_use import use_article
from tickets.desk.context import Desk
from tickets.desk.prepare import prepare
from tickets.errors import NotFound
from tickets.knowledge.suggesting import joined
from tickets.message import PersonId
from tickets.tongue import Tongue

_STEPS: dict[str, ActionId] = {
    CallbackId.RESOLVE: ActionId.RESOLVE,
    CallbackId.ANSWER: ActionId.ANSWER,
}


def use_here(
    ack: Ack,
    action: Json,
    shown: Json,
    desk: Desk,
    person: PersonId,
    tongue: Tongue,
    receipt: str,
    request: BoltRequest,
) -> BoltResponse:
    """Take an article over into the form: on a ticket its use counts at once, on a new one when it is logged."""
    packed = value_of(action)
    article = article_in(packed)
    if shown.get("callback_id") == CallbackId.FORM:
        later(request, lambda: use_in_form(article, shown, desk, person, tongue, request))
        return ack()
    number = number_in(packed)
    use_article(desk, number, article, by=person, receipt=receipt)
    later(request, lambda: _insert(article, number, shown, desk, person, tongue, request))
    return ack()


@at_once
def use_read(tap: Tap) -> None:
    """An article that was read helped with the ticket it was opened from."""
    article = article_in(tap.value)
    use_article(tap.desk, number_in(tap.value), article, by=tap.person, receipt=tap.receipt)
    show_anew(tap, article)


def _insert(
    article: int,
    number: Number,
    shown: Json,
    desk: Desk,
    person: PersonId,
    tongue: Tongue,
    request: BoltRequest,
) -> None:
    """Put the article's words behind what stands in the result; all else stays as typed."""
    step = _STEPS.get(shown.get("callback_id") or "")
    if step is None or number_in(memory_of(shown)) != number:
        raise NotFound("error.not_understood")
    fields = fields_of(shown)
    typed = fields.text(block_in(fields, FieldId.RESULT)).strip()
    words = words_of(article, desk, person, tongue)
    case = prepare(desk, number, move=move_of(step), action=right_of(step), by=person)
    sheet = Sheet(
        case=case,
        handbook=desk.handbook(),
        tongue=tongue,
        now=desk.clock.now(),
        offered=offered_for(step, case, desk, person, tongue),
        inserted=joined(typed, words),
    )
    redraw_view(request, MODALS[step](sheet))
