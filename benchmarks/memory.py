"""What the idle bot holds of memory, and how long the command line takes to answer."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.ground import Place
from benchmarks.measure import Series, take_turns, timed_ms
from benchmarks.report import Figure, Report, at_most
from benchmarks.scale import Scale

MEGABYTE = 1024 * 1024
READY_WITHIN_S = 60
ROOT = Path(__file__).parents[1]
DESKBOT = Path(sys.executable).with_name("deskbot")


def run(place: Place, scale: Scale) -> Report:
    """Start the bot with its sandbox, leave it alone, read its memory; then time `--help`."""
    with _bot(place, scale.settle_s) as process:
        idle = Series((_resident(process.pid) / MEGABYTE,))
    found = take_turns(
        scale.rounds,
        {
            "deskbot --help": lambda: {"ms": _start([str(DESKBOT), "--help"], scale.starts)},
            "bare interpreter": lambda: {"ms": _start([sys.executable, "-c", ""], scale.starts)},
        },
    )
    return Report(
        "memory: the idle bot, connected to the sandbox; cold start of the command line",
        [
            Figure("idle bot, resident", idle, "MB", at_most(150)),
            Figure("deskbot --help", found["deskbot --help", "ms"], "ms", at_most(300)),
            Figure("python -c ''", found["bare interpreter", "ms"], "ms"),
        ],
    )


def _start(command: list[str], times: int) -> float:
    def once() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)

    return min(timed_ms(once) for _ in range(times))


@contextmanager
def _bot(place: Place, settle_s: float) -> Iterator[subprocess.Popen[bytes]]:
    """Run `deskbot run` as people do, in an environment without tokens."""
    port = 3999
    log = (place.folder / "bot.log").open("wb")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SLACK_")},
        "DATABASE_URL": place.url,
        "PORT": str(port),
    }
    process = subprocess.Popen(
        [str(DESKBOT), "run"], cwd=place.folder, env=environment, stdout=log, stderr=log
    )
    try:
        _until_ready(process, port)
        time.sleep(settle_s)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(READY_WITHIN_S)
        log.close()


def _until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=2).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    msg = "the bot did not become ready; see bot.log in its folder"
    raise RuntimeError(msg)


def _resident(pid: int) -> int:
    """Read how many bytes a process holds in memory, Linux only."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE")
