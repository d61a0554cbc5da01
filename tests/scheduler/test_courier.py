from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Thread

import pytest

from scheduler.courier import Courier
from scheduler.reconcile import Reconciler, SettleTimes
from tests.scheduler.fake_outbox import FakeOutbox
from tests.scheduler.fake_voice import (
    RETRY_AFTER,
    START,
    FakeVoice,
    Fault,
    KilledError,
    Time,
    a_notice,
)
from tests.scheduler.stored_outbox import AnyOutbox, StoredOutbox
from tickets.case.values import Number
from tickets.delivery import Claim, Reach
from tickets.notices import Notice, NoticeState, Urgency
from tickets.ports import Card

A_DAY_S = 24 * 3600


@dataclass(slots=True)
class Post:
    """A courier at work on a fake outbox, with time in our hands."""

    time: Time = field(default_factory=Time)
    outbox: AnyOutbox = field(default_factory=FakeOutbox)
    voice: FakeVoice = field(init=False)
    parked: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.voice = FakeVoice(self.time)

    def note(self, notice: Notice, why: str) -> None:
        self.parked.append((notice.key, why))

    def courier(self) -> Courier:
        return Courier(
            outbox=self.outbox,
            voice=self.voice,
            parked=self.note,
            clock=self.time,
            real=self.time,
            owner="test",
        )

    def reconciler(self) -> Reconciler:
        return Reconciler(
            outbox=self.outbox,
            voice=self.voice,
            parked=self.note,
            real=self.time,
            settle_times=SettleTimes(),
            wake=lambda: None,
        )


@pytest.fixture(params=["memory", "filed_records", "served_records"])
def post(request: pytest.FixtureRequest) -> Post:
    """The same tests on the fake and on the real outbox, so that the fake cannot lie."""
    if request.param == "memory":
        return Post()
    return Post(outbox=StoredOutbox(request.getfixturevalue(request.param)))


@pytest.fixture
def memory() -> FakeOutbox:
    return FakeOutbox()


@pytest.fixture
def cards(memory: FakeOutbox) -> Post:
    return Post(outbox=memory)


def test_a_due_notice_is_posted_once(post: Post) -> None:
    post.outbox.plan(a_notice("a"))
    courier = post.courier()

    assert courier.work_once()
    assert not courier.work_once()
    assert post.voice.visible() == ["a"]
    assert post.outbox.state("a") is NoticeState.SENT


def test_nothing_is_posted_before_it_is_due(post: Post) -> None:
    post.outbox.plan(a_notice("a"))
    post.time.at = START - timedelta(seconds=1)

    assert not post.courier().work_once()
    assert post.voice.visible() == []


def test_the_urgent_goes_first(post: Post) -> None:
    post.outbox.plan(a_notice("digest", urgency=Urgency.DIGEST), a_notice("p1", urgency=Urgency.P1))
    courier = post.courier()

    while courier.work_once():
        pass

    assert post.voice.visible() == ["p1", "digest"]


@pytest.mark.proves("F05")
def test_sending_is_on_record_before_the_first_byte_leaves(post: Post) -> None:
    seen: list[NoticeState] = []
    post.voice.on_deliver = lambda claim: seen.append(post.outbox.state(claim.notice.key))
    post.outbox.plan(a_notice("a"))

    post.courier().work_once()

    assert seen == [NoticeState.SENDING]


@pytest.mark.proves("F10")
def test_a_refusal_waits_as_long_as_slack_says(post: Post) -> None:
    post.outbox.plan(a_notice("a"))
    post.voice.faults = [Fault.RATE_LIMITED]
    courier = post.courier()
    courier.work_once()

    post.time.pass_by(RETRY_AFTER.total_seconds() - 0.1)
    assert not courier.work_once()
    post.time.pass_by(0.1)
    assert courier.work_once()
    assert post.voice.visible() == ["a"]


