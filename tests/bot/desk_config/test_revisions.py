"""The revision names what a file says, not how it is laid out."""

import pytest

from tests.bot.desk_config.files import EXAMPLE, changed, load


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# How this desk works.", "# Our desk."),
        ("timezone: Asia/Shanghai", 'timezone:   "Asia/Shanghai"'),
        ("members: [U0ENG1, U0ENG2]", "members:\n      - U0ENG1\n      - U0ENG2"),
    ],
)
def test_comments_quotes_and_layout_keep_the_revision(old, new):
    assert load(changed((old, new))).handbook.revision == load().handbook.revision


@pytest.mark.parametrize(
    ("old", "new"),
    [("response: 1h", "response: 2h"), ("[U0ENG1, U0ENG2]", "[U0ENG2, U0ENG1]")],
)
def test_what_means_something_else_has_another_revision(old, new):
    assert load(changed((old, new))).handbook.revision != load().handbook.revision


def test_the_text_in_force_is_kept_to_be_read_again():
    loaded = load()

    assert loaded.text == EXAMPLE
    assert load(loaded.text).handbook == loaded.handbook
