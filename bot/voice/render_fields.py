"""补录: what an agent reads before the archive check, with the form of each case that still owes fields (R21)."""

from bot.voice.scene import Scene
from handlers.views.buttons import row, step
from handlers.views.ids import ActionId
from handlers.views.notices import message
from handlers.views.screen import Screen
from tickets.delivery import Pointless

MOST = 5  # forms beside the sentence; the app's page has the others


def fields_owed(scene: Scene) -> Screen | Pointless:
    """Name the cases that are owed still, as they are now."""
    named = scene.text("numbers").split(",")
    left = [one for one in scene.unit.tickets.owing_fields() if one in named]
    if not left:
        return Pointless("everything was filled in since")
    reader = scene.reader
    numbers = reader.tongue("digest.and").join(left)
    screen = message(reader.say("notice.fields_owed", count=len(left), numbers=numbers))
    forms = (
        row([step(ActionId.FILL_IN, number, reader.tongue)], block_id=f"owing.{number}")
        for number in left[:MOST]
    )
    return Screen(screen.text, (*screen.blocks, *forms))
