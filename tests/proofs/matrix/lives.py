"""Tickets of each kind at each status, brought there by the use cases."""

from datetime import UTC, datetime, timedelta

from tests.proofs.matrix.house import ANN, BOB, EVE, HAL, KEN, LEE, OTTO, SUE, MatrixHouse
from tests.proofs.matrix.shelf import keep_articles
from tests.proofs.matrix.shelf_retro import keep_retrospectives
from tests.tickets.desk.desks import Trial
from tickets.case import facts as f
from tickets.case.values import (
    AssignCause,
    ContactChannel,
    ContactOutcome,
    Dissatisfaction,
    Number,
    PersonId,
    Priority,
    Risk,
    Solved,
    Text,
)
from tickets.desk import authorities, between, ending, helping, owners, promises, work
from tickets.desk.archive import archive_listed
from tickets.desk.authorities import Waiting
from tickets.desk.change import record, scene_of
from tickets.meetings.improvement import Improvement, Source
from tickets.ports import Unit
from tickets.time.deadlines import owed
from tickets.time.periods import Period
from tickets.watch import jobs, monthly_report
from tickets.watch.occasion import Occasion
from tickets.watch.weekly import open_meeting

KINDS = ("tech", "operations", "high_risk")
STATUSES = (
    "unassigned",
    "new",
    "accepted",
    "working",
    "planned",
    "promised",
    "referred",
    "proposed",
    "asked",
    "disputed",
    "waiting",
    "resolved",
    "told",
    "scored",
    "low",
    "follow_up",
    "closed",
    "invalid",
)
MEETING, LISTED, MONTH = "2025-W39", "2025-09-23", "2025-08"
ITEM = "00000000-0000-4000-8000-00000000feed"  # an improvement that the lead of tech owns
MONDAY = datetime(2025, 9, 29, 1, 0, tzinfo=UTC)


def fill(house: MatrixHouse) -> None:
    """Make every ticket; the clock ends on a Monday on which all that is open is late."""
    trial = house.trial
    jobs.work(trial.desk, now=trial.clock.at)
    for kind in KINDS:
        house.tickets[kind, "archived"] = brought_to("closed", kind, trial)
    _tick(trial, datetime(2025, 9, 22, 8, 0, tzinfo=UTC))
    archive_listed(trial.desk, "archive_check", "2025-09-22", by=SUE, receipt=trial.receipt())
    trial.clock.move(minutes=5)
    for kind in KINDS:
        for status in STATUSES:
            house.tickets[kind, status] = brought_to(status, kind, trial)
    _tick(trial, datetime(2025, 9, 23, 8, 0, tzinfo=UTC))
    trial.clock.at = MONDAY
    period = Period("weekly_meeting", MEETING, MONDAY, MONDAY - timedelta(days=7), MONDAY)
    with trial.desk.records.write() as unit:
        open_meeting(trial.desk, unit, Occasion(period))
        keep_articles(trial, unit)
        keep_retrospectives(trial, unit)
        _report(trial, unit)
        for number in house.tickets.values():
            house.due[number] = _due(trial, unit.tickets.events(Number(number)))


def _report(trial: Trial, unit: Unit) -> None:
    """Last month's report stands there, and an improvement is still to be done."""
    report = Period("monthly_report", MONTH, MONDAY, MONDAY - timedelta(days=59), MONDAY)
    unit.periods.settle(report, at=MONDAY, was_run=True)
    monthly_report.REPORT.run(trial.desk, unit, Occasion(report))
    unit.improvements.add(
        Improvement(
            id=ITEM,
            source=Source.BY_HAND,
            pain=Text("配件常缺"),
            action=Text("建立安全库存"),
            goal=Text("缺件 0 起"),
            priority=Priority.P2,
            department="tech",
            owner=LEE,
            due_at=MONDAY + timedelta(days=30),
            decided_at=MONDAY,
            decided_by=SUE,
        )
    )


