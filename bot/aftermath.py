"""A restored desk finds its way back: what fell due is planned, what was said is looked for, admins are told."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.voice.lookback import mark_of, stamp
from bot.voice.outcomes import Trouble, error_code
from bot.voice.wire import Wire
from storage.backups.aftermath import SqlAftermath
from tickets.case.values import PersonId
from tickets.desk.context import Desk
from tickets.desk.rights import propose_again
from tickets.notices import Notice, NoticeKind, Plain, Urgency, to_person
from tickets.watch.tick import tick

log = structlog.get_logger(__name__)

NUMBER = re.compile(r"(?<!\d)20\d{6}\d{3,6}(?!\d)")
EARLIER = timedelta(hours=1)  # Slack's clock and ours need not agree
LISTED = 20  # numbers that are named


@dataclass(frozen=True, slots=True)
class Aftermath:
    """Done at every beat until the desk speaks again; on a desk that was not restored it asks one row."""

    store: SqlAftermath
    desk: Desk
    wire: Wire

    def __call__(self) -> None:
        """Plan everything that is due, then let the desk look for it in Slack before it speaks."""
        since = self.store.since()
        if since is None:
            return
        now = self.desk.clock.now()
        while tick(self.desk, now=now):
            pass
        try:
            lost = self._lost(since)
        except Trouble as trouble:
            log.warning("restored, and Slack cannot be read yet", error=error_code(trouble))
            return
        propose_again(self.desk)
        doubtful = self.store.begin(now=now)
        if doubtful is None:
            return
        log.warning("the desk was restored", backup=since.isoformat(), looked_for=doubtful)
        self._tell(since, lost, now)
        self.desk.wake()

    def _lost(self, since: datetime) -> list[str]:
        """List the tickets whose cards stand in the channels and that the backup does not hold."""
        said = {number for channel in self._channels() for number in self._numbers(channel, since)}
        return self.store.unknown(said)

    def _channels(self) -> list[str]:
        wanted = {one.channel for one in self.desk.handbook().departments.values()}
        with self.desk.records.read() as unit:
            found = (unit.directory.channel(reference) for reference in sorted(wanted))
            return [one.id for one in found if one and one.has_bot]

    def _numbers(self, channel_id: str, since: datetime) -> Iterator[str]:
        for message in self.wire.read(channel_id, None, oldest=stamp(since - EARLIER)):
            if mark_of(message) and self.wire.is_ours(message):
                yield from NUMBER.findall(str(message.get("text") or ""))

    def _tell(self, since: datetime, lost: list[str], now: datetime) -> None:
        what: dict[str, Plain] = {"message": "operator.restored", "since": since.isoformat()}
        if lost:
            shown = ", ".join(lost[:LISTED]) + (" …" if len(lost) > LISTED else "")
            what |= {
                "message": "operator.restored_lost",
                "count": len(lost),
                "numbers": shown,
            }
        with self.desk.records.write() as unit:
            unit.notices.plan(list(_to_admins(self.desk.handbook().people.admins, what, now)))


def _to_admins(
    admins: Iterable[PersonId], what: dict[str, Plain], now: datetime
) -> Iterator[Notice]:
    for admin in sorted(admins):
        yield Notice(
            key=f"{NoticeKind.OPERATOR}:restored:{what['since']}:{now.isoformat()}:{admin}",
            kind=NoticeKind.OPERATOR,
            place=to_person(admin),
            urgency=Urgency.PRIVATE,
            due_at=now,
            params=what,
        )
