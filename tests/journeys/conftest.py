"""A real browser before a running sandbox; without one the journeys are skipped, loudly."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from tests.conftest import Address
from tests.journeys.house_in import HouseIn, house_in

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MISSING = (
    "JOURNEYS NOT RUN: no Chromium found. Install it (apt-get install chromium) "
    "or point CHROMIUM at one."
)


def chromium(playwright: Playwright) -> str | None:
    """Find a Chromium: CHROMIUM, the distribution's, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    found = [named, "/usr/bin/chromium", *(shutil.which(name) for name in NAMES)]
    return next(
        (
            path
            for path in (*found, playwright.chromium.executable_path)
            if path and Path(path).exists()
        ),
        None,
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one browser for the session; what it shows comes late where the machine is busy."""
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        path = chromium(playwright)
        if path is None:
            pytest.skip(MISSING)
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly at the end that the journeys were not run."""
    reports = terminalreporter.getreports("skipped")
    if any("JOURNEYS NOT RUN" in str(report.longrepr) for report in reports):
        terminalreporter.write_sep("!", MISSING, red=True, bold=True)


@dataclass(frozen=True, slots=True)
class Watched:
    """Opens pages, and remembers what went wrong in them and what they asked of other machines."""

    context: BrowserContext
    home: str
    troubles: list[str]

    def open(self, where: str = "") -> Page:
        """Open the sandbox's page at `#/as/…`."""

        def asked(request: Request) -> None:
            if not request.url.startswith((self.home, "data:", "blob:")):
                self.troubles.append(f"asked another machine: {request.url}")

        page = self.context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(f"page error: {error}"))
        page.on("request", asked)
        page.goto(f"{self.home}/{where}")
        page.locator(".page[aria-busy=false]").wait_for()  # the live stream is open
        return page


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give each test a browser of its own, with nothing remembered."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    context.set_default_timeout(15_000)
    yield context
    context.close()


MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(
    scope="session",
    params=["zh-Hans", *(pytest.param(one, marks=pytest.mark.long) for one in ("zh-Hant", "en"))],
)
def house(
    request: pytest.FixtureRequest,
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
    empty_desk: Path,
    desk_key: str,
) -> Iterator[HouseIn]:
    """One desk in each language for all journeys through it; each begins a case of its own."""
    folder = tmp_path_factory.mktemp("house")
    file = shutil.copy(empty_desk, folder / "desk.db")
    address = Address(f"sqlite:///{file}", desk_key)
    with house_in(request.param, browser, address, folder, starts=MONDAY) as opened:
        yield opened
