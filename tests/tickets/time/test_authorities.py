"""An authority's clock: its own date and nothing else, whatever the ticket goes through (12315, 12345, platforms)."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.tickets.time.plans import at
from tests.tickets.time.stories import Story, told
from tickets.case import facts as f
from tickets.case.values import Direction, Text
from tickets.time.deadline import Deadline, DeadlineKind

BEGUN, DUE = at("2025-10-09 10:00"), at("2025-10-20 17:00")
WORDS = Text("x")
STEPS: tuple[tuple[f.Fact, ...], ...] = (
    (f.Accepted(), f.Started()),
    (f.Waiting(reason=WORDS),),
    (f.Held(reason=WORDS),),
    (f.Resumed(),),
    (f.Resolved(result=WORDS),),
    (told("2025-10-09 10:30"),),
    (f.FollowedUp(until=DUE),),
    (f.RoundBegun(round=2, by_low_score=True, reason=WORDS),),
)
lives = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 2_000)), max_size=12)


def named(key: str = "12315", due_at: datetime = DUE) -> f.AuthorityNamed:
    return f.AuthorityNamed(key=key, authority="12315", direction=Direction.CAME, due_at=due_at)


def lived(steps: list[tuple[tuple[f.Fact, ...], int]]) -> tuple[Story, datetime]:
    """A case of the hotline that goes through these steps, each so many minutes after the last."""
    story, when, rounds = Story("2025-10-09 09:30").then(BEGUN, named()), BEGUN, 1
    for facts, minutes in steps:
        when += timedelta(minutes=minutes)
        for fact in facts:
            if isinstance(fact, f.RoundBegun):
                rounds += 1
                story.then(when, f.RoundBegun(round=rounds, by_low_score=True, reason=WORDS))
            else:
                story.then(when, fact)
    return story, when


def clocks(story: Story) -> list[Deadline]:
    return [one for one in story.owes() if one.kind is DeadlineKind.AUTHORITY]


@given(steps=lives)
def test_nothing_stops_moves_or_ends_it(steps: list[tuple[tuple[f.Fact, ...], int]]) -> None:
    story, _ = lived(steps)

    (one,) = clocks(story)

    assert (one.starts_at, one.due_at, one.is_owed) == (BEGUN, DUE, True)


@given(steps=lives, late=st.integers(-3_000, 3_000))
def test_only_the_answer_meets_it_by_its_own_moment(
    steps: list[tuple[tuple[f.Fact, ...], int]], late: int
) -> None:
    story, when = lived(steps)
    answered = max(BEGUN, DUE + timedelta(minutes=late))
    answer = f.AuthorityAnswered(
        key="12315", authority="12315", statement=WORDS, happened_at=answered
    )
    story.then(max(when, answered), answer)

    (one,) = clocks(story)

    assert one.met_at == answered
    assert one.breached_at == (DUE if answered > DUE else None)


@given(first=st.integers(1, 20_000), second=st.integers(1, 20_000))
def test_a_moved_date_is_the_date_of_that_one_alone(first: int, second: int) -> None:
    story = Story("2025-10-09 09:30").then(BEGUN, named(), named("12315#2"))
    for minutes in (first, second):
        moved = f.AuthorityMoved(
            key="12315",
            authority="12315",
            was=DUE,
            now=BEGUN + timedelta(minutes=minutes),
            reason=WORDS,
        )
        story.then(BEGUN, moved)

    one, other = clocks(story)

    assert one.due_at == BEGUN + timedelta(minutes=second)
    assert other.due_at == DUE


def test_a_case_that_ends_all_the_same_leaves_nothing_owed() -> None:
    story = Story("2025-10-09 09:30").then(BEGUN, named())
    story.then("2025-10-09 11:00", f.MarkedInvalid(note=WORDS))

    (one,) = clocks(story)

    assert (one.is_owed, one.void) == (False, True)
