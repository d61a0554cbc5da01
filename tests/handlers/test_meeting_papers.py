"""Chart and list stand in the head's thread exactly once, though uploads carry no key and answers get lost."""

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import structlog

import bot.delivery
from bot.voice import meeting_delivery
from sandbox.faults import FaultKind
from scheduler.clockwork import Beat
from scheduler.pace import Pace
from scheduler.reconcile import SettleTimes
from tests.handlers.stage import Json, staged, words_of
from tests.handlers.test_meeting import MONDAY, ROOM, THURSDAY, WEEK, Room
from tests.tickets.desk.desks import MovableClock

AT_ONCE = SettleTimes(usual=timedelta(0), urgent=timedelta(0))
COMPLETE = "files.completeUploadExternal"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """A desk that looks back for what is unclear without waiting for it to settle."""
    monkeypatch.setattr(bot.delivery, "Pace", partial(Pace, every=timedelta(milliseconds=1)))
    monkeypatch.setattr(bot.delivery, "SettleTimes", lambda: AT_ONCE)
    clock = MovableClock(THURSDAY)
    with structlog.testing.capture_logs(), staged(tmp_path, clock=clock) as stage:
        room = Room(stage, clock)
        room.at(THURSDAY)
        yield room


def files(room: Room) -> list[Json]:
    return [file for message in room.everything() for file in message.get("files", ())]


def kinds(room: Room) -> Counter[str]:
    return Counter(str(file["name"]).rpartition(".")[2] for file in files(room))


def reconcile(room: Room) -> None:
    """Look back as the heartbeat does, and say again what is proved absent."""
    for _ in range(3):
        beat(room, "reconcile").do()
        room.stage.settle()


def beat(room: Room, name: str) -> Beat:
    (found,) = (one for one in room.stage.bot.clockwork._beats if one.name == name)
    return found


def shared(room: Room) -> list[Json]:
    """List what shares a file, from the stand-in's own thread."""
    channels = room.stage.slack.sandbox.workspace.channels.values()
    posts = [post.body for channel in channels for post in channel.posts.values()]
    return [file for body in posts for file in body.get("files") or ()]


def test_a_lost_answer_uploads_nothing_twice(room: Room) -> None:
    room.stage.log()
    room.stage.slack.fault(COMPLETE, FaultKind.REPLY_LOST, times=2)

    room.at(MONDAY)
    reconcile(room)

    assert kinds(room) == Counter(png=1, xlsx=1)


def test_what_slack_did_not_take_is_uploaded_again(room: Room) -> None:
    room.stage.log()
    room.stage.slack.fault(COMPLETE, FaultKind.HTTP_ERROR, times=2, status=503)

    room.at(MONDAY)
    reconcile(room)

    assert kinds(room) == Counter(png=1, xlsx=1)


def test_a_share_that_shows_late_is_not_repeated(room: Room) -> None:
    room.stage.log()
    room.stage.slack.fault("conversations.replies", FaultKind.HTTP_ERROR, times=10, status=500)

    room.at(MONDAY)
    reconcile(room)

    assert kinds(room) == Counter(png=1, xlsx=1)


@pytest.mark.proves("F08")
def test_a_share_that_slack_took_late_is_swept_away(room: Room) -> None:
    room.stage.log()
    looked = threading.Event()
    room.stage.slack.fault(COMPLETE, FaultKind.ACCEPTED_LATE, delay_s=0.0, until=looked)
    room.at(MONDAY)
    beat(room, "reconcile").do()
    looked.set()
    reconcile(room)
    # The day's figures have a picture and a table too; one of the four stands there twice in the end.
    room.stage.slack.wait_until(lambda: len(shared(room)) == 5, timeout_s=30)

    beat(room, "sweep").do()

    assert len(shared(room)) == len({file["name"] for file in shared(room)}) == 4
    assert kinds(room) == Counter(png=1, xlsx=1)


def test_next_weeks_papers_are_their_own(room: Room) -> None:
    room.stage.log()
    room.at(MONDAY)
    room.at(MONDAY + WEEK)

    assert kinds(room) == Counter(png=2, xlsx=2)
    assert len({file["name"] for file in files(room)}) == 4


def test_the_list_holds_every_row_masked(room: Room) -> None:
    numbers = [room.stage.log(), room.stage.log()]
    room.at(MONDAY)

    (name,) = (file["id"] for file in files(room) if str(file["name"]).endswith("xlsx"))
    content = room.stage.slack.sandbox.workspace.files[name].content
    rows = list(openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True))

    assert "每周跨部门沟通会" in rows[0][0] and "已脱敏" in rows[1][0]
    assert [row[1] for row in rows[3:]] == numbers
    assert not any(text in str(rows) for text in ("李丽", "13812345678", "出风口"))


def test_without_the_extra_the_meeting_is_posted_and_says_so(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meeting_delivery, "has_papers", lambda: False)
    monkeypatch.setattr("bot.voice.render_meeting.has_papers", lambda: False)
    room.stage.log()

    room.at(MONDAY)

    head = room.showing("每周跨部门沟通会")
    assert files(room) == []
    assert "未附图表和清单" in words_of(head) and "xlsx" not in str(head["blocks"][:3])
    assert room.stage.slack.sandbox.workspace.channel_named(ROOM) is not None


def test_a_desk_that_may_not_upload_tells_its_admins_and_goes_on(room: Room) -> None:
    """Installed before the bot asked for files:write."""
    room.stage.log()
    room.stage.slack.fault(
        "files.getUploadURLExternal", FaultKind.ERROR, times=None, error="missing_scope"
    )

    room.at(MONDAY)

    assert files(room) == []
    told = [words_of(m) for m in room.stage.person("U0ADMIN").inbox()]
    assert any("missing_scope" in said for said in told)
    assert room.row("20261119001")


def test_a_row_that_somebody_took_away_is_not_drawn_again(room: Room) -> None:
    number = room.stage.log()
    room.at(MONDAY)
    room.stage.slack.fault("chat.update", FaultKind.ERROR, times=4, error="message_not_found")

    room.decide("U0SUPER", number, blocker_name="压缩机缺货")

    told = [words_of(m) for m in room.stage.person("U0ADMIN").inbox()]
    assert not any("message_not_found" in said for said in told)
