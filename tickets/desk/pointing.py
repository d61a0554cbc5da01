"""What a person is told privately about their own words: personal data in a thread, private ways, phrases not to use.

A bot cannot delete another's message, so its author is asked to (DESK.md 6, R13, R114).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tickets.case import facts as f
from tickets.case.channels import unsafe_way
from tickets.case.codec import write
from tickets.case.fold import fold
from tickets.case.log import Event
from tickets.case.wording import forbidden_phrase
from tickets.desk.context import Desk
from tickets.notices import Notice, NoticeKind, Urgency, to_person
from tickets.people.customers import Customer
from tickets.people.privacy import redact
from tickets.ports import Unit

_POSTS = f.Said | f.SaidAnew
_OTHERS_WORDS = frozenset({"answer", "words", "suggestions", "name", "link", "was"})
"""Fields that hold what a customer said, or a file's name."""
_NOT_OURS = f.Logged | f.Scored | f.Opinion | f.RoundBegun | f.EvidenceAdded
"""The form has its own hints; of a score the customer speaks."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """What there is to say about one entry, as the records are now."""

    masked: str = ""  # the post with personal data taken out; "" when there was none
    way: str = ""  # QQ, 微信 … as written
    phrase: str = ""  # that nobody should use

    def __bool__(self) -> bool:
        """Tell whether anything is to be said."""
        return bool(self.masked or self.way or self.phrase)


NOTHING = Pointed()


def pointed_out(
    desk: Desk, events: Iterable[Event], customer: Customer, *, channel_id: str | None = None
) -> tuple[Notice, ...]:
    """Plan one notice for each new entry that there is something to say about.

    Thread posts, whose `channel_id` is given, are looked at for personal data too: everybody there reads them.
    """
    are_posts = channel_id is not None
    return tuple(
        _notice(event, channel_id)
        for event in events
        if isinstance(event.fact, _POSTS) == are_posts and _look(desk, event, customer)
    )


def pointed(desk: Desk, unit: Unit, notice: Notice) -> Pointed:
    """Look again at what a notice is about; nothing to say where the post was changed or removed since."""
    if notice.number is None:
        return NOTHING
    events = unit.tickets.events(notice.number)
    event = next(one for one in events if one.seq == notice.params["seq"])
    ticket = fold(events)
    if isinstance(event.fact, _POSTS) and not _stands(ticket.words, event.fact):
        return NOTHING
    return _look(desk, event, unit.customers.get(ticket.customer_id))


def tells_personal_data(desk: Desk, fact: f.Fact, customer: Customer) -> bool:
    """Tell whether a thread post holds what everybody reads there and nobody should."""
    return isinstance(fact, _POSTS) and bool(_masked(desk, fact.text, customer))


def version_of(fact: f.Fact) -> str:
    """Name one state of a thread post; of anything else nothing."""
    if isinstance(fact, f.SaidAnew):
        return fact.edited_ts
    return fact.message_ts if isinstance(fact, f.Said) else ""


def _stands(words: Mapping[str, tuple[str, str]], post: f.Said | f.SaidAnew) -> bool:
    return words.get(post.message_ts, ("", ""))[0] == version_of(post)


def _look(desk: Desk, event: Event, customer: Customer) -> Pointed:
    text = _own_words(event.fact)
    if not text:
        return NOTHING
    return Pointed(
        masked=_masked(desk, text, customer) if isinstance(event.fact, _POSTS) else "",
        way=unsafe_way(text) or "",
        phrase=forbidden_phrase(text, desk.handbook().intake.forbidden) or "",
    )


def _masked(desk: Desk, text: str, customer: Customer) -> str:
    """Give the wording that may be posted; "" where the text may stand as it is."""
    names = (customer.name,) if customer.name else ()
    clean = redact(text, names=names, phones=desk.phones.spans)
    return clean if clean != text else ""


def _own_words(fact: f.Fact) -> str:
    """Give what the person who acted wrote, of one fact."""
    if isinstance(fact, _NOT_OURS):
        return ""
    said = write(fact).words
    return "\n".join(text for name, text in said.items() if name not in _OTHERS_WORDS)


def _notice(event: Event, channel_id: str | None) -> Notice:
    params: dict[str, str | int] = {"seq": event.seq}
    if channel_id and isinstance(event.fact, _POSTS):
        params |= {"posted_in": channel_id, "posted_ts": event.fact.message_ts}
    return Notice(
        key=f"{NoticeKind.POINTED_OUT}:{event.number}:{event.seq}",
        kind=NoticeKind.POINTED_OUT,
        place=to_person(event.by),
        urgency=Urgency.PRIVATE,
        due_at=event.at,
        number=event.number,
        params=params,
    )
