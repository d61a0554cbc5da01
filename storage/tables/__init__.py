"""Every table of the records but the word index (search.py); migrations make them, a test compares the two."""

from storage.tables.canaries import canaries
from storage.tables.cases import collaborators, customers, deadlines, serials, tickets
from storage.tables.log import audit, events
from storage.tables.naming import metadata
from storage.tables.sending import cards, is_ready, is_unfinished, notices, receipts
from storage.tables.staff import absences, channel_members, channels, drafts, members, turns

__all__ = [
    "absences",
    "audit",
    "canaries",
    "cards",
    "channel_members",
    "channels",
    "collaborators",
    "customers",
    "deadlines",
    "drafts",
    "events",
    "is_ready",
    "is_unfinished",
    "members",
    "metadata",
    "notices",
    "receipts",
    "serials",
    "tickets",
    "turns",
]
