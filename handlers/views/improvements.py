"""《客户服务优化需求清单》: its lines, its page, the message to an item's owner, its forms (R131)."""

from collections.abc import Iterator
from datetime import datetime

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ContextBlock,
    DatePickerElement,
    HeaderBlock,
    SectionBlock,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.views import labels, meeting_words
from handlers.views.buttons import button, row
from handlers.views.ids import VALUE, ActionId, CallbackId, FieldId
from handlers.views.inputs import field, option, paragraph, select
from handlers.views.meeting_room import ROOM, room_of
from handlers.views.meta import pack
from handlers.views.modal import saving
from handlers.views.notices import Reader, message
from handlers.views.rich import Bold, Run, joined, lines, weave, words
from handlers.views.screen import Screen
from handlers.views.text import clip, escaped, one_line, plain
from tickets.case.values import PersonId, Priority
from tickets.desk.improve import Listed
from tickets.handbook import Handbook
from tickets.meetings.improvement import Improvement, Source
from tickets.tongue import Tongue

PERSON = 30
TEXT_LIMITS = (300, 160, 90, 50, 24)  # of each text of an item, the first that fits


def decided_run(item: Improvement, tongue: Tongue, limit: int) -> Run:
    """Say what was decided: what, measured by what, who, until when; and that it is done."""
    said = (
        _withheld_run(item, tongue)
        if item.is_withheld
        else weave(
            tongue,
            "improvement.decided",
            action=Bold(clip(one_line(item.action), limit)),
            goal=clip(one_line(item.goal), limit),
            person=clip(labels.person(item.owner, tongue), PERSON),
            day=meeting_words.day(item.due_at, tongue),
        )
    )
    return joined([said, words(tongue("improvement.done_mark"))], " ") if item.done_at else said


def _withheld_run(item: Improvement, tongue: Tongue) -> Run:
    return weave(
        tongue,
        "improvement.withheld",
        person=clip(labels.person(item.owner, tongue), PERSON),
        day=meeting_words.day(item.due_at, tongue),
    )


def judged_run(item: Improvement, moment: datetime, tongue: Tongue, limit: int) -> Run:
    """Say what became of an item by a moment, and what it measured when it was done."""
    became = words(tongue(f"improvement.became_{item.became(moment)}"))
    said = joined([became, decided_run(item, tongue, limit)], " ")
    if not item.outcome:
        return said
    outcome = clip(one_line(item.outcome), limit)
    return joined([said, weave(tongue, "improvement.outcome", outcome=outcome)], " ")


def listed(
    shown: Listed,
    *,
    handbook: Handbook,
    tongue: Tongue,
    now: datetime,
    person: PersonId,
    may_chair: bool,
) -> Screen:
    """Show one page of the list, with the way to finish what is this person's."""
    title = tongue("improvement.title")
    count = tongue("improvement.count", to_do=shown.to_do, total=shown.total)
    blocks: list[Block] = []
    for limit in TEXT_LIMITS:
        blocks = [
            HeaderBlock(text=plain(title, 150)),
            ContextBlock(elements=[plain(count)]),
            *(
                block
                for item in shown.items
                for block in _entry(item, handbook, tongue, now, person, limit, may_chair=may_chair)
            ),
            *_foot(shown, tongue, may_chair=may_chair),
        ]
        if room_of(blocks) <= ROOM:
            break
    return Screen(escaped(f"{title} · {count}"), tuple(blocks))


def told(item: Improvement, stage: str, reader: Reader) -> Screen:
    """Tell an owner, or who chairs, how an item stands, with the button to say that it is done."""
    tongue = reader.tongue
    said = reader.say(
        f"improvement.stage_{stage}",
        action=Bold(clip(one_line(item.action), TEXT_LIMITS[0])),
        person=labels.person(item.owner, tongue),
        day=meeting_words.day(item.due_at, tongue),
    )
    goal = weave(tongue, "improvement.goal", goal=clip(one_line(item.goal), TEXT_LIMITS[0]))
    pain = weave(tongue, "improvement.pain", pain=clip(one_line(item.pain), TEXT_LIMITS[0]))
    return message(said, under=[pain, goal], buttons=[_done_button(item, tongue)])


