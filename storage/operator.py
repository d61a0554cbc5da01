"""The operator's commands on the audit log: whoever sits at the command line acts as the desk's system user (X38)."""

from datetime import datetime

from storage.audit import SqlAudit
from storage.database import JOBS, Database
from storage.signing import Signer
from storage.trouble import RecordsUnusable
from tickets.case.log import OPERATOR
from tickets.errors import Busy
from tickets.notices import Plain
from tickets.ports import AuditEntry


def note_operator(
    database: Database, signer: Signer, action: str, *, at: datetime, **detail: Plain
) -> None:
    """Put a command that read or changed records on the audit log, in a transaction of its own.

    Raises RecordsUnusable where others keep the records too long: nothing is shown without a trace.
    """
    entry = AuditEntry(
        at=at, by=OPERATOR, action=action, number=None, outcome="done", detail=detail
    )
    try:
        with database.writing(JOBS) as connection:
            SqlAudit(connection, signer).write(entry)
    except Busy as trouble:
        msg = "the database was busy for too long, so this could not be noted: run it again"
        raise RecordsUnusable(msg) from trouble
