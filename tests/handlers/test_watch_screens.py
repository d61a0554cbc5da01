"""Warnings, breaches and why, in a strict workspace: what people see of a deadline, and what they press."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from tests.handlers.stage import Json, Stage
from tests.handlers.test_digests import Day, lived, said
from tests.tickets.desk.desks import ADAM, ANN, EVE, LEE, SUE
from tests.tickets.time.plans import at
from tickets.case import facts as f
from tickets.case.values import CustomerType, Kind, LateCause, Number, Priority, Text
from tickets.desk import promises
from tickets.desk.fast_lane import fill_in, take_fast
from tickets.time.deadline import DeadlineKind
from tickets.watch.tick import tick

TUESDAY = "2026-11-24"


@dataclass(frozen=True, slots=True)
class Watch:
    """A desk whose deadlines pass."""

    day: Day

    @property
    def stage(self) -> Stage:
        return self.day.stage

    def log(self) -> Number:
        """Log an urgent fault at 08:30: first contact by 09:30, accepted by 10:30."""
        return self.day.trial.log(urgency=Priority.P1, received_at=self.day.trial.clock.at)

    def reach(self, clock: str, day: str = TUESDAY) -> None:
        self.day.trial.clock.at = at(f"{day} {clock}")
        tick(self.stage.bot.desk, now=self.day.trial.clock.at)
        self.stage.settle()

    def saying(self, *texts: str) -> Json:
        """Find the newest message in #tech or a thread of it that says all this."""
        found = [one for one in self.day.posts("tech") if all(text in said(one) for text in texts)]
        assert found, [said(one) for one in self.day.posts("tech")]
        return found[-1]

    def press(self, who: str, action: str, message: Json) -> None:
        channel = self.stage.slack.look(
            lambda: self.stage.slack.sandbox.workspace.channel_named("tech")
        )
        assert channel
        self.stage.person(who).click(message, action, channel=channel.id)
        self.stage.settle()

    def facts(self, number: Number, kind: type) -> list[f.Fact]:
        with self.stage.bot.desk.records.read() as unit:
            events = unit.tickets.events(number)
        return [event.fact for event in events if isinstance(event.fact, kind)]


def buttons_of(message: Json) -> list[str]:
    rows = [one for one in message["blocks"] if one["type"] == "actions"]
    return [one["text"]["text"] for row in rows for one in row["elements"]]


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    with lived(tmp_path, monkeypatch) as day:
        yield Watch(day)


@pytest.mark.requirement(49, 81, 82)
def test_a_warning_and_a_breach_call_whom_they_must_in_the_thread_and_the_channel(
    watch: Watch,
) -> None:
    number = watch.log()
    watch.stage.settle()
    watch.reach("09:00")

    warning = watch.saying("⏰", number, "距首次响应时限剩余 30 分钟")
    assert warning["thread_ts"]
    assert warning["subtype"] == "thread_broadcast"
    assert "客服主管" in said(warning) or "请知悉" in said(warning)

    watch.reach("09:30")
    breach = watch.saying("🔴", number, "已超过首次响应时限")
    assert breach["subtype"] == "thread_broadcast"
    assert watch.day.told(ANN, "已超过首次响应时限")


def test_got_it_on_a_warning_is_noted_under_it(watch: Watch) -> None:
    number = watch.log()
    watch.stage.settle()
    watch.reach("09:00")

    watch.press(EVE, "ticket.got_it", watch.saying("⏰", "首次响应"))

    assert [fact.cancels for fact in watch.facts(number, f.Heard)] == [None]  # type: ignore[attr-defined]
    assert "已知悉" in said(watch.saying("⏰", "首次响应"))


@pytest.mark.parametrize(("who", "rungs"), [(EVE, 1), (LEE, 0), (SUE, 0)])
def test_on_a_breach_only_the_lead_or_a_supervisor_calls_the_next_step_off(
    watch: Watch, who: str, rungs: int
) -> None:
    number = watch.log()
    watch.stage.settle()
    watch.reach("09:30")

    watch.press(who, "ticket.got_it", watch.saying("🔴", "首次响应"))
    watch.reach("15:35")  # four working hours after the breach

    said_up = [
        one for one in watch.day.posts("tech") if "🔺" in said(one) and "首次响应" in said(one)
    ]
    in_thread = [one for one in said_up if one.get("thread_ts")]
    assert len({one["ts"] for one in in_thread}) == rungs
    assert len(watch.facts(number, f.Heard)) == 1


def test_the_last_step_up_offers_no_next_one_to_call_off(watch: Watch) -> None:
    watch.log()
    watch.stage.settle()
    watch.reach("09:30")
    watch.reach("15:35")  # four working hours after the breach

    breach, rung = watch.saying("🔴", "首次响应"), watch.saying("🔺", "首次响应")

    assert buttons_of(breach)[-2] == "已知悉，暂不上报"
    assert buttons_of(rung)[-2] == "已知悉"


def test_a_case_that_nobody_accepted_offers_that_first(watch: Watch) -> None:
    watch.log()
    watch.stage.settle()
    watch.reach("06:30", "2026-11-25")

    assert buttons_of(watch.saying("⏰", "距处理时限"))[0] == "受理"


