"""卷宗: the whole record of a case as one file of plain text in Markdown, masked throughout (R98).

Slack shows such a file inside a conversation, on a phone too, without another program; it holds nothing that
any program would run, link or reckon.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.papers.markdown import document, flat, heading, item
from handlers.views import labels
from handlers.views.archive_state import archive_state
from handlers.views.customer import customer_type, masked_contact, masked_name
from handlers.views.history import headline
from handlers.views.modal import Sheet
from handlers.views.rich import absolute
from handlers.views.timeline_words import spoken
from handlers.views.why_head import head_of
from handlers.views.why_lines import line_of, sum_of
from tickets.case import facts as f
from tickets.case.codec import write
from tickets.case.copies import CopyState, EvidenceCopy
from tickets.case.log import Event
from tickets.desk.why import Explained, Judged
from tickets.message import PersonId
from tickets.time.folding import folded

MOST_LINES = 40  # of one receipt before runs of equal days are folded

_Kinds = tuple[type[f.Fact], ...]
_SECTIONS: Sequence[tuple[str, _Kinds]] = (
    (
        "talk",
        (
            f.Contacted,
            f.CustomerTold,
            f.ToldAgain,
            f.Confirmed,
            f.CallbackTried,
            f.SupervisorCalled,
            f.Promised,
            f.PromiseKept,
        ),
    ),
    (
        "notes",
        (
            f.Noted,
            f.Said,
            f.SaidAnew,
            f.Unsaid,
            f.HelpAsked,
            f.Asked,
            f.Answered,
            f.HandedBack,
            f.CollaboratorsNamed,
            f.LatenessExplained,
        ),
    ),
    ("plan", (f.Planned, f.ComplexityJudged)),
    ("workaround", (f.WorkaroundGiven,)),
    ("result", (f.Resolved, f.FollowedUp, f.FollowUpEnded, f.Closed, f.Archived)),
    ("decisions", (f.Decided, f.Blocked, f.Unblocked, f.LookedBack)),
    ("scores", (f.Scored, f.RoundBegun)),
    ("evidence", (f.EvidenceAdded,)),
    ("addenda", (f.Addendum, f.Disposed)),
)


def dossier(
    sheet: Sheet, explained: Explained, *, taken_by: PersonId, copies: Sequence[EvidenceCopy] = ()
) -> str:
    """Write everything on record about a case, in the reader's language."""
    tongue = sheet.tongue
    parts = [
        heading(tongue("dossier.title", number=sheet.ticket.number), 1),
        item(
            tongue(
                "dossier.stamp",
                desk=sheet.handbook.name.in_(tongue.language),
                at=f"{absolute(sheet.now, tongue)} {tongue.timezone}",
                by=labels.person(taken_by, tongue),
            )
        ),
        heading(tongue("dossier.head")),
        "\n".join(_head(sheet)),
        heading(tongue("dossier.timeline")),
        "\n".join(_entry(event, sheet) for event in sheet.case.story or sheet.case.events),
    ]
    for name, kinds in _SECTIONS:
        parts += [heading(tongue(f"dossier.{name}")), _section(kinds, sheet)]
    if copies:
        parts += [heading(tongue("dossier.copies")), "\n".join(_copies(copies, sheet))]
    parts += [heading(tongue("dossier.deadlines")), *_receipts(explained, sheet)]
    return document(parts)


def _copies(copies: Sequence[EvidenceCopy], sheet: Sheet) -> Iterator[str]:
    """Say of each file what is kept of it, with its hash, so that a copy can be held against it later."""
    tongue = sheet.tongue
    for one in copies:
        kept = one.state is CopyState.KEPT and one.kept_at
        yield item(
            tongue(
                "dossier.copy_kept",
                file=one.file_id,
                bytes=one.size or 0,
                sha256=one.sha256,
                at=absolute(kept, tongue),
            )
            if kept
            else tongue(
                "dossier.copy_missing", file=one.file_id, why=tongue(f"copies.{one.state}", count=1)
            )
        )


