"""A new user's whole path, with nothing to read but the screen: from the first call to the closed case."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.open_desk import ROOT, Hands, started_desk
from tests.journeys.said import EN, ZH, Said

pytestmark = pytest.mark.journey

MANY = 60  # varied tickets, so that an agent's lists have several pages
PICTURES = ROOT / "docs" / "screenshots"


@pytest.fixture(params=[ZH, EN], ids=["zh", "en"])
def said(request: pytest.FixtureRequest) -> Said:
    """The language of the desk and of everybody in this path."""
    spoken: Said = request.param
    return spoken


def opened(browser: Browser, said: Said, address: str) -> Page:
    """Open the page in a browser of the same language; all in the desk's zone."""
    locale = "zh-CN" if said is ZH else "en-GB"
    context = browser.new_context(
        viewport={"width": 1200, "height": 800}, locale=locale, timezone_id="Asia/Shanghai"
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(address)
    return page


def test_a_case_from_the_first_call_to_the_end(
    browser: Browser, said: Said, tmp_path: Path
) -> None:
    with started_desk(tmp_path, language=said.desk) as address:
        page = opened(browser, said, address)
        path = Journey(Hands(page), said, pictures_in(tmp_path))

        path.find_the_way_in()
        path.log_the_case()
        path.engineer_is_called()
        path.press_every_button()
        path.tell_score_close()
        path.find_it_again()
        page.context.close()


def test_lists_are_turned_and_home_shows_what_is_mine(
    browser: Browser, said: Said, tmp_path: Path
) -> None:
    with started_desk(tmp_path, language=said.desk, tickets=MANY) as address:
        page = opened(browser, said, address)
        path = Journey(Hands(page), said, pictures_in(tmp_path))

        path.become_the_agent()
        path.turn_a_list()
        path.look_at_home()
        page.context.close()


def pictures_in(otherwise: Path) -> Path:
    """Pictures are only kept where they are asked for: SCREENSHOTS=1 renews those of the README."""
    return PICTURES if os.environ.get("SCREENSHOTS") else otherwise


class Journey:
    """The steps of the path; each looks for what a person would look for."""

    def __init__(self, hands: Hands, said: Said, pictures: Path) -> None:
        self.hands, self.said, self.pictures = hands, said, pictures
        self.page = hands.page
        self.number = ""

    def picture(self, name: str) -> None:
        language = "zh" if self.said is ZH else "en"
        self.hands.picture(self.pictures / f"{name}.{language}.png")

    def become_the_agent(self) -> None:
        """The page opens as an agent who reads Chinese; another is one click away."""
        if self.said is EN:
            self.hands.become("当前身份", self.said.agent)
            self.hands.go("service-desk")

    def find_the_way_in(self) -> None:
        """The empty place says what to type; the command alone shows a menu."""
        self.become_the_agent()
        expect(self.page.get_by_text("/ticket").first).to_be_visible()
        self.hands.type(self.said.menu)
        menu = self.page.get_by_role("article").last
        expect(menu.get_by_role("button", name=self.said.new_form)).to_be_visible()
        self.picture("menu")

    def log_the_case(self) -> None:
        """Fill the form by its labels; a vague word is refused under its field, nothing is lost."""
        said, hands = self.said, self.hands
        hands.type(said.new)
        form = hands.form(said.new_form)
        self.picture("form")
        self._fill(form)
        form.get_by_label(said.what).fill(said.vague)
        form.get_by_role("button", name=said.log).click()
        expect(form.get_by_role("alert").filter(has_text=said.refused)).to_be_visible()
        self.picture("form_error")
        form.get_by_label(said.what).fill(said.happened)
        form.get_by_role("button", name=said.log).click()
        expect(form).to_contain_text(said.logged)
        self.picture("logged")
        form.get_by_role("button", name=said.done, exact=True).click()
        expect(form).to_be_hidden()

    def _fill(self, form: Locator) -> None:
        said, hands = self.said, self.hands
        form.get_by_label(said.name).first.fill("李娜" if said is ZH else "Li Na")
        form.get_by_label(said.ms, exact=True).check()
        form.get_by_label(said.phone).first.fill("13800135678")
        hands.pick(form, said.category, said.after_sales)
        hands.pick(form, said.second, said.fault)
        form.get_by_label(said.wish).fill(said.wished)
        form.get_by_label(said.urgent).check()
        form.get_by_label(said.read_back).check()

    def engineer_is_called(self) -> None:
        """The card is in #tech; the engineer is mentioned under it and sees that they are meant."""
        said, hands = self.said, self.hands
        hands.go("tech")
        card = hands.card(said.fault)
        expect(card).to_contain_text(said.status + said.states[0])
        self.number = card.get_by_role("heading").inner_text().split()[1]
        expect(card).to_contain_text(said.engineer)
        hands.become(said.act_as, said.engineer)
        card.get_by_role("link", name=said.replies).click()
        thread = self.page.get_by_role("complementary")
        expect(thread.locator(".mention-me")).to_be_visible()
        expect(thread).to_contain_text(said.yours)
        self.picture("card")

    def press_every_button(self) -> None:
        """Work on it to the end: accept, contact, plan, wait, go on, hold, go on, resolve."""
        said = self.said
        self._press(said.accept)
        self._press(said.contacted, {said.contact_note: said.said})
        self._sees(said.states[1])
        self._press(said.more)
        menu = self.hands.form(said.more.removeprefix("⋯ "))
        self.picture("more")
        menu.get_by_role("button", name=said.plan).click()
        form = self.page.get_by_role("dialog").last
        form.get_by_label(said.measures).fill(said.measure)
        form.get_by_label(said.finished_by).fill("2099-12-31T18:00")
        form.get_by_role("button", name=said.save, exact=True).click()
        expect(self.page.get_by_role("dialog")).to_have_count(0)
        for pause, state in ((said.waiting, said.states[2]), (said.hold, said.states[3])):
            self._press(pause, {said.reason: said.said})
            self._sees(state)
            self._press(said.go_on)
            self._sees(said.states[1])
        self._press(said.resolve, {said.result: said.solution})
        self._sees(said.states[4])

    def tell_score_close(self) -> None:
        """The logger is told privately, tells the customer, records the score and closes."""
        said, hands = self.said, self.hands
        hands.become(said.act_as, said.agent)
        hands.go("deskbot")
        self.page.get_by_role("tab", name=said.messages).click()
        told = hands.card(self.number)
        told.get_by_role("button", name=said.tell).click()
        expect(self.page.get_by_role("dialog")).to_be_visible()
        self.picture("tell")
        self._send_form({})
        hands.go("tech")
        self._press(said.score, {}, picks=(said.five, said.solved))
        self._press(said.close, {})
        self._sees(said.states[5])
        self._press(said.more)
        menu = self.page.get_by_role("dialog")
        menu.get_by_role("button", name=said.history).click()
        expect(self.page.get_by_role("dialog").last).to_contain_text(said.history_done)
        self.picture("timeline")
        self._put_away()

    def find_it_again(self) -> None:
        """Search finds the closed case, whichever script is typed."""
        self.hands.go("service-desk")
        self.hands.type(self.said.search)
        found = self.page.get_by_text(self.said.found).last
        expect(found).to_be_visible()
        expect(self.page.get_by_text(self.number).last).to_be_visible()
        self.picture("search")
        self.hands.type(self.said.help)
        expect(self.page.get_by_role("heading", name="/ticket").last).to_be_visible()
        self.picture("help")

    def turn_a_list(self) -> None:
        """A list is private, twenty a page, and can be turned there and back."""
        self.hands.go("weekly-review")  # nothing else is posted there
        self.hands.type(self.said.list_)
        listed = self.page.get_by_role("article").last
        expect(listed.get_by_role("button", name=self.said.open, exact=True)).to_have_count(20)
        self.picture("list")
        first = re.findall(r"\b\d{11}\b", listed.inner_text())[0]
        listed.get_by_role("button", name=self.said.next_page).click()
        back = self.page.get_by_role("button", name=self.said.previous_page)
        expect(back).to_be_visible()
        expect(listed).not_to_contain_text(first)
        back.click()
        expect(back).to_be_hidden()
        expect(listed).to_contain_text(first)

    def look_at_home(self) -> None:
        """The app's own page lists my work by its next deadline and begins a case."""
        self.hands.go("deskbot")
        self.page.get_by_role("tab", name=self.said.home).press("Enter")  # news may lie over it
        main = self.page.get_by_role("main")
        expect(main.get_by_role("button", name=self.said.new_form)).to_be_visible()
        expect(main.get_by_role("button", name=self.said.open, exact=True).first).to_be_visible()
        self.picture("home")

    def _press(
        self, button: str, typed: dict[str, str] | None = None, picks: tuple[str, ...] = ()
    ) -> None:
        card = (
            self.page.get_by_role("main").get_by_role("article").filter(has_text=self.number).last
        )
        card.get_by_role("button", name=button, exact=True).click()
        if typed is not None:
            self._send_form(typed, picks)

    def _send_form(self, typed: dict[str, str], picks: tuple[str, ...] = ()) -> None:
        form = self.page.get_by_role("dialog").last
        expect(form).to_be_visible()
        for pick in picks:
            form.get_by_label(pick, exact=True).check()
        for label, text in typed.items():
            form.get_by_label(label).fill(text)
        form.get_by_role("button", name=self.said.save, exact=True).click()
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    def _put_away(self) -> None:
        self.page.get_by_role("button", name=self.said.close_all).click()
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    def _sees(self, state: str) -> None:
        card = (
            self.page.get_by_role("main").get_by_role("article").filter(has_text=self.number).last
        )
        expect(card).to_contain_text(self.said.status + state)
