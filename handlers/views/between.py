"""Forms between departments: ask another one, answer it, or say that it is not theirs (R44)."""

from slack_sdk.models.blocks import Block, SectionBlock
from slack_sdk.models.views import View

from handlers.views import labels
from handlers.views.ids import CallbackId, FieldId
from handlers.views.inputs import field, option, select
from handlers.views.modal import Sheet, modal, say, text_field
from handlers.views.text import clip, one_line, pieces, plain, visible
from tickets.case.facts import Asked
from tickets.case.ticket import Question

IN_A_LIST = 70  # characters of an option (SLACK.md 2.1: 75)


def ask_department(sheet: Sheet) -> View:
    """Ask which other department is asked, and what."""
    tongue, handbook = sheet.tongue, sheet.handbook
    others = [
        option(key, labels.department(key, handbook, tongue))
        for key in handbook.departments
        if key != sheet.ticket.department
    ]
    blocks = [
        say(sheet, "modals.ask_department_says"),
        field(FieldId.DEPARTMENT, tongue("modals.question_whom"), select(others), optional=False),
        text_field(
            sheet,
            FieldId.QUESTION,
            "modals.question",
            hint="modals.question_hint",
            required=True,
        ),
    ]
    return modal(sheet, CallbackId.ASK_DEPARTMENT, tongue("button.ask_department"), blocks)


def answer_question(sheet: Sheet) -> View:
    """Show the question and ask for its answer."""
    answer = text_field(sheet, FieldId.ANSWER, "modals.question_answer", required=True)
    return _about_question(sheet, CallbackId.ANSWER_QUESTION, "button.answer_question", answer)


def not_ours(sheet: Sheet) -> View:
    """Show the question and ask why it is not this department's."""
    why = text_field(
        sheet, FieldId.REASON, "modals.reason", hint="modals.not_ours_hint", required=True
    )
    return _about_question(sheet, CallbackId.NOT_OURS, "button.not_ours", why)


def _about_question(sheet: Sheet, callback_id: CallbackId, title: str, asked: Block) -> View:
    """Show the one question that is meant; of several, ask which."""
    meant = [one for one in sheet.ticket.questions if one.key == sheet.item]
    found = meant or list(sheet.ticket.open_questions)
    one = found[0] if len(found) == 1 else None
    memory = one.key if one else None
    return modal(sheet, callback_id, sheet.tongue(title), [*_meant(sheet, found), asked], q=memory)


def _meant(sheet: Sheet, questions: list[Question]) -> list[Block]:
    if not questions:
        return [say(sheet, "modals.no_question")]
    return _shown(sheet, questions[0]) if len(questions) == 1 else [_choice(sheet, questions)]


def _shown(sheet: Sheet, one: Question) -> list[Block]:
    return [SectionBlock(text=plain(part)) for part in pieces(_words(sheet, one))]


def _choice(sheet: Sheet, questions: list[Question]) -> Block:
    offered = [option(one.key, clip(one_line(_words(sheet, one)), IN_A_LIST)) for one in questions]
    return field(
        FieldId.QUESTION, sheet.tongue("modals.which_question"), select(offered), optional=False
    )


def _words(sheet: Sheet, one: Question) -> str:
    """Give a question's words with the department that was asked, personal data taken out."""
    asked = next(
        (
            event.fact.question
            for event in sheet.case.events
            if isinstance(event.fact, Asked) and event.fact.key == one.key
        ),
        "",
    )
    department = labels.department(one.department, sheet.handbook, sheet.tongue)
    words = visible(sheet.case.redact(asked))
    return sheet.tongue("modals.question_to", department=department, question=words)
