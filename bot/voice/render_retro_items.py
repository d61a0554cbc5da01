"""What is said of improvements: whose they are, that they are due or late, and what became of them."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ButtonElement

from bot.voice.scene import Scene
from handlers.views import retro_steps as steps
from handlers.views import retro_words
from handlers.views.buttons import button
from handlers.views.ids import ActionId
from handlers.views.notices import Reader, Said, message
from handlers.views.retro_sheet import RetroSheet
from handlers.views.screen import Screen
from handlers.views.text import clip, one_line
from tickets.delivery import Pointless
from tickets.message import Who
from tickets.retrospectives.posts import Page
from tickets.retrospectives.pursuit import Check, Pursued, Verdict

WHY = 600  # characters of a reason


def clipped(said: str) -> str:
    """Give somebody's words on one line, no longer than a message bears."""
    return clip(one_line(said), WHY)


def item(scene: Scene, sheet: RetroSheet) -> Screen | Pointless:
    """Tell an owner what is theirs, or ask for it; whoever else hears of it, that it is late."""
    one = _pursued(scene, sheet)
    if one is None:
        return Pointless("there is no such improvement")
    which = Page(scene.text("page"))
    if one.item.done_at and which is not Page.ITEM:
        return Pointless("it is carried out meanwhile")
    is_owner = scene.notice.place.key == one.item.owner
    what = {Page.ITEM: "retro.item_yours", Page.ITEM_DUE: "retro.item_due"}
    late = "retro.item_late" if is_owner else "retro.item_late_of"
    said = (
        scene.reader.say(
            what.get(which, late),
            action=clipped(one.item.action),
            name=sheet.name,
            day=retro_words.day(one.item.due_at, sheet.tongue, before=True),
            owner=Who(one.item.owner),
        ),
        scene.reader.say(
            "retro.item_target", target=retro_words.target(one, sheet.handbook, sheet.tongue)
        ),
    )
    done = _item_button(ActionId.RETRO_DONE, one, sheet, style="primary")
    return message(*said, buttons=(done, steps.opening(sheet)))


def checked(scene: Scene, sheet: RetroSheet) -> Screen | Pointless:
    """Show what measuring again has found; what did not help asks for what follows it."""
    one = _pursued(scene, sheet)
    after = int(scene.text("after") or 0)
    check = next((c for c in one.pursuit.checks if c.after == after), None) if one else None
    if one is None or check is None:
        return Pointless("it was not looked at")
    asks = check.verdict is None
    if asks is not (Page(scene.text("page")) is Page.ASK_WORD):
        return Pointless("somebody has judged it meanwhile")
    said = _found(scene.reader, one, check, sheet)
    return message(*said, buttons=[*_judging(one, check, sheet), steps.opening(sheet)])


def _found(reader: Reader, one: Pursued, check: Check, sheet: RetroSheet) -> Sequence[Said]:
    first = reader.say(
        "retro.checked",
        action=clipped(one.item.action),
        owner=Who(one.item.owner),
        name=sheet.name,
        days=check.after,
    )
    aim = retro_words.target(one, sheet.handbook, sheet.tongue)
    target = reader.say("retro.item_target", target=aim)
    if check.verdict is None:
        return first, target, reader.say("retro.judge_please")
    found = reader.say("retro.found", found=retro_words.found(check, one, sheet.tongue))
    if check.verdict is Verdict.PROVED:
        return first, target, found
    return first, target, found, reader.say("retro.follow_please")


def _judging(one: Pursued, check: Check, sheet: RetroSheet) -> Sequence[ButtonElement]:
    if check.verdict is None:
        yes = _item_button(ActionId.RETRO_PROVED, one, sheet, style="primary")
        others = (ActionId.RETRO_NOT_PROVED, ActionId.RETRO_WORSE)
        return yes, *(_item_button(action, one, sheet) for action in others)
    if check.verdict is Verdict.PROVED:
        return ()
    return (_item_button(ActionId.RETRO_FOLLOW, one, sheet, style="primary"),)


def _item_button(
    action: ActionId, one: Pursued, sheet: RetroSheet, *, style: str | None = None
) -> ButtonElement:
    return button(action, sheet.tongue(f"button.{action}"), one.item.id, style=style)


def _pursued(scene: Scene, sheet: RetroSheet) -> Pursued | None:
    wanted = scene.text("item")
    return next((one for one in sheet.view.pursued if one.item.id == wanted), None)
