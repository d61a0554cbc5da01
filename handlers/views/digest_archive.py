"""归档核对: what may be archived with one press, what lacks what and the form that mends it (R93)."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from slack_sdk.models.blocks import Block

from handlers.views import labels
from handlers.views.buttons import button, row, step
from handlers.views.digest import Edition, head, page, range_title, title
from handlers.views.ids import ActionId
from handlers.views.meta import pack
from handlers.views.notices import Reader, Said, calling, message
from handlers.views.rich import Run, joined, lines
from handlers.views.screen import Screen
from tickets.insight.archive import AT_ONCE, ArchiveList, ArchiveRow, RowState
from tickets.insight.ending import Gap
from tickets.message import PersonId, Who
from tickets.watch.posting import ROWS, part_of
from tickets.watch.timetable import DONE_AFTER, REMIND_AFTER

_MENDED_BY: Mapping[Gap, tuple[ActionId, ...]] = MappingProxyType(
    {
        Gap.CATEGORY: (ActionId.CORRECT,),
        Gap.RESULT: (ActionId.REOPEN, ActionId.DETAILS),
        Gap.TOLD: (ActionId.TELL,),
        Gap.SCORE: (ActionId.SCORE, ActionId.ATTEMPT),
        Gap.CLOSED: (ActionId.CLOSE,),
        Gap.FIELDS: (ActionId.FILL_IN,),
        Gap.SUPERVISOR_CALL: (ActionId.SUPERVISOR_CALL,),
    }
)

_OVER = (ActionId.DETAILS, ActionId.REOPEN)
_STILL_MENDED = frozenset(
    {Gap.FIELDS, Gap.SUPERVISOR_CALL}
)  # of a closed case, without a new round


def archive(listed: ArchiveList, edition: Edition, reader: Reader, *, job: str) -> Screen:
    """Show the archive check: its head, or a reply with some of its rows."""
    match edition.page:
        case "complete":
            shown = part_of(listed.complete, edition.part)
            lead = _lead("digest.archive_complete", shown, listed.complete, edition, reader)
            return page(lead, [_complete(one, reader) for one in shown])
        case "not_due":
            shown = part_of(listed.not_due, edition.part)
            lead = _lead("digest.archive_not_due", shown, listed.not_due, edition, reader)
            return page(lead, [_not_due(one, reader) for one in shown])
        case "incomplete":
            shown = part_of(listed.incomplete, edition.part)
            lead = _lead("digest.archive_incomplete", shown, listed.incomplete, edition, reader)
            return page(lead, [], blocks=[b for one in shown for b in _incomplete(one, reader)])
        case _:
            return _head(listed, edition, reader, job=job)


def reminder(listed: ArchiveList, edition: Edition, reader: Reader, *, job: str) -> Screen:
    """Remind the supervisors of what is left, with the same button."""
    supervisors = sorted(reader.handbook.people.supervisors)
    called = calling(supervisors, reader, _counts("digest.archive_left", listed, reader))
    until = reader.say("digest.archive_until", due=edition.due_at + DONE_AFTER - REMIND_AFTER)
    return _with_button(message(called, until), listed, edition, reader, job=job)


def archived(by: PersonId, count: int, left: int, reader: Reader) -> Screen:
    """Say who archived how many, and what is left."""
    said = [reader.say("digest.archived", by=Who(by), count=count)]
    if left:
        said.append(reader.say("digest.archive_again", count=left))
    return message(*said)


def _head(listed: ArchiveList, edition: Edition, reader: Reader, *, job: str) -> Screen:
    lead = title("digest.archive", edition, reader)
    if listed.is_done:
        rows = [_nothing_left(listed, reader)]
        return head(lead, edition, reader, rows)
    rows = [_counts("digest.archive_counts", listed, reader)]
    if listed.archived_total:
        rows.append(reader.say("digest.archive_gone", count=listed.archived_total))
    rows.append(_what_to_do(edition, reader))
    if listed.unlisted:
        rows.append(reader.say("digest.archive_unlisted", count=listed.unlisted))
    screen = head(lead, edition, reader, rows)
    return _with_button(screen, listed, edition, reader, job=job)


def _what_to_do(edition: Edition, reader: Reader) -> Said:
    """Ask for the check by its hour; a list that comes late is past it."""
    if edition.is_late:
        return reader.say("digest.archive_check_late")
    return reader.say("digest.archive_check", due=edition.due_at + DONE_AFTER)


def _nothing_left(listed: ArchiveList, reader: Reader) -> Said:
    if listed.archived_total:
        return reader.say(
            "digest.archive_all_done", count=listed.archived_total, not_due=listed.not_due_total
        )
    return reader.say("digest.archive_nothing", not_due=listed.not_due_total)


def _with_button(
    screen: Screen, listed: ArchiveList, edition: Edition, reader: Reader, *, job: str
) -> Screen:
    if not listed.ready:
        return screen
    count = min(AT_ONCE, len(listed.ready))
    press = button(
        ActionId.ARCHIVE,
        reader.tongue("button.archive", count=count),
        pack(job=job, period=edition.period),
        style="primary",
    )
    return Screen(screen.text, (*screen.blocks, row([press])))


def _counts(message_id: str, listed: ArchiveList, reader: Reader) -> Said:
    return reader.say(
        message_id,
        complete=listed.complete_total,
        incomplete=listed.incomplete_total,
        not_due=listed.not_due_total,
    )


def _lead(
    message_id: str,
    shown: Sequence[ArchiveRow],
    rows: Sequence[ArchiveRow],
    edition: Edition,
    reader: Reader,
) -> Said:
    return range_title(message_id, edition, reader, shown=len(shown), total=len(rows), a_page=ROWS)


def _named(one: ArchiveRow, reader: Reader) -> Said:
    if not one.category:
        return reader.say("digest.restricted_row", number=one.number)
    category = labels.category(one.category, reader.handbook, reader.tongue)
    return reader.say("digest.row", number=one.number, category=category)


_WAITING = frozenset({RowState.INCOMPLETE, RowState.NOT_DUE})


def _complete(one: ArchiveRow, reader: Reader) -> Run:
    """A row of the list as it was taken; what became of it since stands beside it."""
    return _named(one, reader).run if one.state is RowState.COMPLETE else _so(one, reader)


def _so(one: ArchiveRow, reader: Reader) -> Run:
    """Say how a case stands now: what it lacks, by when where that is still ahead, or that it is done with."""
    named = _named(one, reader).run
    if one.state not in _WAITING:
        return joined([named, reader.say(f"digest.archive_row_{one.state}").run])
    ahead = one.state is RowState.NOT_DUE and one.due_at
    due = reader.say("digest.not_due_row", due=ahead).run if ahead else []
    return joined([named, _lacking(one, reader), due])


def _lacking(one: ArchiveRow, reader: Reader) -> Run:
    gaps = reader.tongue("digest.and").join(reader.tongue(f"gap.{gap}") for gap in one.gaps)
    return reader.say("digest.gap_row", gaps=gaps).run


def _not_due(one: ArchiveRow, reader: Reader) -> Run:
    if one.state is not RowState.NOT_DUE:
        return _so(one, reader)
    due = reader.say("digest.not_due_row", due=one.due_at).run if one.due_at else []
    return joined([_named(one, reader).run, due])


def _incomplete(one: ArchiveRow, reader: Reader) -> Iterator[Block]:
    yield lines(_so(one, reader))
    if one.state in _WAITING:
        is_late = one.is_over and one.gaps[0] not in _STILL_MENDED
        mends = _OVER if is_late else _MENDED_BY[one.gaps[0]]
        yield row([step(action, one.number, reader.tongue) for action in mends])
