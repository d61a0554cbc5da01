"""The app's page: my work, my calls, what nobody has, the desk at a glance; drawn when it is opened or used."""

from slack_bolt import BoltRequest

from handlers.looking import page_in
from handlers.payloads import Json, memory_of, value_of
from handlers.views.duties import FIRST, PROMISES, SUPERVISE
from handlers.views.home import CALLS, MINE, UNASSIGNED, Work, home, stranger, without_work
from handlers.views.meta import unpack
from tickets.desk.asking import rights_of
from tickets.desk.context import Desk
from tickets.desk.duties import Duties, duties_of
from tickets.desk.home import OwnDesk, desk_at_a_glance, own_desk
from tickets.desk.retro_look import next_of
from tickets.desk.saved_searches import saved_of
from tickets.message import PersonId
from tickets.people.roles import Action
from tickets.tongue import Tongue


def opened(event: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """Somebody opened the page; the messages tab draws nothing."""
    if event.get("tab", "home") == "home":
        publish({}, desk, person, tongue, request)


def turn(
    action: Json,
    shown: Json,
    desk: Desk,
    person: PersonId,
    tongue: Tongue,
    request: BoltRequest,
) -> None:
    """Another page of one of the lists."""
    packed = value_of(action)
    pages = {**_pages(shown), str(unpack(packed).get("part", MINE)): page_in(packed)}
    _publish(pages, desk, person, tongue, request)


def publish(
    shown: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Draw the page as it is now, each list where it was."""
    _publish(_pages(shown), desk, person, tongue, request)


def _publish(
    pages: dict[str, int], desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    client = request.context.client
    if client is None:
        return
    rights = rights_of(desk, by=person)
    if not rights:
        client.views_publish(user_id=person, view=stranger(tongue=tongue))
        return
    if Action.LIST not in rights:
        counts = desk_at_a_glance(desk, by=person) if Action.SEE_FIGURES in rights else None
        client.views_publish(user_id=person, view=without_work(counts, tongue=tongue))
        return
    work = own_desk(
        desk,
        by=person,
        mine=pages.get(MINE, 1),
        calls=pages.get(CALLS, 1),
        unassigned=pages.get(UNASSIGNED, 1),
    )
    beside = duties_of(
        desk,
        by=person,
        first=pages.get(FIRST, 1),
        promises=pages.get(PROMISES, 1),
        supervise=pages.get(SUPERVISE, 1),
    )
    shown = _work(work, beside, desk, person)
    view = home(shown, handbook=desk.handbook(), tongue=tongue, now=desk.clock.now())
    client.views_publish(user_id=person, view=view)


def _work(work: OwnDesk, beside: Duties, desk: Desk, person: PersonId) -> Work:
    return Work(
        mine=work.mine,
        calls=work.calls,
        unassigned=work.unassigned,
        owing=work.owing,
        owing_total=work.owing_total,
        duties=beside,
        glance=desk_at_a_glance(desk, by=person) if work.sees_all else None,
        is_away=work.is_away,
        saved=saved_of(desk, by=person),
        looking_back=next_of(desk, by=person),
    )


def _pages(shown: Json) -> dict[str, int]:
    kept = unpack(memory_of(shown))
    return {name: page for name, page in kept.items() if isinstance(page, int) and page > 0}
