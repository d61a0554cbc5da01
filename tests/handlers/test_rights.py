"""Erasing a customer in Slack: asked for by a supervisor, decided by a director, carried out by an administrator."""

import time

import pytest

from tests.handlers.stage import AGENT, PATIENCE, SUPER, Stage, words_of
from tickets.case.values import ERASED, CustomerId, Number, PersonId, Text
from tickets.desk.rights import told
from tickets.people.disposal import Occasion, Request, Standing
from tickets.watch.tick import tick

DIRECTOR, ADMIN = "U0DIRECTOR", "U0ADMIN"
WHY = "客户来电要求删除，联系 13812345678"


def read(stage: Stage, who: str) -> dict:  # type: ignore[type-arg]
    """The newest direct message of the desk to a person."""
    stage.settle()
    return stage.slack.messages(stage.person(who).direct)[-1]


def press(stage: Stage, who: str, message: dict, action: str) -> None:  # type: ignore[type-arg]
    """Press a button of a direct message."""
    acting = stage.person(who)
    acting.click(message, action, channel=acting.direct)


def ended(stage: Stage) -> Number:
    """A case that is over."""
    number = Number(stage.log())
    stage.fill(AGENT, "ticket.invalid", number, note="李丽女士打错了电话")
    return number


def ask(stage: Stage, number: Number) -> None:
    sue = stage.person(SUPER)
    sue.command("/ticket", f"erase {number}")
    form = sue.modal("modal.erase")
    assert number in words_of(form)
    sent = sue.submit(form, {"reason": WHY})
    assert not sent.errors
    sue.close(sent.views[-1], everything=True)
    stage.settle()


@pytest.mark.proves("X41", "X23")
@pytest.mark.requirement(113)
def test_a_customer_is_erased_by_three_people(stage: Stage) -> None:
    number = ended(stage)
    ask(stage, number)

    question = read(stage, DIRECTOR)
    said = words_of(question["blocks"])
    assert number in said
    assert "13812345678" not in said
    assert "****5678" in said or "****" in said
    assert "李丽" not in said
    press(stage, DIRECTOR, question, "rights.approve")
    order = read(stage, ADMIN)
    press(stage, ADMIN, order, "rights.run")
    stage.settle()
    tick(stage.bot.desk, now=stage.bot.desk.clock.now())

    done = words_of(read(stage, SUPER)["blocks"])
    assert "已删除" in done or "erased" in done
    assert stage.ticket(number).intake.description == ERASED
    with stage.bot.desk.records.read() as unit:
        assert unit.customers.find(phone="+8613812345678", email=None) is None
    _channel, card = stage.card(number)
    assert "空调开机30分钟" not in words_of(card["blocks"])
    stage.person(SUPER).command("/ticket", f"show {number}")
    shown = words_of(stage.person(SUPER).modal("modal.shown"))
    assert number in shown
    assert "空调开机30分钟" not in shown


@pytest.mark.proves("X41")
def test_a_director_may_refuse_and_nothing_is_erased(stage: Stage) -> None:
    number = ended(stage)
    ask(stage, number)
    question = read(stage, DIRECTOR)

    press(stage, DIRECTOR, question, "rights.refuse")
    once = stage.last("interactive")  # as it is pressed before that message is drawn anew
    stage.settle()

    told = words_of(read(stage, SUPER)["blocks"])
    assert "没有批准" in told or "did not approve" in told
    assert stage.ticket(number).intake.description != ERASED
    before = stage.told(DIRECTOR, stage.person(DIRECTOR).direct)
    once["actions"][0] |= {"action_id": "rights.approve", "action_ts": "1795951608.000001"}
    stage.send(once)  # the same message, too late
    late = stage.told(DIRECTOR, stage.person(DIRECTOR).direct)
    assert late != before
    assert "refused" in late or "拒绝" in late or "批准" in late
    assert stage.ticket(number).intake.description != ERASED


@pytest.mark.proves("X02")
def test_who_may_not_ask_is_told_who_may(stage: Stage) -> None:
    number = ended(stage)

    stage.person(AGENT).command("/ticket", f"erase {number}")

    assert "主管" in stage.told(AGENT)


def test_open_cases_are_shown_instead_of_a_form(stage: Stage) -> None:
    number = stage.log()

    stage.press(SUPER, "ticket.erase", number)

    sue = stage.person(SUPER)
    for _ in range(PATIENCE):
        shown = words_of(sue.modal("modal.shown"))  # More first, then what lies on top of it
        if "办结" in shown:
            break
        time.sleep(0.05)
    assert "办结" in shown
    assert number in shown


def listed(stage: Stage) -> Request:
    """What is past its age was listed to the supervisors."""
    number, now = ended(stage), stage.bot.desk.clock.now()
    one = Request(
        id="listed",
        occasion=Occasion.RETENTION,
        standing=Standing.PROPOSED,
        reason=Text("3y"),
        numbers=(number,),
        customers=(),
        made_at=now,
        since=now,
    )
    with stage.bot.desk.records.write() as unit:
        unit.disposals.add(one)
        unit.notices.plan(told(stage.bot.desk, one))
    return one


@pytest.mark.proves("X35")
def test_what_is_past_its_age_ends_with_one_button_each(stage: Stage) -> None:
    (number,) = listed(stage).numbers

    press(stage, SUPER, read(stage, SUPER), "rights.ask")
    question = read(stage, DIRECTOR)
    assert number in words_of(question["blocks"])
    assert stage.ticket(number).intake.description != ERASED
    press(stage, DIRECTOR, question, "rights.approve")
    tick(stage.bot.desk, now=stage.bot.desk.clock.now())

    assert stage.ticket(number).intake.description == ERASED
    done = words_of(read(stage, SUPER)["blocks"])
    assert "超期资料已清除" in done or "ended" in done


@pytest.mark.parametrize("locale", ["zh-CN", "zh-TW", "en-US"])
def test_every_turn_is_told_in_each_language(stage: Stage, locale: str) -> None:
    readers = (SUPER, DIRECTOR, ADMIN)
    for who in readers:
        stage.slack.admin("set_locale", user=who, locale=locale)
    stage.bot.refresh()
    number, now = ended(stage), stage.bot.desk.clock.now()
    turns = [(o, s) for o in Occasion for s in Standing if s is not Standing.RUNNING]
    requests = [
        Request(
            id=f"{occasion}-{standing}",
            occasion=occasion,
            standing=standing,
            reason=Text("3y"),
            numbers=(number,) * (1 if occasion is Occasion.ERASURE else 200),
            customers=(CustomerId("c1"),),
            made_at=now,
            since=now,
            asked_by=PersonId(SUPER),
            decided_by=PersonId(DIRECTOR),
            report={"tickets": 1, "customers": 1, "evidence": 60, "files": "F0123456789, " * 50},
        )
        for occasion, standing in turns
    ]
    before = {who: len(stage.slack.messages(stage.person(who).direct)) for who in readers}
    with stage.bot.desk.records.write() as unit:
        for request in requests:
            unit.disposals.add(request)
            unit.notices.plan(told(stage.bot.desk, request))
    stage.settle()

    assert [e.error for e in stage.slack.traffic() if e.name.startswith("chat.") and not e.ok] == []
    said = {who: stage.slack.messages(stage.person(who).direct)[before[who] :] for who in readers}
    assert [len(said[who]) for who in readers] == [10, 4, 2]  # whose turn it is, and who waits
    assert all("None" not in words_of(one["blocks"]) for ones in said.values() for one in ones)
