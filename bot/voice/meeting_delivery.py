"""What a meeting needs besides posts: its papers uploaded, its messages brought up to date."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.papers.fonts import chinese_family, has_papers
from bot.papers.meeting import full_list, trend_picture
from bot.readers import Readers
from bot.voice.attachments import File, find_file, upload
from bot.voice.parents import parent_of
from bot.voice.places import Destination
from bot.voice.render_meeting import draw_department, draw_head, draw_rows
from bot.voice.scene import SceneReader
from bot.voice.wire import Wire
from handlers.views import meeting_words
from handlers.views.notices import Reader
from handlers.views.screen import Screen
from tickets.delivery import Absent, Claim, Finding, Never, Outcome, Pointless
from tickets.desk.context import Desk
from tickets.desk.meeting_look import trend
from tickets.meetings.meeting import Meeting
from tickets.notices import Notice, NoticeKind, Urgency
from tickets.ports import Posting, Unit

PAPERS = frozenset({NoticeKind.MEETING_CHART, NoticeKind.MEETING_SHEET})
BY_ITSELF = PAPERS | {NoticeKind.MEETING_REDRAWN}
"""What is not posted as a message of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDelivery:
    """Delivers a meeting's papers and redrawings; no transaction is open while talking to Slack."""

    desk: Desk
    wire: Wire
    scenes: SceneReader

    def deliver(self, claim: Claim) -> Outcome:
        """Upload a paper once, or draw a message anew."""
        with self.desk.records.read() as unit:
            parent = parent_of(unit, claim.notice)
        if not isinstance(parent, Posting):
            return parent
        if claim.notice.kind is NoticeKind.MEETING_REDRAWN:
            return self._redraw(claim.notice, parent)
        if not has_papers():
            return Pointless("the extra `reports` is not installed")
        file = self._file(claim.notice)
        return upload(
            self.wire, file, claim, channel_id=parent.channel_id, thread_ts=parent.message_ts
        )

    def find(self, claim: Claim) -> Finding:
        """Look for a paper in its thread; what was only drawn anew may be drawn again."""
        if claim.notice.kind not in PAPERS:
            return Absent()
        with self.desk.records.read() as unit:
            parent = unit.notices.posted(claim.notice.place.key)
        if parent is None:
            return Absent()
        spot = (parent.channel_id, parent.message_ts)
        return find_file(self.wire, claim.notice.key, spot, since=claim.first_sent_at)

    def _redraw(self, notice: Notice, parent: Posting) -> Outcome:
        with self.desk.records.read() as unit:
            reader = self.scenes.reader(unit, Destination(channel_id=parent.channel_id))
            screen = _drawn(unit, notice, reader)
        outcome = self.wire.update(
            parent.channel_id, parent.message_ts, screen, urgency=Urgency.CARD
        )
        # Somebody took the message away: there is nothing left to bring up to date.
        return Pointless(outcome.why) if isinstance(outcome, Never) else outcome

    def _file(self, notice: Notice) -> File:
        with self.desk.records.read() as unit:
            meeting = _meeting(unit, notice)
            reader = self.scenes.reader(unit, Destination())
            if notice.kind is NoticeKind.MEETING_CHART:
                return self._chart(unit, notice, meeting, reader)
            return _sheet(unit, notice, meeting, reader)

    def _chart(self, unit: Unit, notice: Notice, meeting: Meeting, reader: Reader) -> File:
        """Where no font has Chinese characters the labels are English: boxes tell nobody anything."""
        readers: Readers = self.scenes.readers
        tongue = reader.tongue if chinese_family() else readers.english(unit.directory)
        held = trend(unit, meeting.due_at)
        return File(
            key=notice.key,
            stem=f"overdue-{meeting.key}",
            suffix=".png",
            title=reader.tongue("meeting.chart_title"),
            alt=reader.tongue("meeting.chart_alt", overdue=meeting.figures.overdue),
            content=trend_picture(held, handbook=reader.handbook, tongue=tongue),
        )


def _sheet(unit: Unit, notice: Notice, meeting: Meeting, reader: Reader) -> File:
    title = meeting_words.title(meeting, reader.tongue)
    with TemporaryDirectory(prefix="desk-") as folder:
        path = Path(folder) / "list.xlsx"
        count = full_list(path, unit, meeting, handbook=reader.handbook, tongue=reader.tongue)
        content = path.read_bytes()
    return File(
        key=notice.key,
        stem=f"meeting-{meeting.key}",
        suffix=".xlsx",
        title=reader.tongue("meeting.sheet_title", title=title),
        alt=reader.tongue("meeting.sheet_alt", count=count),
        content=content,
    )


def _meeting(unit: Unit, notice: Notice) -> Meeting:
    found = unit.meetings.find(str(notice.params["meeting"]))
    if found is None:
        raise ValueError(f"a {notice.kind} notice without its meeting")
    return found


def _drawn(unit: Unit, notice: Notice, reader: Reader) -> Screen:
    meeting, params = _meeting(unit, notice), notice.params
    department = str(params.get("department") or "")
    match params["what"]:
        case "rows":
            return draw_rows(unit, meeting, department, int(str(params["part"])), reader)
        case "department":
            return draw_department(meeting, department, reader)
        case _:
            return draw_head(unit, meeting, reader)
