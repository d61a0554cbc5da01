"""Which messages a retrospective sends, to whom and under what keys."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from tickets.case.values import PersonId
from tickets.notices import (
    Notice,
    NoticeKind,
    Place,
    Plain,
    Urgency,
    in_channel,
    to_person,
    under,
)
from tickets.retrospectives.retrospective import Retrospective


class Page(StrEnum):
    """What one of its messages says."""

    OFFER = "offer"  # to the supervisors: an occasion
    PROPOSAL = "proposal"  # to the supervisors: a lead thinks so
    DECLINED = "declined"  # to the lead: not needed, and why
    INVITATION = "invitation"
    MOVED = "moved"  # to everybody: another date
    CALLED_OFF = "called_off"
    HEAD = "head"  # it is run from it
    PACK = "pack"  # in its thread: figures, what customers said
    MINUTES_OWED = "minutes_owed"
    MINUTES_LATE = "minutes_late"
    APPROVAL = "approval"  # to the directors
    RETURNED = "returned"  # to who wrote them
    MINUTES = "minutes"  # to every responsible department
    ITEM = "item"  # to its owner: it is theirs
    ITEM_DUE = "item_due"
    ITEM_LATE = "item_late"
    CHECKED = "checked"  # measured again
    ASK_WORD = "ask_word"  # a person has to judge


class PaperKind(StrEnum):
    """A file of it."""

    PACK = "pack"
    FISHBONE = "fishbone"
    REPORT = "report"  # 根因分析报告


def head_key(retro: Retrospective) -> str:
    """Name the message it is run from."""
    return f"{_call_of(retro)}:head"


def post_key(retro: Retrospective, page: Page, place: Place, once: str = "") -> str:
    """Name a message of it; `once` tells it from others of the same page to the same place."""
    if page is Page.HEAD:
        return head_key(retro)
    return ":".join((_call_of(retro), page, place.key, once))


def _call_of(retro: Retrospective) -> str:
    """Name one call of it: called again after it was called off, all is said again."""
    again = [str(retro.calls)] if retro.calls > 1 else []
    return ":".join(("retro", retro.id, *again))


def post(
    retro: Retrospective, page: Page, place: Place, *, at: datetime, once: str = "", **params: Plain
) -> Notice:
    """Plan one message."""
    is_private = place == to_person(PersonId(place.key))
    return Notice(
        key=post_key(retro, page, place, once),
        kind=NoticeKind.RETROSPECTIVE,
        place=place,
        urgency=Urgency.PRIVATE if is_private else Urgency.DIGEST,
        due_at=at,
        params={"retro": retro.id, "page": page, "group": f"retro:{retro.id}:{place.key}"} | params,
    )


def to_each(
    retro: Retrospective,
    page: Page,
    people: Iterable[PersonId | None],
    *,
    at: datetime,
    once: str = "",
    **params: Plain,
) -> tuple[Notice, ...]:
    """Plan a private message to each of these, once each."""
    each = dict.fromkeys(one for one in people if one)
    return tuple(post(retro, page, to_person(one), at=at, once=once, **params) for one in each)


def head(retro: Retrospective, channel: str, *, at: datetime) -> Notice:
    """Plan the message it is run from."""
    return post(retro, Page.HEAD, in_channel(channel), at=at)


def redrawn(retro: Retrospective, *, at: datetime) -> Notice:
    """Plan to bring its head up to date with its latest change."""
    return drawn_anew(retro, Page.HEAD, head_key(retro), str(retro.changes), at=at)


def drawn_anew(
    retro: Retrospective,
    page: Page,
    key: str,
    once: str,
    *,
    at: datetime,
    person: PersonId | None = None,
) -> Notice:
    """Plan to bring one of its messages up to date with what may be read of it by now; `person` has it alone."""
    whose: dict[str, Plain] = {"person": person} if person else {}
    return Notice(
        key=f"{key}:redrawn:{once}",
        kind=NoticeKind.RETROSPECTIVE_REDRAWN,
        place=under(head_key(retro)),
        urgency=Urgency.CARD,
        due_at=at,
        params={"retro": retro.id, "target": page, "message": key, "group": f"{key}:redrawn"}
        | whose,
    )


def paper(
    retro: Retrospective, kind: PaperKind, place: Place, *, at: datetime, once: str = ""
) -> Notice:
    """Plan a file; an unclear upload holds up nothing else."""
    key = ":".join((_call_of(retro), "paper", kind, place.key, once))
    return Notice(
        key=key,
        kind=NoticeKind.RETROSPECTIVE_PAPER,
        place=place,
        urgency=Urgency.DIGEST,
        due_at=at,
        params={"retro": retro.id, "paper": kind, "group": key},
    )
