"""Every message of retrospectives, each as long as it can be, sent by the people's own use cases and by time."""

from datetime import datetime, timedelta

from tests.bot.voice.lives import LONG
from tests.bot.voice.office import Office
from tests.bot.voice.workplace import ANN, EVE, LEE, NINE, SUE
from tickets.case.values import CauseDimension, Number, PersonId, Priority
from tickets.desk import retro_call, retro_items, retro_minutes, retro_run
from tickets.desk.retro_call import Call
from tickets.desk.retro_causes import CauseWish, find_causes
from tickets.desk.retro_run import ItemWish
from tickets.retrospectives.pursuit import Direction, Figure, Target, Verdict
from tickets.retrospectives.retrospective import Occasion, Retrospective, Standing
from tickets.watch import retro

DAI = PersonId("U0DIRECTOR")
DAY = timedelta(days=1)


def a_life_looked_back_on(office: Office) -> None:
    """Offered, proposed, declined, called, moved, held, sent back, approved; items late, proved and not."""
    number = office.log()
    _declined(office, number)
    _called_off(office, office.log())
    held = _held(office, number)
    _minutes(office, held.id)
    _improvements(office, held.id)


def _declined(office: Office, number: Number) -> None:
    desk, receipt = office.desk, office.receipt
    retro_call.propose(desk, number, LONG, by=LEE, receipt=receipt())
    office.rest()
    with desk.records.read() as unit:
        proposed = unit.retrospectives.of_case(number)[0]
    retro_call.decline(desk, proposed.id, LONG, by=SUE, receipt=receipt())
    office.rest()


def _called_off(office: Office, number: Number) -> None:
    made = _call(office, number)
    retro_call.move(
        office.desk,
        made.id,
        made.held_at + DAY,
        LONG,
        by=SUE,
        receipt=office.receipt(),  # type: ignore[operator]
    )
    office.rest()
    retro_call.decline(office.desk, made.id, LONG, by=SUE, receipt=office.receipt())
    office.rest()


def _call(office: Office, number: Number) -> Retrospective:
    wish = Call(
        number=number,
        held_at=NINE + 10 * DAY,
        goal=LONG,
        chair=DAI,
        recap=ANN,
        people=(LEE, EVE),
    )
    made = retro_call.call(office.desk, wish, by=SUE, receipt=office.receipt())
    assert made
    office.rest()
    return made


def _held(office: Office, number: Number) -> Retrospective:
    desk, receipt, long = office.desk, office.receipt, LONG
    with desk.records.write() as unit:  # as time offers it
        offered = Retrospective(
            id=desk.new_id(),
            occasion=Occasion.LOW_SCORE,
            key="case:offered",
            standing=Standing.OFFERED,
            made_at=NINE,
            number=number,
        )
        unit.retrospectives.add(offered)
    made = _call(office, number)
    points = dict.fromkeys(retro_run.POINTS, long)
    retro_run.write_down(desk, made.id, points, by=ANN, receipt=receipt())
    for place, dimension in enumerate((*CauseDimension, *CauseDimension), start=0):
        wish = CauseWish(
            text=long,
            dimension=dimension if place < 4 else None,
            beneath=None if place < 4 else place - 3,
        )
        find_causes(desk, made.id, wish, by=ANN, receipt=receipt())
    _reach(office, NINE + 8 * DAY)
    retro_run.start(desk, made.id, by=SUE, receipt=receipt())
    for target in (Target(figure=Figure.CASES, was=10, goal=5), Target()):
        retro_run.add_item(desk, made.id, _wish(target), by=SUE, receipt=receipt())
    office.rest()
    retro_run.close(desk, made.id, by=SUE, receipt=receipt())
    office.rest()
    return made


def _wish(target: Target, follows: str | None = None) -> ItemWish:
    return ItemWish(
        action=LONG,
        direction=Direction.PROCESS,
        target=target,
        goal=LONG,
        resources=LONG,
        pain=LONG,
        priority=Priority.P1,
        owner=EVE,
        department="tech",
        due_at=NINE + 300 * DAY if follows else NINE + 40 * DAY,
        follows=follows,
    )


def _minutes(office: Office, retro_id: str) -> None:
    desk, receipt = office.desk, office.receipt
    _reach(office, NINE + 14 * DAY)
    _reach(office, NINE + 20 * DAY)
    retro_minutes.submit(desk, retro_id, LONG, by=ANN, receipt=receipt())
    office.rest()
    retro_minutes.send_back(desk, retro_id, LONG, by=DAI, receipt=receipt())
    office.rest()
    retro_minutes.submit(desk, retro_id, LONG, by=ANN, receipt=receipt())
    office.rest()
    retro_minutes.approve(desk, retro_id, by=DAI, receipt=receipt())
    office.rest()


def _improvements(office: Office, retro_id: str) -> None:
    desk, receipt = office.desk, office.receipt
    with desk.records.read() as unit:
        items = [one.item for one in unit.retrospectives.pursuits(retro_id)]
    for days in (40, 41, 60):
        _reach(office, NINE + days * DAY)
    for item in items:
        retro_items.done(desk, item, LONG, by=EVE, receipt=receipt())
    _reach(office, NINE + 91 * DAY)
    retro_items.judge(desk, items[1], Verdict.WORSE, by=SUE, receipt=receipt())
    office.rest()
    follow = _wish(Target(), follows=items[1])
    retro_run.add_item(desk, retro_id, follow, by=SUE, receipt=receipt())
    office.rest()


def _reach(office: Office, moment: datetime) -> None:
    office.clock.at = moment
    retro.work(office.desk, now=moment)
    office.rest()
