"""What goes to somebody who is away goes to their deputy too (DESK.md 4)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from tickets.case.values import PersonId
from tickets.notices import Notice, PlaceKind, Urgency, to_person


def waits_for_deputy(notices: Sequence[Notice], deputies: Mapping[PersonId, PersonId]) -> bool:
    """Tell whether who is away matters to any of these notices at all."""
    return any(_asks_for_work(one) and one.place.key in deputies for one in notices)


def to_deputies(
    notices: Sequence[Notice],
    away: Collection[PersonId],
    deputies: Mapping[PersonId, PersonId],
) -> Iterator[Notice]:
    """Give each notice, and a copy for the deputy of who is away; it says for whom it was meant.

    A deputy who is away as well has one of their own, each asked once.
    """
    for one in notices:
        yield one
        person = PersonId(one.place.key)
        if _asks_for_work(one) and person in away:
            deputy = _who_is_there(person, away, deputies)
            if deputy:
                yield _for(one, person, deputy)


def _asks_for_work(notice: Notice) -> bool:
    return notice.place.kind is PlaceKind.PERSON and notice.urgency <= Urgency.ASSIGNMENT


def _who_is_there(
    person: PersonId, away: Collection[PersonId], deputies: Mapping[PersonId, PersonId]
) -> PersonId | None:
    seen, found = {person}, deputies.get(person)
    while found and found in away and found not in seen:
        seen.add(found)
        found = deputies.get(found)
    return None if found in away else found


def _for(notice: Notice, person: PersonId, deputy: PersonId) -> Notice:
    return replace(
        notice,
        key=f"{notice.key}:deputy:{deputy}",
        place=to_person(deputy),
        params={**notice.params, "deputy_for": person},
    )
