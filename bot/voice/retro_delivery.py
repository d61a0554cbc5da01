"""What retrospectives need besides posts: papers uploaded, what stands in channels brought up to date."""

from dataclasses import dataclass

from bot.papers.fishbone import fishbone
from bot.papers.fonts import chinese_family, has_papers
from bot.papers.retrospective import pack, report
from bot.voice.attachments import File, find_file, upload
from bot.voice.parents import parent_of, standing
from bot.voice.places import Destination
from bot.voice.render_retro import drawn, sheet_of
from bot.voice.scene import SceneReader
from bot.voice.wire import Wire
from handlers.views.modal import Sheet
from handlers.views.retro_sheet import RetroSheet
from tickets.delivery import Absent, Claim, Finding, Never, NotNow, Outcome, Pointless
from tickets.desk.change import present_actor
from tickets.desk.context import Desk
from tickets.desk.look import view_of
from tickets.desk.retro_facts import read_up, voices
from tickets.desk.why import Explained, explained
from tickets.errors import NotFound
from tickets.message import PersonId
from tickets.notices import Notice, NoticeKind, PlaceKind, Urgency
from tickets.people import roles
from tickets.people.roles import Action
from tickets.ports import Posting, Unit
from tickets.retrospectives.posts import Page, PaperKind

OF_RETROSPECTIVES = frozenset({NoticeKind.RETROSPECTIVE_PAPER, NoticeKind.RETROSPECTIVE_REDRAWN})
"""What is not posted as a message of its own."""

Spot = tuple[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetroDelivery:
    """Uploads papers and draws messages anew; no transaction is open while talking to Slack."""

    desk: Desk
    wire: Wire
    scenes: SceneReader

    def deliver(self, claim: Claim) -> Outcome:
        """Upload a paper once, or draw a message anew."""
        if claim.notice.kind is NoticeKind.RETROSPECTIVE_REDRAWN:
            return self._redraw(claim.notice)
        spot = self._spot(claim.notice)
        if not isinstance(spot, tuple):
            return spot
        file = self._file(claim.notice)
        if isinstance(file, Pointless):
            return file
        channel_id, thread_ts = spot
        return upload(self.wire, file, claim, channel_id=channel_id, thread_ts=thread_ts)

    def find(self, claim: Claim) -> Finding:
        """Look for a paper where it belongs; what was only drawn anew may be drawn again."""
        if claim.notice.kind is NoticeKind.RETROSPECTIVE_REDRAWN:
            return Absent()
        spot = self._spot(claim.notice)
        if isinstance(spot, tuple):
            return find_file(self.wire, claim.notice.key, spot, since=claim.first_sent_at)
        return Absent() if isinstance(spot, Pointless) else spot

    def _spot(self, notice: Notice) -> Spot | NotNow | Never | Pointless:
        if notice.place.kind is PlaceKind.PERSON:
            channel_id = self.wire.direct(notice.place.key)
            return (channel_id, None) if isinstance(channel_id, str) else channel_id
        with self.desk.records.read() as unit:
            parent = parent_of(unit, notice)
        return (parent.channel_id, parent.message_ts) if isinstance(parent, Posting) else parent

    def _redraw(self, notice: Notice) -> Outcome:
        with self.desk.records.read() as unit:
            stands = standing(unit, str(notice.params["message"]))
            if not isinstance(stands, Posting):
                return stands
            whose = notice.params.get("person")
            person = PersonId(str(whose)) if whose else None
            there = Destination(channel_id=stands.channel_id, person=person)
            scene = self.scenes.of(unit, notice, there, link=None)
            screen = drawn(scene, Page(str(notice.params["target"])))
        if isinstance(screen, Pointless):
            return screen
        outcome = self.wire.update(
            stands.channel_id, stands.message_ts, screen, urgency=Urgency.CARD
        )
        # Somebody took the message away: there is nothing left to bring up to date.
        return Pointless(outcome.why) if isinstance(outcome, Never) else outcome

    def _file(self, notice: Notice) -> File | Pointless:
        kind = PaperKind(str(notice.params["paper"]))
        with self.desk.records.read() as unit:
            reader = self.scenes.reader(unit, self._destination(notice))
            try:
                sheet = sheet_of(unit, str(notice.params["retro"]), reader)
            except NotFound:
                return Pointless("there is no such retrospective")
            if sheet.is_hidden and notice.place.kind is not PlaceKind.PERSON:
                return Pointless("the case became restricted: it is not for a channel")
            if kind is PaperKind.FISHBONE:
                return self._fishbone(unit, notice, sheet)
            is_pack = kind is PaperKind.PACK
            text = self._pack(unit, sheet) if is_pack else report(sheet)
            title = sheet.tongue(f"retro.{kind}_title", name=sheet.name)
        return _as_file(notice, f"retrospective-{kind}", ".md", title, text.encode())

    def _destination(self, notice: Notice) -> Destination:
        """A file for one person is in their words, others in the desk's."""
        if notice.place.kind is PlaceKind.PERSON:
            return Destination(person=PersonId(notice.place.key))
        return Destination()

    def _fishbone(self, unit: Unit, notice: Notice, sheet: RetroSheet) -> File | Pointless:
        """Where no font has Chinese characters the labels are English: boxes tell nobody anything."""
        causes = sheet.view.retro.record.causes
        if not has_papers():
            return Pointless("the extra `reports` is not installed")
        if not causes:
            return Pointless("no cause is written down any more")
        english = self.scenes.readers.english(unit.directory)
        tongue = sheet.tongue if chinese_family() else english
        content = fishbone(causes, sheet.name, tongue)
        title = sheet.tongue("retro.fishbone_title", name=sheet.name)
        return _as_file(notice, "fishbone", ".png", title, content)

    def _pack(self, unit: Unit, sheet: RetroSheet) -> str:
        retro, now = sheet.view.retro, self.desk.clock.now()
        reading = read_up(unit, retro, now)
        said = voices(self.desk, unit, retro, reading)
        by = retro.chair or PersonId("")
        return pack(sheet, reading, said, self._case(unit, sheet, by), taken_by=by)

    def _case(self, unit: Unit, sheet: RetroSheet, by: PersonId) -> tuple[Sheet, Explained] | None:
        """Put the case's record in, masked, where who chairs may take a dossier of it (X18)."""
        ticket = sheet.view.ticket
        if ticket is None:
            return None
        who = present_actor(unit, by, self.desk.handbook())
        if not roles.may(who, Action.MAKE_DOSSIER, ticket):
            return None
        case = view_of(self.desk, unit, ticket.number, who)
        shown = Sheet(
            case=case,
            handbook=sheet.handbook,
            tongue=sheet.tongue,
            now=self.desk.clock.now(),
        )
        return shown, explained(self.desk, case)


def _as_file(notice: Notice, stem: str, suffix: str, title: str, content: bytes) -> File:
    return File(key=notice.key, stem=stem, suffix=suffix, title=title, alt=title, content=content)
