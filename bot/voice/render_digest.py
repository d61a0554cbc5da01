"""The posts of scheduled jobs: frozen figures become blocks in the reader's language; masks are made on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from bot.voice import render_monthly
from bot.voice.render_private import person_in
from bot.voice.scene import Scene
from handlers.views.customer import masked_contact, masked_name
from handlers.views.digest import Edition
from handlers.views.digest_archive import archive, archived, reminder
from handlers.views.digest_calls import calls
from handlers.views.digest_figures import daily, monthly_head
from handlers.views.digest_month import monthly
from handlers.views.notices import Reader
from handlers.views.quality import monthly_quality
from handlers.views.screen import Screen
from tickets.case.values import CustomerId, PersonId
from tickets.delivery import Pointless
from tickets.desk.change import present_actor
from tickets.desk.monthly_look import decided_on
from tickets.insight.archive import ArchiveList
from tickets.insight.calls import CallLists
from tickets.insight.daily import DayFigures
from tickets.insight.frozen import thaw
from tickets.insight.monthly import MonthFigures
from tickets.insight.quality import Quality
from tickets.meetings.points import OTHER, Part
from tickets.notices import Notice
from tickets.people import roles
from tickets.people.privacy import masked
from tickets.people.roles import Action
from tickets.ports import Unit
from tickets.ports.periods import Figures
from tickets.watch.posting import skipped_days

_AGENDA = frozenset({*Part, "before"})


def digest(scene: Scene) -> Screen | Pointless:
    """Render one message of a digest out of what was frozen when it was planned."""
    settled = scene.unit.periods.find(scene.text("job"), scene.text("period"))
    if settled is None:
        return Pointless("its period is not on record")
    return drawn(
        scene.notice,
        settled.figures,
        due_at=settled.period.due_at,
        reader=scene.reader,
        unit=scene.unit,
    )


def drawn(
    notice: Notice, figures: Figures, *, due_at: datetime, reader: Reader, unit: Unit
) -> Screen | Pointless:
    """Draw one message of a digest out of figures, frozen or taken for a preview."""
    params = notice.params
    edition = Edition(
        period=str(params["period"]),
        due_at=due_at,
        is_late=bool(params["late"]),
        skipped=skipped_days(str(params["skipped"])),
        page=str(params["page"]),
        part=int(params["part"] or 1),
    )
    if edition.page == "archived":
        by = person_in(params["by"])
        return archived(by, int(params["archived"] or 0), int(params["left"] or 0), reader)
    return _DRAWN[str(params["job"])](_Sheet(notice, figures, edition, reader, unit))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What one message of a digest is drawn from."""

    notice: Notice
    figures: Figures
    edition: Edition
    reader: Reader
    unit: Unit


def _daily(sheet: _Sheet) -> Screen:
    return daily(thaw(DayFigures, sheet.figures), sheet.edition, sheet.reader)


def _monthly(sheet: _Sheet) -> Screen:
    figures, page = thaw(MonthFigures, sheet.figures), sheet.edition.page
    if page in _AGENDA:
        return render_monthly.part(figures, sheet.edition, sheet.reader, sheet.unit)
    if page != "head":
        return monthly(figures, sheet.edition, sheet.reader)
    kept = sheet.unit.improvements
    return monthly_head(
        figures,
        sheet.edition,
        sheet.reader,
        meeting=kept.monthly(sheet.edition.period),
        others=decided_on(sheet.unit, sheet.edition.period).get(OTHER, ()),
    )


def _quality(sheet: _Sheet) -> Screen | Pointless:
    """Appraisal is a supervisor's alone, also if somebody was one when it was planned (X07)."""
    person, handbook = PersonId(str(sheet.notice.params["person"])), sheet.reader.handbook
    if not roles.may(present_actor(sheet.unit, person, handbook), Action.SEE_APPRAISAL):
        return Pointless("its reader is no supervisor any more")
    return monthly_quality(thaw(Quality, sheet.figures), sheet.edition, sheet.reader)


def _archive(sheet: _Sheet) -> Screen:
    listed = thaw(ArchiveList, sheet.figures)
    return archive(listed, sheet.edition, sheet.reader, job="archive_check")


def _reminder(sheet: _Sheet) -> Screen:
    listed = thaw(ArchiveList, sheet.figures)
    return reminder(listed, sheet.edition, sheet.reader, job="archive_reminder")


def _calls(sheet: _Sheet) -> Screen | Pointless:
    mine = thaw(CallLists, sheet.figures).people.get(str(sheet.notice.params["person"]))
    if mine is None:
        return Pointless("nobody is owed a call")
    names = _names(sheet.unit, sheet.reader)
    return calls(mine, sheet.edition, sheet.reader, name_of=names)


_DRAWN: Mapping[str, Callable[[_Sheet], Screen | Pointless]] = MappingProxyType(
    {
        "daily_figures": _daily,
        "monthly_report": _monthly,
        "archive_check": _archive,
        "archive_reminder": _reminder,
        "callbacks": _calls,
        "record_quality": _quality,
    }
)


def _names(unit: Unit, reader: Reader) -> Callable[[CustomerId], str]:
    def name_of(customer_id: CustomerId) -> str:
        seen = masked(
            unit.customers.get(customer_id), phone_mask=reader.handbook.privacy.phone_mask
        )
        return " ".join(filter(None, (masked_name(seen, reader.tongue), masked_contact(seen))))

    return name_of
