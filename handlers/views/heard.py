"""Who heard of a deadline: a line under the message whose button was pressed."""

from collections.abc import Sequence
from datetime import datetime

from handlers.views import labels
from handlers.views.rich import lines, weave
from handlers.views.screen import Screen
from handlers.views.text import escaped
from tickets.case.facts import Heard
from tickets.message import PersonId
from tickets.tongue import Tongue

HEARD = "heard"  # the block id of the lines, so that they are replaced and not repeated


def heard(facts: Sequence[tuple[Heard, PersonId, datetime]], *, tongue: Tongue) -> Screen:
    """Say who noted it and when, and whether a step up was cancelled by it."""
    runs, texts = [], []
    for fact, by, at in facts:
        name = labels.person(by, tongue)
        cancels = fact.cancels is not None
        said = "watch.heard_cancels" if cancels else "watch.heard"
        runs.append(weave(tongue, said, who=name, at=at))
        texts.append(tongue(said, who=escaped(name), at=at))
    return Screen(" ".join(texts), (lines(*runs, block_id=HEARD),))
