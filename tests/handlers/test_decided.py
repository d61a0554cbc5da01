"""Whoever was asked to decide sees in that message that it is decided: by whom, when, which way; there is nothing to press."""

from datetime import timedelta

import pytest

from bot.cli.blocks import text_of
from tests.handlers.stage import AGENT, ENG, LEAD, SUPER, Stage
from tests.handlers.test_export import send
from tests.handlers.test_rights import ADMIN, DIRECTOR, ask, ended, listed, press, read
from tickets.case.values import Number, PersonId, Text
from tickets.desk import compensation
from tickets.desk.merge import merge
from tickets.desk.subject import Which, erase
from tickets.people.disposal import DECIDE_WITHIN
from tickets.watch.retention import work

PATIENCE = timedelta(seconds=5)
LOCALES = {"zh-CN": "已于", "zh-TW": "已於", "en-US": "it"}


def told(stage: Stage, who: str, has: str) -> list[str]:
    """What a person's direct messages say by now, those that have these words, the oldest first."""
    stage.settle()
    direct = stage.slack.sandbox.workspace.direct(who).id
    said = [text_of(one["blocks"], str) for one in stage.slack.messages(direct)]
    return [one for one in said if has in one]


def name(stage: Stage, who: str) -> str:
    return str(stage.slack.sandbox.workspace.people[who].real_name)


def button_count(stage: Stage, who: str, action: str) -> int:
    stage.settle()
    direct = stage.slack.sandbox.workspace.direct(who).id
    return str([one["blocks"] for one in stage.slack.messages(direct)]).count(f"'{action}'")


@pytest.mark.proves("X18")
@pytest.mark.requirement(111)
@pytest.mark.parametrize(
    ("action", "says"), [("export.approve", "批准"), ("export.refuse", "决定不予批准")]
)
def test_a_director_sees_what_was_decided_on_an_export(
    stage: Stage, action: str, says: str
) -> None:
    send(stage, SUPER, export_how="full", export_table="hotline")
    (waiting,) = told(stage, DIRECTOR, "客服热线记录表")
    assert "前决定" in waiting

    press(stage, DIRECTOR, read(stage, DIRECTOR), action)

    (decided,) = told(stage, DIRECTOR, "客服热线记录表")
    assert "月度会议" in decided  # what was asked can still be read
    assert says in decided and "前决定" not in decided
    assert name(stage, DIRECTOR) in decided
    assert button_count(stage, DIRECTOR, action) == 0


@pytest.mark.proves("X41")
@pytest.mark.requirement(113)
def test_each_turn_of_an_erasure_ends_in_its_message(stage: Stage) -> None:
    number = ended(stage)
    ask(stage, number)

    press(stage, DIRECTOR, read(stage, DIRECTOR), "rights.approve")

    assert button_count(stage, DIRECTOR, "rights.approve") == 0
    (asked,) = told(stage, DIRECTOR, number)
    assert "批准。" in asked and "前决定" not in asked
    assert button_count(stage, ADMIN, "rights.run") == 1
    press(stage, ADMIN, read(stage, ADMIN), "rights.run")
    assert button_count(stage, ADMIN, "rights.run") == 0
    (order,) = told(stage, ADMIN, number)
    assert "began to carry it out" in order and "by the button" not in order


@pytest.mark.proves("X41")
def test_a_refused_erasure_is_offered_no_more(stage: Stage) -> None:
    number = ended(stage)
    ask(stage, number)

    press(stage, DIRECTOR, read(stage, DIRECTOR), "rights.refuse")

    assert button_count(stage, DIRECTOR, "rights.refuse") == 0
    assert "决定不予批准" in told(stage, DIRECTOR, number)[0]


@pytest.mark.proves("X41")
def test_an_erasure_begun_on_the_command_line_is_not_offered_to_the_administrators_any_more(
    stage: Stage,
) -> None:
    number = ended(stage)
    ask(stage, number)
    press(stage, DIRECTOR, read(stage, DIRECTOR), "rights.approve")
    assert button_count(stage, ADMIN, "rights.run") == 1

    assert erase(stage.bot.desk, Which(number=number))

    assert button_count(stage, ADMIN, "rights.run") == 0
    (order,) = told(stage, ADMIN, number)
    assert "(command line) began to carry it out" in order and "@operator" not in order


@pytest.mark.proves("X35")
@pytest.mark.parametrize("locale", list(LOCALES))
def test_what_is_past_its_age_says_who_asked_and_who_agreed(stage: Stage, locale: str) -> None:
    for who in (SUPER, DIRECTOR):
        stage.slack.admin("set_locale", user=who, locale=locale)
    stage.bot.refresh()
    (number,) = listed(stage).numbers

    press(stage, SUPER, read(stage, SUPER), "rights.ask")
    press(stage, DIRECTOR, read(stage, DIRECTOR), "rights.approve")

    for who, action in ((SUPER, "rights.ask"), (DIRECTOR, "rights.approve")):
        assert button_count(stage, who, action) == 0
        said = told(stage, who, number)[0]
        assert LOCALES[locale] in said and name(stage, who) in said


