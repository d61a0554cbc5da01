"""What happens between departments and among like cases, done by the people's own use cases on real records."""

from datetime import timedelta

from handlers.views.text import TEXT_LIMIT
from tests.bot.voice.office import Office
from tests.bot.voice.workplace import ANN, BEN, BOB, EVE, SUE
from tickets.case import facts as f
from tickets.case.ticket import Ticket
from tickets.case.values import (
    ContactChannel,
    ContactOutcome,
    Number,
    PersonId,
    Priority,
    RepeatCause,
    Text,
)
from tickets.desk import (
    between,
    compensation,
    complaints,
    dispute,
    ending,
    helping,
    monthly,
    owners,
    work,
)
from tickets.desk.exposed import COPIED_WITHIN
from tickets.desk.merge import merge
from tickets.desk.repeats import tell_again
from tickets.desk.thread import hear
from tickets.meetings.points import OTHER
from tickets.meetings.proposal import Proposal
from tickets.people.limits import approvers
from tickets.time.periods import Period
from tickets.watch import frequency, monthly_report, silence
from tickets.watch.occasion import Occasion

OLGA = PersonId("U0OPS")
SAID = "已核对上次的答复，客户电话 13812345678；<!channel> *请看* & "
LONG = Text((SAID * TEXT_LIMIT)[:TEXT_LIMIT])  # as long as a form takes
OFTEN = 8  # complaints of one kind, where there were none


def a_life_between(office: Office) -> None:
    """Let departments ask, dispute and settle; let cases be merged, told again and gathered."""
    for happens in (
        a_dispute,
        questions,
        a_merger,
        a_file_exposed,
        a_repeat_call,
        a_common_problem,
        a_silence,
        a_consent,
        a_month,
    ):
        happens(office)
        office.rest()


def a_dispute(office: Office) -> None:
    """Two engineers hand it back; the supervisor asks the directors, then decides."""
    number, desk, receipt = office.log(), office.desk, office.receipt
    first = _ticket(office, number).assignee
    assert first
    second = BEN if first == EVE else EVE
    office.rest()
    work.hand_back(desk, number, LONG, by=first, receipt=receipt())
    office.rest()
    owners.assign(desk, number, second, None, by=ANN, receipt=receipt())
    office.rest()
    work.hand_back(desk, number, LONG, by=second, receipt=receipt())
    office.rest()
    dispute.report_up(desk, number, LONG, by=SUE, receipt=receipt())
    office.rest()
    dispute.settle(desk, number, "operations", LONG, by=SUE, receipt=receipt())


def questions(office: Office) -> None:
    """One that operations answers, and one that is not theirs."""
    number, desk, receipt = office.log(), office.desk, office.receipt
    owner = _ticket(office, number).assignee
    assert owner
    for settles in (between.answer, between.decline):
        asked = between.ask(desk, number, "operations", LONG, by=owner, receipt=receipt())
        office.rest()
        key = asked.ticket.open_questions[0].key
        settles(desk, number, key, LONG, by=OLGA, receipt=receipt())
        office.rest()


def a_merger(office: Office) -> None:
    """The same matter was logged twice."""
    older, newer = office.log(), office.log()
    office.rest()
    merge(office.desk, older, newer, by=ANN, receipt=office.receipt())


def a_file_exposed(office: Office) -> None:
    """A case is restricted while a file stands in its thread."""
    number, desk, receipt = office.log(), office.desk, office.receipt
    office.rest()
    with desk.records.read() as unit:
        card = unit.cards.of(number)[0]
    channel, thread = card.channel_id or "", card.message_ts or ""
    file = f.EvidenceAdded(file_id="F1", name=LONG, posted_in=channel, posted_ts=thread)
    hear(desk, channel, thread, (file,), by=EVE, receipt=receipt())
    office.clock.at += COPIED_WITHIN
    complaints.name_complained_about(desk, number, [BOB], by=SUE, receipt=receipt())


