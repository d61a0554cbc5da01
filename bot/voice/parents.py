"""Where the message stands that a paper or a redrawing belongs to."""

from datetime import timedelta

from tickets.delivery import NotNow, Pointless
from tickets.notices import Notice, NoticeState
from tickets.ports import Posting, Unit

_SOON = timedelta(seconds=2)
_GONE = frozenset({None, NoticeState.PARKED, NoticeState.SUPERSEDED})
"""Of what it belongs to: it is planned with it or before; one that was never planned does not come."""


def parent_of(unit: Unit, notice: Notice) -> Posting | NotNow | Pointless:
    """Give where the message stands that this belongs to, once it does."""
    return standing(unit, notice.place.key)


def standing(unit: Unit, key: str) -> Posting | NotNow | Pointless:
    """Give where a message stands, once it does."""
    posting = unit.notices.posted(key)
    if posting:
        return posting
    if unit.notices.state(key) in _GONE:
        return Pointless("what it belongs to was not posted there")
    return NotNow(_SOON, "what it belongs to is not posted yet")
