"""The dossier's Markdown: a person's words stay words under a real parser, and as they are read raw."""

import re

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.papers.markdown import document, heading, inert, item
from tests.handlers.views.hostile import FIXED, generated

LIVE = {"link_open", "image", "html_inline", "html_block", "fence", "table_open", "code_block"}
BARE = re.compile(r"https?://|\bwww\.\w|[a-z]+://", re.IGNORECASE)


def kinds(text: str) -> set[str]:
    def every(tokens: list[Token]) -> set[str]:
        inner = [every(one.children) for one in tokens if one.children]
        return {one.type for one in tokens}.union(*inner)

    return every(MarkdownIt("commonmark").enable("table").parse(text))


def written(text: str) -> str:
    return document([item(text, [("原因", text)]), item("之后")])


@pytest.mark.proves("X17", "X11", "X14")
@pytest.mark.parametrize("text", [*FIXED, *generated(300, seed=98)])
def test_nobodys_words_link_embed_or_begin_a_formula(text: str) -> None:
    made = written(text)

    assert kinds(made) & LIVE == set()
    assert not BARE.search(made)
    assert [line for line in made.splitlines() if line[:1] in {"=", "+", "@", "\t", "＝"}] == []
    assert "之后" in made.splitlines()[-1]


@pytest.mark.parametrize(
    "text",
    ["李*女士 ****5678", "A_102 型 50% 功率", "27 ℃（设定18 ℃）", "a***@…", "5 < 6 的情况"],
)
def test_ordinary_words_read_as_they_were_written(text: str) -> None:
    assert inert(text).replace("\\", "") == text


def test_a_long_text_stays_in_its_place() -> None:
    text = "第一行\n\n# 不是标题\n1. 不是列表\n- 也不是"

    made = document([heading("标题\n换行"), item("谁", [("内容", text)])])

    tokens = MarkdownIt("commonmark").parse(made)
    assert [one.tag for one in tokens if one.type == "heading_open"] == ["h2"]
    assert [one.type for one in tokens].count("bullet_list_open") == 1
    assert all(line.startswith("  > ") for line in made.splitlines()[3:])