def a_repeat_call(office: Office) -> None:
    """The customer was told; it is worse again, and a colleague takes the call."""
    number, desk, receipt = office.log(), office.desk, office.receipt
    _resolve(office, number)
    office.rest()
    told = f.CustomerTold(way=ContactChannel.PHONE, happened_at=office.clock.at)
    ending.tell(desk, number, told, by=ANN, receipt=receipt())
    office.rest()
    again = f.ToldAgain(
        cause=RepeatCause.WORSE_AGAIN, way=ContactChannel.PHONE, happened_at=office.clock.at
    )
    tell_again(desk, number, again, by=BOB, receipt=receipt())


def a_common_problem(office: Office) -> None:
    """The desk gathers complaints above their usual rate under a parent case, which is then solved."""
    numbers = []
    for place in range(OFTEN):
        office.clock.at += timedelta(minutes=1)
        number = office.log(
            category="complaint/service_quality",
            phone=f"1390000{place:04d}",
            description="安装师傅爽约，第三次没有上门，要求说明",
            received_at=office.clock.at,
        )
        numbers.append(number)
        office.rest()
    office.clock.at += timedelta(hours=1)
    assert frequency.work(office.desk, now=office.clock.at) == OFTEN
    office.rest()
    parent = _ticket(office, numbers[0]).parent
    assert parent
    _resolve(office, parent)


def a_silence(office: Office) -> None:
    """Two customers have heard nothing for days: one from the start, one since a first contact."""
    begun = office.clock.at - timedelta(days=9)
    numbers = [office.log(received_at=begun) for _ in range(2)]
    heard = f.Contacted(
        way=ContactChannel.PHONE,
        outcome=ContactOutcome.REACHED,
        happened_at=begun + timedelta(hours=1),
    )
    work.contact(office.desk, numbers[1], heard, by=ANN, receipt=office.receipt())
    assert silence.work(office.desk, now=office.clock.at) == len(numbers)


def a_consent(office: Office) -> None:
    """A compensation above the limit, and help: each is asked for and decided."""
    number, desk, receipt = office.log(), office.desk, office.receipt
    owner = _ticket(office, number).assignee
    assert owner
    work.accept(desk, number, by=owner, receipt=receipt())
    finish_by = office.clock.at + timedelta(days=1)
    wish = f.Planned(measures=LONG, finish_by=finish_by, amount=30_000)
    work.plan(desk, number, wish, by=owner, receipt=receipt())
    help_ = f.CollaboratorsProposed(people=(OLGA,), contact=OLGA, need=LONG)
    helping.propose(desk, number, help_, by=owner, receipt=receipt())
    office.rest()
    first, *_ = approvers(_ticket(office, number), desk.handbook())
    compensation.refuse(desk, number, LONG, by=first, receipt=receipt())
    helping.agree(desk, number, by=SUE, receipt=receipt())


def _resolve(office: Office, number: Number) -> None:
    owner = _ticket(office, number).assignee
    assert owner
    work.accept(office.desk, number, by=owner, receipt=office.receipt())
    done = f.Resolved(result=LONG)
    work.resolve(office.desk, number, done, by=owner, receipt=office.receipt())


def _ticket(office: Office, number: Number) -> Ticket:
    with office.desk.records.read() as unit:
        return unit.tickets.get(number)


def a_month(office: Office) -> None:
    """The monthly meeting is run from its report: a decision, its owner, the minutes."""
    desk, receipt, now = office.desk, office.receipt, office.clock.at
    month = f"{now:%Y-%m}"
    period = Period("monthly_report", month, now, now - timedelta(days=31), now)
    with desk.records.write() as unit:
        unit.periods.settle(period, at=now, was_run=True)
        monthly_report.REPORT.run(desk, unit, Occasion(period))
    office.rest()
    monthly.start(desk, month, by=SUE, receipt=receipt())
    wish = Proposal(
        pain=LONG,
        action=LONG,
        goal=Text(f"{LONG[:-10]} 85%"),
        priority=Priority.P1,
        department="operations",
        owner=OLGA,
        due_at=now + timedelta(days=30),
    )
    monthly.decide(desk, month, OTHER, wish, by=SUE, receipt=receipt())
    office.rest()
    monthly.close(desk, month, by=SUE, receipt=receipt())
