"""The weekly meeting, run from its message by the people of the desk, week after week."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import structlog

import bot.app
import bot.delivery
from scheduler.pace import Pace
from tests.handlers.stage import AGENT, ENG, LEAD, SUPER, Json, Stage, staged, words_of
from tests.tickets.desk.desks import MovableClock
from tickets.case import facts as f
from tickets.case.values import Number
from tickets.watch.tick import tick

ROOM = "weekly-review"
THURSDAY = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Room:
    """A stage whose clock the test moves."""

    stage: Stage
    clock: MovableClock

    def at(self, moment: datetime) -> None:
        """Go to a moment and let time do its work."""
        self.clock.at = moment
        tick(self.stage.bot.desk, now=moment)
        self.stage.settle()

    def everything(self) -> list[Json]:
        """List all messages of the meeting's channel, each followed by its thread."""
        slack = self.stage.slack
        heads = slack.messages(ROOM)
        return [m for head in heads for m in slack.messages(ROOM, head["ts"])]

    def showing(self, text: str) -> Json:
        """Find the newest message of the channel that says this."""
        return next(m for m in reversed(self.everything()) if text in words_of(m))

    def row(self, number: str) -> Json:
        """Find the newest message with a ticket's row."""
        found = [m for m in self.everything() if f":{number}" in str(m.get("blocks"))]
        return found[-1]

    def press(self, who: str, message: Json, action: str, **how: Any) -> None:
        """Press a button on a message of the channel."""
        self.stage.person(who).click(message, action, channel=ROOM, **how)

    def decide(self, who: str, number: str, **values: Any) -> Any:
        """Open a row's form, fill it in and send it."""
        acting, row = self.stage.person(who), self.row(number)
        self.press(who, row, "meeting.decide", block_id=f"row:{self.key(row, number)}:{number}")
        sent = acting.submit(acting.modal("modal.meeting_decide"), values)
        self.stage.settle()
        return sent

    def told(self, who: str) -> str:
        """Wait for what a person is told privately in the channel."""
        place = self.stage.slack.sandbox.workspace.channel_named(ROOM)
        assert place is not None
        return self.stage.told(who, place.id)

    def key(self, row: Json, number: str) -> str:
        """Read a meeting's key off its rows."""
        ids = [str(b.get("block_id")) for b in row["blocks"] if number in str(b.get("block_id"))]
        return ids[0].split(":")[1]

    def facts(self, number: str) -> list[f.Fact]:
        """List what is on a ticket's log."""
        with self.stage.bot.desk.records.read() as unit:
            return [event.fact for event in unit.tickets.events(Number(number))]


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """A desk whose last week begins on a Thursday."""
    quick = partial(Pace, every=timedelta(milliseconds=1))
    monkeypatch.setattr(bot.delivery, "Pace", quick)
    clock = MovableClock(THURSDAY)
    with structlog.testing.capture_logs(), staged(tmp_path, clock=clock) as stage:
        room = Room(stage, clock)
        room.at(THURSDAY)
        yield room


DECISION = {
    "decision": "向第二家供应商订购压缩机",
    "person": LEAD,
    "day": "2026-11-25",
    "blocker_name": "压缩机缺货",
    "need": "请采购部优先安排",
}


def open_two(room: Room) -> tuple[str, str]:
    """Two cases that are overdue on Monday, when the meeting opens."""
    numbers = room.stage.log(), room.stage.log()
    room.at(MONDAY)
    return numbers


def start(room: Room) -> None:
    room.press(SUPER, room.showing("每周跨部门沟通会"), "meeting.start")
    room.stage.settle()


def close(room: Room) -> None:
    room.press(SUPER, room.showing("每周跨部门沟通会 · "), "meeting.close")
    room.stage.settle()


def minutes(room: Room, channel: str = ROOM) -> list[str]:
    said = [words_of(m) for m in room.stage.slack.messages(channel)]
    return [one for one in said if "每周跨部门沟通会纪要" in one]


