"""What can be read off the source itself: how posts are sent, SQL is put, YAML is read, what is installed, what is asked for."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.proofs.hostile.outlets import OUTLETS, Shown
from tests.proofs.hostile.screens import as_json

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "scheduler", "storage", "tickets")
POSTS = {"chat_postMessage", "chat_postEphemeral", "chat_update"}
CANARY = "Kanarienvogel"
CARRIES = {"value", "private_metadata", "block_id", "action_id", "callback_id", "external_id"}


def calls(inside: type[ast.AST] = ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Give every call in our own rooms, with where it stands; `inside` functions only, or anywhere."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            whole = ast.parse(path.read_text(encoding="utf-8"))
            for part in (node for node in ast.walk(whole) if isinstance(node, inside)):
                for node in ast.walk(part):
                    if isinstance(node, ast.Call):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def name_of(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def given(call: ast.Call) -> dict[str, object]:
    return {
        one.arg: one.value.value
        for one in call.keywords
        if one.arg and isinstance(one.value, ast.Constant)
    }


@pytest.mark.proves("X12")
def test_every_post_is_sent_unparsed_and_names_link_nobody() -> None:
    posts = [(where, call) for where, call in calls() if name_of(call) in POSTS]

    assert len(posts) >= 5
    for where, call in posts:
        assert given(call).items() >= {"link_names": False, "parse": "none"}.items(), where


@pytest.mark.proves("X12")
def test_nothing_unfurls_what_is_posted_by_the_courier_or_as_an_answer() -> None:
    posts = [(w, c) for w, c in calls() if name_of(c) in {"chat_postMessage", "respond"}]

    for where, call in posts:
        if not where.startswith("bot/checkup.py"):  # a probe that is taken away at once
            assert given(call).items() >= {"unfurl_links": False, "unfurl_media": False}.items(), (
                where
            )


@pytest.mark.proves("X30")
def test_no_statement_is_put_together_out_of_texts() -> None:
    """Tables, migrations and what a module makes when it is read: nobody has said a word by then."""
    found = [
        where
        for where, call in calls(inside=ast.FunctionDef)
        if name_of(call) in {"text", "literal_column"}
        and where.startswith("storage/")
        and not where.startswith(("storage/migrations/", "storage/tables/"))
        and call.args
        and not isinstance(call.args[0], ast.Constant | ast.Name)
    ]

    assert found == []


@pytest.mark.proves("X31")
def test_yaml_is_read_safely_everywhere() -> None:
    readers = [(where, call) for where, call in calls() if name_of(call) == "YAML"]

    assert readers
    for where, call in readers:
        assert given(call).get("typ", "rt") in {"safe", "rt"}, where  # round trip makes no objects
    assert not [where for where, call in calls() if name_of(call) in {"unsafe_load", "full_load"}]


@pytest.mark.proves("X40")
def test_no_model_reads_a_customers_words() -> None:
    installed = (ROOT / "pyproject.toml").read_text(encoding="utf-8").lower()

    assert not re.search(r"openai|anthropic|langchain|transformers|llama|litellm", installed)


@pytest.mark.proves("X33")
def test_the_app_asks_for_no_more_than_a_bot_of_its_channels_needs() -> None:
    manifest = YAML(typ="safe").load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    scopes = manifest["oauth_config"]["scopes"]

    assert set(scopes) == {"bot"}  # no token of a user
    assert not [one for one in scopes["bot"] if "admin" in one or one == "chat:write.public"]
    assert "chat:write.customize" not in scopes["bot"]  # nobody else's name on a post


@pytest.mark.proves("X37")
def test_every_dependency_is_pinned_with_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = [one for one in re.split(r"\n(?=\S)", lock.strip()) if not one.startswith("#")]

    assert len(entries) > 40
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==\S+", entry), entry
        assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", entry)) >= 1, entry
    assert not re.search(r"https?://|--index|--trusted|--find-links", lock)


@pytest.mark.proves("X37")
def test_what_is_installed_is_installed_by_its_hash() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = [line for line in makefile.splitlines() if "pip install" in line]

    for line in installs:
        assert "--require-hashes" in line or "--no-deps" in line or line.endswith(" uv"), line


@pytest.mark.parametrize("outlet", OUTLETS)
@pytest.mark.proves("X05")
def test_values_and_memories_of_screens_carry_no_words_of_anybody(outlet: str) -> None:
    screen: Shown = OUTLETS[outlet](f"{CANARY} 13812345678")

    carried = [text for key, text in _carried(as_json(screen)) if key in CARRIES]
    assert not [text for text in carried if CANARY in text or "13812345678" in text]


def _carried(thing: object) -> Iterator[tuple[str, str]]:
    if isinstance(thing, dict):
        for key, value in thing.items():
            if isinstance(value, str):
                yield key, value
            yield from _carried(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from _carried(value)
