"""Forms of the weekly meeting: decide on a ticket, give it to somebody, promise a date, a blocker is solved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    DatePickerElement,
    InputBlock,
    Option,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.views import labels, meeting_words
from handlers.views.ids import VALUE, CallbackId, FieldId
from handlers.views.inputs import (
    MOST_OPTIONS,
    OPTION_LIMIT,
    field,
    line,
    option,
    paragraph,
    radio,
    select,
)
from handlers.views.meta import pack
from handlers.views.modal import saving
from handlers.views.text import clip, one_line, plain
from tickets.handbook import Handbook
from tickets.meetings.meeting import Blocker, Line
from tickets.tongue import Tongue

ABOUT = 150  # characters of what the case is about, as on its card


@dataclass(frozen=True, slots=True, kw_only=True)
class RowForm:
    """One row of a meeting before one reader."""

    meeting: str
    line: Line
    handbook: Handbook
    tongue: Tongue


def decide(form: RowForm, blockers: Sequence[Blocker]) -> View:
    """Ask for the decision with owner and date, what holds the ticket up, what help it needs."""
    tongue = form.tongue
    blocks: list[Block] = [
        field(
            FieldId.DECISION,
            tongue("meeting.field_decision"),
            paragraph(),
            hint=tongue("meeting.field_decision_hint"),
        ),
        _person(form, "meeting.field_owner"),
        _day(form),
        *_blocker_fields(form, blockers),
        field(FieldId.NEED, tongue("meeting.field_help"), paragraph()),
    ]
    return _form(form, CallbackId.MEETING_DECIDE, "meeting.button_decide", blocks)


def give_to(form: RowForm) -> View:
    """Ask who has the ticket from now on."""
    person = field(
        FieldId.PERSON,
        form.tongue("modals.person"),
        UserSelectElement(action_id=VALUE),
        optional=False,
    )
    return _form(form, CallbackId.MEETING_OWNER, "meeting.choice_owner", [person])


def promise(form: RowForm) -> View:
    """Ask what is promised by which day."""
    tongue = form.tongue
    what = field(FieldId.PROMISE, tongue("meeting.field_promise"), paragraph(), optional=False)
    day = field(
        FieldId.DAY,
        tongue("meeting.field_day"),
        DatePickerElement(action_id=VALUE),
        hint=tongue("meeting.field_day_hint"),
        optional=False,
    )
    return _form(form, CallbackId.MEETING_DATE, "meeting.choice_date", [what, day])


def solved(form: RowForm) -> View:
    """Ask which blocker is solved; all threads it held up are told."""
    tongue = form.tongue
    options = _options(form.line.blockers, tongue)
    which = field(
        FieldId.BLOCKER,
        tongue("meeting.field_solved"),
        radio(options[:10], str(options[0].value)),  # SLACK.md 2.1: ten radio buttons
        hint=tongue("meeting.field_solved_hint"),
        optional=False,
    )
    return _form(form, CallbackId.MEETING_SOLVED, "meeting.choice_solved", [which])


def _form(form: RowForm, callback_id: CallbackId, title: str, blocks: Iterable[Block]) -> View:
    tongue = form.tongue
    memory = pack(m=form.meeting, n=form.line.row.case.number)
    said = tongue(title).removesuffix("…")
    return saving(callback_id, said, memory, [_which(form), *blocks], tongue)


def _which(form: RowForm) -> ContextBlock:
    case, tongue = form.line.row.case, form.tongue
    said = tongue(
        "meeting.form_about",
        number=case.number,
        category=labels.category(case.category, form.handbook, tongue),
        person=labels.person(case.assignee, tongue),
        late=meeting_words.late(form.line.row.late, form.handbook, tongue),
    )
    about = clip(one_line(form.line.summary), ABOUT)
    return ContextBlock(elements=[plain(one) for one in (said, about) if one])


def _person(form: RowForm, label: str) -> InputBlock:
    assignee = form.line.row.case.assignee
    chosen = UserSelectElement(action_id=VALUE, initial_user=assignee)
    return field(FieldId.PERSON, form.tongue(label), chosen)


def _day(form: RowForm) -> InputBlock:
    tongue = form.tongue
    picker = DatePickerElement(action_id=VALUE)
    hint = tongue("meeting.field_day_hint")
    return field(FieldId.DAY, tongue("meeting.field_day"), picker, hint=hint)


def _blocker_fields(form: RowForm, blockers: Sequence[Blocker]) -> list[Block]:
    tongue = form.tongue
    known = _options([one for one in blockers if one.tickets], tongue)
    fields: list[Block] = []
    if known:
        fields.append(field(FieldId.BLOCKER, tongue("meeting.field_blocker"), select(known)))
    fields.append(
        field(
            FieldId.BLOCKER_NAME,
            tongue("meeting.field_blocker_new" if known else "meeting.field_blocker"),
            line(),
            hint=tongue("meeting.field_blocker_hint"),
        )
    )
    return fields


def _options(blockers: Sequence[Blocker], tongue: Tongue) -> list[Option]:
    count = 12  # characters that the number of tickets may take
    return [
        option(
            one.id,
            tongue(
                "meeting.blocker_count",
                name=clip(one_line(one.name), OPTION_LIMIT - count),
                count=one.tickets,
            ),
        )
        for one in blockers[:MOST_OPTIONS]
    ]
