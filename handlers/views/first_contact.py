"""My cases as first contact: what each customer heard last and when, with the record of it one tap away (R42)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, HeaderBlock

from handlers.views import labels
from handlers.views.buttons import row, step
from handlers.views.ids import ActionId
from handlers.views.rich import Run, lines, weave, words
from handlers.views.text import plain
from handlers.views.timeline_words import sentence_of
from tickets.desk.first_contact import FirstContact
from tickets.handbook import Handbook
from tickets.tongue import Tongue


def first_contact_blocks(
    cases: Sequence[FirstContact], *, handbook: Handbook, tongue: Tongue
) -> Iterator[Block]:
    """Draw them under a heading; without any there is nothing to show."""
    if not cases:
        return
    yield HeaderBlock(text=plain(tongue("first_contact.head", number=len(cases))))
    for case in cases:
        line = case.line
        named = labels.person(line.assignee, tongue)
        what = labels.category(line.category, handbook, tongue)
        title = " · ".join([line.number, *([] if line.restricted else [what]), named])
        late = weave(tongue, "first_contact.silent") if case.is_silent else []
        yield lines(words(title), _heard(case, handbook, tongue), late)
        look = [step(one, line.number, tongue) for one in (ActionId.TALKS, ActionId.CONTACT)]
        yield row(look, block_id=f"first_contact.{line.number}")


def _heard(case: FirstContact, handbook: Handbook, tongue: Tongue) -> Run:
    if case.told is None or not isinstance(case.told_at, datetime):
        return weave(tongue, "first_contact.nothing")
    what, params = sentence_of(case.told, handbook, tongue)
    said = weave(tongue, what, **params)
    return weave(tongue, "first_contact.heard", at=case.told_at, what=said)
