"""What every delivery passes first: the right workspace, not ourselves, a person with a language, a receipt."""

from collections.abc import Callable

import structlog
from slack_bolt import App, BoltContext, BoltRequest, BoltResponse

from handlers.lazy import later
from handlers.payloads import Json, is_event, view_of
from handlers.receipts import receipt_of
from handlers.wiring import Wiring
from tickets.errors import Busy
from tickets.message import PersonId
from tickets.ports import Member

log = structlog.get_logger(__name__)

Next = Callable[[], object]

PROVIDED = frozenset({"wiring", "desk", "person", "tongue", "receipt", "shown"})
"""Parameter names of listeners that this module provides; all others are Bolt's own."""


def install(app: App, wiring: Wiring) -> None:
    """Put our middleware behind Bolt's own (signature, authorisation, own events)."""
    for one in (_pin_workspace(wiring), _leave_out_ourselves, _introduce(wiring), _pace(wiring)):
        app.middleware(one)


def _pin_workspace(wiring: Wiring) -> Callable[..., BoltResponse | None]:
    def pin_workspace(body: Json, context: BoltContext, next_: Next) -> BoltResponse | None:
        """Refuse payloads of another workspace or for another app (X03)."""
        if _is_ours(context, wiring) and _is_for_us(body, wiring):
            next_()
            return None
        log.warning("payload of another workspace or app refused", team=context.team_id)
        return BoltResponse(status=403, body="")

    return pin_workspace


def _is_ours(context: BoltContext, wiring: Wiring) -> bool:
    """An organisation-wide installation sends its own id where no team's is; the one of the two must be ours."""
    if context.team_id is None:
        return wiring.enterprise_id is not None and context.enterprise_id == wiring.enterprise_id
    same_org = {context.enterprise_id, wiring.enterprise_id} - {None}
    return context.team_id == wiring.team_id and len(same_org) <= 1


def _is_for_us(body: Json, wiring: Wiring) -> bool:
    named = {body.get("api_app_id"), wiring.app_id} - {None}
    return len(named) <= 1


def _leave_out_ourselves(body: Json, context: BoltContext, next_: Next) -> BoltResponse | None:
    """Take no notice of what the bot itself posted, edited or deleted."""
    if is_event(body) and _is_own(body["event"], context):
        return BoltResponse(status=200, body="")
    next_()
    return None


def _is_own(event: Json, context: BoltContext) -> bool:
    if event.get("type") not in {"message", "app_mention"}:
        return False
    parts = (event, event.get("message"), event.get("previous_message"))
    said_by = [part.get(key) for part in parts if part for key in ("user", "bot_id")]
    return any(one in {context.bot_user_id, context.bot_id} for one in said_by if one)


def _introduce(wiring: Wiring) -> Callable[..., None]:
    def introduce(body: Json, context: BoltContext, request: BoltRequest, next_: Next) -> None:
        """Find out who acts, in which language, and under which receipt; no network."""
        person = PersonId(context.user_id or "")
        member = _member(wiring, person) if person else None
        context["wiring"], context["desk"] = wiring, wiring.desk
        context["client"] = wiring.client
        context["person"], context["tongue"] = person, wiring.speak(member)
        context["receipt"] = receipt_of(body)
        context["shown"] = view_of(body) or {}  # Bolt's own `view` is of forms that were sent only
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(person=person, receipt=context["receipt"])
        if person and member is None and not is_event(body):
            later(request, lambda: wiring.refresh_person(person))
        next_()

    return introduce


def _member(wiring: Wiring, person: PersonId) -> Member | None:
    with wiring.desk.records.read() as unit:
        return unit.directory.person(person)


def _pace(wiring: Wiring) -> Callable[..., None]:
    def pace(body: Json, person: PersonId, next_: Next) -> None:
        """Hold back who asks too much; what Slack reports is always heard."""
        if not is_event(body) and not wiring.flood.admits(person):
            raise Busy("flood.too_many")
        next_()

    return pace
