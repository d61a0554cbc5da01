"""Opens transactions over all stores; nothing outside one reads or writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from storage.absences import SqlAbsences
from storage.archive import SqlArchive
from storage.articles import SqlArticles
from storage.audit import SqlAudit
from storage.cards import SqlCards
from storage.customer_keys import SqlCustomerKeys
from storage.customers import SqlCustomers
from storage.database import PEOPLE, Database
from storage.directory import SqlDirectory
from storage.disposals import SqlDisposals
from storage.drafts import SqlDrafts
from storage.evidence import SqlEvidence
from storage.exports import SqlExports
from storage.figure_rows import SqlFigureRows
from storage.improvements import SqlImprovements
from storage.insight import SqlInsight
from storage.meetings import SqlMeetings
from storage.notices import SqlNotices
from storage.orders import SqlOrders
from storage.periods import SqlPeriods
from storage.receipts import SqlReceipts
from storage.retrospectives import SqlRetrospectives
from storage.reveals import SqlReveals
from storage.saved_searches import SqlSavedSearches
from storage.sheets import SqlSheets
from storage.tickets import SqlTickets, SqlTicketsToChange
from storage.troubles import SqlTroubles
from storage.vault import Vault
from storage.watch import SqlWatch
from storage.words import Fold


@dataclass(frozen=True, slots=True)
class SqlUnit:
    """One transaction; satisfies tickets.ports.Unit."""

    tickets: SqlTickets
    customers: SqlCustomers
    customer_keys: SqlCustomerKeys
    notices: SqlNotices
    cards: SqlCards
    receipts: SqlReceipts
    directory: SqlDirectory
    absences: SqlAbsences
    drafts: SqlDrafts
    insight: SqlInsight
    figures: SqlFigureRows
    periods: SqlPeriods
    meetings: SqlMeetings
    archive: SqlArchive
    articles: SqlArticles
    disposals: SqlDisposals
    audit: SqlAudit
    watch: SqlWatch
    troubles: SqlTroubles
    reveals: SqlReveals
    exports: SqlExports
    sheets: SqlSheets
    evidence: SqlEvidence
    improvements: SqlImprovements
    orders: SqlOrders
    retrospectives: SqlRetrospectives
    saved_searches: SqlSavedSearches


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlRecords:
    """The records of one desk; satisfies tickets.ports.Records.

    `patience` is how long a writer waits before it is told to try again (database.PEOPLE or JOBS).
    """

    database: Database
    vault: Vault
    fold_text: Fold
    patience: timedelta = PEOPLE

    @contextmanager
    def write(self) -> Iterator[SqlUnit]:
        """Open a writing transaction: committed on leaving, undone on an exception. Raises Busy."""
        with self.database.writing(self.patience) as connection:
            unit = self._unit(connection, SqlTicketsToChange)
            yield unit
        if unit.customer_keys.any_destroyed:
            self.database.overwrite_removed()

    @contextmanager
    def read(self) -> Iterator[SqlUnit]:
        """Open a reading transaction; writing through it fails."""
        with self.database.reading() as connection:
            yield self._unit(connection, SqlTickets)

    def _unit(self, connection: Connection, tickets: type[SqlTickets]) -> SqlUnit:
        vault = self.vault.within(connection)
        return SqlUnit(
            tickets=tickets(connection, vault, self.fold_text),
            customers=SqlCustomers(connection, vault),
            customer_keys=vault.keys,
            notices=SqlNotices(connection),
            cards=SqlCards(connection),
            receipts=SqlReceipts(connection),
            directory=SqlDirectory(connection, self.fold_text),
            absences=SqlAbsences(connection),
            drafts=SqlDrafts(connection, vault),
            insight=SqlInsight(connection, vault),
            figures=SqlFigureRows(connection, vault),
            periods=SqlPeriods(connection),
            meetings=SqlMeetings(connection, vault),
            archive=SqlArchive(connection, vault, self.fold_text),
            articles=SqlArticles(connection, self.fold_text),
            disposals=SqlDisposals(connection, vault),
            audit=SqlAudit(connection, self.vault.signer),
            watch=SqlWatch(connection),
            troubles=SqlTroubles(connection),
            reveals=SqlReveals(connection),
            exports=SqlExports(connection, vault),
            sheets=SqlSheets(connection, vault, self.fold_text),
            evidence=SqlEvidence(connection, vault),
            improvements=SqlImprovements(connection, vault),
            orders=SqlOrders(connection, vault),
            retrospectives=SqlRetrospectives(connection, vault),
            saved_searches=SqlSavedSearches(connection, vault),
        )
