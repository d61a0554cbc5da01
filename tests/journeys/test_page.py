"""The sandbox's page in a real browser, with a tiny app behind it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox.running import RunningSandbox, running
from tests.journeys.conftest import Watched
from tests.journeys.trial_app import Heard, trial_app

pytestmark = pytest.mark.journey

PLAN = {
    "users": [
        {
            "id": "U0ANN",
            "name": "ann",
            "real_name": "Ann Lin",
            "locale": "en-US",
            "tz": "Asia/Shanghai",
        },
        {
            "id": "U0EVE",
            "name": "eve",
            "real_name": "陈伊",
            "locale": "zh-CN",
            "tz": "Asia/Shanghai",
        },
        {
            "id": "U0SUE",
            "name": "sue",
            "real_name": "Sue Wang",
            "locale": "zh-TW",
            "tz": "Asia/Taipei",
        },
    ],
    "channels": [
        {"id": "C0DESK", "name": "service-desk"},
        {"id": "C0TECH", "name": "tech"},
        {"id": "C0QUIET", "name": "quiet", "members": ["U0EVE"]},
    ],
    "commands": [
        {"command": "/trial", "description": "Try the page", "usage_hint": "form | blocks"}
    ],
}
ANN_AT_DESK = "#/as/U0ANN/C0DESK"


@dataclass(frozen=True, slots=True)
class Place:
    """A running sandbox, what the app behind it heard, and a browser before it."""

    sandbox: RunningSandbox
    heard: Heard
    browser: Watched


@pytest.fixture
def place(context: BrowserContext) -> Iterator[Place]:
    """Serve a sandbox with the trial app connected by Socket Mode."""
    with running(PLAN) as sandbox:
        client = WebClient(token=sandbox.app.bot_token, base_url=sandbox.api_url)
        app, heard = trial_app(client, sandbox.app.signing_secret)
        handler = SocketModeHandler(app, sandbox.app.app_token)
        handler.connect()
        watched = Watched(context, sandbox.url, [])
        try:
            yield Place(sandbox, heard, watched)
        finally:
            context.close()
            handler.client.auto_reconnect_enabled = False
            sandbox.admin(
                "drop_sockets", how="abort"
            )  # else closing waits for the socket's timeout
            handler.close()
    assert watched.troubles == []


def say(page: Page, text: str) -> None:
    """Write into the channel's box and send it."""
    box = page.get_by_role("main").get_by_role("combobox", name="Message")
    box.fill(text)
    box.press("Enter")


def the_form(page: Page) -> Locator:
    """Open the form with every input."""
    say(page, "/trial form")
    form = page.get_by_role("dialog", name="Every input")
    expect(form).to_be_visible()
    return form


def choose(page: Page, form: Locator, label: str, *options: str) -> None:
    """Pick from a select by what is written on it."""
    form.get_by_label(label, exact=True).click()
    for option in options:
        page.get_by_role("option", name=option).click()


def test_a_message_is_sent_with_enter_and_reaches_the_app_with_live_names(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)

    say(page, "hello @eve, now")

    message = page.get_by_role("article").filter(has_text="hello")
    expect(message.locator(".mention")).to_have_text("@陈伊")
    place.sandbox.settle()
    assert place.heard.messages[-1]["text"] == "hello <@U0EVE>, now"


def test_shift_enter_begins_a_new_line(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)
    box = page.get_by_role("combobox", name="Message #service-desk")

    box.press_sequentially("one")
    box.press("Shift+Enter")
    box.press_sequentially("two")
    box.press("Enter")

    expect(page.get_by_role("article").locator("br")).to_have_count(1)


def test_half_typed_names_and_commands_are_completed(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)
    box = page.get_by_role("combobox", name="Message #service-desk")

    box.press_sequentially("/tr")
    expect(page.get_by_role("option", name="/trial")).to_contain_text("form | blocks")
    box.press("Tab")
    expect(box).to_have_value("/trial ")
    box.press_sequentially("say @陈")
    box.press("Enter")

    expect(box).to_have_value("/trial say @eve ")


