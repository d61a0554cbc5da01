"""The buttons of scheduled posts: 核对无误，归档 N 条."""

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.answers import whisper_text
from handlers.lazy import later
from handlers.payloads import Json, value_of
from handlers.views.meta import unpack
from tickets.desk.archive import Archiving, archive_listed
from tickets.desk.context import Desk
from tickets.errors import DeskError
from tickets.message import PersonId
from tickets.tongue import Tongue


def archive(
    ack: Ack,
    action: Json,
    desk: Desk,
    person: PersonId,
    tongue: Tongue,
    receipt: str,
    request: BoltRequest,
) -> BoltResponse:
    """Archive what the day's list holds; says privately how many, and in the thread to all."""
    told = unpack(value_of(action))
    job, period = told.get("job"), told.get("period")
    if not isinstance(job, str) or not isinstance(period, str):
        raise DeskError("error.old_button")
    done = archive_listed(desk, job, period, by=person, receipt=receipt)
    later(request, lambda: whisper_text(request, _said(done, person, tongue)))
    return ack()


def _said(done: Archiving, person: PersonId, tongue: Tongue) -> str:
    if not done.archived:
        return tongue("digest.archived_none")
    said = tongue("digest.archived", by=f"@{tongue.name(person)}", count=done.archived)
    return f"{said} {tongue('digest.archive_again', count=done.left)}" if done.left else said