def test_the_agenda_has_a_head_departments_rows_and_papers(room: Room) -> None:
    numbers = open_two(room)

    head = room.showing("每周跨部门沟通会")
    assert "已超时未完成 2 件" in words_of(head) and "技术部 2" in words_of(head)
    for number in numbers:
        row = words_of(room.row(number))
        assert "故障报修" in row and "新增" in row and "首次响应" in row
    names = [file["name"] for m in room.everything() for file in m.get("files", ())]
    assert [name.rpartition(".")[2] for name in names] == ["png", "xlsx"]


def test_what_is_decided_lands_on_the_ticket_and_on_its_row(room: Room) -> None:
    number, _other = open_two(room)
    start(room)

    sent = room.decide(SUPER, number, **DECISION)

    assert not sent.errors
    facts = room.facts(number)
    assert [type(fact).__name__ for fact in facts[-4:]] == [
        "Decided",
        "Promised",
        "Blocked",
        "HelpAsked",
    ]
    row = words_of(room.row(number))
    assert "向第二家供应商订购压缩机" in row and "压缩机缺货" in row
    assert "请采购部优先安排" in row
    assert "“压缩机缺货”（1 件）" in words_of(room.showing("每周跨部门沟通会"))
    channel, card = room.stage.card(number)
    thread = room.stage.slack.messages(channel, card["ts"])
    assert any("每周沟通会决议" in words_of(m) for m in thread)


def test_a_decision_asks_for_its_owner_and_date(room: Room) -> None:
    number, _other = open_two(room)

    empty = room.decide(SUPER, number)
    half = room.stage.person(SUPER).submit(
        room.stage.person(SUPER).modal("modal.meeting_decide"),
        {"decision": "加急", "day": "2026-11-20"},
    )

    assert set(empty.errors) == {"decision"}
    assert set(half.errors) == {"day"}


@pytest.mark.requirement(83)
def test_tickets_share_a_blocker_and_hear_of_its_end(room: Room) -> None:
    number, other = open_two(room)
    room.decide(SUPER, number, **DECISION)
    with room.stage.bot.desk.records.read() as unit:
        (known,) = unit.meetings.blockers()
    room.decide(LEAD, other, blocker=known.id)  # the form offers the assignee as owner
    assert "转由" not in words_of(room.row(other))
    assert "“压缩机缺货”（2 件）" in words_of(room.showing("每周跨部门沟通会"))

    acting, row = room.stage.person(SUPER), room.row(other)
    room.press(SUPER, row, "meeting.row", block_id=f"row:2026-W47:{other}", value="solved")
    acting.submit(acting.modal("modal.meeting_solved"), {"blocker": known.id})
    room.stage.settle()

    assert "压缩机缺货" not in words_of(room.showing("每周跨部门沟通会 · "))
    for one in (number, other):
        assert isinstance(room.facts(one)[-1], f.Unblocked)
        channel, card = room.stage.card(one)
        thread = [words_of(m) for m in room.stage.slack.messages(channel, card["ts"])]
        assert any("已解决，可继续处理" in said for said in thread)


def test_who_may_not_decide_is_told_privately(room: Room) -> None:
    number, _other = open_two(room)

    room.press(
        AGENT,
        room.row(number),
        "meeting.decide",
        block_id=f"row:2026-W47:{number}",
    )
    refused = room.told(AGENT)
    room.press(AGENT, room.showing("每周跨部门沟通会"), "meeting.start")

    assert "每周沟通会" in refused
    assert "主持每周沟通会" in room.told(AGENT)


