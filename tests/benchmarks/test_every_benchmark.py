"""Every benchmark runs from end to end at a tiny size and says what it found; no time is judged."""

from collections.abc import Iterator

import pytest

from benchmarks.__main__ import BENCHMARKS
from benchmarks.ground import Place, new_place
from benchmarks.scale import TINY
from benchmarks.stock import fill
from tests.own_journal import own_journal

LINES = {
    "memory": ("idle bot, resident", "deskbot --help"),
    "calendar": ("the desk's calendar: add", "businesstimedelta 1.0.1: between"),
    "masking": ("digits apart", "3,000 characters of prose", "X39"),
    "scans": ("django-helpdesk 2.6.1", "escalated-django 0.7.8"),
    "due": ("find due, all stored", "tick, nothing due", "due at once, handled"),
    "articles": ("articles 退款, narrowed", "offered for a case", "logging, not indexed", "1.3"),
    "lists": ("mine, engineer", "search 退款, supervisor", "one long ticket", "ix_tickets_open"),
    "meeting": ("plan and commit", "whole digest", "xlsx of all rows, peak memory"),
    "figures": ("the slowest figure of a month", "monthly report", "a write beside figures"),
    "import": ("new rows", "the same rows again", "CPU ms a row"),
    "redelivery": ("event delivered again", "form sent again", "written by all of them: 0"),
    "burst": ("HTTP, desk, slowest", "socket, desk, later than 3 s"),
    "latency": ("HTTP new ticket 1, desk p99", "socket accept 8, bare p99", "bare + 10"),
    "creation": ("use case, 1 writer", "raw sqlite3", "lock errors of 8 writers: 0", "statements"),
}


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A desk with a few hundred stored tickets, shared as in `make bench`."""
    place = new_place(tmp_path_factory.mktemp("bench") / "stock")
    fill(place, TINY.tickets)
    yield place
    place.remove()


@pytest.mark.parametrize("name", BENCHMARKS)
def test_it_runs_and_prints_its_lines(stock: Place, name: str) -> None:
    with own_journal():
        printed = str(BENCHMARKS[name](stock, TINY))

    missing = [line for line in LINES[name] if line not in printed]
    assert not missing, printed