@pytest.mark.proves("F07", "F08")
@pytest.mark.parametrize("fault", [Fault.REPLY_LOST, Fault.ACCEPTED_LATE])
def test_a_lost_reply_is_looked_up_and_not_said_again(post: Post, fault: Fault) -> None:
    post.outbox.plan(a_notice("a"))
    post.voice.faults = [fault]
    courier, reconciler = post.courier(), post.reconciler()
    courier.work_once()

    assert not courier.work_once()
    post.time.pass_by(29)
    assert reconciler.work_once() == 0
    post.time.pass_by(1)
    assert reconciler.work_once() == 1

    assert not courier.work_once()
    assert post.voice.visible() == ["a"]
    assert post.outbox.state("a") is NoticeState.SENT


@pytest.mark.proves("F05", "F53")
def test_what_never_arrived_is_said_again_once_it_is_proved_absent(post: Post) -> None:
    post.outbox.plan(a_notice("a"))
    post.voice.faults = [Fault.NEVER_ARRIVED]
    courier = post.courier()
    courier.work_once()
    post.time.pass_by(30)

    post.reconciler().work_once()

    assert courier.work_once()
    assert post.voice.visible() == ["a"]


def test_the_first_priority_is_looked_up_sooner(post: Post) -> None:
    post.outbox.plan(a_notice("p1", urgency=Urgency.P1))
    post.voice.faults = [Fault.REPLY_LOST]
    post.courier().work_once()
    post.time.pass_by(15)

    assert post.reconciler().work_once() == 1


@pytest.mark.proves("F55")
def test_an_incomplete_reading_proves_nothing(post: Post) -> None:
    post.outbox.plan(a_notice("a"))
    post.voice.faults = [Fault.NEVER_ARRIVED]
    post.voice.unreadable = True
    post.courier().work_once()
    post.time.pass_by(60)

    assert post.reconciler().work_once() == 0
    assert post.outbox.state("a") is NoticeState.UNCLEAR


@pytest.mark.proves("F05", "F06")
@pytest.mark.parametrize("fault", [Fault.KILLED_BEFORE, Fault.KILLED_AFTER])
def test_a_process_killed_in_the_middle_leaves_one_message(post: Post, fault: Fault) -> None:
    post.outbox.plan(a_notice("a"))
    post.voice.faults = [fault]
    with pytest.raises(KilledError):
        post.courier().work_once()
    survivor = post.courier()

    assert not survivor.work_once()
    post.time.pass_by(120)
    post.reconciler().work_once()
    while survivor.work_once():
        pass

    assert post.voice.visible() == ["a"]


@pytest.mark.proves("F61")
def test_a_poison_notice_is_parked_after_three_tries_and_others_go_on(post: Post) -> None:
    post.outbox.plan(a_notice("poison", urgency=Urgency.P1), a_notice("good"))
    post.voice.raising = {"poison"}
    courier = post.courier()

    for _ in range(10):
        while courier.work_once():
            pass
        post.time.pass_by(5)

    assert post.voice.visible() == ["good"]
    assert post.outbox.state("poison") is NoticeState.PARKED
    assert post.outbox.attempts("poison") == 3
    assert post.parked == [("poison", "failed 3 times: ValueError")]


@pytest.mark.proves("F49")
def test_a_channel_that_is_gone_sends_the_notice_another_way(post: Post) -> None:
    post.outbox.plan(a_notice("a"))
    post.voice.gone = {"a"}

    post.courier().work_once()

    assert post.parked == [("a", "channel_not_found")]
    assert post.outbox.state("a") is NoticeState.PARKED


@pytest.mark.proves("F49")
def test_an_unclear_notice_whose_channel_is_gone_may_have_been_sent(post: Post) -> None:
    post.outbox.plan(a_notice("a"))
    post.voice.faults = [Fault.NEVER_ARRIVED]
    post.courier().work_once()
    post.voice.gone = {"a"}
    post.time.pass_by(60)

    post.reconciler().work_once()

    assert post.parked == [("a", "maybe_sent: channel_not_found")]
    assert post.outbox.state("a") is NoticeState.PARKED


