"""What can be seen of the page without a browser: its words, its size, and that it stays on this machine."""

import re
from pathlib import Path

import opencc
import pytest

from locales.convert import as_a_desk_says

PAGE = Path(__file__).parents[2] / "sandbox" / "page"
SOURCES = sorted(path for path in PAGE.rglob("*.js") if "vendor" not in path.parts)
STYLES = sorted(PAGE.rglob("*.css"))
WORD = re.compile(r'^  "?([\w.\-]+)"?: "(.*)",$', re.MULTILINE)
PLACEHOLDER = re.compile(r"\{(\w+)\}")
SAID = re.compile(r'\bt\("([\w.\-]+)"')


def words(language: str) -> dict[str, str]:
    return dict(WORD.findall((PAGE / "words" / f"{language}.js").read_text()))


@pytest.mark.parametrize("language", ["zh_hans", "zh_hant"])
def test_each_sentence_exists_in_each_language_with_the_same_placeholders(language: str) -> None:
    english, theirs = words("en"), words(language)

    plural_only_in_english = {name for name in english if name.endswith(".one")}
    assert theirs.keys() == english.keys() - plural_only_in_english
    for name, sentence in theirs.items():
        assert set(PLACEHOLDER.findall(sentence)) == set(PLACEHOLDER.findall(english[name])), name


def test_traditional_chinese_is_the_conversion_of_the_simplified() -> None:
    convert = opencc.OpenCC("s2twp").convert
    simplified = words("zh_hans")

    expected = {
        name: text if name.startswith("locale.") else as_a_desk_says(convert(text))
        for name, text in simplified.items()
    }
    assert words("zh_hant") == expected


def test_every_sentence_that_is_said_exists() -> None:
    said = {name for path in SOURCES for name in SAID.findall(path.read_text())}

    assert said
    assert said <= words("en").keys()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PAGE)))
def test_a_module_is_short_and_writes_no_markup_from_words(path: Path) -> None:
    source = path.read_text()

    assert len(source.splitlines()) < 200
    assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|\beval\(", source)


@pytest.mark.parametrize("path", [*SOURCES, *STYLES, PAGE / "index.html"], ids=lambda p: p.name)
def test_nothing_is_fetched_from_another_machine(path: Path) -> None:
    source = path.read_text()

    loaded = re.findall(
        r"""(?:src|href|from|import|url)\s*[=(]?\s*["'(]?(https?:)?//[\w.]+""", source
    )
    assert loaded == []
