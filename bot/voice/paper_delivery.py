"""Papers besides the weekly meeting's: of the daily and monthly figures in their thread, of a list privately."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from bot.papers.comparison import comparison_book
from bot.papers.digest import DAYS, Days, days_book, days_picture, month_book, month_picture
from bot.papers.export import CSV, Stamp, write_table
from bot.papers.export_rows import Rows
from bot.papers.fonts import chinese_family, has_papers, has_sheets
from bot.papers.improvements import improvements_sheet
from bot.voice.attachments import File, find_file, upload
from bot.voice.lookback import Spot
from bot.voice.parents import parent_of
from bot.voice.places import Destination
from bot.voice.scene import SceneReader
from bot.voice.wire import Wire
from handlers.views.exports import file_name, file_title
from handlers.views.notices import Reader
from handlers.views.periods import named
from handlers.views.stats_compare import title_of
from tickets.delivery import Absent, Claim, Finding, Never, NotNow, Outcome, Pointless
from tickets.desk.change import present_actor
from tickets.desk.comparing import comparison_in
from tickets.desk.context import Desk
from tickets.desk.figures import counted_sight
from tickets.desk.improve_shown import shown_to
from tickets.insight.daily import DayFigures
from tickets.insight.figures import By
from tickets.insight.frozen import thaw
from tickets.insight.monthly import MonthFigures
from tickets.insight.spans import span_of
from tickets.message import PersonId
from tickets.notices import Notice, NoticeKind, PlaceKind
from tickets.people import roles
from tickets.people.roles import Action
from tickets.ports import Posting, Unit
from tickets.ports.periods import Settled
from tickets.tongue import Tongue

MONTHLY = "monthly_report"
Maker = Callable[["PaperDelivery", Unit, Notice], File | Pointless]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDelivery:
    """Makes papers and uploads each once; no transaction is open while talking to Slack."""

    desk: Desk
    wire: Wire
    scenes: SceneReader

    def deliver(self, claim: Claim) -> Outcome:
        """Upload a paper; without the extra `reports` the posts stand alone, and a table comes as CSV."""
        spot = self._spot(claim.notice)
        if not isinstance(spot, tuple):
            return spot
        if claim.notice.kind is not NoticeKind.EXPORT and not has_papers():
            return Pointless("the extra `reports` is not installed")
        with self.desk.records.read() as unit:
            file = PAPERS[claim.notice.kind](self, unit, claim.notice)
        if isinstance(file, Pointless):
            return file
        return upload(self.wire, file, claim, channel_id=spot[0], thread_ts=spot[1])

    def find(self, claim: Claim) -> Finding:
        """Look for a paper where it belongs."""
        spot = self._spot(claim.notice)
        if isinstance(spot, Pointless):
            return Absent()
        if not isinstance(spot, tuple):
            return spot
        return find_file(self.wire, claim.notice.key, spot, since=claim.first_sent_at)

    def _spot(self, notice: Notice) -> Spot | NotNow | Never | Pointless:
        if notice.place.kind is PlaceKind.PERSON:
            channel_id = self.wire.direct(notice.place.key)
            return (channel_id, None) if isinstance(channel_id, str) else channel_id
        with self.desk.records.read() as unit:
            parent = parent_of(unit, notice)
        return (parent.channel_id, parent.message_ts) if isinstance(parent, Posting) else parent

    def chart(self, unit: Unit, notice: Notice) -> File | Pointless:
        """Draw a digest's picture; where no font has Chinese characters its labels are English."""
        settled = _settled(unit, notice)
        reader = self._reader(unit)
        if settled is None:
            return Pointless("its period is not on record")
        tongue = reader.tongue if chinese_family() else self.scenes.readers.english(unit.directory)
        key = settled.period.key
        if settled.period.job == MONTHLY:
            month = thaw(MonthFigures, settled.figures)
            drawn = month_picture(key, month, handbook=reader.handbook, tongue=tongue)
            alt = reader.tongue("digest.chart_month", period=named(key, reader.tongue))
        else:
            drawn = days_picture(_days(unit, settled), tongue=tongue)
            alt = reader.tongue("digest.chart_days")
        stem = f"{settled.period.job.replace('_', '-')}-{key}"
        return File(key=notice.key, stem=stem, suffix=".png", title=alt, alt=alt, content=drawn)

    def sheet(self, unit: Unit, notice: Notice) -> File | Pointless:
        """Write a digest's tables."""
        settled = _settled(unit, notice)
        if settled is None:
            return Pointless("its period is not on record")
        reader, key = self._reader(unit), settled.period.key

        def write(path: Path) -> int:
            if settled.period.job == MONTHLY:
                month = thaw(MonthFigures, settled.figures)
                return month_book(path, key, month, handbook=reader.handbook, tongue=reader.tongue)
            days = _days(unit, settled)
            return days_book(path, days, handbook=reader.handbook, tongue=reader.tongue)

        stem = f"{settled.period.job.replace('_', '-')}-{key}"
        shown = named(key, reader.tongue)
        title = reader.tongue(f"digest.sheet_{settled.period.job}", period=shown)
        return _xlsx(notice, stem, title, write)

    def improvements(self, unit: Unit, notice: Notice) -> File | Pointless:
        """Write the list of what is to be made better, if whoever asked still may see it (X07)."""
        person, handbook = PersonId(notice.place.key), self.desk.handbook()
        who = present_actor(unit, person, handbook)
        if not roles.may(who, Action.SEE_FIGURES):
            return Pointless("who asked for it may not have it any more")
        tongue: Tongue = self.scenes.reader(unit, Destination(person=person)).tongue
        items = shown_to(unit, who, unit.improvements.listed(most=10_000))
        now = self.desk.clock.now()

        def write(path: Path) -> int:
            return improvements_sheet(path, items, handbook=handbook, tongue=tongue, now=now)

        return _xlsx(notice, "improvements", tongue("improvement.title"), write)

    def comparison(self, unit: Unit, notice: Notice) -> File | Pointless:
        """Write the report of two periods, as much of it as whoever asked may count now (X07)."""
        person, handbook = PersonId(notice.place.key), self.desk.handbook()
        who = present_actor(unit, person, handbook)
        if not roles.may(who, Action.SEE_FIGURES):
            return Pointless("who asked for it may not have it any more")
        keys, calendar = (
            (str(notice.params["before"]), str(notice.params["after"])),
            self.desk.calendar(),
        )
        before, after = (span_of(key, calendar) for key in keys)
        if before is None or after is None:
            return Pointless("there is no such period")
        by = By(str(notice.params["by"])) if notice.params["by"] else None
        found = comparison_in(self.desk, unit, counted_sight(who), before, after, by)
        tongue: Tongue = self.scenes.reader(unit, Destination(person=person)).tongue

        def write(path: Path) -> int:
            return comparison_book(path, found, handbook=handbook, tongue=tongue)

        title = title_of(keys[0], keys[1], tongue)
        return _xlsx(notice, "comparison", title, write)

    def export(self, unit: Unit, notice: Notice) -> File | Pointless:
        """Write a masked table of the team's, as much of it as whoever asked may see now (X07, X18)."""
        person, handbook = PersonId(notice.place.key), self.desk.handbook()
        who = present_actor(unit, person, handbook)
        if not roles.may(who, Action.EXPORT_MASKED):
            return Pointless("who asked for it may not have it any more")
        request = unit.exports.get(str(notice.params["request"]))
        wish = request.wish
        tongue = self.scenes.readers.channel(unit.directory, language=wish.language)
        by, now = tongue.name(person), self.desk.clock.now()
        stamp = Stamp(wish=wish, handbook=handbook, tongue=tongue, by=by, at=now)
        rows = Rows(desk=self.desk, unit=unit, wish=wish, sight=roles.sight(who), tongue=tongue)
        reader: Tongue = self.scenes.reader(unit, Destination(person=person)).tongue
        title = file_title(wish, reader)
        suffix = wish.suffix if has_sheets() else CSV  # rather than nothing: somebody waits for it
        content = _written(lambda path: write_table(path, stamp, rows.all()), suffix)
        stem = file_name(wish, today=self.desk.calendar().date_of(now))
        return File(
            key=notice.key, stem=stem, suffix=suffix, title=title, alt=title, content=content
        )

    def _reader(self, unit: Unit) -> Reader:
        return self.scenes.reader(unit, Destination())