def test_a_ticket_gets_an_owner_and_a_new_date(room: Room) -> None:
    number, _other = open_two(room)
    acting = room.stage.person(LEAD)
    where = {"block_id": f"row:2026-W47:{number}"}

    room.press(LEAD, room.row(number), "meeting.row", value="owner", **where)
    acting.submit(acting.modal("modal.meeting_owner"), {"person": LEAD})
    room.stage.settle()
    room.press(LEAD, room.row(number), "meeting.row", value="date", **where)
    acting.submit(
        acting.modal("modal.meeting_date"), {"promise": "上门更换压缩机", "day": "2026-11-26"}
    )
    room.stage.settle()

    ticket = room.stage.ticket(number)
    assert ticket.assignee == LEAD
    assert ticket.promise_due_at == datetime(2026, 11, 26, 10, 0, tzinfo=UTC)  # close of business
    row = words_of(room.row(number))
    assert "转由" in row and "重新承诺" in row


def test_closing_posts_the_minutes_once_everywhere(room: Room) -> None:
    number, other = open_two(room)
    start(room)
    room.decide(SUPER, number, **DECISION)

    close(room)
    head = room.showing("结束会议")
    assert "meeting.close" not in str(head["blocks"])
    assert "11月23日周一 09:00 结束会议" in words_of(head["blocks"])

    assert len(minutes(room)) == len(minutes(room, "tech")) == 1
    (said,) = minutes(room, "tech")
    assert "向第二家供应商订购压缩机" in said and "压缩机缺货" in said
    assert "11月23日周一 09:00 至 09:00" in said  # one day is named once
    assert "未讨论" in said and other in said.partition("未讨论")[2]


def test_a_closed_meeting_refuses_and_says_where_to_decide(room: Room) -> None:
    number, other = open_two(room)
    start(room)
    room.decide(SUPER, other, **DECISION)  # it names what holds it up
    room.press(SUPER, room.row(number), "meeting.decide", block_id=f"row:2026-W47:{number}")
    pressed = room.stage.last("interactive")
    close(room)

    room.stage.send(pressed)  # by somebody who had not seen it end

    assert "请直接在工单" in room.told(SUPER)
    rows = room.row(other)  # both stand in one reply
    assert number in words_of(rows["blocks"])
    assert "meeting.decide" not in str(rows)
    left = [one for one in rows["blocks"] if one["type"] == "actions"]
    assert [one["block_id"] for one in left] == [f"row:2026-W47:{other}"]
    assert "meeting.row" in str(left)  # that what holds it up is solved can be said afterwards too


def test_the_sheet_button_leads_to_the_file(room: Room) -> None:
    open_two(room)

    room.press(ENG, room.showing("每周跨部门沟通会"), "meeting.sheet")

    assert "完整清单" in room.told(ENG)


def test_next_week_says_what_was_kept_and_what_not(room: Room) -> None:
    kept, broken = open_two(room)
    start(room)
    room.decide(SUPER, kept, **DECISION)
    room.decide(SUPER, broken, **DECISION)
    close(room)
    room.clock.at = MONDAY + timedelta(days=1)
    room.stage.press(LEAD, "ticket.promise_kept", kept)
    room.stage.settle()

    room.at(MONDAY + WEEK)

    head = words_of(room.showing("每周跨部门沟通会 · 11月23日"))
    assert "上次会议 2 件：已解决 0、仍在 2、新增 0" in head
    assert "已兑现" in words_of(room.row(kept))
    rows = words_of(room.row(broken))
    assert "未兑现" in rows
    assert "仍在" in rows


def test_an_empty_week_says_so(room: Room) -> None:
    room.at(MONDAY)

    (head,) = room.everything()
    assert "没有超时未完成的工单。本周没有关闭工单。" in words_of(head)
    assert "actions" not in {block["type"] for block in head["blocks"]}


def test_a_meeting_that_comes_late_says_so_and_keeps_its_week(room: Room) -> None:
    number = room.stage.log()

    room.at(MONDAY + timedelta(days=1))

    head = words_of(room.showing("每周跨部门沟通会"))
    assert "补发" in head and "11月16日" in head
    assert room.key(room.row(number), number) == "2026-W47"
