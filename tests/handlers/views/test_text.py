import re
import unicodedata

import pytest
from hypothesis import given

from handlers.views.graphemes import graphemes, width
from handlers.views.text import clip, escaped, one_line, pieces, plain, summary, visible
from tests.handlers.views.hostile import texts


@given(texts)
def test_graphemes_joined_again_are_the_text(text: str) -> None:
    assert "".join(graphemes(text)) == text


@pytest.mark.parametrize("cluster", ["👩‍👩‍👧‍👦", "👍🏽", "🇨🇳", "é", "한", "नि", "❤️‍🔥", "1️⃣", "\r\n"])
def test_what_a_reader_calls_one_character_stays_whole(cluster: str) -> None:
    assert list(graphemes(cluster + cluster)) == [cluster, cluster]


@given(texts)
def test_pieces_joined_again_are_the_whole_text(text: str) -> None:
    parts = list(pieces(text, 100))

    assert "".join(parts) == text
    assert all(width(part) <= 100 for part in parts)


def test_three_thousand_chinese_characters_are_one_piece() -> None:
    text = "汉" * 3000

    assert list(pieces(text)) == [text]


@given(texts)
@pytest.mark.proves("X15")
def test_a_clipped_text_keeps_its_limit(text: str) -> None:
    shown = clip(text, 150)

    assert width(shown) <= 150
    assert shown == text if width(text) <= 150 else shown.endswith("…")


def test_a_family_is_not_cut_apart() -> None:
    shown = clip("👩‍👩‍👧‍👦" * 40, 150)

    assert set(graphemes(shown[:-1])) == {"👩‍👩‍👧‍👦"}


def test_the_summary_is_one_line_of_150_characters() -> None:
    assert summary("first\nsecond\t third") == "first second third"
    assert summary("汉" * 150) == "汉" * 150
    assert summary("汉" * 151) == "汉" * 149 + "…"


@given(texts)
@pytest.mark.proves("X15")
def test_nothing_unseen_or_deceiving_survives(text: str) -> None:
    shown = visible(text)

    assert not re.search(
        "[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\U000e0000-\U000e007f]", shown
    )
    assert {unicodedata.category(c) for c in shown if c not in "\n\t"} & {"Cc", "Cs"} == set()
    assert visible(shown) == shown


@pytest.mark.parametrize(
    "text", ["👩‍👩‍👧‍👦", "می\u200cخواهم", "葛\U000e0100城", "مرحبا", "a\nb\tc", ":fire:"]
)
def test_what_means_something_is_left_as_typed(text: str) -> None:
    assert visible(text) == text


def test_a_joiner_between_letters_is_left_out() -> None:
    assert visible("a\u200db\u200cc") == "abc"


def test_a_bidi_override_is_seen() -> None:
    assert visible("invoice\u202egpj.exe") == "invoice\ufffdgpj.exe"


@pytest.mark.parametrize("blank", ["", "  ", "\n", "\u3164", "\u200b"])
def test_a_blank_text_shows_as_a_dash(blank: str) -> None:
    assert plain(blank).text == "–"


@given(texts)
def test_an_escaped_text_holds_nothing_live(text: str) -> None:
    assert not re.search("[<>]|&(?!amp;|lt;|gt;)", escaped(text))


def test_escaping_shows_what_was_typed() -> None:
    assert escaped("&lt;!here&gt; <!channel>") == "&amp;lt;!here&amp;gt; &lt;!channel&gt;"


def test_a_name_is_one_line() -> None:
    assert one_line("a\r\n b\u2028c ") == "a b c"