def test_every_input_reaches_the_app_as_it_was_filled(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)
    form = the_form(page)

    choose(page, form, "Second level (optional)", "Delivery")
    form.get_by_label("What happened").fill("27 ℃ after 30 min, set to 18 ℃")
    form.get_by_label("Customer name").fill("李女士")
    form.get_by_label("Ticket").fill("air")
    page.get_by_role("option", name="air – case 2").click()
    choose(page, form, "Feelings (optional)", "Worried", "Calm")
    choose(page, form, "Assignee (optional)", "陈伊")
    choose(page, form, "Collaborators (optional)", "Ann Lin", "Sue Wang")
    choose(page, form, "Conversation (optional)", "#tech")
    choose(page, form, "Channel (optional)", "#service-desk")
    form.get_by_label("Wished date").fill("2026-12-01")
    form.get_by_label("Wished time").fill("14:30")
    form.get_by_label("Promised for").fill("2026-12-02T09:30")
    form.get_by_label("P1 urgent").check()
    form.get_by_label("Read back to the customer").check()
    form.get_by_label("Units sold").fill("42")
    form.get_by_label("E-mail").fill("li@example.com")
    form.get_by_label("Web page").fill("https://example.com/case")
    form.get_by_label("Evidence").set_input_files(
        [{"name": "note.txt", "mimeType": "text/plain", "buffer": b"27"}]
    )
    expect(form.get_by_text("note.txt")).to_be_visible()
    form.get_by_label("Remarks").fill("*please* hurry\n• one\n• two")
    form.get_by_role("button", name="Send").click()
    expect(form).to_be_hidden()

    values = place.heard.last_values()
    assert values["grouped"]["selected_option"]["value"] == "delivery"
    assert values["text"]["value"] == "27 ℃ after 30 min, set to 18 ℃"
    assert values["line"]["value"] == "李女士"
    assert values["external"]["selected_option"]["value"] == "case-2"
    assert [o["value"] for o in values["feelings"]["selected_options"]] == ["worried", "calm"]
    assert values["person"]["selected_user"] == "U0EVE"
    assert values["people"]["selected_users"] == ["U0ANN", "U0SUE"]
    assert values["place"]["selected_conversation"] == "C0TECH"
    assert values["channel"]["selected_channel"] == "C0DESK"
    assert values["date"]["selected_date"] == "2026-12-01"
    assert values["time"]["selected_time"] == "14:30"
    assert values["moment"]["selected_date_time"] == 1_796_175_000  # 09:30 in Shanghai
    assert values["urgency"]["selected_option"]["value"] == "P1"
    assert [o["value"] for o in values["ticks"]["selected_options"]] == ["read_back"]
    assert values["number"]["value"] == "42"
    assert values["mail"]["value"] == "li@example.com"
    assert values["link"]["value"] == "https://example.com/case"
    assert [f["name"] for f in values["files"]["files"]] == ["note.txt"]
    first, points = values["remarks"]["rich_text_value"]["elements"]
    assert first["elements"][0] == {"type": "text", "text": "please", "style": {"bold": True}}
    assert points["type"] == "rich_text_list"


def test_what_is_wrong_stands_under_its_field_and_nothing_is_lost(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)
    form = the_form(page)

    form.get_by_label("Units sold").fill("x")
    form.get_by_role("button", name="Send").click()
    wrong = form.get_by_role("alert")
    expect(wrong).to_have_text(
        ["Please complete this required field.", "Enter a whole number, for example 12."]
    )
    assert place.heard.submissions == []

    form.get_by_label("Units sold").fill("30")
    form.get_by_label("What happened").fill("something vague")
    expect(wrong).to_have_count(0)
    form.get_by_role("button", name="Send").click()

    expect(wrong).to_have_text("“vague” is vague. Write the figure.")
    expect(form.get_by_label("What happened")).to_be_focused()
    expect(form.get_by_label("Units sold")).to_have_value("30")


