"""The audit log's head, noted each day where the database's keeper cannot reach: a file, the log, webhooks (X27)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from storage.audit_heads import Head, append, head_of, newest, noted_in, stands
from storage.database import Database
from storage.signing import Signer
from tickets.case.outside import places_of
from tickets.desk.context import Desk
from tickets.handbook import OutsideEvent
from tickets.notices import Notice, NoticeKind, PlaceKind, Urgency, to_person
from tickets.ports import Clock

log = structlog.get_logger(__name__)


@dataclass(slots=True, kw_only=True)
class Heads:
    """Notes the head once a day, after looking whether the one before still stands; called at every beat."""

    desk: Desk
    database: Database
    signer: Signer
    real: Clock
    folder: Path | None  # None: the log and webhooks alone
    _noted_on: date | None = field(default=None, init=False)

    def __call__(self) -> None:
        """Note the head if today's is not noted yet; a chain that has not begun has none."""
        now = self.real.now()
        today = self._day_of(now)
        if self._noted_on == today:
            return
        before = newest(noted_in(self.folder, self.signer)) if self.folder else None
        if before and self._day_of(datetime.fromisoformat(before.at)) == today:
            self._noted_on = today
            return
        with self.database.reading() as connection:
            head = head_of(connection, at=now)
            is_whole = before is None or stands(connection, before)
        if head.seq == 0 and before is None:
            return
        if before and not is_whole:
            log.critical("audit log cut or rewritten", noted=before.seq, now=head.seq)
            self._alarm(before, head, now)
        self._note(head)
        self._noted_on = today

    def _note(self, head: Head) -> None:
        if self.folder:
            append(self.folder, head, self.signer)
        log.info("audit head noted", seq=head.seq, mac=head.mac, key=head.key_id)
        with self.desk.records.write() as unit:
            unit.notices.plan(list(self._to_webhooks(head)))
        self.desk.wake()

    def _to_webhooks(self, head: Head) -> Iterator[Notice]:
        day = self._day_of(datetime.fromisoformat(head.at))
        event = OutsideEvent.AUDIT_HEAD
        for place in places_of(event, self.desk.handbook(), department=None):
            if place.kind is PlaceKind.WEBHOOK:
                yield Notice(
                    key=f"outside:{event}:{day:%Y%m%d}:{place.kind}:{place.key}",
                    kind=NoticeKind.OUTSIDE,
                    place=place,
                    urgency=Urgency.PRIVATE,
                    due_at=self.desk.clock.now(),
                    params={
                        "event": event,
                        "at": head.at,
                        "seq": head.seq,
                        "mac": head.mac,
                        "key": head.key_id,
                    },
                )

    def _alarm(self, before: Head, head: Head, now: datetime) -> None:
        """Tell those who answer for the log; also the auditors, since an admin may be the cause."""
        people = self.desk.handbook().people
        notices = [
            Notice(
                key=f"{NoticeKind.OPERATOR}:audit:{now:%Y%m%d}:{person}",
                kind=NoticeKind.OPERATOR,
                place=to_person(person),
                urgency=Urgency.P1,
                due_at=self.desk.clock.now(),
                params={
                    "message": "operator.audit_rewritten",
                    "noted": before.seq,
                    "found": head.seq,
                    "at": before.at[:10],
                },
            )
            for person in sorted(people.admins | people.auditors | people.directors)
        ]
        with self.desk.records.write() as unit:
            unit.notices.plan(notices)

    def _day_of(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.desk.handbook().timezone)).date()
