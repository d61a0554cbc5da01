"""What came of what somebody was asked to decide: one sentence under the question as it was put."""

from bot.voice.scene import Scene
from handlers.views.notices import Said
from tickets.case.facts import Fact
from tickets.case.log import OPERATOR
from tickets.message import PersonId, Who


def came_of_it(scene: Scene) -> Said:
    """Say which way it was decided, by whom and when."""
    reader, by = scene.reader, PersonId(scene.text("decided_by"))
    who = reader.tongue("audit.operator") if by == OPERATOR else Who(by)
    return reader.say(f"decided.{scene.text('how')}", by=who, at=scene.notice.due_at)


def asked_then(scene: Scene) -> Fact | None:
    """Give what was asked for on a ticket by this message, out of its log."""
    seq = scene.notice.params.get("seq")
    return next((event.fact for event in scene.known.log if event.seq == seq), None)