@pytest.mark.proves("F34")
def test_what_has_become_pointless_is_not_said(post: Post) -> None:
    post.outbox.plan(a_notice("a"))
    post.voice.pointless = {"a"}

    post.courier().work_once()

    assert post.voice.visible() == []
    assert post.outbox.state("a") is NoticeState.SUPERSEDED


def a_card(number: str, *, wanted: int = 3, shown: int = 1) -> Card:
    return Card(
        number=Number(number),
        department="tech",
        channel_id="C1",
        message_ts="1.1",
        wanted=wanted,
        shown=shown,
        is_current=True,
    )


def test_stale_cards_are_brought_up_to_date_once(cards: Post, memory: FakeOutbox) -> None:
    memory.cards = {"1": a_card("1"), "2": a_card("2", shown=3)}
    courier = cards.courier()

    assert courier.work_once()
    assert not courier.work_once()
    assert [card.number for card in cards.voice.drawn] == ["1"]


def test_a_card_that_cannot_be_drawn_does_not_stop_the_others(
    cards: Post, memory: FakeOutbox
) -> None:
    memory.cards = {"1": a_card("1"), "2": a_card("2")}
    cards.voice.raising = {"1"}

    cards.courier().work_once()

    assert [card.number for card in cards.voice.drawn] == ["2"]


@pytest.mark.proves("F29")
@pytest.mark.parametrize("fault", [Fault.RATE_LIMITED, Fault.REPLY_LOST, Fault.NEVER_ARRIVED])
def test_a_clock_that_was_a_day_ahead_and_is_set_back_holds_nothing_up(
    post: Post, fault: Fault
) -> None:
    post.outbox.plan(a_notice("a"))
    post.voice.faults = [fault]
    post.time.pass_by(A_DAY_S)
    courier = post.courier()
    courier.work_once()
    post.time.pass_by(-A_DAY_S)
    post.voice.posts = [(START, notice) for _, notice in post.voice.posts]  # by Slack's own clock

    post.time.pass_by(60)
    post.reconciler().work_once()
    while courier.work_once():
        pass

    assert post.voice.visible() == ["a"]
    assert post.outbox.state("a") is NoticeState.SENT


def test_busy_records_never_park_a_notice(post: Post) -> None:
    post.outbox.plan(a_notice("a"))
    post.voice.busy = 5
    courier = post.courier()

    for _ in range(6):
        courier.work_once()
        post.time.pass_by(5)

    assert post.voice.visible() == ["a"]
    assert post.parked == []


@pytest.mark.proves("F62")
def test_told_to_stop_it_finishes_the_present_notice_and_claims_no_other(post: Post) -> None:
    stop = Event()
    post.outbox.plan(a_notice("a", urgency=Urgency.P1), a_notice("b"))
    post.voice.on_deliver = lambda _: stop.set()
    worker = Thread(target=post.courier().run, args=(stop,))

    worker.start()
    worker.join(timeout=10)

    assert not worker.is_alive()
    assert post.outbox.state("a") is NoticeState.SENT
    assert post.outbox.state("b") is NoticeState.READY


def test_it_works_when_woken_and_outlives_a_broken_database(post: Post) -> None:
    stop, done = Event(), Event()
    courier = post.courier()
    courier.outbox = Outage(courier.outbox)  # type: ignore[assignment]
    post.voice.on_deliver = lambda _: done.set()
    worker = Thread(target=courier.run, args=(stop,))
    worker.start()

    post.outbox.plan(a_notice("a"))
    courier.wake()
    woken = done.wait(timeout=10)
    stop.set()
    courier.wake()
    worker.join(timeout=10)

    assert woken
    assert post.voice.visible() == ["a"]


class Outage:
    """An outbox whose database is broken at first."""

    def __init__(self, inner: AnyOutbox) -> None:
        self.inner, self.broken = inner, True

    def claim(
        self, *, now: datetime, at: datetime, owner: str, reach: Reach = Reach.EVERYWHERE
    ) -> Claim | None:
        if self.broken:
            self.broken = False
            raise RuntimeError("database is locked")
        return self.inner.claim(now=now, at=at, owner=owner, reach=reach)

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)
