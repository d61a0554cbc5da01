"""A bot at work: started, reloaded on SIGHUP, stopped on SIGTERM without losing what it is doing."""

import signal
import threading
from dataclasses import dataclass, field
from queue import SimpleQueue
from types import FrameType

import structlog
from slack_sdk.errors import SlackApiError

from bot.app import Bot
from bot.connection import Sockets
from bot.desk_config.book import Reload
from bot.foundation import Foundation
from bot.settings import Connection, Settings
from bot.voice.outcomes import error_code
from bot.web import WebServer, wsgi_app
from tickets.errors import Busy
from tickets.notices import Notice, NoticeKind, Plain, Urgency, to_person

log = structlog.get_logger(__name__)

STOP_WITHIN_S = 10  # of the present notice, before the process ends anyway (RELIABILITY.md F62)


@dataclass(slots=True)
class Running:
    """The threads of one bot."""

    bot: Bot
    foundation: Foundation
    settings: Settings
    sockets: Sockets | None = None
    web: WebServer | None = None
    _stop: threading.Event = field(default_factory=threading.Event)
    # An event set by a handler that interrupts this very event's `wait` may never return; a queue does.
    _signals: "SimpleQueue[int]" = field(default_factory=SimpleQueue)
    _courier: threading.Thread | None = None
    _messenger: threading.Thread | None = None

    def start(self) -> None:
        """Read the directory, start delivering, then let people in."""
        self._read_directory()
        self._courier = threading.Thread(
            target=self.bot.courier.run, args=(self._stop,), name="courier", daemon=True
        )
        self._courier.start()
        self._messenger = threading.Thread(
            target=self.bot.messenger.run, args=(self._stop,), name="messenger", daemon=True
        )
        self._messenger.start()
        self.bot.clockwork.start()
        threading.Thread(
            target=self.bot.watchdog.run, args=(self._stop,), name="watchdog", daemon=True
        ).start()
        self._serve()
        self._connect()

    def _read_directory(self) -> None:
        try:
            self.bot.refresh()
        except (SlackApiError, OSError) as trouble:
            # What was known before is still there; the next beat tries again.
            log.warning("directory not refreshed", why=type(trouble).__name__)

    def _serve(self) -> None:
        application = wsgi_app(self.bot.app, ready=self.missing, registry=self.bot.registry)
        over_http = self.settings.connection is Connection.HTTP
        try:
            self.web = WebServer(
                application,
                host="0.0.0.0" if over_http else "127.0.0.1",  # noqa: S104  Slack must reach it
                port=self.settings.port,
            )
        except OSError:
            if over_http:
                raise
            log.warning("health page not served: the port is in use", port=self.settings.port)
            return
        self.web.start()

    def _connect(self) -> None:
        token = self.settings.slack_app_token
        if token:
            self.sockets = Sockets(self.bot.app, token.get_secret_value())
            self.sockets.start()
        log.info("the desk is open", connection=str(self.settings.connection))

    def missing(self) -> list[str]:
        """List what keeps the bot from being ready."""
        gaps = []
        if self.sockets is not None and not self.sockets.connected:
            gaps.append("no socket to Slack is connected")
        if self._courier is None or not self._courier.is_alive():
            gaps.append("the courier is not running")
        try:
            with self.foundation.database.reading():
                pass
        except Exception as trouble:  # noqa: BLE001  any trouble with the database means: not ready
            gaps.append(f"the database does not answer: {type(trouble).__name__}")
        return gaps

    def heed_signals(self) -> None:
        """Take SIGTERM, SIGINT and SIGHUP from now on, also while starting. Call from the main thread."""
        for heeded in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(heeded, self._hear)

    def wait(self) -> None:
        """Stay until told to stop; SIGHUP reads the desk file again."""
        while self._signals.get() == signal.SIGHUP:
            self.reload()

    def _hear(self, heard: int, _frame: FrameType | None) -> None:
        self._signals.put(heard)

    def reload(self) -> Reload:
        """Read the desk file again; one that cannot be used keeps the old and is told to the admins."""
        try:
            result = self.bot.book.reload()
        except (SlackApiError, OSError, Busy) as trouble:
            why = error_code(trouble) or type(trouble).__name__
            log.error("desk file not read again, the old one stays", why=why)  # noqa: TRY400  no trace of Slack's answer
            self._tell_admins("operator.desk_file_unread", why=why)
            return Reload(self.bot.book.loaded, is_changed=False)
        if result.problems:
            lines = "\n".join(str(problem) for problem in result.problems)
            log.error("desk file refused, the old one stays", problems=lines)
            count, first = len(result.problems), str(result.problems[0])
            self._tell_admins("operator.desk_file_refused", mistakes=count, first=first)
        else:
            log.info("desk file read again", changed=result.is_changed)
            self.bot.desk.wake()
        return result

    def _tell_admins(self, message: str, **what: Plain) -> None:
        now = self.bot.desk.clock.now()
        notices = [
            Notice(
                key=f"{NoticeKind.OPERATOR}:reload:{now.isoformat()}:{admin}",
                kind=NoticeKind.OPERATOR,
                place=to_person(admin),
                urgency=Urgency.PRIVATE,
                due_at=now,
                params={"message": message, **what},
            )
            for admin in sorted(self.bot.desk.handbook().people.admins)
        ]
        try:
            with self.foundation.for_jobs.write() as unit:
                unit.notices.plan(notices)
        except Busy:
            log.warning("the admins could not be told", message=message)
        self.bot.wake()

    def stop(self) -> None:
        """Let nobody in any more, finish the present notice, close everything."""
        self._stop.set()
        self.bot.wake()
        if self.sockets:
            self.sockets.stop()
        if self.web:
            self.web.stop()
        for sender in (self._courier, self._messenger):
            if sender:
                sender.join(STOP_WITHIN_S)
        self.bot.clockwork.stop()
        if self.bot.nightly:
            self.bot.nightly.stop()
        self.bot.executor.shutdown(wait=True, cancel_futures=True)
        self.foundation.close()
        log.info("the desk is closed")
