"""Slack's wire form back into what a person typed, decoded once and never live."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.typed import as_typed, take_person


def names(person: str) -> str:
    return {"U0ENG1": "Eve"}.get(person, person)


@pytest.mark.parametrize(
    ("wire", "typed"),
    [
        ("ask <@U0ENG1> please", "ask @Eve please"),
        ("ask <@U0ENG1|eve> please", "ask @eve please"),
        ("in <#C1|tech>", "in #tech"),
        ("<!channel> help", "@channel help"),
        ("<!subteam^S1|@engineers>", "@engineers"),
        ("see <https://a.example/x?a=1&amp;b=2>", "see https://a.example/x?a=1&b=2"),
        ("see <http://a.example|a.example>", "see a.example"),
        ("write <mailto:a@b.example|a@b.example>", "write a@b.example"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("&amp;lt;!here&amp;gt;", "&lt;!here&gt;"),
    ],
)
def test_wire_form_becomes_words(wire: str, typed: str) -> None:
    assert as_typed(wire, names) == typed


@given(st.text())
def test_escaping_and_reading_gives_the_same_words(text: str) -> None:
    assert as_typed(html.escape(text, quote=False), names) == text


@pytest.mark.parametrize(
    ("wire", "person", "rest"),
    [
        ("3 <@U0ENG1|eve>", "U0ENG1", "3"),
        ("<@U0ENG1> 3 she knows it", "U0ENG1", "3 she knows it"),
        ("3 <@W0ENG1> because", "W0ENG1", "3 because"),
        ("3 @eve", None, "3 @eve"),
    ],
)
def test_the_person_is_taken_out_of_a_line(wire: str, person: str | None, rest: str) -> None:
    assert take_person(wire) == (person, rest)