def test_time_left_in_which_the_desk_is_closed_says_so(watch: Watch) -> None:
    watch.reach("18:30")
    watch.log()
    watch.stage.settle()
    watch.reach("19:00")

    assert watch.saying("⏰", "距首次响应时限剩余 30 分钟（均为非工作时间）")


def test_why_a_case_is_late_is_chosen_and_stands_on_record(watch: Watch) -> None:
    number = watch.log()
    watch.stage.settle()
    watch.reach("09:30")

    watch.press(EVE, "ticket.lateness", watch.saying("🔴", "首次响应"))
    form = watch.stage.person(EVE).modal("modal.lateness")
    answer = watch.stage.person(EVE).submit(
        form, {"late_cause": LateCause.NO_PARTS, "overdue_reason": "压缩机缺货"}
    )
    watch.stage.settle()

    assert not answer.errors
    ticket = watch.stage.ticket(number)
    assert (ticket.late_cause, ticket.overdue_reason) == (LateCause.NO_PARTS, "压缩机缺货")


def test_why_late_is_offered_once_something_is(watch: Watch) -> None:
    number = watch.log()
    watch.stage.settle()
    channel, card = watch.stage.card(number)
    eve = watch.stage.person(EVE)

    eve.click(card, "ticket.more", channel=channel)
    in_time = eve.modal()
    eve.close(in_time)
    watch.reach("09:30")
    channel, card = watch.stage.card(number)
    eve.click(card, "ticket.more", channel=channel)

    assert ["ticket.lateness" in str(one) for one in (in_time, eve.modal())] == [False, True]


@pytest.mark.parametrize("word", ["why", "时限", "時限"])
def test_why_shows_how_each_deadline_came_about(watch: Watch, word: str) -> None:
    number = watch.log()
    watch.stage.settle()

    watch.stage.person(ANN).command("/ticket", f"{word} {number}")
    view = watch.stage.person(ANN).modal()

    text = said(view)
    assert "24" in text
    assert "2026" in text or "11" in text
    assert number in str(view)


def test_why_is_not_for_an_admin_who_may_not_see_cases(watch: Watch) -> None:
    number = watch.log()
    watch.stage.settle()

    watch.stage.person(ADAM).command("/ticket", f"why {number}")
    watch.stage.settle()

    assert not watch.stage.person(ADAM).modals()


@pytest.mark.requirement(21)
def test_a_stub_of_the_fast_lane_that_nobody_fills_in_breaches_all_the_same(watch: Watch) -> None:
    desk, trial = watch.stage.bot.desk, watch.day.trial
    trial.log(customer_type=CustomerType.VIP, category="inquiry/usage")
    stub = take_fast(desk, "13812345678", "冰箱不制冷", by=ANN, receipt=trial.receipt())
    watch.stage.settle()
    with desk.records.read() as unit:
        due = min(d.due_at for d in unit.watch.deadlines(stub.ticket.number) if d.due_at)

    trial.clock.at = due + timedelta(minutes=20)  # nobody watched the warning's moment
    tick(desk, now=trial.clock.at)
    watch.stage.settle()

    (reached,) = watch.facts(stub.ticket.number, f.StageReached)
    assert (reached.stage, reached.missed_warning) == (1, True)  # type: ignore[attr-defined]
    posts = [
        said(one) for one in watch.day.posts("service-desk") if "已超过首次响应时限" in said(one)
    ]
    assert [one for one in posts if stub.ticket.number in one]

    filled = f.FilledIn(
        kind=Kind.AFTER_SALES,
        category="after_sales/fault",
        urgency=Priority.P3,
        description=Text("冰箱冷藏室不制冷，昨晚起内部温度十八度"),
        expectation=Text("今天上门检修"),
    )
    fill_in(desk, stub.ticket.number, filled, by=ANN, receipt=trial.receipt())
    assert watch.facts(stub.ticket.number, f.StageReached) == [reached]  # it stays on record


@pytest.mark.requirement(42)
def test_a_broken_promise_is_kept_by_the_button_on_its_breach(watch: Watch) -> None:
    number = watch.log()
    desk, trial = watch.stage.bot.desk, watch.day.trial
    for hours, said_so in ((1, "回电 13812345678"), (30, "寄出配件")):
        what = f.Promised(what=Text(said_so), due_at=trial.clock.at + timedelta(hours=hours))
        promises.promise(desk, number, what, by=EVE, receipt=trial.receipt())
    watch.stage.settle()
    watch.reach("09:05")
    watch.saying("⏰", number, "承诺时间", "承诺内容：回电 ****5678")
    watch.reach("09:31")
    breach = watch.saying("🔴", number, "已超过承诺", "承诺内容：回电 ****5678")
    assert "寄出配件" not in said(breach)

    watch.press(EVE, "ticket.promise_kept", breach)

    ticket = watch.stage.ticket(number)
    assert [one.key for one in ticket.promises] == ["2"]  # of two, the one that was missed
    with desk.records.read() as unit:
        clocks = [d for d in unit.watch.deadlines(number) if d.kind is DeadlineKind.PROMISE]
    assert [(one.detail, one.is_owed) for one in clocks] == [("1", False), ("2", True)]
