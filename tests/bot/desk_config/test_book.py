"""A good file is swapped in whole, a bad one changes nothing."""

import pytest

from bot.desk_config.book import Book
from bot.desk_config.problems import DeskFileError
from tests.bot.desk_config.files import EXAMPLE, TODAY, changed


@pytest.fixture
def desk_file(tmp_path):
    path = tmp_path / "desk.yml"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


@pytest.fixture
def book(desk_file):
    return Book(desk_file, today=lambda: TODAY, lookup=None)


def test_a_changed_file_is_in_force_after_reloading(book, desk_file):
    desk_file.write_text(changed(("Service desk", "Help desk")), encoding="utf-8")

    reload = book.reload()

    assert reload.is_changed
    assert not reload.problems
    assert book.handbook.name.in_("en") == "Help desk"


def test_a_bad_file_keeps_the_old_handbook_and_says_what_is_wrong(book, desk_file):
    before = book.handbook
    desk_file.write_text(changed(("response: 1h", "response: soon")), encoding="utf-8")

    reload = book.reload()

    assert book.handbook is before
    assert not reload.is_changed
    assert [problem.text for problem in reload.problems] == [
        "expected a duration such as 30m, 24h, 7d, 4wh or 5wd, got 'soon'"
    ]


def test_a_file_that_is_gone_keeps_the_old_handbook(book, desk_file):
    desk_file.unlink()

    (problem,) = book.reload().problems

    assert str(problem).startswith(f"{desk_file}:1:1: expected a file that can be read")


def test_the_same_file_again_is_no_change(book):
    assert not book.reload().is_changed


def test_a_first_file_that_is_bad_is_refused(desk_file):
    desk_file.write_bytes("desk:\n  name: 客户".encode("gb18030"))

    with pytest.raises(DeskFileError, match=r"desk\.yml:2:1: expected text saved as UTF-8"):
        Book(desk_file, today=lambda: TODAY, lookup=None)


def test_a_byte_order_mark_of_windows_is_no_mistake(desk_file):
    desk_file.write_text(EXAMPLE, encoding="utf-8-sig")

    assert Book(desk_file, today=lambda: TODAY, lookup=None).handbook.channel == "#service-desk"
