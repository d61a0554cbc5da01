"""A new user lets time pass: an empty week, a warning, the breach, the ladder, the meeting, and the week after."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.open_desk import Hands, started_desk
from tests.journeys.said import ZH
from tests.journeys.said_of_time import CLOCK_ZH, TIME_EN, TIME_HANT, TIME_ZH, ClockSaid, TimeSaid
from tests.journeys.test_new_user import Journey, opened, pictures_in

pytestmark = pytest.mark.journey

ROOM = "weekly-review"
ZONE = ZoneInfo("Asia/Shanghai")
SUE, LEE, DAI = "苏总 Sue", "李组长 Lee", "戴总监 Dai"  # Sue's own page and forms are in Chinese
MOST = 12  # nights or Mondays, should holidays lie ahead
A_WALK_MS = 120_000
DECISION, BLOCKER = "向第二家供应商订购压缩机", "压缩机缺货"


@pytest.fixture(
    params=[
        pytest.param(TIME_ZH, id="zh"),
        pytest.param(TIME_HANT, id="hant", marks=pytest.mark.long),
        pytest.param(TIME_EN, id="en", marks=pytest.mark.long),
    ]
)
def said(request: pytest.FixtureRequest) -> TimeSaid:
    """The language of the desk."""
    spoken: TimeSaid = request.param
    return spoken


def test_an_urgent_case_is_warned_of_breached_and_brought_before_the_meeting(
    browser: Browser, said: TimeSaid, tmp_path: Path
) -> None:
    with started_desk(tmp_path, language=said.language) as address:
        page = opened(browser, said.person, address)
        path = Weeks(Hands(page), said, pictures_in(tmp_path), aside=tmp_path)

        path.an_empty_week()
        path.log_an_urgent_case()
        path.warned_two_hours_ahead()
        path.breached_and_climbing()
        path.run_the_meeting()
        path.the_week_after()
        page.context.close()


class Weeks:
    """The steps of the path; each looks for what a person would look for."""

    def __init__(self, hands: Hands, said: TimeSaid, pictures: Path, *, aside: Path) -> None:
        self.hands, self.said, self.pictures = hands, said, pictures
        self.aside = aside  # what another path pictures in the same words
        self.page = hands.page
        self.clock: ClockSaid = said.clock
        self.number = ""

    def an_empty_week(self) -> None:
        """Where nothing is overdue the meeting says so and offers nothing to start."""
        Journey(self.hands, self.said.person, self.pictures).become_the_agent()
        self.hands.go(ROOM)
        self._until(self.clock.monday, self.said.nothing_overdue)
        head = self.hands.card(self.said.nothing_overdue)
        expect(head.get_by_role("button", name=self.said.start)).to_have_count(0)
        self._picture("meeting_empty")

    def log_an_urgent_case(self) -> None:
        """On Monday at nine, so that what follows lies on the same days whenever this is run."""
        self.hands.go("service-desk")
        path = Journey(self.hands, self.said.person, self.aside)
        path.log_the_case()

    def warned_two_hours_ahead(self) -> None:
        """22 hours on: the one who has it, and the supervisor; the director not yet."""
        self._skip(timedelta(hours=22))
        self.hands.go("tech")
        warning = self.hands.card(self.said.warning)
        expect(warning).to_contain_text(f"@{self.said.person.engineer}")
        expect(warning).to_contain_text(f"@{SUE}")
        expect(warning).not_to_contain_text(DAI)
        self.number = next(word for word in warning.inner_text().split() if word.isdigit())

    def breached_and_climbing(self) -> None:
        """Two more: the lead as well; four working hours on, the director. Nothing comes late."""
        self._skip(timedelta(hours=2))
        breach = self.hands.card(self.said.overdue)
        for name in (self.said.person.engineer, LEE, SUE):
            expect(breach).to_contain_text(f"@{name}")
        self._picture("warning")
        self._until(self.clock.night, self.said.overdue, self.said.further_up)
        climbed = self._saying(self.said.overdue, self.said.further_up).last
        expect(climbed).to_contain_text(f"@{DAI}")
        expect(self.page.get_by_role("main")).not_to_contain_text(self.said.late)

    def run_the_meeting(self) -> None:
        """Monday at nine: the supervisor decides, names blocker, owner and date, and closes."""
        self.hands.go(ROOM)
        self._until(self.clock.monday, self.said.meeting, button=self.said.start)
        self._become_supervisor()
        self.hands.go(ROOM)
        self._head().get_by_role("button", name=self.said.start).click()
        expect(self._head().get_by_role("button", name=self.said.close)).to_be_visible()
        thread = self._rows()
        expect(thread).to_contain_text(self.number)
        expect(thread).to_contain_text(self.said.person.happened[:12])
        self._decide(thread)
        expect(thread).to_contain_text(self.said.blocker + BLOCKER)
        expect(thread).to_contain_text(DECISION)
        self._picture("meeting")
        self._head().get_by_role("button", name=self.said.close).click()
        self.page.get_by_role("button", name=self.said.close_yes, exact=True).click()
        minutes = self.hands.card(self.said.minutes)
        for words in (self.number, DECISION, f"@{LEE}", BLOCKER):
            expect(minutes).to_contain_text(words)
        self._picture("minutes")

    def _decide(self, thread: Locator) -> None:
        thread.get_by_role("button", name=self.said.decide).last.click()
        form = self.hands.form("决议")
        form.get_by_label("决议").fill(DECISION)
        form.get_by_role("button", name=ZH.save, exact=True).click()
        expect(form.get_by_role("alert").filter(has_text="请选择日期。")).to_be_visible()
        form.get_by_label("责任人").click()
        self.page.get_by_role("option", name=LEE).click()
        form.get_by_label("完成日期").fill(f"{self._today() + timedelta(days=2):%Y-%m-%d}")
        form.get_by_label("卡点").fill(BLOCKER)
        self.hands.send(form, ZH.save)

    def the_week_after(self) -> None:
        """A week on, the meeting says what became of the decision."""
        before = self._heads().count()
        for _ in range(MOST):
            self._press(self.clock.monday)
            if self._heads().count() > before:
                break
        expect(self._rows()).to_contain_text(self.said.last_week)
        expect(self.page.get_by_role("complementary")).to_contain_text(self.said.still)

    # --- hands ----------------------------------------------------------------------------------

    def _become_supervisor(self) -> None:
        self.hands.become(self.said.person.act_as, SUE)
        self.clock = CLOCK_ZH

    def _heads(self) -> Locator:
        return self._saying(self.said.meeting)

    def _head(self) -> Locator:
        return self._heads().last

    def _rows(self) -> Locator:
        """Open the thread of the newest department's message."""
        departments = self._saying(self.said.department).filter(has=self.page.get_by_role("link"))
        departments.last.get_by_role("link").last.click()
        thread = self.page.get_by_role("complementary")
        expect(thread.get_by_role("button", name=self.said.decide).last).to_be_visible()
        return thread

    def _saying(self, *words: str) -> Locator:
        found = self.page.get_by_role("main").get_by_role("article")
        for one in words:
            found = found.filter(has_text=one)
        return found

    def _until(self, wish: str, *words: str, button: str = "") -> None:
        """Let time pass until something is said; holidays may lie in between."""
        for _ in range(MOST):
            self._press(wish)
            found = self._saying(*words)
            if found.count() and (not button or found.get_by_role("button", name=button).count()):
                return
        raise AssertionError(f"not said in {MOST} steps: {words}")

    def _skip(self, length: timedelta) -> None:
        self._open_clock()
        self.page.get_by_label(self.clock.minutes).fill(str(length // timedelta(minutes=1)))
        self._go(self.clock.forward)

    def _press(self, wish: str) -> None:
        self._open_clock()
        self._go(wish)

    def _open_clock(self) -> None:
        self.hands.put_toasts_away()
        self.page.get_by_role("button", name=self.clock.clock).click()

    def _go(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()
        expect(self.page.get_by_text(self.clock.moved).last).to_be_visible(timeout=A_WALK_MS)
        self.page.get_by_role("button", name=self.clock.clock).click()
        self.page.wait_for_timeout(500)  # the last posts of the way appear

    def _today(self) -> date:
        """Ask the sandbox for its day; a page does not show the year."""
        now = self.page.evaluate("fetch('/ui/clock').then(r => r.json()).then(c => c.now)")
        return datetime.fromtimestamp(float(now), ZONE).date()

    def _picture(self, name: str) -> None:
        self.hands.picture(self.pictures / f"{name}.{self.said.name}.png")
