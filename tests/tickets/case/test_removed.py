"""A post that was removed keeps its place in the log and loses its words, whatever happened to it before."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.removed import REMOVED, without_removed
from tickets.case.values import Number, PersonId, Text

_POSTS = st.sampled_from(["1.0", "2.0", "3.0"])
_WORDS = st.text(min_size=1, max_size=9).map(Text)
_FACTS = st.one_of(
    st.builds(f.Said, message_ts=_POSTS, text=_WORDS),
    st.builds(f.SaidAnew, message_ts=_POSTS, edited_ts=st.just("9.0"), text=_WORDS),
    st.builds(f.Unsaid, message_ts=_POSTS),
    st.builds(f.Noted, text=_WORDS),
)
_NUMBERS = st.sampled_from([Number("20261124001"), Number("20261124002")])


@given(st.lists(st.tuples(_NUMBERS, _FACTS), max_size=12))
def test_words_of_removed_posts_are_left_out_and_nothing_else(
    said: list[tuple[Number, f.Fact]],
) -> None:
    log = [
        Event("t", number, seq, datetime(2026, 11, 24, tzinfo=UTC), PersonId("U1"), fact)
        for seq, (number, fact) in enumerate(said, start=1)
    ]
    removed = {one.fact.message_ts for one in log if isinstance(one.fact, f.Unsaid)}

    read = without_removed(log)

    assert [one.seq for one in read] == [one.seq for one in log]
    for before, after in zip(log, read, strict=True):
        post = before.fact
        is_gone = isinstance(post, f.Said | f.SaidAnew) and post.message_ts in removed
        assert (getattr(after.fact, "text", None) == REMOVED) if is_gone else (after == before)
