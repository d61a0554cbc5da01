"""The detour: a notice its place refuses for good goes to the supervisors, and the admins hear of it once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.voice.outcomes import NO_WAY_IN
from bot.voice.places import NO_PARENT, channel_for, reference_of
from scheduler.reconcile import MAYBE_SENT
from tickets.desk.context import Desk
from tickets.handbook import Handbook
from tickets.notices import (
    Notice,
    NoticeKind,
    Place,
    PlaceKind,
    Plain,
    Urgency,
    to_person,
)
from tickets.ports import Unit

OWN_AFFAIR = frozenset(
    {
        NoticeKind.POINTED_OUT,
        NoticeKind.CONFIRMATION,
        NoticeKind.LOGGED,
        NoticeKind.DRAFT_KEPT,
        NoticeKind.HANDOVER,
        NoticeKind.MOVED,
        NoticeKind.OPERATOR,
        NoticeKind.MEETING_CHART,  # these three belong to a message that stands where it stands
        NoticeKind.MEETING_SHEET,
        NoticeKind.MEETING_REDRAWN,
        NoticeKind.DIGEST_REDRAWN,
        NoticeKind.QUESTION_REDRAWN,
        NoticeKind.DECISION_REDRAWN,
        NoticeKind.DIGEST_CHART,
        NoticeKind.DIGEST_SHEET,
        NoticeKind.IMPROVEMENTS_SHEET,
        NoticeKind.COMPARISON,
        NoticeKind.EXPORT,
        NoticeKind.DOSSIER,  # for whoever asked, and nobody else
        NoticeKind.EVIDENCE,
        NoticeKind.ROLL_UP,  # what it covers goes by itself then
    }
)
"""What nobody but its reader could act on is not sent another way."""
NO_CARD = "card_not_posted"
FIRST, SECOND = ":rerouted", ":rerouted:"


@dataclass(frozen=True, slots=True)
class Detour:
    """Plans the other way of a parked notice; called again for the same one it changes nothing."""

    desk: Desk

    def __call__(self, notice: Notice, why: str) -> None:
        """Plan what is sent instead, and what the admins are told."""
        with self.desk.records.write() as unit:
            meant_for = _meant_for(unit, notice, self.desk.handbook())
            unit.notices.plan(
                [
                    *self._another_way(notice, why, meant_for),
                    *self._for_admins(notice, why, meant_for),
                ]
            )
        self.desk.wake()

    def _another_way(self, notice: Notice, why: str, meant_for: str) -> Iterator[Notice]:
        reason = why.removeprefix(f"{MAYBE_SENT}: ")
        if (
            reason not in NO_WAY_IN | {NO_CARD, NO_PARENT}
            or notice.kind in OWN_AFFAIR
            or SECOND in notice.key
        ):
            return
        params = dict(notice.params) | _signs(notice, meant_for, maybe=reason != why)
        handbook = self.desk.handbook()
        if self._may_go_to_desk(notice, meant_for, handbook):
            yield replace(
                notice, key=f"{notice.key}{FIRST}", place=Place(PlaceKind.DESK), params=params
            )
            return
        for person in sorted(handbook.people.supervisors - {notice.place.key}):
            key = f"{notice.key.removesuffix(FIRST)}{SECOND}{person}"
            yield replace(notice, key=key, place=to_person(person), params=params)

    @staticmethod
    def _may_go_to_desk(notice: Notice, meant_for: str, handbook: Handbook) -> bool:
        elsewhere = notice.place.kind not in {PlaceKind.PERSON, PlaceKind.DESK}
        return elsewhere and (meant_for != handbook.channel)

    def _for_admins(self, notice: Notice, why: str, meant_for: str) -> Iterator[Notice]:
        if notice.kind is NoticeKind.OPERATOR or why in {NO_CARD, NO_PARENT}:
            return
        handbook, now = self.desk.handbook(), self.desk.clock.now()
        reason = why.removeprefix(f"{MAYBE_SENT}: ")
        unreachable = reason in NO_WAY_IN
        message = "operator.unreachable" if unreachable else "operator.parked"
        if notice.place.is_outside:
            message, unreachable = "operator.outside_parked", True
        params: dict[str, Plain] = {"message": message, "place": meant_for, "why": reason}
        about = f"{reason}:{meant_for}:{now:%Y-%m-%d}" if unreachable else notice.key
        for admin in sorted(handbook.people.admins):
            yield _to_admin(f"operator:{about}:{admin}", admin, params, now)


def _to_admin(key: str, admin: str, params: Mapping[str, Plain], now: datetime) -> Notice:
    return Notice(
        key=key,
        kind=NoticeKind.OPERATOR,
        place=Place(PlaceKind.PERSON, admin),
        urgency=Urgency.PRIVATE,
        due_at=now,
        params=params,
    )


def _signs(notice: Notice, meant_for: str, *, maybe: bool) -> dict[str, Plain]:
    """What the reader must know of the detour; the first place is kept over a second detour."""
    signs: dict[str, Plain] = {"meant_for": notice.params.get("meant_for") or meant_for}
    if notice.place.kind is PlaceKind.PERSON:
        signs["meant_for_person"] = notice.place.key
    if maybe:
        signs["maybe_sent"] = True
    return signs


def _meant_for(unit: Unit, notice: Notice, handbook: Handbook) -> str:
    place = notice.place
    match place.kind:
        case PlaceKind.PERSON:
            return place.key
        case PlaceKind.CARD | PlaceKind.THREAD:
            cards = unit.cards.of(notice.number) if notice.number else ()
            return channel_for(cards[0].department if cards else "", handbook)
        case PlaceKind.ROBOT | PlaceKind.WEBHOOK:
            return f"{place.kind} {place.key}"
        case _:
            return reference_of(notice, handbook)
