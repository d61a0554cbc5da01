"""A file is shared once, and by nobody whose claim is over."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.voice.attachments import File, paper_mark, upload
from bot.voice.timely import SEND_WITHIN, TOO_LATE
from tests.bot.voice.workplace import NINE, Workplace, a_workplace
from tickets.delivery import Claim, Posted
from tickets.notices import Notice, NoticeKind, Place, PlaceKind, Urgency

KEY, DESK_CHANNEL = "meeting_chart:1", "C0DESK"
CHART = File(key=KEY, stem="overdue-w47", suffix=".png", title="t", alt="a", content=b"png")


@pytest.fixture
def desk() -> Iterator[Workplace]:
    with a_workplace() as workplace:
        yield workplace


def claimed(ago: timedelta) -> Claim:
    at = SystemClock().now() - ago
    place = Place(PlaceKind.UNDER, "digest:1")
    notice = Notice(
        key=KEY, kind=NoticeKind.MEETING_CHART, place=place, urgency=Urgency.DIGEST, due_at=NINE
    )
    return Claim(notice=notice, attempt=1, first_sent_at=at, last_sent_at=at, epoch=1)


def shared(desk: Workplace) -> list[object]:
    return [file for message in desk.posted(DESK_CHANNEL) for file in message.get("files", ())]


def test_a_file_carries_its_notices_mark_in_its_name(desk: Workplace) -> None:
    outcome = upload(
        desk.wire, CHART, claimed(timedelta(0)), channel_id=DESK_CHANNEL, thread_ts=None
    )

    assert isinstance(outcome, Posted)
    [message] = [one for one in desk.posted(DESK_CHANNEL) if one.get("files")]
    assert CHART.name == f"overdue-w47-{paper_mark(message)}.png"
    assert paper_mark({"files": [{"name": "evidence.png"}]}) is None


@pytest.mark.proves("F25")
def test_who_drew_and_uploaded_for_too_long_does_not_share(desk: Workplace) -> None:
    """Somebody else may hold the notice by now, and may have shared it already."""
    late = claimed(SEND_WITHIN + timedelta(seconds=1))

    outcome = upload(desk.wire, CHART, late, channel_id=DESK_CHANNEL, thread_ts=None)

    assert outcome == TOO_LATE
    assert shared(desk) == []
