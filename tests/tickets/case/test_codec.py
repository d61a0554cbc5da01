"""Facts survive being written and read; people's words are kept apart."""

from dataclasses import fields
from datetime import UTC, datetime
from typing import get_type_hints

from hypothesis import given
from hypothesis import strategies as st

from tickets.case import codec, facts
from tickets.case.facts import Fact
from tickets.case.values import ERASED, Text

KINDS = sorted(
    (
        k
        for k in vars(facts).values()
        if isinstance(k, type) and issubclass(k, Fact) and k is not Fact
    ),
    key=lambda kind: kind.__name__,
)
MOMENTS = st.datetimes(timezones=st.just(UTC))
st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(Text, st.text())


@given(st.sampled_from(KINDS).flatmap(st.from_type))
def test_every_fact_reads_back_as_it_was_written(fact: Fact) -> None:
    written = codec.write(fact)

    assert codec.read(written) == fact


@given(st.sampled_from(KINDS).flatmap(st.from_type))
def test_words_never_stand_among_the_plain_values(fact: Fact) -> None:
    written = codec.write(fact)

    words = {f.name for f in fields(fact) if "Text" in str(get_type_hints(type(fact))[f.name])}
    assert words.isdisjoint(written.plain)
    assert set(written.words) <= words


@given(st.sampled_from(KINDS).flatmap(st.from_type))
def test_a_fact_whose_words_are_gone_says_so_and_keeps_the_rest(fact: Fact) -> None:
    written = codec.write(fact)

    left = codec.write(codec.read_erased(codec.Written(written.kind, written.plain, {})))

    assert left.plain == written.plain
    assert set(left.words.values()) <= {ERASED, ""}  # what was never said was not erased
    assert set(left.words) <= set(written.words)


@given(st.sampled_from(KINDS).flatmap(st.from_type))
def test_the_words_alone_are_those_that_are_written(fact: Fact) -> None:
    said = codec.write(fact).words.values()

    assert codec.words_of(fact) == [text for text in said if text]
