"""What customers answered a survey tool, by import: scores as if recorded by hand, once each (R89–R91)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tickets.care.survey import Answer, Unfit, columns, read
from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.log import OPERATOR, Event
from tickets.case.values import Number
from tickets.desk.change import Scene, record, scene_of
from tickets.desk.context import Desk
from tickets.desk.ending import scoring
from tickets.desk.surely import surely
from tickets.errors import Busy, DeskError
from tickets.people.profile import as_code
from tickets.people.roles import Action
from tickets.ports import AuditEntry, Unit
from tickets.time.durations import to_minute

_NUMBER = re.compile(r"20\d{9,}")  # R2, C1


class Came(StrEnum):
    """What became of a row."""

    TAKEN = "recorded"
    AGAIN = "recorded (second round)"  # 3 or less
    SAME = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row: its line of the file, what became of it, which case it is about, why it was refused."""

    line: int
    came: Came
    number: Number | None = None
    why: str | DeskError = ""


@dataclass(slots=True)
class _Round:
    """A round of a case as a survey may ask about it."""

    resolved_at: datetime | None = None
    opinions: list[f.Opinion] = field(default_factory=list)
    scored: f.Scored | None = None


def import_survey(
    desk: Desk, rows: Sequence[Mapping[str, str]], *, dry_run: bool
) -> Iterator[RowReport]:
    """Take answers in, each in a transaction of its own; a dry run keeps nothing. Raises Busy.

    The same answer again changes nothing; another one to what was answered is refused.
    """
    questions = desk.handbook().callbacks.questions
    fields = columns(list(next(filter(None, rows), ())), questions)
    tried: dict[Number, Answer] = {}
    for line, row in enumerate(rows, start=2):
        if not any(row.values()):
            continue
        try:
            answer = read(row, fields, questions=questions, zone=desk.calendar().zone)
        except Unfit as unfit:
            yield RowReport(line, Came.REFUSED, why=str(unfit))
            continue
        yield _tried(desk, answer, line, tried) if dry_run else _kept(desk, answer, line)


def _tried(desk: Desk, answer: Answer, line: int, tried: dict[Number, Answer]) -> RowReport:
    """Say what would come of a row, the rows before it being taken."""
    with desk.records.read() as unit:
        report, _ = _looked_at(desk, unit, answer, line)
    if report.number is None or report.came is Came.REFUSED:
        return report
    before = tried.setdefault(report.number, answer)
    if before is answer:
        return report
    if (before.scored, before.opinions) == (answer.scored, answer.opinions):
        return RowReport(line, Came.SAME, report.number)
    return RowReport(
        line, Came.REFUSED, report.number, "an earlier row of this file has another answer"
    )


def _kept(desk: Desk, answer: Answer, line: int) -> RowReport:
    def once() -> RowReport:
        with desk.records.write() as unit:
            report, scene = _looked_at(desk, unit, answer, line)
            if scene:
                decide = scoring(answer.scored, opinions=answer.opinions)
                record(scene, decide(scene), by=OPERATOR)
                unit.audit.write(_entry(scene))
            return report

    report = surely(once)
    if report.came in {Came.TAKEN, Came.AGAIN}:
        desk.wake()
    return report


def _entry(scene: Scene) -> AuditEntry:
    return AuditEntry(
        at=scene.now,
        by=OPERATOR,
        action=Action.SCORE,
        number=scene.ticket.number,
        outcome="done",
        detail={"by": "survey"},
    )


def _looked_at(desk: Desk, unit: Unit, answer: Answer, line: int) -> tuple[RowReport, Scene | None]:
    """Say what would come of a row; where it is to be recorded, also the case it is about."""
    number: Number | None = None
    try:
        scene = scene_of(desk, unit, _case_of(desk, unit, answer), OPERATOR)
        number = scene.ticket.number
        if _is_known(scene, answer):
            return RowReport(line, Came.SAME, number), None
        brought = lifecycle.score(scene.ticket, answer.scored)
    except Unfit as unfit:
        return RowReport(line, Came.REFUSED, number, str(unfit)), None
    except Busy:
        raise
    except DeskError as refusal:
        return RowReport(line, Came.REFUSED, number, refusal), None
    again = any(isinstance(fact, f.RoundBegun) for fact in brought)
    return RowReport(line, Came.AGAIN if again else Came.TAKEN, number), scene