def _due(trial: Trial, events: object) -> int:
    book = trial.desk.handbook()
    found = owed(events, book.policies, trial.desk.calendar(), pauses=book.pauses)  # type: ignore[arg-type]
    one = next((one for one in found if one.kind == "resolution" and one.due_at), None)
    return int(one.due_at.timestamp()) if one and one.due_at else 0


def _tick(trial: Trial, at: datetime) -> None:
    trial.clock.at = at
    jobs.work(trial.desk, now=at)


def brought_to(status: str, kind: str, trial: Trial) -> Number:
    """Log a case of a kind, by its logger, with its assignee and helper, and bring it to a status."""
    logger, owner, helper = (BOB, OTTO, KEN) if kind == "operations" else (ANN, EVE, HAL)
    number = trial.log(
        by=logger,
        urgency=Priority.P2,
        email="li@example.com",
        risks=frozenset({Risk.FRAUD}) if kind == "high_risk" else frozenset(),
    )
    department = "operations" if kind == "operations" else "tech"
    _given(trial, number, owner, department, nobody=status == "unassigned")
    if status != "unassigned":
        named = f.CollaboratorsNamed(people=(helper,), contact=helper)
        owners.name_collaborators(trial.desk, number, named, by=SUE, receipt=trial.receipt())
    for step in _WAY_TO[status]:
        _STEPS[step](trial, number, owner, logger)
    return number


def _given(trial: Trial, number: Number, owner: PersonId, department: str, *, nobody: bool) -> None:
    owners.assign(trial.desk, number, owner, None, by=SUE, receipt=trial.receipt())
    if nobody:
        with trial.desk.records.write() as unit:
            scene = scene_of(trial.desk, unit, number, SUE)
            gone = f.Assigned(department=department, assignee=None, cause=AssignCause.PERSON)
            record(scene, (gone,), by=SUE)


_WAY_TO: dict[str, tuple[str, ...]] = {
    "unassigned": (),
    "new": (),
    "accepted": ("accept",),
    "working": ("accept", "contact"),
    "planned": ("accept", "contact", "plan"),
    "promised": ("accept", "contact", "promise"),
    "proposed": ("accept", "contact", "propose"),
    "referred": ("accept", "contact", "refer"),
    "disputed": ("hand_back", "hand_back_again"),
    "asked": ("accept", "contact", "ask"),
    "waiting": ("accept", "contact", "wait"),
    "resolved": ("accept", "contact", "resolve"),
    "told": ("accept", "contact", "resolve", "tell"),
    "scored": ("accept", "contact", "resolve", "tell", "score"),
    "low": ("accept", "contact", "resolve", "tell", "low", "back"),
    "follow_up": ("accept", "contact", "resolve", "tell", "watch"),
    "closed": ("accept", "contact", "resolve", "tell", "score", "close"),
    "invalid": ("invalid",),
}


def _accept(trial: Trial, number: Number, owner: PersonId, _logger: PersonId) -> None:
    work.accept(trial.desk, number, by=owner, receipt=trial.receipt())


def _contact(trial: Trial, number: Number, owner: PersonId, _logger: PersonId) -> None:
    reached = f.Contacted(
        way=ContactChannel.PHONE, outcome=ContactOutcome.REACHED, happened_at=trial.clock.at
    )
    work.contact(trial.desk, number, reached, by=owner, receipt=trial.receipt())


def _plan(trial: Trial, number: Number, owner: PersonId, _logger: PersonId) -> None:
    planned = f.Planned(measures=Text("上门更换压缩机"), finish_by=MONDAY + timedelta(days=30))
    work.plan(trial.desk, number, planned, by=owner, receipt=trial.receipt())


def _promise(trial: Trial, number: Number, owner: PersonId, _logger: PersonId) -> None:
    promised = f.Promised(what=Text("回电"), due_at=MONDAY + timedelta(days=30))
    promises.promise(trial.desk, number, promised, by=owner, receipt=trial.receipt())


