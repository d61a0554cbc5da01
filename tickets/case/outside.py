"""Which of a ticket's events go outside Slack: to the robots and webhooks that asked for them.

Their notices carry codes, numbers and moments alone; a robot's words are chosen when they are sent.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import singledispatch

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import Kind, Number, PersonId, Priority
from tickets.handbook import Handbook, OutsideEvent
from tickets.notices import Notice, NoticeKind, Place, PlaceKind, Plain, Urgency

Told = tuple[OutsideEvent, Mapping[str, Plain]]
"""An event's name outside and what it says beside the ticket's codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A ticket's codes after an event, as far as whoever plans the notice knows them."""

    number: Number
    round: int
    priority: Priority
    department: str
    assignee: PersonId | None = None
    category: str | None = None
    kind: Kind | None = None

    @property
    def codes(self) -> dict[str, Plain]:
        """Give them as a notice carries them."""
        return {
            "round": self.round,
            "priority": self.priority,
            "department": self.department,
            "assignee": self.assignee,
            "category": self.category,
            "kind": self.kind,
        }


def about(ticket: Ticket) -> About:
    """Take a ticket's codes."""
    return About(
        number=ticket.number,
        round=ticket.round,
        priority=ticket.priority,
        department=ticket.department,
        assignee=ticket.assignee,
        category=ticket.category,
        kind=ticket.intake.kind,
    )


def outside_of(about: About, new: Iterable[Event], handbook: Handbook) -> tuple[Notice, ...]:
    """Plan what goes outside of these new events; keys are unique for ever, as all notices' are."""
    if not handbook.robots and not handbook.webhooks:
        return ()
    return tuple(notice for event in new for notice in _of_event(about, event, handbook))


def places_of(event: OutsideEvent, handbook: Handbook, *, department: str | None) -> list[Place]:
    """List who asked for an event; None: it is of no department, so all who asked."""
    robots = [
        Place(PlaceKind.ROBOT, robot.key)
        for robot in handbook.robots.values()
        if event in robot.events
        and (department is None or not robot.departments or department in robot.departments)
    ]
    webhooks = [
        Place(PlaceKind.WEBHOOK, hook.key)
        for hook in handbook.webhooks.values()
        if event in hook.events
    ]
    return robots + webhooks


def _of_event(about: About, event: Event, handbook: Handbook) -> Iterator[Notice]:
    told = _told(event.fact)
    if told is None:
        return
    name, says = told
    params = about.codes | {"event": name, "at": event.at.isoformat()} | dict(says)
    for place in places_of(name, handbook, department=about.department):
        yield Notice(
            key=f"outside:{name}:{about.number}:{about.round}:{event.seq}:{place.kind}:{place.key}",
            kind=NoticeKind.OUTSIDE,
            place=place,
            urgency=_urgency(name, about.priority),
            due_at=event.at,
            number=about.number,
            params=params,
        )


def _urgency(name: OutsideEvent, priority: Priority) -> Urgency:
    """Rank it behind what Slack is told of the same moment: a slow receiver must not delay that."""
    if name is OutsideEvent.BREACH or priority is Priority.P1:
        return Urgency.WARNING
    return Urgency.ASSIGNMENT if name is OutsideEvent.WARNING else Urgency.PRIVATE


@singledispatch
def _told(_fact: f.Fact) -> Told | None:
    """Most facts stay inside."""
    return None


@_told.register
def _(_fact: f.Logged) -> Told | None:
    return OutsideEvent.LOGGED, {}


@_told.register
def _(fact: f.Assigned) -> Told | None:
    return OutsideEvent.ASSIGNED, {"assignee": fact.assignee, "cause": fact.cause}


@_told.register
def _(fact: f.StageReached) -> Told | None:
    names = {0: OutsideEvent.WARNING, 1: OutsideEvent.BREACH}  # the ladder is climbed in Slack
    if fact.stage not in names:
        return None
    return names[fact.stage], {
        "round": fact.round,
        "deadline": fact.kind,
        "detail": fact.detail or None,
        "due_at": fact.due_at.isoformat(),
    }


@_told.register
def _(fact: f.Resolved) -> Told | None:
    return OutsideEvent.RESOLVED, {"on_the_spot": fact.on_the_spot}


@_told.register
def _(fact: f.CustomerTold) -> Told | None:
    return OutsideEvent.TOLD, {"way": fact.way, "told_at": fact.happened_at.isoformat()}


@_told.register
def _(fact: f.Scored) -> Told | None:
    return OutsideEvent.SCORED, {"score": fact.score, "solved": fact.solved}


@_told.register
def _(_fact: f.Closed) -> Told | None:
    return OutsideEvent.CLOSED, {}


@_told.register
def _(fact: f.RoundBegun) -> Told | None:
    return OutsideEvent.REOPENED, {"round": fact.round, "by_low_score": fact.by_low_score}
