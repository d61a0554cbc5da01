"""The desk in a sandbox: both started, the address printed, the sandbox's clock followed."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from pydantic import SecretStr
from ruamel.yaml import YAML

from bot.app import Bot
from bot.clock import SandboxClock
from bot.desk_config.load import load_handbook
from bot.journal import calm_journal
from bot.life import live
from bot.running import Running
from bot.settings import Settings
from bot.trial.articles import bring_articles
from bot.trial.belongings import first_made, state_beside
from bot.trial.process import SandboxProcess, start_sandbox
from bot.trial.walking import Walker
from bot.trial.workspace import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, workspace_of
from tickets.watch.tick import next_moment, tick

ROOT = Path(__file__).parents[2]
PRESET = ROOT / "presets" / "sandbox.yml"
MANIFEST = ROOT / "manifest.yml"
PRESENT = date(2025, 1, 1)  # for names and channels alone; the year does not matter to them

Announce = Callable[[str], None]


def run_with_sandbox(
    settings: Settings,
    desk_file: Path,
    *,
    announce: Announce,
    port: int | None = None,
    opened: Callable[[Running, SandboxProcess], None] = lambda _running, _sandbox: None,
) -> None:
    """Run a desk in a sandbox until told to stop; `opened` is called once people can use it."""
    if "log_level" not in settings.model_fields_set:
        calm_journal()
    made, state = first_made(settings), state_beside(settings)
    sandbox = start_sandbox(trial_workspace(desk_file), state=state, port=port)
    clock = SandboxClock(sandbox.clock_url)

    def ready(running: Running) -> None:
        clock.walked_by(walker_of(clock, running.bot).walk)
        clock.look()  # from here on the sandbox leaves the walking to us, also of a move that comes at once
        if made:
            bring_articles(running.bot.desk, running.foundation.simplified.fold)
        announce(welcome(sandbox.address, made))
        opened(running, sandbox)

    try:
        clock.start()
        live(connected_to(sandbox, settings), desk_file, clock=clock, opened=ready)
    finally:
        clock.stop()
        sandbox.stop()


def walker_of(clock: SandboxClock, bot: Bot) -> Walker:
    """Make what walks through the time of a desk that runs in a sandbox."""
    desk = bot.desk

    def warning() -> datetime | None:
        with desk.records.read() as unit:
            return unit.watch.next_look_at()

    def waiting() -> int:
        with desk.records.read() as unit:
            return unit.notices.waiting(due_by=desk.clock.now())

    return Walker(
        clock=clock,
        tick=lambda now: tick(desk, now=now),
        ahead=lambda: next_moment(desk),
        warning=warning,
        waiting=waiting,
        wake=bot.wake,
    )


def welcome(address: str, made: Sequence[tuple[Path, str]]) -> str:
    """Say what was made, where the desk is and how to stop it."""
    lines = ["", "  The desk is open for a trial:", "", f"      {address}", ""]
    if made:
        width = max(len(str(file)) for file, _ in made)
        lines += ["  Made for it:", ""]
        lines += [f"      {file!s:{width}}   {what}" for file, what in made]
        lines += [""]
    lines += ["  Ctrl-C stops it; what you do there is there again when you start it next.", ""]
    return "\n".join(lines)


def trial_workspace(desk_file: Path) -> dict[str, object]:
    """Describe the workspace of a desk file for the sandbox."""
    handbook = load_handbook(desk_file, today=PRESENT, lookup=None).handbook
    manifest = YAML(typ="safe").load(MANIFEST.read_text(encoding="utf-8"))
    return workspace_of(handbook, manifest)


def connected_to(sandbox: SandboxProcess, settings: Settings) -> Settings:
    """Give the settings of a bot that is connected to this sandbox."""
    return settings.model_copy(
        update={
            "slack_bot_token": SecretStr(BOT_TOKEN),
            "slack_app_token": SecretStr(APP_TOKEN),
            "slack_signing_secret": SecretStr(SIGNING_SECRET),
            "slack_api_url": sandbox.api_url,
            "tried_out": True,
        }
    )
