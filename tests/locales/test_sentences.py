"""Every sentence exists in each language with the same places, and the code names no other."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from bot.catalogues import FOLDERS, sentences_of
from locales import convert

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "scheduler", "storage", "tickets")
ERRORS = {"DeskError", "NotFound", "IllegalMove", "Refused", "Conflict", "Busy", "Full"}
SPEAKING = ERRORS | {"say", "Word", "tongue", "_tongue", "speak", "t", "of"}


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def first_id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def spoken(language: str) -> dict[str, Message]:
    return {first_id(message): message for message in sentences_of(language) if message.id}


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def named(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Find message ids said outright: the first argument of whatever speaks."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        first = node.args[0]
        if name in SPEAKING and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield node.lineno, first.value


def texts(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def prefixes(tree: ast.Module) -> Iterator[str]:
    """Find ids put together: f"status.{status}" uses every sentence under `status.`.

    Where even the group is a variable, the group's name stands somewhere as a text of its own.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            start = str(node.values[0].value)
            if start.partition(".")[2] or start.endswith("."):
                yield start


def test_every_sentence_exists_in_each_language() -> None:
    known = {language: set(spoken(language)) for language in FOLDERS}
    everything = set().union(*known.values())

    missing = {language: sorted(everything - ids) for language, ids in known.items()}

    assert missing == {language: [] for language in FOLDERS}


@pytest.mark.parametrize("language", FOLDERS)
def test_no_sentence_is_empty_or_fuzzy(language: str) -> None:
    doubtful = [
        id_ for id_, message in spoken(language).items() if message.fuzzy or not all(forms(message))
    ]

    assert doubtful == []


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_every_sentence_has_the_same_places_in_each_language(language: str) -> None:
    english = {id_: places("".join(forms(message))) for id_, message in spoken("en").items()}

    differing = {
        id_: (english[id_], there)
        for id_, message in spoken(language).items()
        if id_ in english and (there := places("".join(forms(message)))) != english[id_]
    }

    assert differing == {}


AS_WRITTEN = (
    "sheet.",  # the procedures' own headings
    "column.",
    "near.",  # patterns of dates, which stand close
    "help.",  # what is typed
    "search.which_",
    "telling.acknowledge",  # the procedure's own sentence
)
CLOSE = {
    "a Latin mark beside a Chinese character": r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]",
    "a figure or a Latin word without its space": r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9%℃][\u4e00-\u9fff]",
    "a number's place without its space": r"[\u4e00-\u9fff]{(?:count|score|cases|hours)}|{(?:count|score|cases|hours)}[\u4e00-\u9fff]",
}


@pytest.mark.parametrize("kind", CLOSE)
def test_chinese_sentences_are_set_by_one_rule(kind: str) -> None:
    otherwise = {
        id_: text
        for id_, message in spoken("zh-Hans").items()
        if not id_.startswith(AS_WRITTEN)
        for text in forms(message)
        if re.search(CLOSE[kind], re.sub(r"`[^`]*`", "", text))
    }

    assert otherwise == {}


def test_every_sentence_the_code_names_exists() -> None:
    known = set(spoken("en"))

    unknown = [
        f"{path.relative_to(ROOT)}:{line} {id_}"
        for path, tree in trees()
        for line, id_ in named(tree)
        if "." in id_ and not {id_, f"words.{id_}"} & known
    ]

    assert unknown == []


def test_no_sentence_is_left_over() -> None:
    whole = list(trees())
    said = {text for _, tree in whole for text in texts(tree)}
    starts = tuple(
        {start for _, tree in whole for start in prefixes(tree)} | {f"{text}." for text in said}
    )

    left_over = sorted(
        id_ for id_ in spoken("en") if id_ not in said and not id_.startswith(starts or ("\0",))
    )

    assert left_over == []


def test_traditional_sentences_are_made_from_the_simplified_ones() -> None:
    stale = [path.name for path in convert.stale()]

    assert stale == [], "run `make locales`"


def test_conversion_keeps_places_and_follows_taiwans_words() -> None:
    source = 'msgid "a.b"\nmsgstr "{file}文件的信息"\n'.encode()

    made = convert.traditional(source, convert.by_hand()).decode()

    assert 'msgstr "{file}檔案的資訊"' in made


@pytest.mark.parametrize(
    ("simplified", "said"),
    [("唯一接口人", "唯一聯絡窗口"), ("频道里的人", "頻道裡的人"), ("消息列中", "討論串中")],
)
def test_what_opencc_takes_for_something_else_is_put_right(simplified: str, said: str) -> None:
    source = f'msgid "a.b"\nmsgstr "{simplified}"\n'.encode()

    made = convert.traditional(source, convert.by_hand()).decode()

    assert f'msgstr "{said}"' in made


def test_a_sentence_by_hand_wins_over_conversion() -> None:
    source = 'msgid "a.b"\nmsgstr "工单"\n'.encode()
    by_hand = convert.by_hand()
    by_hand.add("a.b", "案件")

    made = convert.traditional(source, by_hand).decode()

    assert 'msgstr "案件"' in made
