"""One transaction over all records, and who opens it."""

from contextlib import AbstractContextManager
from typing import Protocol

from tickets.ports.archive import Archive
from tickets.ports.articles import Articles
from tickets.ports.auditing import Audit
from tickets.ports.cases import CustomerKeys, Customers, Tickets
from tickets.ports.disposals import Disposals
from tickets.ports.evidence import Evidence
from tickets.ports.figures import FigureRows
from tickets.ports.improving import Improvements
from tickets.ports.insight import Insight
from tickets.ports.meetings import Meetings
from tickets.ports.periods import Periods
from tickets.ports.retrospectives import Retrospectives
from tickets.ports.reveals import Reveals
from tickets.ports.sending import Cards, Notices, Receipts, Troubles
from tickets.ports.sheets import Sheets
from tickets.ports.staff import Absences, Directory, Drafts
from tickets.ports.watching import Watching


class Unit(Protocol):
    """One transaction over all records."""

    @property
    def tickets(self) -> Tickets: ...
    @property
    def customers(self) -> Customers: ...
    @property
    def customer_keys(self) -> CustomerKeys: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def cards(self) -> Cards: ...
    @property
    def receipts(self) -> Receipts: ...
    @property
    def directory(self) -> Directory: ...
    @property
    def absences(self) -> Absences: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def meetings(self) -> Meetings: ...
    @property
    def insight(self) -> Insight: ...
    @property
    def figures(self) -> FigureRows: ...
    @property
    def periods(self) -> Periods: ...
    @property
    def archive(self) -> Archive: ...
    @property
    def articles(self) -> Articles: ...
    @property
    def disposals(self) -> Disposals: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def watch(self) -> Watching: ...
    @property
    def troubles(self) -> Troubles: ...
    @property
    def reveals(self) -> Reveals: ...
    @property
    def sheets(self) -> Sheets: ...
    @property
    def evidence(self) -> Evidence: ...
    @property
    def improvements(self) -> Improvements: ...
    @property
    def retrospectives(self) -> Retrospectives: ...


class Records(Protocol):
    """Opens transactions; nothing outside a transaction reads or writes."""

    def write(self) -> AbstractContextManager[Unit]:
        """Open a writing transaction: committed on leaving, undone on an exception. Raises Busy."""
        ...

    def read(self) -> AbstractContextManager[Unit]:
        """Open a reading transaction; writing through it fails."""
        ...
