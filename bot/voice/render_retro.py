"""The messages of retrospectives: an occasion, an invitation, the head, the pack, minutes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.voice.decided import came_of_it
from bot.voice.render_retro_items import checked, clipped, item
from bot.voice.scene import Scene
from handlers.views import retro as heads
from handlers.views import retro_steps as steps
from handlers.views import retro_words
from handlers.views.notices import Reader, message
from handlers.views.retro_minutes import minutes as minutes_view
from handlers.views.retro_pack import pack_lines
from handlers.views.retro_sheet import RetroSheet
from handlers.views.rich import Piece
from handlers.views.screen import Screen
from tickets.delivery import Pointless
from tickets.desk.retro_facts import read_up
from tickets.desk.retro_look import view_of
from tickets.errors import NotFound
from tickets.message import PersonId, Who
from tickets.ports import Unit
from tickets.retrospectives.dates import MINUTES_WITHIN, minutes_by
from tickets.retrospectives.posts import Page
from tickets.retrospectives.retrospective import OPEN, OWING_MINUTES, Standing

NOBODY = PersonId("")

S = Standing
# At which standings a message that was not sent yet still says something; of others it has become pointless.
_WHILE: Mapping[Page, frozenset[Standing]] = MappingProxyType(
    {
        Page.OFFER: frozenset({S.OFFERED}),
        Page.PROPOSAL: frozenset({S.PROPOSED}),
        Page.INVITATION: OPEN,
        Page.MOVED: OPEN,
        Page.PACK: frozenset({S.CALLED, S.RUNNING}),
        Page.MINUTES_OWED: OWING_MINUTES,
        Page.MINUTES_LATE: OWING_MINUTES,
        Page.APPROVAL: frozenset({S.SUBMITTED}),
        Page.RETURNED: frozenset({S.RETURNED}),
    }
)


def sheet_of(unit: Unit, retro_id: str, reader: Reader) -> RetroSheet:
    """Read a retrospective as it is now. Raises NotFound."""
    retro = unit.retrospectives.get(retro_id)
    view = view_of(unit, retro)
    return RetroSheet(view=view, handbook=reader.handbook, tongue=reader.tongue)


def page(scene: Scene) -> Screen | Pointless:
    """Say one of its messages as things stand."""
    return drawn(scene, Page(scene.text("page")), is_new=True)


def drawn(scene: Scene, which: Page, *, is_new: bool = False) -> Screen | Pointless:
    """Say this one of its messages as things stand, new or drawn anew where it stands already."""
    try:
        sheet = sheet_of(scene.unit, scene.text("retro"), scene.reader)
    except NotFound:
        return Pointless("there is no such retrospective")
    if is_new and sheet.view.retro.standing not in _WHILE.get(which, frozenset(S)):
        return Pointless("it has gone further meanwhile")
    readers = {PersonId(scene.notice.place.key), PersonId(scene.text("person"))}
    if sheet.view.ticket and readers & sheet.view.ticket.complaint.about:
        return Pointless("the complaint is about whoever would read it")
    return _PAGES[which](scene, sheet)


def _offer(scene: Scene, sheet: RetroSheet) -> Screen:
    retro = sheet.view.retro
    occasion = retro_words.occasion(retro, sheet.tongue)
    said = [scene.reader.say("retro.offered", name=sheet.name, occasion=occasion)]
    if occasion in sheet.name:
        said = [scene.reader.say("retro.offered_theme", name=sheet.name)]
    if Page(scene.text("target") or scene.text("page")) is Page.PROPOSAL:
        by = Who(retro.made_by or NOBODY)
        said = [scene.reader.say("retro.proposed_by", by=by, name=sheet.name)]
        if retro.standing in {S.PROPOSED, S.DECLINED}:  # a call has a goal of its own
            said.append(scene.reader.say("notice.reason", reason=clipped(retro.record.goal)))
    if scene.text("how"):
        return message(*said, came_of_it(scene), buttons=(steps.opening(sheet),))
    if retro.standing is not S.PROPOSED:
        said.append(scene.reader.say("retro.offer_please"))
    return message(*said, buttons=(steps.calling(sheet), steps.declining(sheet)))


def _declined(scene: Scene, sheet: RetroSheet) -> Screen:
    record = sheet.view.retro.record
    said = scene.reader.say(
        "retro.off" if Page(scene.text("page")) is Page.CALLED_OFF else "retro.declined",
        name=sheet.name,
        why=clipped(record.why_not),
    )
    return message(said)


def _invitation(scene: Scene, sheet: RetroSheet) -> Screen:
    """Invite with the agenda of four points and who has which part (R85, R121)."""
    retro, reader = sheet.view.retro, scene.reader
    which = "retro.invited" if Page(scene.text("page")) is Page.INVITATION else "retro.moved"
    said = [
        reader.say(which, name=sheet.name, at=retro.held_at or reader.now),
        reader.say("retro.goal_is", goal=clipped(retro.record.goal)),
        reader.say("retro.agenda"),
        reader.say(
            "retro.parts", chair=Who(retro.chair or NOBODY), recap=Who(retro.recap or NOBODY)
        ),
    ]
    if scene.notice.place.key == retro.recap:
        said.append(reader.say("retro.you_look_back", days=MINUTES_WITHIN))
    return message(*said, buttons=(steps.opening(sheet),))


def _head(_scene: Scene, sheet: RetroSheet) -> Screen:
    return heads.head(sheet)


def _pack(scene: Scene, sheet: RetroSheet) -> Screen:
    head = scene.reader.say("retro.pack", name=sheet.name)
    reading = read_up(scene.unit, sheet.view.retro, scene.reader.now)
    return message(head, under=list(pack_lines(reading, sheet)), buttons=(steps.opening(sheet),))


def _owed(scene: Scene, sheet: RetroSheet) -> Screen:
    retro, reader = sheet.view.retro, scene.reader
    closed = retro.closed_at or reader.now
    about: dict[str, Piece] = {
        "name": sheet.name,
        "due": minutes_by(scene.calendar, closed),
        "recap": Who(retro.recap or NOBODY),
    }
    is_late = Page(scene.text("page")) is Page.MINUTES_LATE
    said = reader.say("retro.minutes_late" if is_late else "retro.minutes_owed", **about)
    return message(said, buttons=(steps.minutes_button(sheet), steps.opening(sheet)))


def _approval(_scene: Scene, sheet: RetroSheet) -> Screen:
    return minutes_view(sheet, for_approval=True)


def _returned(scene: Scene, sheet: RetroSheet) -> Screen:
    retro = sheet.view.retro
    said = (
        scene.reader.say("retro.returned", name=sheet.name, by=Who(retro.decided_by or NOBODY)),
        scene.reader.say("notice.reason", reason=clipped(retro.record.why_back)),
    )
    return message(*said, buttons=(steps.minutes_button(sheet), steps.opening(sheet)))


def _minutes(_scene: Scene, sheet: RetroSheet) -> Screen:
    return minutes_view(sheet, for_approval=False)


_PAGES: Mapping[Page, Callable[[Scene, RetroSheet], Screen | Pointless]] = MappingProxyType(
    {
        Page.OFFER: _offer,
        Page.PROPOSAL: _offer,
        Page.DECLINED: _declined,
        Page.CALLED_OFF: _declined,
        Page.INVITATION: _invitation,
        Page.MOVED: _invitation,
        Page.HEAD: _head,
        Page.PACK: _pack,
        Page.MINUTES_OWED: _owed,
        Page.MINUTES_LATE: _owed,
        Page.APPROVAL: _approval,
        Page.RETURNED: _returned,
        Page.MINUTES: _minutes,
        Page.ITEM: item,
        Page.ITEM_DUE: item,
        Page.ITEM_LATE: item,
        Page.CHECKED: checked,
        Page.ASK_WORD: checked,
    }
)
