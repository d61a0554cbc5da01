"""Vague words, forbidden phrases and the length of a text as people count."""

import pytest

from tickets.case.wording import forbidden_phrase, graphemes, vague_word

VAGUE = ("大概", "可能", "好像", "maybe", "roughly")
SPARE = ("不可能", "可能性", "大概率", "好像素")


@pytest.mark.requirement(11)
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("空调好像不太冷", "好像"),
        ("大概三天前开始", "大概"),
        ("It is roughly warm, maybe", "roughly"),
        ("Ｍａｙｂｅ it leaks", "Maybe"),
        ("这不可能是人为损坏", None),
        ("故障的可能性很小", None),
        ("大概率会复发", None),
        ("客户说“可能是压缩机坏了”", None),
        ("客户称「大概是漏氟」，出风口27℃", None),
        ("roughlyhewn timber", None),
        ("出风口温度27℃，运行30分钟", None),
        ("不可能，但也可能", "可能"),
    ],
)
def test_vague_words_are_found_but_not_inside_others_or_quotes(text: str, word: str | None) -> None:
    assert vague_word(text, VAGUE, SPARE) == word


@pytest.mark.requirement(13)
def test_a_phrase_nobody_should_say_is_found() -> None:
    assert (
        forbidden_phrase("告诉客户：这不是我们的问题", ("这不是我们的问题",)) == "这不是我们的问题"
    )


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("空调不制冷", 5),
        ("👨‍👩‍👧‍👦", 1),
        ("e\u0301te\u0301", 3),
        ("🇨🇳🇩🇪", 2),
        ("👍🏽", 1),
        ("  a  ", 1),
        ("", 0),
        ("\u202e\u200b", 0),
    ],
)
def test_length_is_counted_as_a_reader_sees_it(text: str, length: int) -> None:
    assert graphemes(text) == length
