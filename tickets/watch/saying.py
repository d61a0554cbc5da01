"""What is said of a deadline that has something to say: one entry, its notices, the next look; pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tickets.case.facts import StageReached
from tickets.case.log import DESK, Event
from tickets.case.outside import About, outside_of
from tickets.case.values import PersonId, Priority
from tickets.handbook import Handbook
from tickets.notices import (
    Notice,
    NoticeKind,
    Place,
    Plain,
    Urgency,
    deadline_keys,
    in_thread,
    to_person,
)
from tickets.ports import Due, Step
from tickets.time.calendar import Calendar
from tickets.time.deadline import BREACH, WARNING, Said
from tickets.time.watching import after_quiet, may_be_said_at, next_look, reached, tell_at
from tickets.watch.called import called

LATE = timedelta(minutes=5)  # twenty ticks: nobody watched
OVERTAKEN = "overtaken by a later stage"
UNSEEN = "its moment passed while nobody watched; a later stage names it"


@dataclass(frozen=True, slots=True)
class Offline:
    """A time in which nobody watched."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What every saying of one look shares."""

    handbook: Handbook
    calendar: Calendar
    now: datetime
    offline: Offline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What follows from a look at one deadline."""

    step: Step
    notices: tuple[Notice, ...] = ()
    unseen: tuple[Notice, ...] = ()  # kept for the record, never sent
    overtaken: tuple[str, ...] = ()  # keys of what was planned before and not sent yet


def say(due: Due, moment: Moment, *, seq: int, unsent: Iterable[str] = ()) -> Saying:
    """Say the highest stage that was reached, to all that the stages said with it name.

    `seq` is the entry's place on the log, `unsent` what is still to be sent about the ticket.
    """
    deadline = due.deadline
    stages = reached(deadline, moment.now, moment.calendar)
    if not stages or deadline.due_at is None:
        look = next_look(deadline, deadline.said, moment.calendar)
        return Saying(step=Step(due=due, look=look, said=deadline.said))
    overtaken = _of(due, unsent)
    said = Said(stages[-1], deadline.due_at)
    fact = StageReached(
        kind=deadline.kind,
        detail=deadline.detail,
        round=deadline.round,
        stage=said.stage,
        due_at=said.due_at,
        missed_warning=WARNING in stages and said.stage > WARNING,
    )
    event = Event(due.ticket_id, due.number, seq, moment.now, DESK, fact)
    posts = tuple(_notices(due, fact, _waiting(due, overtaken), stages, moment))
    return Saying(
        step=Step(due=due, look=next_look(deadline, said, moment.calendar), said=said, event=event),
        notices=(*posts, *_outside(due, event, fact, stages, moment)),
        unseen=tuple(_unseen(due, fact, stages[:-1], posts[0])),
        overtaken=tuple(overtaken),
    )


def _of(due: Due, unsent: Iterable[str]) -> list[str]:
    one = due.deadline
    begins = deadline_keys(due.number, one.round, one.kind, one.detail)
    return [key for key in unsent if key.startswith(begins)]


def _waiting(due: Due, overtaken: Sequence[str]) -> dict[str, int]:
    """Give the stage of each notice that a later one stands for."""
    one = due.deadline
    begins = deadline_keys(due.number, one.round, one.kind, one.detail)
    return {
        key: int(key[len(begin) :].partition(":")[0])
        for key in overtaken
        for begin in begins
        if key.startswith(begin)
    }


def _notices(
    due: Due,
    fact: StageReached,
    waiting: Mapping[str, int],
    stages: Sequence[int],
    moment: Moment,
) -> Iterator[Notice]:
    """Post in the thread, and tell the logger privately of a warning and a breach (DESK.md 5).

    What waited in the thread is said with it; so is what waited for the logger.
    """
    in_the_thread = {stage for key, stage in waiting.items() if key.endswith(f":{due.number}")}
    together = sorted({*stages, *in_the_thread})
    people = called(due, tell_at(due.deadline, together), moment.handbook)
    urgent = due.priority is Priority.P1
    at = may_be_said_at(fact.stage, moment.now, moment.calendar, urgent=urgent)
    params = _params(due, fact, people, moment, at=at)
    yield _notice(due, fact, in_thread(due.number), at, _urgency(fact.stage, urgent=urgent), params)
    if due.logged_by not in people and min((*stages, *waiting.values())) <= BREACH:
        private_at = after_quiet(at, moment.handbook.quiet, moment.calendar, urgent=urgent)
        urgency = Urgency.P1 if urgent else Urgency.PRIVATE
        yield _notice(due, fact, to_person(due.logged_by), private_at, urgency, params)


def _notice(
    due: Due,
    fact: StageReached,
    place: Place,
    at: datetime,
    urgency: Urgency,
    params: dict[str, Plain],
) -> Notice:
    kind = _kind(fact.stage)
    return Notice(
        key=f"{kind}:{due.number}:{fact.round}:{fact.kind}/{fact.detail}:{fact.stage}"
        f":{fact.due_at.isoformat()}:{place.key}",
        kind=kind,
        place=place,
        urgency=urgency,
        due_at=at,
        number=due.number,
        params=params,
    )


def _kind(stage: int) -> NoticeKind:
    match stage:
        case 0:
            return NoticeKind.WARNING
        case 1:
            return NoticeKind.BREACH
        case _:
            return NoticeKind.ESCALATION


def _urgency(stage: int, *, urgent: bool) -> Urgency:
    if urgent:
        return Urgency.P1
    return Urgency.WARNING if stage == WARNING else Urgency.BREACH


def _params(
    due: Due, fact: StageReached, people: Sequence[PersonId], moment: Moment, *, at: datetime
) -> dict[str, Plain]:
    params: dict[str, Plain] = {
        "deadline": fact.kind,
        "round": fact.round,
        "detail": fact.detail,
        "due_at": fact.due_at.isoformat(),
        "stage": fact.stage,
        "called": ",".join(people),
        "missed_warning": fact.missed_warning,
        "backfilled": due.deadline.backfilled,
    }
    offline = moment.offline
    if offline and (fact.missed_warning or _is_late(due, moment, at)):
        params["offline_from"] = offline.since.isoformat()
        params["offline_to"] = offline.until.isoformat()
    return params


def _is_late(due: Due, moment: Moment, at: datetime) -> bool:
    """Tell whether people hear of it later than they would have; a breach of the night waits anyway."""
    look, urgent = due.deadline.look, due.priority is Priority.P1
    if look is None:
        return False
    planned = may_be_said_at(look.stage, look.at, moment.calendar, urgent=urgent)
    return at - planned > LATE


def _unseen(due: Due, fact: StageReached, stages: Sequence[int], post: Notice) -> Iterator[Notice]:
    """Keep a row for each stage that nobody saw, so that none is lost without a word (F33)."""
    for stage in stages:
        missed = replace(fact, stage=stage, missed_warning=False)
        params = {**post.params, "stage": stage, "missed_warning": False}
        yield _notice(due, missed, post.place, post.due_at, post.urgency, params)


def _outside(
    due: Due, event: Event, fact: StageReached, stages: Sequence[int], moment: Moment
) -> tuple[Notice, ...]:
    """Tell beyond Slack what it asked to hear; a breach also where a rung was reached with it."""
    told = replace(event, fact=replace(fact, stage=BREACH)) if BREACH in stages else event
    return outside_of(_about(due), (told,), moment.handbook)


def _about(due: Due) -> About:
    return About(
        number=due.number,
        round=due.round,
        priority=due.priority,
        department=due.department,
        assignee=due.assignee,
        category=due.category,
        kind=due.kind,
    )