def test_a_form_that_changes_keeps_what_was_typed(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)
    form = the_form(page)

    form.get_by_label("What happened").fill("it drips")
    choose(page, form, "Category (optional)", "Fault")
    choose(page, form, "Second level (optional)", "Fault at home")

    expect(form.get_by_label("What happened")).to_have_value("it drips")
    expect(form.get_by_label("Category (optional)", exact=True)).to_have_value("Fault")


def test_a_reply_overtaken_by_the_stream_does_not_close_a_form(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)
    form = page.get_by_role("dialog", name="Every input")

    def overtaken(route: Route) -> None:
        before_the_form = route.fetch()
        place.sandbox.person("U0ANN").command("/trial", "form", channel="C0DESK")
        form.wait_for()
        route.fulfill(response=before_the_form)

    page.route("**/ui/state*", overtaken, times=1)
    place.sandbox.admin("rename_user", user="U0ANN", real_name="Ann Li")

    expect(page.get_by_role("button", name="Act as: Ann Li", exact=True)).to_be_attached()
    expect(form).to_be_visible()


def test_a_bot_that_does_not_answer_leaves_the_form_open_and_whole(place: Place) -> None:
    place.sandbox.sandbox.settings.ack_limit_s = 0.3
    page = place.browser.open(ANN_AT_DESK)
    form = the_form(page)

    form.get_by_label("What happened").fill("silence, please")
    form.get_by_role("button", name="Send").click()

    expect(form.get_by_role("alert")).to_contain_text("trouble connecting")
    expect(form.get_by_label("What happened")).to_have_value("silence, please")


def test_a_pushed_view_goes_back_to_the_first_with_its_words(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)
    form = the_form(page)

    form.get_by_label("What happened").fill("next step")
    form.get_by_role("button", name="Send").click()
    second = page.get_by_role("dialog", name="Second step")
    expect(second).to_be_visible()
    second.get_by_role("button", name="Back").click()

    expect(form.get_by_label("What happened")).to_have_value("next step")


def test_the_keyboard_stays_in_the_form_and_escape_closes_it(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)
    form = the_form(page)
    expect(form.get_by_label("Category (optional)", exact=True)).to_be_focused()

    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('[role=dialog]') !== null")
    page.keyboard.press("Escape")

    expect(form).to_be_hidden()
    assert place.heard.closed.wait(timeout=5)


def test_every_block_is_drawn(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)

    say(page, "/trial blocks")

    message = page.get_by_role("article")
    expect(message.get_by_role("heading", name="A header 👋")).to_be_visible()
    expect(message.locator(".block-section strong").first).to_have_text("Bold")
    expect(message.locator(".block-section").first).to_contain_text("<b>")
    expect(message.get_by_role("link", name="a link")).to_have_attribute(
        "href", "https://example.com"
    )
    expect(message.locator(".block-rich_text")).to_contain_text("Bold words for @Ann Lin")
    expect(message.locator(".block-rich_text time")).to_have_text("2026-09-21 10:13 PM")
    expect(message.locator(".mention-me")).to_have_text("@Ann Lin")
    expect(message.locator("pre")).to_have_text("raw <b>text</b>")
    expect(message.get_by_role("heading", name="A heading")).to_be_visible()
    expect(message.get_by_role("columnheader")).to_have_text(["Number", "Status"])
    expect(message.get_by_text("A far chart")).to_be_visible()
    expect(message.locator(".unknown")).to_have_count(0)


def test_elements_of_a_message_tell_the_app_at_once(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)
    say(page, "/trial blocks")
    message = page.get_by_role("article")

    message.get_by_label("Pick one").click()
    page.get_by_role("option", name="Billing").click()
    expect(message.get_by_label("Pick one")).to_have_value("Billing")
    message.get_by_label("A day").fill("2026-12-24")
    expect(message.get_by_label("A day")).to_be_enabled()
    message.get_by_role("button", name="Press me").click()
    expect(message.get_by_role("button", name="Press me")).to_be_enabled()

    told = [(action["action_id"], action.get("value")) for action in place.heard.actions]
    assert told == [("picked", None), ("day", None), ("press", "7")]
    assert place.heard.actions[1]["selected_date"] == "2026-12-24"


