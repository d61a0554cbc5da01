"""The monthly meeting as posts: the report it is run from, its agenda, its minutes; and what owners are told."""

from bot.phones import NumberingPlans
from bot.voice.scene import Scene
from handlers.views import improvements, monthly, monthly_minutes
from handlers.views.digest import Edition
from handlers.views.notices import Reader
from handlers.views.screen import Screen
from tickets.delivery import Pointless
from tickets.desk.monthly_look import advice_words, decided_on, items_of
from tickets.errors import NotFound
from tickets.insight.findings import Advice
from tickets.insight.monthly import MonthFigures
from tickets.meetings.agenda import slice_of
from tickets.meetings.improvement import Source
from tickets.meetings.monthly_posts import ITEMS_A_PAGE
from tickets.meetings.points import Part, of_part
from tickets.ports import Unit
from tickets.watch.posting import ROWS, part_of


def part(figures: MonthFigures, edition: Edition, reader: Reader, unit: Unit) -> Screen:
    """Draw one message of the agenda as things stand."""
    if edition.page == "before":
        ids = figures.findings.before
        items = items_of(unit, part_of(ids, edition.part))
        return monthly.before(items, edition, reader, total=len(ids))
    points = of_part(figures, Part(edition.page))
    shown = part_of(points, edition.part, ROWS)
    phones = NumberingPlans().spans
    advice = {
        one.key: advice_words(unit, one.matter, phones)
        for one in shown
        if isinstance(one.matter, Advice)
    }
    agenda = monthly.Agenda(
        meeting=unit.improvements.monthly(edition.period),
        points=shown,
        total=len(points),
        decided=decided_on(unit, edition.period),
        advice=advice,
    )
    return monthly.agenda(agenda, edition, reader)


def minutes(scene: Scene) -> Screen | Pointless:
    """Draw one page of the minutes."""
    period, reader = scene.text("period"), scene.reader
    kept = scene.unit.improvements
    meeting = kept.monthly(period)
    items = kept.decided_in(Source.MONTHLY, period)
    page, pages = int(scene.text("page")), int(scene.text("pages"))
    return monthly_minutes.minutes(
        meeting, slice_of(items, page, ITEMS_A_PAGE), page=page, pages=pages, reader=reader
    )


def improvement(scene: Scene) -> Screen | Pointless:
    """Tell an owner what is theirs, or that it is due; pointless once it is done."""
    try:
        item = scene.unit.improvements.get(scene.text("item"))
    except NotFound:
        return Pointless("there is no such item")
    if not item.is_open:
        return Pointless("it is done")
    return improvements.told(item, scene.text("stage"), scene.reader)
