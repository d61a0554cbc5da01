"""Every table of the records but the word index (search.py); migrations make them, a test compares the two."""

from storage.tables.archive import addenda_found, archived_days, archived_tickets, disposals
from storage.tables.articles import article_uses, article_versions, articles, product_tasks
from storage.tables.canaries import canaries
from storage.tables.cases import (
    CUSTOMERS,
    collaborators,
    complained_about,
    customers,
    deadlines,
    serials,
    tickets,
)
from storage.tables.customer_keys import customer_keys
from storage.tables.evidence import evidence_copies
from storage.tables.figures import errand_figures, round_figures
from storage.tables.improvements import improvements, monthly_meetings
from storage.tables.log import audit, audit_seals, audit_waiting, events
from storage.tables.marks import marks
from storage.tables.meetings import blocked, blockers, decisions, meeting_rows, meetings
from storage.tables.naming import metadata
from storage.tables.orders import orders, peppers
from storage.tables.periods import is_ending, is_running, periods
from storage.tables.retrospectives import pursuits, retrospectives
from storage.tables.revisions import revisions
from storage.tables.rights import disposal_requests
from storage.tables.saved_searches import saved_searches
from storage.tables.sending import cards, is_ready, is_unfinished, notices, receipts, troubles
from storage.tables.sheets import export_requests, imported_rows
from storage.tables.staff import (
    absences,
    channel_members,
    channels,
    drafts,
    members,
    planned_absences,
    turns,
)

__all__ = [
    "CUSTOMERS",
    "absences",
    "addenda_found",
    "archived_days",
    "archived_tickets",
    "article_uses",
    "article_versions",
    "articles",
    "audit",
    "audit_seals",
    "audit_waiting",
    "blocked",
    "blockers",
    "canaries",
    "cards",
    "channel_members",
    "channels",
    "collaborators",
    "complained_about",
    "customer_keys",
    "customers",
    "deadlines",
    "decisions",
    "disposal_requests",
    "disposals",
    "drafts",
    "errand_figures",
    "events",
    "evidence_copies",
    "export_requests",
    "imported_rows",
    "improvements",
    "is_ending",
    "is_ready",
    "is_running",
    "is_unfinished",
    "marks",
    "meeting_rows",
    "meetings",
    "members",
    "metadata",
    "monthly_meetings",
    "notices",
    "orders",
    "peppers",
    "periods",
    "planned_absences",
    "product_tasks",
    "pursuits",
    "receipts",
    "retrospectives",
    "revisions",
    "round_figures",
    "saved_searches",
    "serials",
    "tickets",
    "troubles",
    "turns",
]
