"""Delivery put together: voice, courier, reconciler, watchdog, on one outbox."""

import socket
import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_sdk import WebClient

from bot.foundation import Foundation
from bot.gauges import Gauges
from bot.readers import Readers
from bot.speech import Speech
from bot.voice.detour import Detour
from bot.voice.outside.errands import OutsideErrands, SlackErrands
from bot.voice.outside.sender import OutsideVoice
from bot.voice.scene import SceneReader
from bot.voice.slack import SlackVoice
from bot.voice.voices import Voices
from bot.voice.wire import Wire
from scheduler.courier import Courier
from scheduler.pace import Pace
from scheduler.reconcile import Reconciler, SettleTimes
from scheduler.watchdog import Watchdog, beats, clocks, deliveries, keys, moments, room, writing
from tickets.desk.context import Desk
from tickets.ports import Alarm, Clock
from tickets.watch import jobs


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What posts, and what looks after it."""

    voice: SlackVoice
    courier: Courier  # to Slack
    messenger: Courier  # to robots and webhooks
    reconciler: Reconciler

    def wake(self) -> None:
        """Have both look now."""
        self.courier.wake()
        self.messenger.wake()


def make_delivery(
    foundation: Foundation,
    desk: Desk,
    spoken: Speech,
    posts: WebClient,
    *,
    clock: Clock,
    real: Clock,
    figures: Gauges,
    outside: OutsideVoice,
) -> Delivery:
    """Put together what posts; `posts` is a client that never repeats a call by itself."""
    voice = SlackVoice(
        desk=desk,
        wire=Wire(client=posts, pace=Pace(), real=real),
        scenes=SceneReader(desk, Readers(spoken, desk.handbook)),
        real=real,
    )
    detour = Detour(desk)
    outside.away = detour
    voices = Voices(voice, outside)
    outbox = foundation.outbox()
    courier, messenger = (
        Courier(
            outbox=errands,
            voice=voices,
            parked=detour,
            clock=clock,
            real=real,
            owner=f"{socket.gethostname()}:{threading.get_native_id()}:{uuid.uuid4().hex[:8]}",
            handled=figures.note_handled,
        )
        for errands in (SlackErrands(outbox), OutsideErrands(outbox, outside.is_wanted))
    )

    def wake() -> None:
        courier.wake()
        messenger.wake()

    reconciler = Reconciler(
        outbox=outbox,
        voice=voices,
        parked=detour,
        real=real,
        settle_times=SettleTimes(),
        wake=wake,
    )
    return Delivery(voice=voice, courier=courier, messenger=messenger, reconciler=reconciler)


def make_watchdog(
    foundation: Foundation,
    desk: Desk,
    delivery: Delivery,
    *,
    alarm: Alarm,
    clock: Clock,
    real: Clock,
    figures: Gauges,
    late_beats: Callable[[timedelta], Sequence[str]],
) -> Watchdog:
    """Put together what looks whether all that should have been posted was."""
    wire = delivery.voice.wire

    def oldest_look(_now: datetime) -> datetime | None:
        with desk.records.read() as unit:
            return unit.watch.next_look_at()

    def server_ahead() -> timedelta | None:
        told = foundation.database.moment()
        return told - real.now() if told else None

    return Watchdog(
        checks=(
            deliveries(foundation.outbox(), real, figures.note_standing),
            moments("deadlines_late", oldest_look),
            moments("periods_late", lambda now: jobs.overdue_since(desk, now=now)),
            beats(late_beats),
            keys(lambda: wire.keeps_keys),
            clocks({"Slack": lambda: wire.slack_ahead, "PostgreSQL": server_ahead}),
            room(foundation.free_mb),
            writing(foundation.for_jobs, real),
        ),
        records=foundation.for_jobs,
        admins=lambda: desk.handbook().people.admins,
        alarm=alarm,
        clock=clock,
        real=real,
        wake=delivery.wake,
        seen=figures.note_troubles,
    )
