"""How long other desks look for what is due: django-helpdesk and escalated-django, none due and some."""

import tempfile
from collections.abc import Iterator

from benchmarks import peers
from benchmarks.ground import Place
from benchmarks.measure import Series
from benchmarks.report import Figure, Report
from benchmarks.scale import Scale

PEERS = {"helpdesk": "django-helpdesk 2.6.1", "escalated": "escalated-django 0.7.8"}
DUE_OF = 100  # one open ticket in so many is due
TITLE = "scans: open tickets looked through for what is due, SQLite, by other desks"


def run(_stock: Place, scale: Scale) -> Report:
    """Have each peer scan a tenth of the tickets and all of them, its rounds within one process."""
    if not peers.are_installed():
        return Report(TITLE, (), tuple(f"{name} {peers.NOT_HERE}" for name in PEERS.values()))
    return Report(TITLE, [figure for peer in PEERS for figure in _of(peer, scale)])


def _of(peer: str, scale: Scale) -> Iterator[Figure]:
    for many in (scale.scanned // 10, scale.scanned):
        due = max(1, many // DUE_OF)
        with tempfile.TemporaryDirectory(prefix="deskbot-peer-") as folder:
            found = peers.run("django_desks.py", peer, folder, many, due, scale.rounds)
        name = f"{PEERS[peer]}: {many:,} open"
        yield Figure(f"{name}, none due", Series(tuple(found["none"])), "ms")
        yield Figure(f"{name}, {due:,} due", Series(tuple(found["due"])), "ms")
    if "add" in found:
        yield Figure(f"{PEERS[peer]}: add 16 hours", Series(tuple(found["add"])), "/s")
