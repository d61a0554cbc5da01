"""A desk started as `deskbot sandbox` starts it, and a browser's hands in it."""

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from bot.trial.player import Player

ROOT = Path(__file__).parents[2]
PRESET = ROOT / "presets" / "sandbox.yml"
OPENS_WITHIN_S = 60


@contextlib.contextmanager
def started_desk(folder: Path, *, language: str, tickets: int = 0) -> Iterator[str]:
    """Run `deskbot sandbox` in a folder of its own and give the page's address."""
    port = free_port()
    text = PRESET.read_text(encoding="utf-8").replace("language: zh-Hans", f"language: {language}")
    if language == "en":
        text = text.replace("[U0ENG1, U0ENG2]", "[U0ENG2, U0ENG1]")  # Ken, who reads English
    (folder / "desk.yml").write_text(text, encoding="utf-8")
    kept = ("PATH", "HOME", "VIRTUAL_ENV")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    environment |= {"PORT": str(free_port()), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "bot", "sandbox", "--port", str(port)]
    command += ["--tickets", str(tickets)] if tickets else []
    with (folder / "out.txt").open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=out)
    address = f"http://127.0.0.1:{port}/"
    player = Player(address, patience_s=OPENS_WITHIN_S)
    try:
        said = partial(_says, process, folder / "out.txt")
        player.wait_for(lambda: said(address), "the desk's address")
        told = f"{tickets} tickets are logged"
        player.wait_for(lambda: not tickets or said(told), told)
        yield address
    finally:
        player.close()
        process.terminate()
        process.wait(15)


def free_port() -> int:
    """Find a port for the page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _says(process: "subprocess.Popen[bytes]", output: Path, told: str) -> bool:
    assert process.poll() is None, f"deskbot sandbox has ended: {output.read_text()}"
    return told in output.read_text()


@dataclass(frozen=True, slots=True)
class Hands:
    """One person before the page: they know what is written on the screen and nothing else."""

    page: Page

    def go(self, place: str) -> None:
        """Click a channel or the app in the list of places."""
        self.page.get_by_role("navigation").get_by_role("link", name=place).click()

    def become(self, menu: str, name: str) -> None:
        """Act as somebody else."""
        self.page.get_by_role("button", name=menu).click()
        self.page.get_by_role("menuitemradio", name=name).click()
        expect(self.page.get_by_role("button", name=name)).to_be_visible()

    def type(self, line: str) -> None:
        """Write a line into the box and send it."""
        box = self.page.get_by_role("main").get_by_role("combobox").last
        box.fill(line)
        box.press("Enter")

    def form(self, title: str) -> Locator:
        """Wait for a form."""
        form = self.page.get_by_role("dialog", name=title)
        expect(form).to_be_visible()
        return form

    def pick(self, form: Locator, label: str, option: str) -> None:
        """Pick from a list by what is written on it."""
        form.get_by_label(label, exact=True).click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def send(self, form: Locator, button: str) -> None:
        """Send a form and see it go."""
        form.get_by_role("button", name=button, exact=True).click()
        expect(form).to_be_hidden()

    def card(self, words: str) -> Locator:
        """Find the newest message that has these words."""
        return self.page.get_by_role("main").get_by_role("article").filter(has_text=words).last

    def picture(self, path: Path, *, clip: Locator | None = None) -> None:
        """Keep what is seen as a picture; large ones lose colours, not words."""
        self.page.mouse.move(2, 2)
        self.put_toasts_away()
        (clip or self.page).screenshot(path=path)

    def put_toasts_away(self) -> None:
        """Close what slid in at the edge; it also goes by itself."""
        self.page.evaluate("document.querySelectorAll('.toast button').forEach(one => one.click())")
