"""The buttons of scheduled posts: 核对无误，归档 N 条."""

from handlers.tapped import Tap, at_once
from handlers.views.meta import unpack
from tickets.desk.archive import Archiving, archive_listed
from tickets.errors import DeskError
from tickets.message import PersonId
from tickets.tongue import Tongue


@at_once
def archive(tap: Tap) -> None:
    """Archive what the day's list holds; says privately how many, and in the thread to all."""
    told = unpack(tap.value)
    job, period = told.get("job"), told.get("period")
    if not isinstance(job, str) or not isinstance(period, str):
        raise DeskError("error.old_button")
    done = archive_listed(tap.desk, job, period, by=tap.person, receipt=tap.receipt)
    tap.say(_said(done, tap.person, tap.tongue))


def _said(done: Archiving, person: PersonId, tongue: Tongue) -> str:
    if not done.archived:
        return tongue("digest.archived_none")
    said = tongue("digest.archived", by=f"@{tongue.name(person)}", count=done.archived)
    return f"{said} {tongue('digest.archive_again', count=done.left)}" if done.left else said
