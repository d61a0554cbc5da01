"""Who is on duty now (值班), department by department."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ContextBlock

from handlers.views import labels
from handlers.views.text import plain
from tickets.desk.absence import Duty
from tickets.handbook import Handbook
from tickets.tongue import Tongue


def on_duty_blocks(
    duty: Sequence[Duty], *, handbook: Handbook, tongue: Tongue
) -> tuple[Block, ...]:
    """Say who is on duty for each department with a roster; nothing where there is none."""
    said = [
        tongue(
            "duty.of",
            department=labels.department(one.department, handbook, tongue),
            people=labels.people(one.people, tongue) or tongue("words.nobody"),
        )
        for one in duty
    ]
    if not said:
        return ()
    return (ContextBlock(elements=[plain(f"{tongue('duty.now')} {' · '.join(said)}")]),)