def test_a_button_asks_first_where_the_app_wants_it(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)
    say(page, "/trial card")
    hand_back = page.get_by_role("article").get_by_role("button", name="Hand back…")

    hand_back.click()
    page.get_by_role("alertdialog", name="Hand it back?").get_by_role(
        "button", name="Keep it"
    ).click()
    assert place.heard.actions == []
    hand_back.click()
    page.get_by_role("button", name="Hand back", exact=True).click()
    expect(hand_back).to_be_enabled()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Why these deadlines").click()
    page.get_by_role("article").get_by_role("button", name="Accept").click()

    expect(page.get_by_role("article")).to_contain_text("Status: Accepted")
    assert [a["action_id"] for a in place.heard.actions] == ["hand_back", "more", "accept"]


def test_a_command_that_is_not_answered_says_so_and_keeps_the_words(place: Place) -> None:
    place.sandbox.sandbox.settings.ack_limit_s = 0.3
    page = place.browser.open(ANN_AT_DESK)

    say(page, "/trial silent 27 ℃")

    expect(page.get_by_role("alert")).to_contain_text("trouble connecting")
    expect(page.get_by_role("combobox", name="Message")).to_have_value("/trial silent 27 ℃")


def test_a_reply_stands_in_its_thread_and_is_counted(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)
    say(page, "the first word")
    page.get_by_role("article").hover()
    page.get_by_role("button", name="Reply in thread").click()
    thread = page.get_by_role("complementary", name="Thread")

    thread.get_by_role("combobox", name="Reply to the thread").fill("an answer")
    thread.get_by_role("button", name="Send").click()

    expect(thread.get_by_role("article")).to_have_count(2)
    expect(page.get_by_role("main").get_by_role("link", name="1 reply")).to_be_visible()
    expect(page.get_by_role("main").get_by_text("an answer")).to_have_count(0)


def test_ones_own_message_can_be_edited_and_deleted(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)
    say(page, "teh word for @eve, please")
    message = page.get_by_role("article")

    message.hover()
    message.get_by_role("button", name="Edit message").click()
    editor = message.get_by_label("Text of the message")
    expect(editor).to_have_value("teh word for @eve, please")
    editor.fill("the word for @eve, please")
    editor.press("Enter")
    expect(message).to_contain_text("the word for @陈伊")
    expect(message).to_contain_text("(edited)")
    message.hover()
    message.get_by_role("button", name="Delete message").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete message").click()

    expect(message).to_have_count(0)


def test_a_whisper_is_seen_by_one_and_can_be_dismissed(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)
    eve = place.browser.open("#/as/U0EVE/C0DESK")

    say(page, "/trial whisper only for you")
    whisper = page.get_by_role("article").filter(has_text="Only visible to you")
    expect(whisper).to_contain_text("only for you")
    expect(eve.get_by_text("only for you")).to_have_count(0)
    whisper.get_by_role("button", name="Dismiss message").click()

    expect(whisper).to_have_count(0)


def test_a_mention_elsewhere_gives_a_badge_and_a_toast_that_leads_there(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)
    expect(page.get_by_role("main")).to_be_visible()

    place.sandbox.person("U0EVE").post("C0TECH", "look here @ann")

    places = page.get_by_role("navigation", name="Places")
    expect(places.get_by_role("link", name="tech, 1 for you")).to_be_visible()
    page.get_by_role("link", name="陈伊 mentioned you in #tech").click()
    expect(page.get_by_role("main", name="tech").locator(".mention-me")).to_have_text("@Ann Lin")
    expect(places.get_by_role("link", name="tech", exact=True)).to_be_visible()


def test_a_mention_in_a_thread_leads_into_the_thread(place: Place) -> None:
    eve = place.sandbox.person("U0EVE")
    first = eve.post("C0TECH", "what of this?")
    page = place.browser.open(ANN_AT_DESK)

    eve.post("C0TECH", "you know it, @ann", thread_ts=first["ts"])
    page.get_by_role("link", name="陈伊 mentioned you in #tech").click()

    thread = page.get_by_role("complementary", name="Thread")
    expect(thread.get_by_role("article")).to_have_count(2)


