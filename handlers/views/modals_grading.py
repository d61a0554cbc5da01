"""The form of a grading: what is like the case, is it known, whom it needs, the first cause (R27, R34)."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    Option,
    SectionBlock,
    StaticMultiSelectElement,
)
from slack_sdk.models.views import View

from handlers.views import labels
from handlers.views.article_words import named
from handlers.views.articles import read_button
from handlers.views.ids import VALUE, CallbackId, FieldId
from handlers.views.inputs import MOST_OPTIONS, field, line, option, paragraph, radio, select
from handlers.views.modal import Sheet, choices, modal, say
from handlers.views.rich import Bold, Run, lines, weave
from handlers.views.text import clip, one_line, plain
from tickets.case.complaint import Grading
from tickets.case.listing import Line
from tickets.case.values import Complexity, Priority
from tickets.knowledge.shelves import Suggestion

YES, NO = "yes", "no"
SUMMARY = 90  # characters
IN_A_LIST = 70  # characters of an option (SLACK.md 2.1: 75)


def grading(
    sheet: Sheet, alike: Sequence[Line], articles: Sequence[Suggestion], *, may_judge: bool
) -> View:
    """Ask for a grading; what was judged before stands there."""
    tongue, was = sheet.tongue, sheet.ticket.complaint.grading
    report = sheet.case.redact(was.report) if was else ""
    blocks: list[Block] = [
        *_alike(alike, sheet),
        *_articles(articles, sheet),
        field(
            FieldId.KNOWN,
            tongue("grading.known"),
            radio(_yes_no(sheet), _known(was)),
            optional=False,
        ),
        *_like(alike, was, sheet),
        *_departments(was, sheet),
        field(
            FieldId.FIRST_CAUSE,
            tongue("grading.cause"),
            select(_causes(sheet), was.cause if was else ""),
            optional=False,
        ),
        field(
            FieldId.REPORT,
            tongue("grading.report"),
            paragraph(report),
            hint=tongue("grading.report_hint"),
            optional=False,
        ),
        *(_grades(sheet) if may_judge else ()),
    ]
    return modal(sheet, CallbackId.GRADE, tongue("button.grade"), blocks)


def _alike(alike: Sequence[Line], sheet: Sheet) -> Iterator[Block]:
    if not alike:
        yield say(sheet, "grading.none_alike")
        return
    head = weave(sheet.tongue, "grading.alike", count=Bold(str(len(alike))))
    yield lines(head, *(_line(one, sheet) for one in alike))


def _line(one: Line, sheet: Sheet) -> Run:
    return weave(
        sheet.tongue,
        "grading.alike_line",
        number=one.number,
        status=labels.standing(one, sheet.handbook, sheet.tongue),
        summary=clip(one_line(one.summary), SUMMARY),
    )


def _articles(articles: Sequence[Suggestion], sheet: Sheet) -> Iterator[Block]:
    """Name what the knowledge base has on it, each with the button that opens it."""
    for one in articles:
        title = clip(one_line(named(one.id, one.wording.title)), SUMMARY)
        yield SectionBlock(
            text=plain(sheet.tongue("grading.article", title=title)),
            accessory=read_button(one.id, sheet.tongue, n=sheet.ticket.number),
        )


def _yes_no(sheet: Sheet) -> list[Option]:
    return [option(one, sheet.tongue(f"words.{one}")) for one in (YES, NO)]


def _known(was: Grading | None) -> str:
    if was is None:
        return ""
    return YES if was.known else NO


def _like(alike: Sequence[Line], was: Grading | None, sheet: Sheet) -> Iterator[InputBlock]:
    """Offer what is like it; any other case is typed by its number."""
    tongue, before = sheet.tongue, str(was.like or "") if was else ""
    if alike:
        offered = [
            option(one.number, clip(f"{one.number} · {one_line(one.summary)}", IN_A_LIST))
            for one in alike
        ]
        yield field(FieldId.LIKE, tongue("grading.like"), select(offered, before))
    typed = "" if before in {one.number for one in alike} else before
    yield field(FieldId.LIKE_NUMBER, tongue("grading.like_number"), line(typed))


def _departments(was: Grading | None, sheet: Sheet) -> Iterator[InputBlock]:
    tongue, handbook = sheet.tongue, sheet.handbook
    offered = [
        option(key, labels.department(key, handbook, tongue))
        for key in handbook.departments
        if key != sheet.ticket.department
    ][:MOST_OPTIONS]
    if not offered:
        return
    chosen = [one for one in offered if was and one.value in was.departments]
    element = StaticMultiSelectElement(
        action_id=VALUE, options=offered, initial_options=chosen or None
    )
    hint = tongue("grading.departments_hint")
    yield field(FieldId.DEPARTMENTS, tongue("grading.departments"), element, hint=hint)


def _causes(sheet: Sheet) -> list[Option]:
    return [
        option(one.key, labels.complaint_cause(one.key, sheet.handbook, sheet.tongue))
        for one in sheet.handbook.complaints.causes
    ]


def _grades(sheet: Sheet) -> Iterator[InputBlock]:
    """Ask a supervisor for the grades too; the report says why."""
    tongue = sheet.tongue
    grades = [option(one, labels.priority(one, sheet.handbook, tongue)) for one in Priority]
    yield field(FieldId.PRIORITY, tongue("modals.priority"), radio(grades, sheet.ticket.priority))
    words = choices(Complexity, lambda one: tongue(f"complexity.{one}"))
    chosen = radio(words, sheet.ticket.complexity)
    yield field(FieldId.COMPLEXITY, tongue("modals.complexity"), chosen)
