"""Text that a form could not take because it opened too late: kept sealed, offered again by a button."""

from tickets.case.values import PersonId
from tickets.desk.context import Desk
from tickets.notices import Notice, NoticeKind, Urgency, to_person
from tickets.ports import Draft


def keep_draft(desk: Desk, text: str, *, by: PersonId) -> str:
    """Keep what was typed and offer it in a direct message; gives the draft's id."""
    now = desk.clock.now()
    draft = Draft(id=desk.new_id(), person=by, text=text, kept_at=now)
    notice = Notice(
        key=f"{NoticeKind.DRAFT_KEPT}:{draft.id}",
        kind=NoticeKind.DRAFT_KEPT,
        place=to_person(by),
        urgency=Urgency.ASSIGNMENT,
        due_at=now,
        params={"draft": draft.id},
    )
    with desk.records.write() as unit:
        unit.drafts.keep(draft)
        unit.notices.plan([notice])
    desk.wake()
    return draft.id


def keep_words(desk: Desk, words: str, *, by: PersonId) -> str:
    """Keep what was searched for, so that pages can be turned; gives its id. Nobody is told."""
    draft = Draft(id=desk.new_id(), person=by, text=words, kept_at=desk.clock.now())
    with desk.records.write() as unit:
        unit.drafts.keep(draft)
    return draft.id


def take_draft(desk: Desk, draft_id: str, *, by: PersonId) -> str | None:
    """Give a draft's text to its author; None for anybody else, or when it is gone."""
    with desk.records.read() as unit:
        draft = unit.drafts.take(draft_id, by)
    return draft.text if draft else None


def drop_draft(desk: Desk, draft_id: str, *, by: PersonId) -> None:
    """Forget a draft once it became a ticket; only its author can."""
    with desk.records.write() as unit:
        if unit.drafts.take(draft_id, by):
            unit.drafts.drop(draft_id)