def decide(
    *,
    callback: CallbackId,
    memory: str,
    about: str,
    handbook: Handbook,
    tongue: Tongue,
) -> View:
    """Ask what hurts, what is done, by which measure, how urgent, whose, until when."""
    priorities = [option(one, labels.priority(one, handbook, tongue)) for one in Priority]
    departments = [
        option(key, labels.department(key, handbook, tongue)) for key in handbook.departments
    ]
    blocks: list[Block] = [
        field(FieldId.PAIN, tongue("improvement.field_pain"), paragraph(about), optional=False),
        field(FieldId.DECISION, tongue("improvement.field_action"), paragraph(), optional=False),
        field(
            FieldId.GOAL,
            tongue("improvement.field_goal"),
            paragraph(),
            hint=tongue("improvement.field_goal_hint"),
            optional=False,
        ),
        field(
            FieldId.PRIORITY,
            tongue("improvement.field_priority"),
            select(priorities, Priority.P2),
            optional=False,
        ),
        field(
            FieldId.DEPARTMENT,
            tongue("improvement.field_department"),
            select(departments),
            optional=False,
        ),
        field(
            FieldId.PERSON,
            tongue("meeting.field_owner"),
            UserSelectElement(action_id=VALUE),
            optional=False,
        ),
        field(
            FieldId.DAY,
            tongue("meeting.field_day"),
            DatePickerElement(action_id=VALUE),
            hint=tongue("improvement.field_day_hint"),
            optional=False,
        ),
    ]
    return saving(callback, tongue("improvement.form_title"), memory, blocks, tongue)


def finish(item: Improvement, tongue: Tongue) -> View:
    """Ask what was done, and what it measures now."""
    which = ContextBlock(
        elements=[
            plain(clip(one_line(item.action), 300)),
            plain(tongue("improvement.goal", goal=clip(one_line(item.goal), 300))),
        ]
    )
    outcome = field(
        FieldId.RESULT,
        tongue("improvement.field_outcome"),
        paragraph(),
        hint=tongue("improvement.field_outcome_hint"),
        optional=False,
    )
    title = tongue("improvement.finish_title")
    return saving(CallbackId.IMPROVEMENT_DONE, title, pack(i=item.id), [which, outcome], tongue)


def _entry(
    item: Improvement,
    handbook: Handbook,
    tongue: Tongue,
    now: datetime,
    person: PersonId,
    limit: int,
    *,
    may_chair: bool,
) -> Iterator[Block]:
    whose = weave(
        tongue,
        "improvement.whose",
        priority=labels.priority(item.priority, handbook, tongue),
        department=labels.department(item.department, handbook, tongue),
        source=tongue(f"improvement.source_{item.source}"),
    )
    judged = judged_run(item, now, tongue, limit)
    if item.pain:
        pain = weave(tongue, "improvement.pain", pain=clip(one_line(item.pain), limit))
        yield lines(pain, judged, whose)
    else:
        yield lines(judged, whose)
    is_ours = item.source is not Source.RETROSPECTIVE
    if is_ours and item.is_open and (item.owner == person or may_chair):
        yield row([_done_button(item, tongue)])


def _foot(shown: Listed, tongue: Tongue, *, may_chair: bool) -> Iterator[Block]:
    if not shown.items:
        yield SectionBlock(text=plain(tongue("improvement.none")))
    for page, turn in ((shown.page - 1, "lists.before"), (shown.page + 1, "lists.after")):
        if 1 <= page <= shown.pages:
            turning = button(ActionId.IMPROVEMENTS_PAGE, tongue(turn), pack(page=page))
            yield row([turning], block_id=f"page.{page}")
    buttons = []
    if may_chair:
        new = tongue("improvement.button_new")
        buttons.append(button(ActionId.IMPROVEMENT_NEW, new, "new"))
    if shown.items:
        as_sheet = tongue("improvement.button_sheet")
        buttons.append(button(ActionId.IMPROVEMENTS_SHEET, as_sheet, "sheet"))
    if buttons:
        yield row(buttons, block_id="improvements")
    if shown.pages > 1:
        yield ContextBlock(
            elements=[plain(tongue("lists.page_of", page=shown.page, last=shown.pages))]
        )


def _done_button(item: Improvement, tongue: Tongue) -> ButtonElement:
    return button(ActionId.IMPROVEMENT_DONE, tongue("improvement.button_done"), item.id)
