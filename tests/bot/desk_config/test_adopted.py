"""Which of two desk files is in force, when several processes share the records."""

from collections.abc import Callable
from pathlib import Path

import pytest
import structlog

from bot.clock import SystemClock
from bot.desk_config.book import Book
from storage.records import SqlRecords
from storage.revisions import SqlRevisions
from tests.bot.desk_config.files import EXAMPLE, TODAY, changed

OLD, NEW, NEWER = (
    EXAMPLE,
    changed(("Service desk", "Help desk")),
    changed(("Service desk", "Desk")),
)
Open = Callable[[str, str], tuple[Book, Path]]


@pytest.fixture
def revisions(either_records: SqlRecords) -> SqlRevisions:
    return SqlRevisions(either_records.database, either_records.vault, SystemClock())


@pytest.fixture
def start(revisions: SqlRevisions, tmp_path: Path) -> Open:
    """Start a process on a folder of its own with a desk file."""

    def open_book(folder: str, text: str) -> tuple[Book, Path]:
        file = tmp_path / folder / "desk.yml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return Book(file, today=lambda: TODAY, lookup=None, revisions=revisions), file

    return open_book


def name(book: Book) -> str:
    return book.handbook.name.in_("en")


def test_the_first_file_is_adopted(start: Open, revisions: SqlRevisions) -> None:
    book, _ = start("a", OLD)

    adopted = revisions.newest()
    assert adopted is not None
    assert adopted.revision == book.handbook.revision == revisions.in_force()
    assert adopted.source == OLD


def test_a_file_nobody_had_before_is_newer_and_everybody_follows(start: Open) -> None:
    first, _ = start("a", OLD)
    second, _ = start("b", NEW)

    assert (name(first), name(second)) == ("Service desk", "Help desk")
    assert first.follow()
    assert name(first) == "Help desk"
    assert not first.follow()
    assert not second.follow()


def test_who_starts_with_an_older_file_says_so_and_takes_the_one_in_force(start: Open) -> None:
    start("a", OLD)
    start("b", NEW)

    with structlog.testing.capture_logs() as logs:
        late, _ = start("c", OLD)

    assert name(late) == "Help desk"
    (line,) = [one for one in logs if one["log_level"] == "warning"]
    assert "older than the one in force" in line["event"]
    assert line["in_force"] == late.handbook.revision


def test_a_reload_of_the_same_older_file_changes_nothing(start: Open) -> None:
    start("a", OLD)
    start("b", NEW)
    late, _ = start("c", OLD)

    assert not late.reload().is_changed
    assert name(late) == "Help desk"


def test_a_changed_file_that_is_reloaded_is_in_force_everywhere(start: Open) -> None:
    first, file = start("a", OLD)
    second, _ = start("b", OLD)
    file.write_text(NEWER, encoding="utf-8")

    assert first.reload().is_changed
    assert second.follow()

    assert name(first) == name(second) == "Desk"


def test_an_old_file_put_back_on_purpose_is_in_force_again(start: Open) -> None:
    first, file = start("a", OLD)
    file.write_text(NEW, encoding="utf-8")
    first.reload()
    second, _ = start("b", NEW)
    file.write_text(OLD, encoding="utf-8")

    assert first.reload().is_changed
    assert second.follow()

    assert name(first) == name(second) == "Service desk"


def test_a_comment_alone_is_no_new_revision(start: Open, revisions: SqlRevisions) -> None:
    book, file = start("a", OLD)
    before = revisions.in_force()
    file.write_text("# a comment\n" + OLD, encoding="utf-8")

    book.reload()

    assert revisions.in_force() == before == book.handbook.revision


def test_a_changed_comment_brings_an_older_file_back(start: Open) -> None:
    start("a", OLD)
    start("b", NEW)
    late, file = start("c", OLD)
    file.write_text("# on purpose\n" + OLD, encoding="utf-8")

    assert late.reload().is_changed
    assert name(late) == "Service desk"


def test_a_bad_file_is_never_adopted(start: Open, revisions: SqlRevisions) -> None:
    book, file = start("a", OLD)
    before = revisions.in_force()
    file.write_text(changed(("response: 1h", "response: soon")), encoding="utf-8")

    assert book.reload().problems
    assert revisions.in_force() == before


def test_a_revision_this_program_cannot_read_keeps_the_old_one(
    start: Open, revisions: SqlRevisions
) -> None:
    book, _ = start("a", OLD)
    revisions.offer("fromafuture0", "desk: {words: of a newer program}")

    with structlog.testing.capture_logs() as logs:
        assert not book.follow()
        assert not book.follow()

    assert name(book) == "Service desk"
    assert [one["log_level"] for one in logs] == ["error"]


def test_what_a_desk_file_says_is_sealed_where_it_is_kept(
    start: Open, either_records: SqlRecords
) -> None:
    start("a", "# token xoxb-canary\n" + OLD)

    with either_records.database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT source FROM revisions").scalar_one()
    assert b"canary" not in bytes(kept)
