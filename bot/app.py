"""The composition root: puts rules, records, handlers, scheduler and voice together into one running bot."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from time import monotonic
from typing import Any

import structlog
from prometheus_client import CollectorRegistry
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.web import SlackResponse

from bot.aftermath import Aftermath
from bot.calendars import Calendars
from bot.delivery import Delivery, make_delivery, make_watchdog
from bot.desk_config.book import Book
from bot.directory import DirectoryRefresh
from bot.evidence import EvidenceKeeper
from bot.foundation import LISTENERS, Foundation
from bot.gauges import gauges
from bot.heads import Heads
from bot.ids import new_id
from bot.nightly import Nightly
from bot.outside import make_outside
from bot.phones import NumberingPlans
from bot.readers import Readers
from bot.settings import Settings
from bot.speech import Speech, speech
from bot.voice.outside.alarm import OutsideAlarm
from handlers import routes
from handlers.flood import Flood
from handlers.turns import CourteousClient, Turns
from handlers.wiring import Wiring
from scheduler.clockwork import Beat, Clockwork
from scheduler.courier import Courier
from scheduler.watchdog import Watchdog
from storage import waterline
from storage.backups.aftermath import SqlAftermath
from tickets.desk.context import Desk
from tickets.ports import Clock
from tickets.watch.tick import tick

log = structlog.get_logger(__name__)

TICK = timedelta(seconds=15)
REFRESH = timedelta(minutes=10)
SWEEP = timedelta(minutes=5)
BACKUP = timedelta(minutes=1)  # looks whether one is due, or has ended
HEADS = timedelta(minutes=1)  # likewise
PURGE = timedelta(hours=6)
RECEIPTS_KEPT = timedelta(
    days=30
)  # Slack's last retry comes after minutes; people's repeats after days
DRAFTS_KEPT = timedelta(days=7)  # searched words, and texts no form could take
CALL_TIMEOUT_S = 10  # of one HTTP call; far inside a claim's lease of 60 s
BURST, STEADY = 300, 10.0  # what one person may ask at once, and per second (X36)
LOOK_UPS = 3  # tries of a look-up that was rate-limited; posts are the courier's to repeat


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot:
    """Everything that runs, not yet started."""

    desk: Desk
    book: Book
    app: App
    courier: Courier
    messenger: Courier  # to robots and webhooks, in a thread of its own
    clockwork: Clockwork
    watchdog: Watchdog
    refresh: DirectoryRefresh
    registry: CollectorRegistry
    executor: ThreadPoolExecutor
    nightly: Nightly | None = None

    def wake(self) -> None:
        """Have both couriers look now."""
        self.courier.wake()
        self.messenger.wake()


def build(
    settings: Settings, foundation: Foundation, book: Book, *, clock: Clock, real: Clock
) -> Bot:
    """Put a bot together. Raises SlackApiError when Slack refuses the token."""
    turns = Turns()
    posts, lookups = WebClient(**_access(settings)), CourteousClient(turns, **_access(settings))
    lookups.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=LOOK_UPS))
    me = lookups.auth_test()
    wakers: list[Callable[[], None]] = []
    desk = _desk(foundation, book, clock, wake=lambda: wakers[0]())  # noqa: PLW0108  the courier is made of the desk
    spoken = speech(clock)
    registry = CollectorRegistry()
    figures = gauges(registry)
    outside = make_outside(settings, desk, spoken, real=real, workspace_url=str(me.get("url", "")))
    delivery = make_delivery(
        foundation,
        desk,
        spoken,
        posts,
        clock=clock,
        real=real,
        figures=figures,
        outside=outside,
    )
    wakers.append(delivery.wake)
    executor = ThreadPoolExecutor(LISTENERS, thread_name_prefix="listener")
    app = App(
        name="deskbot",
        client=lookups,
        signing_secret=_secret(settings),
        process_before_response=True,  # commit, then acknowledge (DESIGN.md, two walks)
        listener_executor=executor,
        token_verification_enabled=False,  # auth.test has just answered
    )
    refresh = DirectoryRefresh(client=lookups, records=foundation.for_jobs, handbook=desk.handbook)
    routes.register(app, _wiring(desk, spoken, me, refresh, turns, app_id=settings.app_id))
    watching = replace(desk, records=foundation.for_jobs)
    beats = [
        Beat("watch", TICK, lambda: tick(watching, now=clock.now())),
        Beat("revision", TICK, book.follow),
        Beat("courier", TICK, delivery.wake),
        Beat("reconcile", TICK, delivery.reconciler.work_once),
        Beat("directory", REFRESH, refresh),
        Beat("sweep", SWEEP, delivery.voice.sweep),
        Beat("receipts", PURGE, lambda: purge(foundation, clock)),
        Beat(
            "evidence",
            TICK,
            EvidenceKeeper(client=lookups, records=foundation.for_jobs, clock=clock),
        ),
        Beat("aftermath", TICK, _aftermath(foundation, watching, delivery)),
    ]
    if not settings.is_trial:
        beats.append(Beat("waterline", TICK, lambda: waterline.note(foundation.database)))
    nightly = _nightly(settings, watching, real)
    if nightly:
        beats.append(Beat("backup", BACKUP, nightly))
    if not settings.is_trial:  # what is tried out proves nothing
        beats.append(Beat("heads", HEADS, _heads(settings, foundation, watching, real)))
    clockwork = Clockwork(beats)
    watchdog = make_watchdog(
        foundation,
        desk,
        delivery,
        alarm=OutsideAlarm(voice=outside),
        clock=clock,
        real=real,
        figures=figures,
        late_beats=clockwork.late,
    )
    return Bot(
        desk=desk,
        book=book,
        app=app,
        courier=delivery.courier,
        messenger=delivery.messenger,
        clockwork=clockwork,
        watchdog=watchdog,
        refresh=refresh,
        registry=registry,
        executor=executor,
        nightly=nightly,
    )


def _aftermath(foundation: Foundation, desk: Desk, delivery: Delivery) -> Aftermath:
    return Aftermath(SqlAftermath(foundation.database), desk, delivery.voice.wire)


def _nightly(settings: Settings, desk: Desk, real: Clock) -> Nightly | None:
    """Back up what is worth it: not what somebody tries out in a sandbox."""
    folder = settings.backups
    if folder is None or settings.is_trial:
        return None
    return Nightly(desk, real, folder, settings.backup_keep)


def _heads(settings: Settings, foundation: Foundation, desk: Desk, real: Clock) -> Heads:
    return Heads(
        desk=desk,
        database=foundation.database,
        signer=foundation.vault.signer,
        real=real,
        folder=settings.audit_heads,
    )


def purge(foundation: Foundation, clock: Clock) -> None:
    """Forget what was answered over thirty days ago, and words kept for over seven."""
    now = clock.now()
    with foundation.for_jobs.write() as unit:
        unit.receipts.purge(now - RECEIPTS_KEPT)
        unit.drafts.purge(now - DRAFTS_KEPT)


def _access(settings: Settings) -> dict[str, Any]:
    """Give a client's settings."""
    token = settings.slack_bot_token
    return {
        "token": token.get_secret_value() if token else None,
        "base_url": settings.slack_api_url,
        "timeout": CALL_TIMEOUT_S,
        "retry_handlers": [],  # the SDK's own retries post twice (RELIABILITY.md 0.2)
    }


def _secret(settings: Settings) -> str | None:
    secret = settings.slack_signing_secret
    return secret.get_secret_value() if secret else None


def _desk(foundation: Foundation, book: Book, clock: Clock, *, wake: Callable[[], None]) -> Desk:
    calendars = Calendars(lambda: book.handbook)
    return Desk(
        records=foundation.for_people,
        clock=clock,
        handbook=lambda: book.handbook,
        calendar=calendars.in_force,
        phones=NumberingPlans(),
        new_id=new_id,
        wake=wake,
    )


def _wiring(
    desk: Desk,
    spoken: Speech,
    me: SlackResponse,
    refresh: DirectoryRefresh,
    turns: Turns,
    *,
    app_id: str | None,
) -> Wiring:
    readers = Readers(spoken, desk.handbook)
    enterprise = me.get("enterprise_id")
    return Wiring(
        desk=desk,
        speak=lambda member: readers.speak(member, desk.records),
        refresh_person=refresh.person,
        refresh_all=refresh,
        team_id=str(me["team_id"]),
        enterprise_id=str(enterprise) if enterprise else None,
        flood=Flood(monotonic, burst=BURST, per_second=STEADY),
        turns=turns,
        client=refresh.client,
        app_id=app_id,
    )
