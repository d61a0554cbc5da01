"""Whatever happens to a desk file, it loads or says where it is wrong."""

import io
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.desk_config.problems import DeskFileError
from bot.desk_config.tree import read_tree
from tests.bot.desk_config.files import EXAMPLE, load

LINES = EXAMPLE.splitlines()
PATHS = sorted(
    (path for path in read_tree(EXAMPLE, file="desk.yml").values if path),
    key=lambda path: [str(step) for step in path],
)
JUNK = st.one_of(
    st.sampled_from(["", "~", "no", "-1", "0", "1e999", "[]", "{}", "[[]]", "{a: b}", "''", "*x", "&a [1]", "!!binary x", "{? [1] : 2}", "9999-12-31", "24:00-24:00", "{{}", "a{", "#", "mon-sun-mon", "<<: 1", "99999999999999h", "٣h"]),
    st.text(max_size=12),
)  # fmt: skip

mutations = settings(deadline=None, max_examples=40)  # a load takes some 40 ms


def assert_loads_or_says_where(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    try:
        load(text)
    except DeskFileError as error:
        assert error.problems
        for line in str(error).splitlines():
            place = re.match(r"desk\.yml:(\d+):(\d+): \S", line)
            assert place, line
            assert 1 <= int(place[1]) <= len(lines), line
            assert 1 <= int(place[2]) <= len(lines[int(place[1]) - 1]) + 1, line


def dumped(tree):
    out = io.StringIO()
    YAML(typ="safe", pure=True).dump(tree, out)
    return out.getvalue()


def parent_of(tree, path):
    for step in path[:-1]:
        tree = tree[step]
    return tree


@mutations
@given(path=st.sampled_from(PATHS))
def test_a_deleted_entry(path):
    tree = read_tree(EXAMPLE, file="desk.yml").data
    del parent_of(tree, path)[path[-1]]

    assert_loads_or_says_where(dumped(tree))


@mutations
@given(path=st.sampled_from(PATHS), junk=JUNK)
def test_a_value_that_is_junk(path, junk):
    tree = read_tree(EXAMPLE, file="desk.yml").data
    parent_of(tree, path)[path[-1]] = junk

    assert_loads_or_says_where(dumped(tree))


@mutations
@given(path=st.sampled_from(PATHS), key=st.text(max_size=8), junk=JUNK)
def test_an_entry_nobody_asked_for(path, key, junk):
    tree = read_tree(EXAMPLE, file="desk.yml").data
    parent = parent_of(tree, path)
    if isinstance(parent, dict):
        parent[key] = junk
    else:
        parent.append({key: junk})

    assert_loads_or_says_where(dumped(tree))


@mutations
@given(path=st.sampled_from(PATHS), other=st.sampled_from(PATHS))
def test_a_part_pasted_in_the_wrong_place(path, other):
    tree = read_tree(EXAMPLE, file="desk.yml").data
    parent_of(tree, path)[path[-1]] = parent_of(read_tree(EXAMPLE, file="desk.yml").data, other)[
        other[-1]
    ]

    assert_loads_or_says_where(dumped(tree))


@mutations
@given(place=st.integers(0, len(LINES) - 1), junk=JUNK)
def test_a_line_that_is_junk(place, junk):
    indent = LINES[place][: len(LINES[place]) - len(LINES[place].lstrip())]

    assert_loads_or_says_where("\n".join([*LINES[:place], indent + junk, *LINES[place + 1 :]]))


@mutations
@given(start=st.integers(0, len(EXAMPLE)), length=st.integers(1, 40))
def test_letters_lost_anywhere(start, length):
    assert_loads_or_says_where(EXAMPLE[:start] + EXAMPLE[start + length :])


@mutations
@given(text=st.text(max_size=60))
def test_any_text_at_all(text):
    assert_loads_or_says_where(text)
