"""A desk with a tick to give it: what was said of a ticket, and to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.records import SqlRecords
from storage.tables import notices
from tests.tickets.desk.desks import Trial, a_desk
from tickets.case.log import Event
from tickets.case.values import Number
from tickets.handbook import Handbook
from tickets.notices import NoticeKind
from tickets.time.deadline import Deadline, DeadlineKind
from tickets.watch.tick import next_moment, tick

KINDS = (NoticeKind.WARNING, NoticeKind.BREACH, NoticeKind.ESCALATION)


@dataclass(frozen=True, slots=True)
class Post:
    """A warning, breach or rung as it is planned."""

    kind: str
    deadline: str
    place: str
    state: str
    due_at: datetime
    urgency: int
    called: tuple[str, ...]
    params: dict[str, object]


@dataclass(slots=True)
class Watched:
    """A desk whose clock is moved and ticked."""

    trial: Trial
    records: SqlRecords

    def tick(self) -> int:
        return tick(self.trial.desk, now=self.trial.clock.at)

    def go_to(self, moment: datetime) -> None:
        """Let time go on without a tick: nobody watches."""
        self.trial.clock.at = moment

    def live_until(self, moment: datetime) -> None:
        """Let time go on from due moment to due moment, as a bot that runs does."""
        self.tick()
        while (at := next_moment(self.trial.desk)) is not None and at <= moment:
            self.trial.clock.at = max(at, self.trial.clock.at)
            self.tick()
        self.trial.clock.at = moment
        self.tick()

    def posts(
        self, deadline: DeadlineKind | None = None, *, number: Number | None = None
    ) -> list[Post]:
        """List what was planned, in order."""
        with self.records.database.reading() as connection:
            rows = connection.execute(
                select(notices).where(notices.c.kind.in_(KINDS)).order_by(notices.c.id)
            ).all()
        found = [
            Post(
                row.kind,
                str(row.params["deadline"]),
                row.place_key,
                row.state,
                row.due_at,
                row.urgency,
                tuple(one for one in str(row.params["called"]).split(",") if one),
                dict(row.params),
            )
            for row in rows
            if number in {None, row.number}
        ]
        return [post for post in found if deadline in {None, post.deadline}]

    def sent(self) -> None:
        """Let everything that waits be posted."""
        with self.records.database.writing(self.records.patience) as connection:
            connection.execute(
                notices.update().where(notices.c.state == "ready").values(state="sent")
            )

    def events(self, number: Number) -> Sequence[Event]:
        with self.records.read() as unit:
            return unit.tickets.events(number)

    def deadline(self, number: Number, kind: DeadlineKind) -> Deadline:
        with self.records.read() as unit:
            return next(one for one in unit.watch.deadlines(number) if one.kind is kind)


def watched(records: SqlRecords, handbook: Handbook | None = None) -> Watched:
    made = Watched(a_desk(records, handbook), records)
    made.tick()
    return made