def test_another_person_is_acted_in_their_language_and_the_address_keeps_it(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)

    page.get_by_role("button", name="Act as: Ann Lin").click()
    page.get_by_role("menuitemradio", name="陈伊").click()

    expect(page.get_by_role("note")).to_contain_text("不是 Slack")
    assert page.url.endswith("#/as/U0EVE/C0DESK")
    page.reload()
    expect(page.get_by_role("button", name="当前身份：陈伊")).to_be_visible()
    page.goto(f"{place.sandbox.url}/#/as/U0SUE/C0DESK")
    expect(page.get_by_role("note")).to_contain_text("這裡是試用與測試環境")


def test_the_apps_home_and_messages_are_two_tabs(place: Place) -> None:
    page = place.browser.open("#/as/U0ANN/home")

    expect(page.get_by_role("heading", name="My work")).to_be_visible()
    page.get_by_role("button", name="Refresh my work").click()
    expect(page.get_by_role("button", name="Refresh my work")).to_be_enabled()
    assert place.heard.actions[-1]["action_id"] == "home_button"
    page.get_by_role("tab", name="Messages").click()
    say(page, "hello bot")

    expect(page.get_by_role("article")).to_contain_text("hello bot")


def test_a_channel_one_is_not_in_can_be_joined(place: Place) -> None:
    page = place.browser.open("#/as/U0ANN/C0QUIET")

    page.get_by_role("button", name="Join the channel").click()

    expect(page.get_by_role("combobox", name="Message #quiet")).to_be_visible()


def test_a_file_goes_with_a_message(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)

    page.get_by_label("Files to attach").set_input_files(
        [{"name": "photo.txt", "mimeType": "text/plain", "buffer": b"27 degrees"}]
    )
    expect(page.get_by_text("photo.txt")).to_be_visible()
    say(page, "see the photo")

    expect(page.get_by_role("article").get_by_role("link", name="photo.txt")).to_be_visible()


def test_time_moves_forward_by_the_clock(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)
    before = place.sandbox.look(place.sandbox.sandbox.workspace.clock.now)

    page.get_by_role("button", name="Sandbox time").click()
    page.get_by_role("button", name="+1 hour").click()

    expect(page.get_by_role("status").filter(has_text="It is now")).to_be_visible()
    assert place.sandbox.look(place.sandbox.sandbox.workspace.clock.now) - before >= 3600


def test_the_traffic_can_be_filtered_and_opened(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)
    say(page, "/trial card")
    expect(page.get_by_role("article")).to_have_count(1)

    page.get_by_role("button", name="Traffic").click()
    drawer = page.get_by_role("region", name="Traffic between bot and sandbox")
    drawer.get_by_label("Filter traffic").fill("chat.postMessage")

    entry = drawer.locator("details").filter(has_text="chat.postMessage").last
    entry.locator("summary").click()
    expect(entry.locator("pre").first).to_contain_text("Fault repair")


def test_hostile_words_stay_words(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)
    hostile = "<img src=x onerror=alert(1)> <script>alert(2)</script> [x](javascript:alert(3))"

    say(page, hostile)

    message = page.get_by_role("article")
    expect(message).to_contain_text(hostile)
    expect(message.locator("img, script")).to_have_count(0)


def test_a_permalink_leads_to_its_message(place: Place) -> None:
    ts = place.sandbox.person("U0EVE").post("C0TECH", "here it is")

    page = place.browser.open(f"archives/C0TECH/p{str(ts['ts']).replace('.', '')}")

    expect(page.get_by_role("main", name="tech").locator(".lit")).to_contain_text("here it is")


def test_a_narrow_screen_shows_one_thing_at_a_time(place: Place) -> None:
    page = place.browser.open(ANN_AT_DESK)
    page.set_viewport_size({"width": 390, "height": 780})
    places = page.get_by_role("navigation", name="Places")
    expect(places).to_be_hidden()

    page.get_by_role("button", name="Open the list of places").click()
    places.get_by_role("link", name="tech").click()

    expect(page.get_by_role("main", name="tech")).to_be_visible()
    expect(places).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= 390")
