"""Scheduled posts in a strict workspace: what people see of them and do with them, hour by hour."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import structlog

import bot.delivery
from bot.cli.blocks import text_of
from scheduler.pace import Pace
from tests.bot.desk_config.files import EXAMPLE
from tests.handlers.stage import Json, Stage, staged
from tests.tickets.desk.desks import ANN, BOB, SUE, MovableClock, Trial
from tests.tickets.time.plans import at
from tests.tickets.watch import lives
from tickets.case import facts as f
from tickets.case.values import Number, PersonId, Priority, Status, Text
from tickets.desk import ending, promises
from tickets.watch import jobs


def said(message: Json) -> str:
    """Give a message's words, line by line; a file's message has none."""
    return text_of(message.get("blocks", ()), str)


@dataclass(frozen=True, slots=True)
class Day:
    """A desk's day that is lived through."""

    stage: Stage
    trial: Trial

    def reach(self, clock: str, day: str = "2026-11-24") -> None:
        """Let it become that time, whatever is due."""
        self.trial.clock.at = at(f"{day} {clock}")
        jobs.work(self.trial.desk, now=self.trial.clock.at)
        self.stage.settle()

    def posts(self, channel: str = "service-desk") -> list[Json]:
        """Give a channel's messages, each followed by its thread."""
        slack = self.stage.slack
        heads = slack.messages(channel)
        return [one for head in heads for one in slack.messages(channel, head["ts"])]

    def saying(self, text: str, channel: str = "service-desk") -> list[Json]:
        """Find the messages that say this."""
        return [one for one in self.posts(channel) if text in said(one)]

    def told(self, who: PersonId, text: str) -> list[Json]:
        """Find what a person was told directly."""
        return [one for one in self.stage.person(who).inbox() if text in said(one)]

    def whispered(self, who: PersonId) -> str:
        """Wait for what a person is told privately in the supervisors' channel."""
        return self.stage.told(who, self._desk())

    def hears(self, who: PersonId, words: str) -> None:
        """Wait until somebody is told this privately there, whatever else they are told."""
        while not any(words in one for one in self.stage.whispers(who, self._desk())):
            self.whispered(who)

    def _desk(self) -> str:
        slack = self.stage.slack
        channel = slack.look(lambda: slack.sandbox.workspace.channel_named("service-desk"))
        assert channel
        return channel.id

    def log(self, **changes: Any) -> Number:
        return self.trial.log(urgency=Priority.P3, category="inquiry/usage", **changes)


@pytest.fixture
def day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Day]:
    """A Tuesday at 08:30."""
    with lived(tmp_path, monkeypatch) as opened:
        yield opened


@contextmanager
def lived(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str = "zh-Hans",
    *,
    more: tuple[str, str] = ("", ""),
) -> Iterator[Day]:
    monkeypatch.setattr(bot.delivery, "Pace", partial(Pace, every=timedelta(milliseconds=1)))
    file = folder / "desk.yml"
    written = EXAMPLE.replace("language: zh-Hans", f"language: {language}")
    file.write_text(written.replace(*more, 1) if more[0] else written, encoding="utf-8")
    clock = MovableClock(at("2026-11-24 08:30"))
    with (
        structlog.testing.capture_logs(),
        staged(folder, desk_file=file, clock=clock) as stage,
    ):
        opened = Day(stage, Trial(stage.bot.desk, clock, []))
        opened.reach("08:30")
        yield opened


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-Hans", ("归档核对", "服务响应时效", "月度服务报告", "资料齐全")),
        ("zh-Hant", ("歸檔核對", "服務響應時效", "月度服務報告", "資料齊全")),
        ("en", ("Archive check", "Response figures", "Monthly report", "Complete (1)")),
    ],
)
def test_slack_takes_every_digest_in_every_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: tuple[str, ...]
) -> None:
    with lived(tmp_path, monkeypatch, language) as day:
        for number in (day.log(), day.log(by=BOB, phone="139 1234 5678"))[:1]:
            lives.from_first_to_last(day.trial, number)
        for clock, when in (
            ("16:45", "2026-11-24"),
            ("18:05", "2026-11-25"),
            ("09:30", "2026-12-01"),
        ):
            day.reach(clock, when)

        missing = [one for one in words if not day.saying(one)]
        refused = [e for e in day.stage.slack.traffic() if e.name.startswith("chat.") and not e.ok]
        assert (missing, refused) == ([], [])
        assert all(one["text"].strip() or one.get("files") for one in day.posts())