PAPERS: Mapping[NoticeKind, Maker] = MappingProxyType(
    {
        NoticeKind.DIGEST_CHART: PaperDelivery.chart,
        NoticeKind.DIGEST_SHEET: PaperDelivery.sheet,
        NoticeKind.IMPROVEMENTS_SHEET: PaperDelivery.improvements,
        NoticeKind.COMPARISON: PaperDelivery.comparison,
        NoticeKind.EXPORT: PaperDelivery.export,
    }
)
"""What is not posted as a message but uploaded."""


def _settled(unit: Unit, notice: Notice) -> Settled | None:
    found = unit.periods.find(str(notice.params["job"]), str(notice.params["period"]))
    return found if found and found.figures else None


def _days(unit: Unit, settled: Settled) -> Days:
    """Give the last days up to this one, as each was frozen."""
    recent = unit.periods.recent(settled.period.job, settled.period.due_at, most=DAYS)
    return [(one.period.key, thaw(DayFigures, one.figures)) for one in recent if one.figures]


def _xlsx(notice: Notice, stem: str, title: str, write: Callable[[Path], int]) -> File:
    content = _written(write, ".xlsx")
    return File(key=notice.key, stem=stem, suffix=".xlsx", title=title, alt=title, content=content)


def _written(write: Callable[[Path], int], suffix: str) -> bytes:
    with TemporaryDirectory(prefix="desk-") as folder:
        path = Path(folder) / f"table{suffix}"
        write(path)
        return path.read_bytes()
