"""The player acts over the page's own API and says plainly what a person could not do or see."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.trial.player import NothingSeen, NotTaken, Player, as_typed
from bot.trial.screens import Placed, button_of, input_of, mentions_of, words_of
from sandbox.running import RunningSandbox, running

PLAN = {
    "users": [{"id": "U0ANN", "name": "ann"}, {"id": "U0EVE", "name": "eve"}],
    "channels": [{"id": "C0TECH", "name": "tech"}],
    "commands": ["/ticket"],
}


@pytest.fixture
def slack() -> Iterator[RunningSandbox]:
    with running(PLAN) as sandbox:
        yield sandbox


@pytest.fixture
def player(slack: RunningSandbox) -> Iterator[Player]:
    player = Player(slack.url, patience_s=0.2)
    yield player
    player.close()


def test_what_one_says_another_sees_with_the_mention_live(player: Player) -> None:
    player.person("U0ANN").say("look here @eve", channel="#tech")

    seen = player.person("U0EVE").sees(
        lambda one: "U0EVE" in mentions_of(one), "me", channel="#tech"
    )

    assert seen["text"] == "look here <@U0EVE>"


def test_what_does_not_come_is_named_with_who_waited_where(player: Player) -> None:
    with pytest.raises(NothingSeen, match=r"a card, read by U0EVE in #tech"):
        player.person("U0EVE").sees(lambda _one: False, "a card", channel="#tech")


def test_a_command_that_no_bot_answers_is_not_taken(player: Player) -> None:
    with pytest.raises(NotTaken) as refusal:
        player.person("U0ANN").command("/ticket new", channel="#tech")

    assert refusal.value.error == "dispatch_failed"


def test_a_channel_or_button_that_is_not_there_is_named(player: Player) -> None:
    ann = player.person("U0ANN")

    with pytest.raises(NothingSeen, match="no channel #nowhere for U0ANN"):
        ann.channel("#nowhere")
    with pytest.raises(NothingSeen, match=r"no button ticket\.accept on: hello"):
        ann.press({"text": "hello", "ts": "1.0"}, "ticket.accept", channel="#tech")


def test_the_clock_only_goes_forward(player: Player) -> None:
    later = datetime.now(UTC) + timedelta(days=2)  # noqa: TID251  the sandbox runs on real time

    player.move_clock(later)
    player.move_clock(later - timedelta(days=1))

    assert abs(player.read("clock")["now"] - later.timestamp()) < 60


CARD = {
    "text": "20231006001",
    "blocks": [
        {"type": "header", "text": {"type": "plain_text", "text": "20231006001 · 故障报修"}},
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "user", "user_id": "U0EVE"},
                        {"type": "text", "text": "，由您负责，"},
                        {"type": "date", "timestamp": 1, "format": "{time}", "fallback": "10:30"},
                    ],
                }
            ],
        },
        {
            "type": "actions",
            "block_id": "b",
            "elements": [
                {
                    "type": "button",
                    "action_id": "ticket.contact",
                    "text": {"type": "plain_text", "text": "已联系客户…"},
                }
            ],
        },
    ],
}


def test_a_message_is_read_block_by_block() -> None:
    assert words_of(CARD).split() == [
        "20231006001",
        "·",
        "故障报修",
        "<@U0EVE>，由您负责，10:30",
        "已联系客户…",
    ]
    assert mentions_of(CARD) == {"U0EVE"}


@pytest.mark.parametrize("named", ["ticket.contact", "已联系客户…", "已联系客户"])
def test_a_button_is_found_by_its_id_or_its_words(named: str) -> None:
    button = button_of(CARD, named)

    assert button is not None
    assert button.block_id == "b"
    assert button_of(CARD, "受理") is None


NAME = {
    "type": "input",
    "block_id": "form.name",
    "label": {"type": "plain_text", "text": "客户姓名"},
    "element": {"type": "plain_text_input", "action_id": "value"},
}


@pytest.mark.parametrize("named", ["form.name", "name", "客户姓名"])
def test_a_field_is_found_by_its_block_or_its_label(named: str) -> None:
    assert input_of({"blocks": [NAME]}, named) is not None
    assert input_of({"blocks": [NAME]}, "phone") is None


@pytest.mark.parametrize(
    ("kind", "typed", "sent"),
    [
        ("plain_text_input", "李娜", "李娜"),
        ("number_input", 5, "5"),
        ("checkboxes", True, ["yes"]),
        ("checkboxes", False, []),
        ("checkboxes", "safety", ["safety"]),
        ("multi_users_select", ["U0EVE"], ["U0EVE"]),
        ("datetimepicker", datetime(2023, 10, 6, 1, 30, tzinfo=UTC), 1696555800),
        ("datepicker", datetime(2023, 10, 6, 1, 30, tzinfo=UTC), "2023-10-06"),
    ],
)
def test_a_value_is_sent_as_the_input_takes_it(kind: str, typed: object, sent: object) -> None:
    element = {"type": kind, "options": [{"value": "yes"}]}

    assert as_typed(typed, Placed({}, element)) == sent  # type: ignore[arg-type]
