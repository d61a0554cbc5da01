"""One bot's life: the ground laid, the bot built, started, waited for, stopped."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from slack_sdk import WebClient

from bot.app import build
from bot.clock import SystemClock
from bot.desk_config.book import Book
from bot.directory import SlackLookup
from bot.foundation import lay_foundation
from bot.running import Running
from bot.settings import Settings
from tickets.ports import Clock, Revisions


def live(
    settings: Settings,
    desk_file: Path,
    *,
    clock: Clock,
    opened: Callable[[Running], None] = lambda _running: None,
) -> None:
    """Run until told to stop; `opened` is called once people can use the desk.

    Raises DeskFileError, RecordsUnusable or SlackApiError before anything is served.
    """
    running = prepare(settings, desk_file, clock=clock)
    try:
        running.heed_signals()
        running.start()
        opened(running)
        running.wait()
    finally:
        running.stop()


def prepare(settings: Settings, desk_file: Path, *, clock: Clock) -> Running:
    """Build everything without starting it."""
    foundation = lay_foundation(settings)
    try:
        book = open_book(settings, desk_file, foundation.revisions(SystemClock()), clock=clock)
        bot = build(settings, foundation, book, clock=clock, real=SystemClock())
    except BaseException:
        foundation.close()
        raise
    return Running(bot=bot, foundation=foundation, settings=settings)


def open_book(settings: Settings, desk_file: Path, revisions: Revisions, *, clock: Clock) -> Book:
    """Read the desk file or the newer one in force, with addresses and user groups looked up in Slack."""
    token = settings.slack_bot_token
    client = WebClient(
        token=token.get_secret_value() if token else None, base_url=settings.slack_api_url
    )
    return Book(
        desk_file,
        today=lambda: _today(clock),
        lookup=SlackLookup(client),
        revisions=revisions,
    )


def _today(clock: Clock) -> date:
    """The year matters here, not the hour: any zone will do."""
    return clock.now().astimezone(ZoneInfo("UTC")).date()