def test_a_day_of_posts_each_at_its_time(day: Day) -> None:
    done, waiting = day.log(), day.log(by=BOB, phone="139 1234 5678")
    lives.from_first_to_last(day.trial, done)
    lives.resolve(day.trial, waiting)

    day.reach("15:59")
    assert day.saying("归档核对") == []
    day.reach("16:00")
    (head,) = day.saying("归档核对")
    assert "可归档 1 条，缺项 0 条，未到期 1 条。" in said(head)
    assert done in said(day.saying("资料齐全")[0])
    assert waiting in said(day.saying("未到期（共")[0])

    day.reach("16:45")
    assert len(day.saying("归档核对尚未完成")) == 1

    day.reach("18:05")
    (figures,) = day.saying("服务响应时效")
    assert "工单总量：2" in said(figures)
    assert "首次响应率：50%（1/2） · 目标 95% ✗ 未达标" in said(figures)
    assert len(day.posts()) == len({one["ts"] for one in day.posts()})


@pytest.mark.requirement(63, 93, 95)
def test_the_supervisor_archives_what_was_checked_with_one_press(day: Day) -> None:
    numbers = [day.log(phone=f"139 1234 56{n:02}") for n in range(3)]
    for number in numbers:
        lives.from_first_to_last(day.trial, number)
    reopened = numbers.pop()
    day.reach("16:00")
    (head,) = day.saying("归档核对")
    ending.reopen(day.trial.desk, reopened, Text("又坏了"), by=SUE, receipt=day.trial.receipt())

    day.stage.person(SUE).click(head, "digest.archive", channel="service-desk")
    day.stage.settle()
    again = day.stage.last("interactive")  # pressed once more before it was drawn anew
    again["actions"][0]["action_ts"] = "1795951608.000001"
    day.stage.send(again)
    day.stage.settle()

    tickets = [day.stage.ticket(number) for number in numbers]
    assert {ticket.status for ticket in tickets} == {Status.ARCHIVED}
    assert tickets[0].archive_key == "20261124-产品咨询-功能使用"
    assert day.stage.ticket(reopened).status is Status.NEW
    assert len(day.saying("已归档 2 条工单")) == 1
    day.hears(SUE, "已没有可归档的工单")

    day.reach("16:45")
    assert day.saying("归档核对尚未完成") == []


def test_nobody_else_archives(day: Day) -> None:
    number = day.log()
    lives.from_first_to_last(day.trial, number)
    day.reach("16:00")
    (head,) = day.saying("归档核对")

    day.stage.person(ANN).click(head, "digest.archive", channel="service-desk")

    assert "归档" in day.whispered(ANN)
    assert day.stage.ticket(number).status is Status.CLOSED


def test_what_a_record_lacks_is_mended_from_the_list(day: Day) -> None:
    number = day.log()
    lives.resolve(day.trial, number)
    day.reach("16:00", "2026-11-26")  # the word to the customer was due on Wednesday

    (row,) = day.saying("缺项（共")
    assert f"{number} · 功能使用 · 缺项：客户反馈、满意度评分、归档日期" in said(row)
    day.stage.person(ANN).click(row, "ticket.tell", channel="service-desk")
    assert day.stage.person(ANN).modal("modal.tell")


@pytest.mark.requirement(59, 61, 88)
def test_each_agent_hears_privately_whom_to_tell_and_to_call(day: Day) -> None:
    first, second = day.log(), day.log()
    for number in (first, second):
        lives.resolve(day.trial, number)
    lives.told(day.trial, second)

    day.reach("09:00", "2026-11-25")

    (listed,) = day.told(ANN, "待回访")
    text = said(listed)
    assert text.count("李* ****5678") == 1  # one entry a customer
    assert f"{first} · 功能使用 · 需反馈处理结果" in text
    assert f"{second} · 功能使用 · 需做满意度回访" in text
    assert "您有什么意见或建议吗" in text
    assert day.told(BOB, "待回访") == []

    day.stage.person(ANN).click(
        listed, "ticket.score", channel=day.stage.person(ANN).direct, block_id=None
    )
    assert day.stage.person(ANN).modal("modal.score")


def test_a_long_list_goes_into_the_thread_twenty_a_reply_and_nothing_is_dropped(day: Day) -> None:
    day.reach("09:00")
    numbers = [day.log(phone=f"139 1234 {n:04}") for n in range(45)]
    for number in numbers:
        lives.resolve(day.trial, number)

    day.reach("09:00", "2026-11-25")
    inbox = day.stage.person(ANN).inbox()
    calls = [said(one) for one in inbox if "待回访" in said(one)]
    assert [sum(text.count(number) for number in numbers) for text in calls] == [20, 20, 5]
    day.reach("16:00", "2026-11-26")
    replies = [said(one) for one in day.saying("缺项（第")][-3:]
    assert [sum(text.count(number) for number in numbers) for text in replies] == [20, 20, 5]
    assert all(number in " ".join(calls) for number in numbers)