def _is_known(scene: Scene, answer: Answer) -> bool:
    """Tell whether this answer is on record. Raises Unfit where it is about what is over or answered otherwise."""
    at, now = answer.scored.answered_at, scene.now
    if at and at > now:
        raise Unfit("it was answered in the future")
    rounds = _rounds(scene.events)
    if any(_is_same(one, answer) for one in rounds):
        return True
    by = answer.answered_by or now
    asked = [one for one in rounds if one.resolved_at and one.resolved_at <= by]
    if not asked:
        raise Unfit("the case was not solved when this was answered")
    about, place = asked[-1], rounds.index(asked[-1]) + 1
    if about.scored:
        raise Unfit(
            f"round {place} has the score {about.scored.score} already; a score is kept as it is"
        )
    if place < len(rounds):
        raise Unfit(f"it is about round {place}, which is over")
    return False


def _is_same(one: _Round, answer: Answer) -> bool:
    return one.scored == answer.scored and set(one.opinions) == set(answer.opinions)


def _rounds(events: Sequence[Event]) -> list[_Round]:
    rounds = [_Round()]
    for event in events:
        match event.fact:
            case f.Resolved():
                rounds[-1].resolved_at = rounds[-1].resolved_at or to_minute(event.at)
            case f.Opinion() as opinion:
                rounds[-1].opinions.append(opinion)
            case f.Scored() as scored:
                rounds[-1].scored = scored
            case f.RoundBegun():
                rounds.append(_Round())
    return rounds


def _case_of(desk: Desk, unit: Unit, answer: Answer) -> Number:
    """Find the case an answer is about: by its number, else the customer's of that time. Raises Unfit."""
    if answer.number:
        if not _NUMBER.fullmatch(answer.number):
            raise Unfit("the ticket number is none")
        return Number(answer.number)
    if not (answer.received_on or answer.answered_by):
        raise Unfit("neither ticket number nor date: which case it is about cannot be told")
    cases = _cases_of(desk, unit, answer)
    if answer.received_on:
        zone = desk.calendar().zone
        cases = [
            one
            for one in cases
            if unit.tickets.get(one).received_at.astimezone(zone).date() == answer.received_on
        ]
    known = [one for one in cases if _fits(desk, unit, one, answer, known=True)]
    waiting = [one for one in cases if _fits(desk, unit, one, answer, known=False)]
    for found in (known, waiting, cases):
        if len(found) == 1:
            return found[0]
    if not cases:
        raise Unfit("this customer has no case of that time")
    raise Unfit(
        f"several cases of this customer may be meant: write the number of one ({', '.join(cases)})"
    )


def _cases_of(desk: Desk, unit: Unit, answer: Answer) -> list[Number]:
    code = as_code(answer.code) if answer.code else None
    phone = desk.phones.normalise(answer.phone) if answer.phone else None
    whose = unit.customers.by_code(code) if code else None
    whose = whose or unit.customers.find(phone=phone, email=answer.email or None)
    if whose is None:
        raise Unfit("no customer has this id, phone number or mail address")
    return list(unit.tickets.of_customer(whose.id))


def _fits(desk: Desk, unit: Unit, number: Number, answer: Answer, *, known: bool) -> bool:
    """Tell whether a case has this answer on record, or waits for one of this moment."""
    scene = scene_of(desk, unit, number, OPERATOR)
    with suppress(Unfit):
        is_known = _is_known(scene, answer)
        return is_known if known else not is_known and scene.ticket.call_owed_by is not None
    return False
