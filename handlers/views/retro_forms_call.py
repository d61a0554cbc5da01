"""The forms that call a retrospective, or propose one: when, for what, and who (R120)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    DatePickerElement,
    InputBlock,
    UserMultiSelectElement,
)
from slack_sdk.models.views import View

from handlers.views import labels, retro_words
from handlers.views.ids import VALUE, CallbackId, FieldId
from handlers.views.inputs import (
    field,
    line,
    moment,
    paragraph,
)
from handlers.views.meta import pack
from handlers.views.modal import saving
from handlers.views.retro_forms import one_person
from handlers.views.text import plain
from tickets.desk.retro_look import Usual
from tickets.handbook import Handbook
from tickets.message import PersonId
from tickets.retrospectives.dates import AHEAD
from tickets.retrospectives.retrospective import Occasion
from tickets.tongue import Tongue

F = FieldId


@dataclass(frozen=True, slots=True, kw_only=True)
class Calling:
    """What the form that calls one is made of."""

    usual: Usual
    earliest: datetime
    handbook: Handbook
    tongue: Tongue


def call(form: Calling) -> View:
    """Ask when, for what, and who; a theme also which days it looks back on."""
    tongue, usual = form.tongue, form.usual
    retro, ticket = usual.retro, usual.ticket
    above: list[Block] = []
    if ticket:
        title = labels.title(ticket, form.handbook, tongue)
        above.append(ContextBlock(elements=[plain(title)]))
    else:
        above += _theme(form)
    soon = tongue("retro.form_when_hint", days=AHEAD)
    blocks = [
        *above,
        field(F.GOAL, tongue("retro.form_goal"), paragraph(_goal(form)), optional=False),
        field(F.WHEN, tongue("retro.form_when"), moment(form.earliest), hint=soon, optional=False),
        field(F.WHY_SOONER, tongue("retro.form_why_sooner"), line()),
        one_person(F.CHAIR, tongue("retro.form_chair"), usual.chair),
        one_person(F.RECAP, tongue("retro.form_recap"), usual.recap),
        _several(usual.people, tongue),
    ]
    number = ticket.number if ticket else None
    memory = pack(n=number, r=retro.id if retro else None)
    return saving(CallbackId.RETRO_CALL, tongue("retro.form_call"), memory, blocks, tongue)


def propose(number: str, title: str, tongue: Tongue) -> View:
    """Ask a lead why."""
    why = field(F.REASON, tongue("modals.reason"), paragraph(), optional=False)
    blocks: list[Block] = [ContextBlock(elements=[plain(title)]), why]
    return saving(
        CallbackId.RETRO_PROPOSE, tongue("retro.form_propose"), pack(n=number), blocks, tongue
    )


def _theme(form: Calling) -> list[Block]:
    tongue, retro = form.tongue, form.usual.retro
    words = ""
    if retro and retro.occasion is not Occasion.CALLED:
        words = retro_words.occasion(retro, tongue)
    since = retro_words.day(retro.starts_at, tongue) if retro and retro.starts_at else None
    until = None
    if retro and retro.ends_at:
        until = retro_words.day(retro.ends_at, tongue, before=True)
    return [
        field(F.THEME, tongue("retro.form_theme"), line(words), optional=False),
        _day(F.SINCE, tongue("retro.form_since"), since),
        _day(F.UNTIL, tongue("retro.form_until"), until),
    ]


def _goal(form: Calling) -> str:
    retro = form.usual.retro
    return retro.record.goal if retro else ""


def _day(name: FieldId, label: str, initial: str | None) -> InputBlock:
    picker = DatePickerElement(action_id=VALUE, initial_date=initial)
    return field(name, label, picker, optional=False)


def _several(people: Sequence[PersonId], tongue: Tongue) -> InputBlock:
    chosen = UserMultiSelectElement(action_id=VALUE, initial_users=list(people) or None)
    hint = tongue("retro.form_people_hint")
    return field(F.PEOPLE, tongue("retro.form_people"), chosen, hint=hint)
