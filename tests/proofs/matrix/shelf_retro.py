"""The retrospectives of the matrix: one called, one under way, two with minutes; and an improvement of each."""

from datetime import timedelta

from tests.tickets.desk.desks import Trial
from tickets.case.values import Priority, Text
from tickets.meetings.improvement import Improvement, Source
from tickets.message import PersonId
from tickets.ports import Unit
from tickets.retrospectives.pursuit import Check, Direction, Pursuit, Target
from tickets.retrospectives.retrospective import Occasion, Record, Retrospective, Standing

CALLED, RUNNING, HELD, SENT, ITEM = "retro1", "retro2", "retro3", "retro4", "item1"
NOBODY = PersonId("U0AUTHOR")  # none of the columns
_DAY = timedelta(days=1)


def keep_retrospectives(trial: Trial, unit: Unit) -> None:
    """Keep one at each standing that the ways ask for, run by nobody of the columns."""
    now = trial.clock.at
    standings = {
        CALLED: Standing.CALLED,
        RUNNING: Standing.RUNNING,
        HELD: Standing.HELD,
        SENT: Standing.SUBMITTED,
    }
    for name, standing in standings.items():
        unit.retrospectives.add(
            Retrospective(
                id=name,
                occasion=Occasion.CALLED,
                key=name,
                standing=standing,
                made_at=now,
                starts_at=now - 30 * _DAY,
                ends_at=now,
                held_at=now + 10 * _DAY,
                closed_at=now,
                chair=NOBODY,
                recap=NOBODY,
                submitted_by=NOBODY,
                record=Record(theme=Text("九月满意度"), goal=Text("找出原因")),
            )
        )
        _improve(trial, unit, name, ITEM if name == CALLED else f"{name}:item")


def _improve(trial: Trial, unit: Unit, retro: str, item: str) -> None:
    now = trial.clock.at
    words = Text("冷媒设安全库存")
    unit.improvements.add(
        Improvement(
            id=item,
            source=Source.RETROSPECTIVE,
            origin=retro,
            pain=words,
            action=words,
            goal=words,
            priority=Priority.P2,
            department="tech",
            owner=NOBODY,
            due_at=now + 20 * _DAY,
            decided_at=now,
            decided_by=NOBODY,
        )
    )
    unit.retrospectives.pursue(
        Pursuit(
            item=item,
            retro=retro,
            place=1,
            direction=Direction.PROCESS,
            target=Target(),
            checks=(Check(after=30, at=now),),
        )
    )
