"""Shifts: away, back, handed over with one tap, the rest to the supervisor, reminders."""

import pytest

from tests.handlers.stage import AGENT, ENG, ENG2, SUPER, Stage, words_of
from tickets.case.values import Status

pytestmark = pytest.mark.usefixtures("address")  # on both engines


def test_new_cases_pass_over_who_is_away_and_the_deputy_is_named(stage: Stage) -> None:
    stage.person(ENG).command("/ticket", "离岗")
    told = stage.told(ENG)

    number = stage.log()

    assert "Ken" in told
    assert stage.ticket(number).assignee == ENG2
    stage.person(ENG).command("/ticket", "back")
    assert "欢迎" in stage.told(ENG)


def test_open_work_is_listed_for_the_next_shift_and_taken_with_one_tap(stage: Stage) -> None:
    number = stage.log()
    eve, ken = stage.person(ENG), stage.person(ENG2)

    eve.command("/ticket", "handover")
    told = stage.told(ENG)
    stage.settle()
    channel = stage.slack.look(lambda: stage.slack.sandbox.workspace.channel_named("tech").id)
    message = next(m for m in ken.messages(channel) if "ticket.take" in str(m))
    ken.click(message, "ticket.take", channel=channel)

    assert "1" in told
    assert stage.ticket(number).assignee == ENG2
    assert number in stage.told(ENG2, channel)


def test_what_nobody_took_goes_to_the_supervisor(stage: Stage) -> None:
    number = stage.log()
    eve = stage.person(ENG)
    eve.command("/ticket", "交班")
    stage.told(ENG)

    eve.click(eve.whispers()[-1], "menu.rest")

    assert "1" in stage.told(ENG)
    assert stage.ticket(number).assignee == SUPER


def test_a_case_being_solved_elsewhere_is_not_handed_over_by_its_logger(stage: Stage) -> None:
    number = stage.log()

    stage.person(AGENT).command("/ticket", "handover")

    assert "无需交班" in stage.told(AGENT)
    assert stage.ticket(number).assignee == ENG


def test_only_what_may_be_taken_is_listed_in_the_channel(stage: Stage) -> None:
    """A case the agent logged and an engineer is solving must not be offered beside the call owed."""
    owed, elsewhere = stage.log(), stage.log()
    solver = stage.ticket(owed).assignee or ""
    stage.press(solver, "ticket.accept", owed)
    stage.fill(solver, "ticket.resolve", owed, result="补充冷媒")

    stage.person(AGENT).command("/ticket", "handover")
    told = stage.told(AGENT)
    stage.settle()

    channel = stage.slack.look(
        lambda: stage.slack.sandbox.workspace.channel_named("service-desk").id
    )
    message = next(m for m in stage.slack.messages(channel) if "ticket.take" in str(m))
    assert "1" in told
    assert owed in words_of(message["blocks"])
    assert elsewhere not in words_of(message["blocks"])


def test_the_call_still_owed_is_taken_over(stage: Stage) -> None:
    number = stage.log()
    stage.press(ENG, "ticket.accept", number)
    stage.fill(ENG, "ticket.resolve", number, result="补充冷媒")

    stage.person(AGENT).command("/ticket", "handover")
    stage.settle()
    bob = stage.person("U0AGENT2")
    channel = stage.slack.look(
        lambda: stage.slack.sandbox.workspace.channel_named("service-desk").id
    )
    message = next(m for m in bob.messages(channel) if "ticket.take" in str(m))
    bob.click(message, "ticket.take", channel=channel)

    ticket = stage.ticket(number)
    assert (ticket.caller, ticket.logged_by) == ("U0AGENT2", AGENT)
    assert ticket.status is Status.RESOLVED
    ann = stage.person(AGENT)
    bob.open_home()
    ann.open_home()
    assert number in words_of(bob.home())
    assert number not in words_of(ann.home())


@pytest.mark.parametrize("when", ["明天15:00", "Friday 9am", "in 2 hours", "下周一9点半"])
def test_a_reminder_is_set_in_words(stage: Stage, when: str) -> None:
    number = stage.log()

    stage.person(AGENT).command("/ticket", f"提醒 {number} {when}")

    assert number in stage.told(AGENT)


def test_a_moment_that_cannot_be_read_is_said_so(stage: Stage) -> None:
    number = stage.log()

    stage.person(AGENT).command("/ticket", f"remind {number} soonish")

    assert "明天 15:00" in stage.told(AGENT)