def test_what_nobody_took_further_says_that_it_lapsed(stage: Stage) -> None:
    (number,) = listed(stage).numbers
    assert button_count(stage, SUPER, "rights.ask") == 1

    work(stage.bot.desk, now=stage.bot.desk.clock.now() + DECIDE_WITHIN)

    assert button_count(stage, SUPER, "rights.ask") == 0
    assert "已过期" in told(stage, SUPER, number)[0]


def planned(stage: Stage) -> str:
    """An engineer's plan with a compensation above the limit."""
    number = stage.log()
    stage.press(ENG, "ticket.accept", number)
    plan(stage, number, "300")
    return number


def plan(stage: Stage, number: str, amount: str) -> None:
    later = int((stage.bot.desk.clock.now() + timedelta(days=1)).timestamp())
    sent = stage.fill(ENG, "ticket.plan", number, measures="上门", finish_by=later, amount=amount)
    assert not sent.errors, sent.errors
    stage.settle()


@pytest.mark.requirement(73)
def test_a_compensation_that_was_approved_is_offered_no_more(stage: Stage) -> None:
    number = planned(stage)
    assert button_count(stage, LEAD, "ticket.approve") == 1
    assert "请您审批" in told(stage, LEAD, "300 元")[0]

    press(stage, LEAD, read(stage, LEAD), "ticket.approve")

    assert stage.ticket(number).complaint.approval is None
    assert button_count(stage, LEAD, "ticket.approve") == 0
    (decided,) = told(stage, LEAD, "300 元")
    assert "批准。" in decided and name(stage, LEAD) in decided
    assert "请您审批" not in decided


@pytest.mark.requirement(73)
def test_a_no_from_somewhere_else_is_seen_by_who_was_asked(stage: Stage) -> None:
    number = Number(planned(stage))

    compensation.refuse(stage.bot.desk, number, Text("先修"), by=PersonId(SUPER), receipt="r1")

    assert button_count(stage, LEAD, "ticket.approve") == 0
    (decided,) = told(stage, LEAD, "300 元")
    assert "决定不予批准" in decided and name(stage, SUPER) in decided


@pytest.mark.requirement(73)
def test_a_later_amount_takes_the_buttons_from_the_earlier_message(stage: Stage) -> None:
    number = planned(stage)

    plan(stage, number, "500")

    assert button_count(stage, LEAD, "ticket.approve") == 1
    earlier, later = (told(stage, LEAD, one)[-1] for one in ("300 元", "500 元"))
    assert "新的方案" in earlier and "新的方案" not in later


@pytest.mark.requirement(73)
def test_a_case_that_is_over_asks_for_no_decision(stage: Stage) -> None:
    number, first = planned(stage), stage.log()

    merge(stage.bot.desk, Number(number), Number(first), by=PersonId(AGENT), receipt="r1")

    assert button_count(stage, LEAD, "ticket.approve") == 0
    assert "无需再决定" in told(stage, LEAD, "300 元")[0]


@pytest.mark.requirement(41)
@pytest.mark.parametrize("names_others", [False, True])
def test_who_was_asked_to_agree_to_help_sees_that_it_is_settled(
    stage: Stage, names_others: bool
) -> None:
    number = stage.log()
    stage.press(ENG, "ticket.accept", number)
    stage.fill(ENG, "ticket.propose_help", number, people=["U0OPS"], need="调取通话录音")
    assert button_count(stage, LEAD, "ticket.agree_help") == 1
    if names_others:
        sent = stage.fill(SUPER, "ticket.collaborators", number, people=["U0AGENT1"])
        assert not sent.errors, sent.errors
    else:
        press(stage, LEAD, read(stage, LEAD), "ticket.agree_help")

    for who in (LEAD, SUPER):
        assert button_count(stage, who, "ticket.agree_help") == 0
        (settled,) = told(stage, who, "调取通话录音")
        assert "确定协作人" in settled


def test_drawn_once_more_after_a_kill_it_says_the_same_and_nothing_besides(stage: Stage) -> None:
    planned(stage)
    press(stage, LEAD, read(stage, LEAD), "ticket.approve")
    before = {who: told(stage, who, "") for who in (LEAD, SUPER)}

    with stage.bot.desk.records.database.writing(PATIENCE) as connection:  # type: ignore[attr-defined]
        again = "UPDATE notices SET state = 'ready' WHERE kind = 'decision_redrawn'"
        assert connection.exec_driver_sql(again).rowcount == 1

    assert {who: told(stage, who, "") for who in before} == before
