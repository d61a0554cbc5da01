"""What the rules need from outside: records, clock, phones, directory; the edges satisfy these."""

from tickets.ports.archive import Archive, Disposal, SealedPart
from tickets.ports.articles import Articles
from tickets.ports.auditing import Audit, AuditPage, AuditQuery, AuditRow
from tickets.ports.cases import CustomerKeys, Customers, Tickets
from tickets.ports.disposals import Disposals
from tickets.ports.evidence import Evidence
from tickets.ports.improving import Improvements
from tickets.ports.kept import AuditEntry, Card, Channel, Draft, Member, Posting, Receipt
from tickets.ports.meetings import Meetings
from tickets.ports.outside import Alarm, Clock, NewId, Phones
from tickets.ports.periods import Figures, Periods, Settled
from tickets.ports.retrospectives import Retrospectives
from tickets.ports.revisions import Adopted, Revisions
from tickets.ports.searching import SavedSearches
from tickets.ports.sending import Cards, Notices, Receipts, Troubles
from tickets.ports.staff import Absences, Directory, Drafts
from tickets.ports.unit import Records, Unit
from tickets.ports.watching import Due, Mark, Step, Watching

__all__ = [
    "Absences",
    "Adopted",
    "Alarm",
    "Archive",
    "Articles",
    "Audit",
    "AuditEntry",
    "AuditPage",
    "AuditQuery",
    "AuditRow",
    "Card",
    "Cards",
    "Channel",
    "Clock",
    "CustomerKeys",
    "Customers",
    "Directory",
    "Disposal",
    "Disposals",
    "Draft",
    "Drafts",
    "Due",
    "Evidence",
    "Figures",
    "Improvements",
    "Mark",
    "Meetings",
    "Member",
    "NewId",
    "Notices",
    "Periods",
    "Phones",
    "Posting",
    "Receipt",
    "Receipts",
    "Records",
    "Retrospectives",
    "Revisions",
    "SavedSearches",
    "SealedPart",
    "Settled",
    "Step",
    "Tickets",
    "Troubles",
    "Unit",
    "Watching",
]