def _propose(trial: Trial, number: Number, owner: PersonId, _logger: PersonId) -> None:
    helper = KEN if owner == OTTO else HAL
    named = f.CollaboratorsProposed(people=(helper,), contact=helper)
    helping.propose(trial.desk, number, named, by=owner, receipt=trial.receipt())


def _refer(trial: Trial, number: Number, owner: PersonId, _logger: PersonId) -> None:
    typed = Waiting(authority="12315", due_at=MONDAY + timedelta(days=30))
    authorities.refer(trial.desk, number, typed, by=owner, receipt=trial.receipt())


def _hand_back(trial: Trial, number: Number, owner: PersonId, _logger: PersonId) -> None:
    work.hand_back(trial.desk, number, Text("不归我们"), by=owner, receipt=trial.receipt())


def _hand_back_again(trial: Trial, number: Number, _owner: PersonId, logger: PersonId) -> None:
    _hand_back(trial, number, logger, logger)


def _ask(trial: Trial, number: Number, owner: PersonId, _logger: PersonId) -> None:
    other = "tech" if owner == OTTO else "operations"
    between.ask(
        trial.desk, number, other, Text("合同里有没有延保"), by=owner, receipt=trial.receipt()
    )


def _wait(trial: Trial, number: Number, owner: PersonId, _logger: PersonId) -> None:
    work.wait(trial.desk, number, Text("等客户回复"), None, by=owner, receipt=trial.receipt())


def _resolve(trial: Trial, number: Number, owner: PersonId, _logger: PersonId) -> None:
    done = f.Resolved(result=Text("补充制冷剂"))
    work.resolve(trial.desk, number, done, by=owner, receipt=trial.receipt())


def _tell(trial: Trial, number: Number, _owner: PersonId, logger: PersonId) -> None:
    told = f.CustomerTold(way=ContactChannel.PHONE, happened_at=trial.clock.at)
    ending.tell(trial.desk, number, told, by=logger, receipt=trial.receipt())


def _score(trial: Trial, number: Number, _owner: PersonId, logger: PersonId) -> None:
    scored = f.Scored(score=5, solved=Solved.YES)
    ending.score(trial.desk, number, scored, by=logger, receipt=trial.receipt())


def _low(trial: Trial, number: Number, _owner: PersonId, logger: PersonId) -> None:
    low = f.Scored(score=2, solved=Solved.NO, dissatisfaction=Dissatisfaction.TOO_SLOW)
    ending.score(trial.desk, number, low, by=logger, receipt=trial.receipt())


def _back(trial: Trial, number: Number, owner: PersonId, _logger: PersonId) -> None:
    """The second round is with the same person again, so that the columns stay what they are."""
    owners.assign(trial.desk, number, owner, None, by=SUE, receipt=trial.receipt())


def _watch(trial: Trial, number: Number, _owner: PersonId, logger: PersonId) -> None:
    until = MONDAY + timedelta(days=30)
    ending.follow_up(trial.desk, number, until, None, by=logger, receipt=trial.receipt())


def _close(trial: Trial, number: Number, _owner: PersonId, logger: PersonId) -> None:
    ending.close(trial.desk, number, None, by=logger, receipt=trial.receipt())


def _invalid(trial: Trial, number: Number, _owner: PersonId, logger: PersonId) -> None:
    ending.mark_invalid(trial.desk, number, Text("骚扰电话"), by=logger, receipt=trial.receipt())


_STEPS = {
    "accept": _accept,
    "contact": _contact,
    "plan": _plan,
    "promise": _promise,
    "refer": _refer,
    "propose": _propose,
    "ask": _ask,
    "hand_back": _hand_back,
    "hand_back_again": _hand_back_again,
    "wait": _wait,
    "resolve": _resolve,
    "tell": _tell,
    "score": _score,
    "low": _low,
    "back": _back,
    "watch": _watch,
    "close": _close,
    "invalid": _invalid,
}