def _head(sheet: Sheet) -> Iterator[str]:
    ticket, intake, tongue, handbook = (
        sheet.ticket,
        sheet.ticket.intake,
        sheet.tongue,
        sheet.handbook,
    )
    seen, clean = sheet.case.customer, sheet.case.redact
    values = (
        ("details.category", labels.category_path(ticket.category, handbook, tongue)),
        ("details.status", labels.standing(ticket, handbook, tongue)),
        ("details.archive_state", archive_state(ticket, tongue)),
        ("details.archive_key", ticket.archive_key),
        ("modals.priority", labels.priority(ticket.priority, handbook, tongue)),
        ("details.department", labels.department(ticket.department, handbook, tongue)),
        ("details.assignee", labels.person(ticket.assignee, tongue)),
        ("details.logged_by", labels.logger(ticket.logged_by, tongue)),
        (
            "modals.people",
            labels.listed((labels.person(one, tongue) for one in ticket.collaborators), tongue),
        ),
        ("form.received_at", absolute(ticket.received_at, tongue)),
        ("form.contact_channel", labels.channel(ticket.contact_channel, tongue)),
        ("form.name", masked_name(seen, tongue)),
        ("details.contact", masked_contact(seen)),
        (
            "form.customer_type",
            customer_type(intake.customer_type, intake.customer_level, tongue),
        ),
        ("form.product", clean(intake.product or "")),
        ("form.order_no", clean(intake.order_no or "")),
        ("form.description", clean(intake.description)),
        ("form.when", clean(intake.when or "")),
        ("form.where", clean(intake.where or "")),
        ("form.expectation", clean(intake.expectation or "")),
        ("form.remarks", clean(intake.remarks or "")),
        ("details.links", labels.listed(ticket.links, tongue)),
        ("details.closed_at", absolute(ticket.closed_at, tongue) if ticket.closed_at else None),
    )
    for label, value in values:
        if value:
            yield item(tongue("dossier.line", label=tongue(label), value=value))


def _section(kinds: _Kinds, sheet: Sheet) -> str:
    entries = [_entry(one, sheet) for one in sheet.case.events if isinstance(one.fact, kinds)]
    return "\n".join(entries) or item(sheet.tongue("dossier.none"))


def _entry(event: Event, sheet: Sheet) -> str:
    """One sentence, and under it what was said, each text whole."""
    said = [
        (
            sheet.tongue(f"timeline.words.{name}"),
            spoken(event.fact, sheet.case.redact(text), sheet.handbook, sheet.tongue),
        )
        for name, text in write(event.fact).words.items()
        if text.strip()
    ]
    if isinstance(event.fact, f.EvidenceAdded) and event.fact.mimetype:
        kept = sheet.tongue("dossier.file_of", kind=event.fact.mimetype, size=event.fact.size)
        said.append((sheet.tongue("dossier.file"), kept))
    return item(flat(headline(event, sheet)), said)


def _receipts(explained: Explained, sheet: Sheet) -> Iterator[str]:
    if not explained.judged:
        yield item(sheet.tongue("dossier.none"))
    for round_ in range(1, sheet.ticket.round + 1):
        judged = [one for one in explained.judged if one.receipt.deadline.round == round_]
        if judged and sheet.ticket.round > 1:
            yield heading(sheet.tongue("why.round", round=round_), 3)
        for one in judged:
            yield "\n".join(_receipt(one, sheet, explained.ordinary_day))


def _receipt(judged: Judged, sheet: Sheet, ordinary_day: timedelta) -> Iterator[str]:
    first, *more = (flat(run) for run in head_of(judged, sheet, ordinary_day) if run)
    lines = folded(judged.receipt.lines, most=MOST_LINES)
    told = [*more, *(flat(line_of(one, judged.receipt, sheet)) for one in lines)]
    yield item(first)
    yield from (f"  {item(one)}" for one in [*told, flat(sum_of(judged.receipt, sheet))])
