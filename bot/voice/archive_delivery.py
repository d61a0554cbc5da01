"""What the archive needs besides posts: its list drawn anew, dossiers and copies of evidence handed over as private files."""

from dataclasses import dataclass
from datetime import timedelta

from bot.papers.dossier import dossier
from bot.voice.attachments import File, find_file, upload
from bot.voice.places import Destination
from bot.voice.render_digest import drawn
from bot.voice.scene import SceneReader
from bot.voice.wire import Wire
from handlers.views.modal import Sheet
from tickets.case.copies import copied
from tickets.case.fold import fold
from tickets.case.sniffing import suffix_of
from tickets.case.values import Number
from tickets.delivery import Absent, Claim, Finding, Never, NotNow, Outcome, Pointless
from tickets.desk.change import present_actor
from tickets.desk.context import Desk
from tickets.desk.look import view_of
from tickets.desk.why import explained
from tickets.insight.frozen import freeze
from tickets.message import PersonId
from tickets.notices import Notice, NoticeKind, NoticeState, Urgency
from tickets.people import roles
from tickets.people.roles import Action
from tickets.watch.archive_check import JOB, REMINDED
from tickets.watch.archive_redraw import now_of

OF_THE_ARCHIVE = frozenset({NoticeKind.DIGEST_REDRAWN, NoticeKind.DOSSIER, NoticeKind.EVIDENCE})
"""What is not posted as a message of its own."""

ARCHIVE_JOBS = frozenset({JOB, REMINDED})
HEAD_SOON = timedelta(seconds=2)
_COMING = frozenset({NoticeState.READY, NoticeState.SENDING, NoticeState.UNCLEAR})


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveDelivery:
    """Draws the day's list anew, and uploads files for one person; no transaction is open while talking to Slack."""

    desk: Desk
    wire: Wire
    scenes: SceneReader

    def deliver(self, claim: Claim) -> Outcome:
        """Draw a message anew, or upload a file once."""
        if claim.notice.kind is NoticeKind.DIGEST_REDRAWN:
            return self._redraw(claim.notice)
        return self._hand_over(claim)

    def find(self, claim: Claim) -> Finding:
        """Look for a file in the conversation; what was only drawn anew may be drawn again."""
        if claim.notice.kind is NoticeKind.DIGEST_REDRAWN:
            return Absent()
        channel_id = self.wire.direct(claim.notice.place.key)
        if not isinstance(channel_id, str):
            return channel_id
        spot = (channel_id, None)
        return find_file(self.wire, claim.notice.key, spot, since=claim.first_sent_at)

    def _redraw(self, notice: Notice) -> Outcome:
        target = notice.place.key
        with self.desk.records.read() as unit:
            posting = unit.notices.posted(target)
            if posting is None and unit.notices.state(target) in _COMING:
                return NotNow(HEAD_SOON, "what it belongs to is not posted yet")
            job, period = str(notice.params["job"]), str(notice.params["period"])
            settled = unit.periods.find(job, period)
            if posting is None or settled is None:
                return Pointless("what it belongs to was not posted")
            reader = self.scenes.reader(unit, Destination(channel_id=posting.channel_id))
            figures = settled.figures
            if job in ARCHIVE_JOBS:
                figures = freeze(now_of(self.desk, unit, settled))
            due_at = settled.period.due_at
            screen = drawn(notice, figures, due_at=due_at, reader=reader, unit=unit)
        if isinstance(screen, Pointless):
            return screen
        outcome = self.wire.update(
            posting.channel_id, posting.message_ts, screen, urgency=Urgency.CARD
        )
        # Somebody took the message away: there is nothing left to bring up to date.
        return Pointless(outcome.why) if isinstance(outcome, Never) else outcome

    def _hand_over(self, claim: Claim) -> Outcome:
        is_dossier = claim.notice.kind is NoticeKind.DOSSIER
        file = self._dossier(claim.notice) if is_dossier else self._evidence(claim.notice)
        if isinstance(file, Pointless):
            return file
        channel_id = self.wire.direct(claim.notice.place.key)
        if not isinstance(channel_id, str):
            return channel_id
        return upload(self.wire, file, claim, channel_id=channel_id, thread_ts=None)

    def _dossier(self, notice: Notice) -> File | Pointless:
        """Write the file in the words of whoever asked, if they still may have it (X07)."""
        person, number = PersonId(notice.place.key), Number(str(notice.params["number"]))
        handbook = self.desk.handbook()
        with self.desk.records.read() as unit:
            ticket = fold(unit.tickets.events(number))
            who = present_actor(unit, person, handbook)
            if not roles.may(who, Action.MAKE_DOSSIER, ticket):
                return Pointless("who asked for it may not have it any more")
            tongue = self.scenes.reader(unit, Destination(person=person)).tongue
            case = view_of(self.desk, unit, number, who)
            sheet = Sheet(case=case, handbook=handbook, tongue=tongue, now=self.desk.clock.now())
            content = dossier(
                sheet, explained(self.desk, case), taken_by=person, copies=unit.evidence.of(number)
            )
            title = tongue("dossier.title", number=number)
        return File(
            key=notice.key,
            stem=f"dossier-{number}",
            suffix=".md",
            title=title,
            alt=title,
            content=content.encode(),
        )

    def _evidence(self, notice: Notice) -> File | Pointless:
        """Open a copy for whoever asked, if they still may see whose it is (X07)."""
        person, number = PersonId(notice.place.key), Number(str(notice.params["number"]))
        with self.desk.records.read() as unit:
            ticket = fold(unit.tickets.events(number))
            who = present_actor(unit, person, self.desk.handbook())
            if not roles.may(who, Action.REVEAL, ticket):
                return Pointless("who asked for it may not see it any more")
            content = unit.evidence.content(number, str(notice.params["file"]))
            places = {one.file_id: place for place, one in enumerate(copied(ticket), 1)}
            place = places.get(str(notice.params["file"]), 0)
            if content is None:
                return Pointless("there is no copy of it")
            tongue = self.scenes.reader(unit, Destination(person=person)).tongue
        title = tongue("copies.title", number=number, place=place)
        return File(
            key=notice.key,
            stem=f"evidence-{number}-{place}",
            suffix=suffix_of(content),
            title=title,
            alt=title,
            content=content,
        )