def test_after_an_outage_reports_come_one_by_one_and_lists_once(day: Day) -> None:
    number = day.log()
    day.reach("09:10", "2026-11-24")
    lives.resolve(day.trial, number)

    day.reach("10:00", "2026-11-27")  # nobody ticked for three days

    figures = [said(one) for one in day.saying("服务响应时效")]
    assert [text.split()[2] for text in figures] == ["11月24日周二", "11月25日周三", "11月26日周四"]
    assert all("补发：原定" in text for text in figures)
    (listed,) = day.saying("归档核对")
    assert "11月24日周二、11月25日周三 的清单当时未能发出" in said(listed)


def test_a_monthly_report_comes_on_the_first_workday(day: Day) -> None:
    number = day.log()
    for key, hours in (("1", 2), ("2", 3)):
        what = f.Promised(what=Text("回电"), due_at=day.trial.clock.at + timedelta(hours=hours))
        promises.promise(day.trial.desk, number, what, by=ANN, receipt=f"promise{key}")
    promises.keep_promise(day.trial.desk, number, by=ANN, receipt="kept", key="1")
    lives.from_first_to_last(day.trial, number)

    day.reach("09:30", "2026-12-01")

    (head,) = day.saying("月度服务报告")
    assert "2026年11月" in said(head)
    (shares,) = day.saying("各类问题占比")
    assert "产品咨询 / 功能使用：1 件（占 100%），解决率 100%" in said(shares)
    (times,) = day.saying("各部门时效")
    assert "客服部：1 件" in said(times)
    assert "承诺兑现 50%（1/2）" in said(times) or "承诺兑现 100%（1/1）" in said(times)


@pytest.mark.requirement(103, 104, 107)
def test_the_months_report_holds_times_satisfaction_and_the_relative_goal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two complaints, one liked; an inquiry that is; contacted after 20 minutes where October had 30."""
    goals = "  satisfaction: 90%\n  response_time: -30%\n  baseline: 2026-10\n"
    with lived(tmp_path, monkeypatch, more=("  satisfaction: 90%\n", goals)) as day:
        scored_case(day, "2026-10-28 09:00", "after_sales/fault", minutes=30, score=5)
        scored_case(day, "2026-11-24 09:00", "complaint/service_quality", minutes=20, score=4)
        scored_case(day, "2026-11-24 10:00", "complaint/service_quality", minutes=20, score=2)
        scored_case(day, "2026-11-24 11:00", "inquiry/usage", minutes=20, score=5)

        day.reach("18:05", "2026-11-24")
        assert "目标 21 分钟 ✓ 达标" in said(day.saying("服务响应时效 · 11月24日")[0])
        day.reach("09:30", "2026-12-01")

        assert "目标 21 分钟 ✓ 达标" in said(day.saying("月度服务报告")[0])
        assert "21 分钟" in said(day.saying("议程二")[0])
        (shares,) = day.saying("各类问题占比")
        assert "满意度 50%（n = 2），整体 67%" in said(shares)
        assert "满意度 100%（n = 1），整体 67%" in said(shares)
        (everything,) = day.saying("全部指标")
        assert "各类工单满意度：投诉 50%（1/2）、咨询 100%（1/1）；整体 67%" in said(everything)
        (times,) = day.saying("各部门时效")
        assert "平均响应 20 分钟（n = 1） · 平均时限 1 天 ✓ 达标" in said(times)


def scored_case(day: Day, moment: str, category: str, *, minutes: int, score: int) -> None:
    """A case whose customer is reached, helped, told and asked."""
    trial = day.trial
    trial.clock.at = at(moment)
    number = trial.log(
        urgency=Priority.P3, category=category, phone=f"139 0000 {moment[8:10]}{moment[11:13]}"
    )
    trial.clock.move(minutes=minutes)
    lives.contact(trial, number)
    lives.resolve(trial, number)
    lives.told(trial, number)
    lives.scored(trial, number, score)


@pytest.mark.proves("F26")
def test_a_digest_that_was_broken_off_goes_on_in_its_thread_with_what_was_frozen(day: Day) -> None:
    day.reach("09:00")
    numbers = [day.log(phone=f"139 1234 {n:04}") for n in range(45)]
    for number in numbers:
        lives.from_first_to_last(day.trial, number)
    day.stage.settle()
    day.trial.clock.at = at("2026-11-24 16:00")
    jobs.work(day.trial.desk, now=day.trial.clock.at)

    while not day.saying("资料齐全"):  # the first reply is there, then everything stops
        day.stage.bot.courier.work_once()
    reopened = numbers[40]
    ending.reopen(day.trial.desk, reopened, Text("又坏了"), by=SUE, receipt=day.trial.receipt())
    day.stage.settle()

    (head,) = day.saying("归档核对")
    replies = day.saying("资料齐全")
    assert [said(one).split("\n")[0] for one in replies] == [
        "资料齐全（第 1–20 条，共 45 条）",
        "资料齐全（第 21–40 条，共 45 条）",
        "资料齐全（第 41–45 条，共 45 条）",
    ]
    assert {one["thread_ts"] for one in replies} == {head["ts"]}
    assert reopened in said(replies[-1])  # as it stood when the list was made
