"""Who counts what, and which cases stand behind a figure (R111, R117)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.records import SqlRecords
from storage.tables import audit
from tests.tickets.desk.desks import ANN, BOB, DAI, EVE, LEE, OLGA, STRANGER, SUE, Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tests.tickets.time.plans import at
from tests.tickets.watch import lives
from tickets.case import facts as f
from tickets.case.values import Number, PersonId, Priority, Risk, Text
from tickets.desk import figures, work
from tickets.desk.figures import cases_behind, overview
from tickets.desk.merge import merge
from tickets.desk.questionnaire import questionnaire
from tickets.desk.trade import trade_of
from tickets.errors import Refused
from tickets.insight.figures import By, Counted, Figure, Length, Spread
from tickets.insight.monthly import DepartmentTimes, by_round
from tickets.insight.overview import Mostly, said_most
from tickets.insight.spans import Span, span_of
from tickets.people.roles import Action

ANA = PersonId("U0ANALYST")


@pytest.fixture
def trial(records: SqlRecords) -> Trial:
    book = a_handbook()
    people = replace(book.people, analysts=frozenset({ANA}))
    return a_desk(records, replace(book, people=people))


def this_month(trial: Trial) -> Span:
    found = span_of("2025-09", trial.desk.calendar())
    assert found
    return found


def total(trial: Trial, who: PersonId) -> int:
    return overview(trial.desk, this_month(trial), None, by=who).whole.count(Figure.TOTAL).n


def behind(
    trial: Trial,
    figure: Figure,
    who: PersonId,
    by: By | None = None,
    group: str | None = None,
) -> Sequence[Number]:
    found = cases_behind(trial.desk, figure, this_month(trial), by, group, by=who)
    return [one.number for one in found.lines]


@pytest.mark.proves("X03")
@pytest.mark.requirement(111, 117)
def test_everybody_counts_what_they_may_see(trial: Trial) -> None:
    trial.log(by=ANN)  # to engineering
    trial.log(by=ANN, category="complaint/service_quality")
    trial.log(by=BOB)

    assert [total(trial, who) for who in (ANN, BOB)] == [2, 1]
    assert [total(trial, who) for who in (LEE, EVE)] == [2, 2]
    assert total(trial, OLGA) < 3
    assert [total(trial, who) for who in (SUE, DAI, ANA)] == [3, 3, 3]
    with pytest.raises(Refused):
        total(trial, STRANGER)


@pytest.mark.proves("X03")
@pytest.mark.requirement(117)
def test_an_analyst_sees_figures_and_no_case(trial: Trial) -> None:
    trial.log()

    with pytest.raises(Refused):
        behind(trial, Figure.TOTAL, ANA)


@pytest.mark.proves("X28")
@pytest.mark.requirement(106, 117)
def test_what_is_refused_of_figures_is_on_the_audit_log_once_as_what_was_asked(
    trial: Trial, records: SqlRecords
) -> None:
    span = this_month(trial)
    ways: Mapping[str, tuple[Callable[[], object], ...]] = {
        Action.LIST: (
            lambda: behind(trial, Figure.TOTAL, ANA),
            lambda: behind(trial, Figure.TOTAL, STRANGER),
        ),
        Action.SEE_FIGURES: (
            lambda: trade_of(trial.desk, span, by=ANN),
            lambda: trade_of(trial.desk, span, by=STRANGER),
            lambda: questionnaire(trial.desk, span, by=EVE),
            lambda: overview(trial.desk, span, None, by=STRANGER),
        ),
    }
    wanted = []
    for action, asking in ways.items():
        for ask in asking:
            with pytest.raises(Refused):
                ask()
            wanted.append((action, "refused"))

    with records.database.reading() as connection:
        rows = connection.execute(select(audit.c.action, audit.c.outcome).order_by(audit.c.id))
        assert [(row.action, row.outcome) for row in rows] == wanted


@pytest.mark.requirement(111)
def test_the_cases_behind_a_figure_are_those_their_reader_sees(trial: Trial) -> None:
    mine, other = trial.log(by=ANN), trial.log(by=BOB)

    assert behind(trial, Figure.TOTAL, ANN) == [mine]
    assert behind(trial, Figure.TOTAL, SUE) == [other, mine]


@pytest.mark.requirement(111)
def test_a_list_behind_a_figure_tells_no_group_of_what_a_risk_hides(trial: Trial) -> None:
    usual = trial.log(phone="139 0000 0001")
    hidden = trial.log(phone="139 0000 0002", risks=frozenset({Risk.SAFETY}), urgency=Priority.P1)

    def in_class(who: PersonId) -> set[Number]:
        return set(behind(trial, Figure.TOTAL, who, By.CATEGORY, "after_sales/fault"))

    assert in_class(DAI) == {usual}
    assert in_class(SUE) == in_class(ANN) == {usual, hidden}
    assert total(trial, DAI) == 2  # a figure names no case


@pytest.mark.requirement(104)
def test_what_does_not_count_comes_first(trial: Trial) -> None:
    content, cross = trial.log(phone="139 0000 0001"), trial.log(phone="139 0000 0002")
    for number, score in ((content, 5), (cross, 4)):
        lives.resolve(trial, number)
        lives.told(trial, number)
        lives.scored(trial, number, score)
    bad = trial.log(phone="139 0000 0003")
    lives.resolve(trial, bad)
    lives.told(trial, bad)
    lives.scored(trial, bad, 2)

    found = overview(trial.desk, this_month(trial), By.PERSON, by=SUE)

    assert found.whole.count(Figure.SATISFACTION) == Counted(2, 3)
    assert found.whole.count(Figure.SATISFACTION).percent == 67
    assert found.whole.count(Figure.RECOVERY) == Counted(0, 0)
    assert behind(trial, Figure.SATISFACTION, SUE) == [bad, cross, content]
    assert sum(one.count(Figure.SATISFACTION).n for one in found.groups) == 3


@pytest.mark.requirement(102)
def test_a_group_has_its_own_cases(trial: Trial) -> None:
    fault, usage = trial.log(), trial.log(category="inquiry/usage")

    found = overview(trial.desk, this_month(trial), By.CATEGORY, by=SUE)

    assert {one.group for one in found.groups} == {"after_sales/fault", "inquiry/usage"}
    assert behind(trial, Figure.TOTAL, SUE, By.CATEGORY, "after_sales/fault") == [fault]
    assert behind(trial, Figure.TOTAL, SUE, By.CATEGORY, "inquiry/usage") == [usage]


@pytest.mark.requirement(107)
def test_figures_stand_beside_those_of_the_baseline_month(records: SqlRecords) -> None:
    book = a_handbook()
    goals = {**book.goals, "response_time": "-30%", "baseline": "2025-09"}
    trial = a_desk(records, replace(book, goals=goals))
    logged = trial.log()
    trial.clock.move(minutes=40)
    lives.contact(trial, logged)
    trial.clock.move(days=30)
    trial.log()
    october = span_of("2025-10", trial.desk.calendar())
    assert october

    found = overview(trial.desk, october, None, by=SUE)

    assert found.against.goals.response_change == -30
    before = found.against.baseline
    assert before
    assert before.count(Figure.RESPONSE).n == 1
    assert found.whole.count(Figure.RESPONSE).n == 0


@pytest.mark.requirement(102)
def test_the_largest_classes_say_what_they_mostly_came_from(trial: Trial) -> None:
    for place, cause in enumerate(
        ("制冷剂泄漏。", "压缩机", "制冷剂泄漏", "李小红的电话 138 1234 5678")
    ):
        number = trial.log(phone=f"139 0000 000{place}")
        work.accept(trial.desk, number, by=SUE, reason=Text("代"), receipt=trial.receipt())
        done = f.Resolved(result=Text("已修复"), first_cause=Text(cause))
        work.resolve(trial.desk, number, done, by=SUE, receipt=trial.receipt())
    trial.log(category="inquiry/usage")

    by_category = overview(trial.desk, this_month(trial), By.CATEGORY, by=SUE)
    for_analyst = overview(trial.desk, this_month(trial), By.CATEGORY, by=ANA)

    fault, usage = by_category.groups
    assert fault.said_cause == Mostly("制冷剂泄漏", Counted(2, 4))
    assert usage.said_cause is None
    assert [one.said_cause for one in for_analyst.groups] == [None, None]
    newest = said_most(["李某", "李某 "])
    assert newest == Mostly("李某", Counted(2, 2))


@pytest.mark.requirement(110)
def test_a_cause_in_words_names_no_customer(trial: Trial) -> None:
    number = trial.log(name="李小红", phone="138 1234 5678")
    work.accept(trial.desk, number, by=SUE, reason=Text("代"), receipt=trial.receipt())
    done = f.Resolved(result=Text("已修复"), first_cause=Text("李小红的电话 138 1234 5678 打不通"))
    work.resolve(trial.desk, number, done, by=SUE, receipt=trial.receipt())

    (fault,) = overview(trial.desk, this_month(trial), By.CATEGORY, by=SUE).groups

    assert fault.said_cause
    assert "打不通" in fault.said_cause.words
    assert "李小红" not in fault.said_cause.words
    assert "1234" not in fault.said_cause.words


@pytest.mark.requirement(103)
def test_lengths_by_the_clock_and_in_opening_hours_by_hand(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial.clock.at = at("2025-09-19 17:30")  # a Friday; the desk closes at 18:00, opens at 8:00
    over_the_weekend = trial.log(phone="139 0000 0001")
    trial.clock.at = at("2025-09-22 08:30")
    lives.contact(trial, over_the_weekend)
    trial.clock.at = at("2025-09-22 11:30")
    over_noon = trial.log(phone="139 0000 0002")  # closed from 12:00 to 14:00
    trial.clock.at = at("2025-09-22 14:30")
    lives.contact(trial, over_noon)

    response = overview(trial.desk, this_month(trial), None, by=SUE).whole.length(Length.RESPONSE)

    # 63 h and 3 h by the clock, 1 h each of opening hours
    assert response.clock == Spread(n=2, mean=33 * 60, median=33 * 60, p90=63 * 60)
    assert response.working == Spread(n=2, mean=60, median=60, p90=60)
    (tech,) = overview(trial.desk, this_month(trial), By.DEPARTMENT, by=SUE).groups
    assert tech.length(Length.RESPONSE) == response

    monkeypatch.setattr(
        figures, "MOST_MEASURED", 1
    )  # of very many, groups are measured by the clock
    (tech,) = overview(trial.desk, this_month(trial), By.DEPARTMENT, by=SUE).groups
    assert tech.length(Length.RESPONSE) == replace(response, working=None)


@pytest.mark.requirement(103)
def test_a_department_has_what_its_policies_give_those_contacted_by_hand(trial: Trial) -> None:
    urgent = trial.log(phone="139 0000 0001", urgency=Priority.P1)  # within 1 h
    slow = trial.log(phone="139 0000 0002", urgency=Priority.P3)  # within 24 h
    trial.log(phone="139 0000 0003", urgency=Priority.P1)  # nobody calls this one
    trial.clock.move(minutes=30)
    for number in (urgent, slow):
        lives.contact(trial, number)

    (tech,) = overview(trial.desk, this_month(trial), By.DEPARTMENT, by=SUE).groups

    given = tech.length(Length.EXPECTED).clock
    assert given == Spread(n=2, mean=(60 + 24 * 60) // 2, median=750, p90=24 * 60)
    with trial.desk.records.read() as unit:
        span = this_month(trial)
        times = figures.times_by_department(trial.desk, unit, span.start, span.end)
    listed = DepartmentTimes(department="tech", count=3, response_minutes=None, contacted=0)
    assert [one.response_allowed for one in by_round([listed], times)] == [750]


def repeats(trial: Trial) -> Counted:
    whole = overview(trial.desk, this_month(trial), None, by=SUE).whole
    return whole.count(Figure.REPEATS)


@pytest.mark.requirement(79, 109)
@pytest.mark.parametrize(
    ("later", "changes", "counts"),
    [
        (timedelta(days=14), {}, True),
        (timedelta(days=14, minutes=1), {}, False),
        (timedelta(days=1), {"category": "inquiry/usage"}, False),
        (timedelta(days=1), {"phone": "139 0000 0002"}, False),
        (timedelta(days=1), {"linked_to": None}, False),  # whoever took it calls it a new case
    ],
)
def test_a_case_linked_to_one_about_the_same_is_a_repeat_for_a_fortnight(
    trial: Trial, later: timedelta, changes: Mapping[str, object], counts: bool
) -> None:
    trial.clock.at = at("2025-09-01 09:30")
    number = trial.log(phone="139 0000 0001")
    trial.clock.at += later

    linked = trial.log(**{"phone": "139 0000 0001", "linked_to": number, **changes})

    assert repeats(trial) == Counted(int(counts), 2)
    assert (linked in behind(trial, Figure.REPEATS, SUE)[1:]) is counts


@pytest.mark.requirement(79, 109)
@pytest.mark.parametrize(("later", "counts"), [(60, True), (0, False)])
def test_a_merged_call_is_a_repeat_unless_one_call_was_written_down_twice(
    trial: Trial, later: int, counts: bool
) -> None:
    number = trial.log(phone="139 0000 0001")
    trial.clock.move(minutes=later)
    second = trial.log(phone="139 0000 0001")

    merge(trial.desk, second, number, by=SUE, receipt=trial.receipt())

    assert repeats(trial) == Counted(int(counts), 1)


@pytest.mark.requirement(105)
def test_a_case_that_went_on_under_another_number_is_late_there_alone(trial: Trial) -> None:
    late = trial.log(phone="139 0000 0001", urgency=Priority.P1)
    trial.clock.move(hours=3)  # its first contact was owed within an hour
    lives.resolve(trial, late)
    lives.told(trial, late)
    lives.scored(trial, late, 2)
    assert behind(trial, Figure.OVERDUE, SUE) == [late]
    survivor = trial.log(phone="139 0000 0001")

    merge(trial.desk, late, survivor, by=SUE, receipt=trial.receipt())

    assert late not in behind(trial, Figure.OVERDUE, SUE)
    assert behind(trial, Figure.TOTAL, SUE) == [survivor]
