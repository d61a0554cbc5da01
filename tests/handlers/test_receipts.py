"""Receipt keys: one for each delivery of one thing, another for another."""

from typing import Any

import pytest

from handlers.receipts import receipt_of


def event(**inside: Any) -> dict[str, Any]:
    return {"type": "event_callback", "event_id": inside.pop("event_id", "Ev1"), "event": inside}


def click(**change: Any) -> dict[str, Any]:
    action = {"action_id": "ticket.accept", "action_ts": change.pop("action_ts", "1.1")}
    return {
        "type": "block_actions",
        "container": {"channel_id": "C1", "message_ts": "1.0"},
        "user": {"id": change.pop("user", "U1")},
        "actions": [action],
        **change,
    }


MESSAGE = {"type": "message", "channel": "C1", "ts": "1.5", "text": "hi", "user": "U1"}


def test_a_message_and_its_mention_are_one_thing() -> None:
    mention = event(**{**MESSAGE, "type": "app_mention"}, event_id="Ev2")

    assert receipt_of(event(**MESSAGE)) == receipt_of(mention)


def test_a_redelivered_event_has_the_same_key() -> None:
    opened = {"type": "app_home_opened", "user": "U1"}

    assert receipt_of(event(**opened)) == receipt_of(event(**opened))
    assert receipt_of(event(**opened)) != receipt_of(event(**opened, event_id="Ev2"))


def test_each_edit_of_a_message_has_a_key_of_its_own() -> None:
    def edit(ts: str) -> dict[str, Any]:
        message = {"ts": "1.5", "edited": {"ts": ts}}
        return event(type="message", subtype="message_changed", channel="C1", message=message)

    assert receipt_of(edit("2.0")) == receipt_of(edit("2.0"))
    assert (
        len({receipt_of(edit("2.0")), receipt_of(edit("3.0")), receipt_of(event(**MESSAGE))}) == 3
    )


def test_a_form_sent_twice_has_one_key() -> None:
    sent = {"type": "view_submission", "view": {"id": "V1", "callback_id": "form", "hash": "1"}}
    again = {**sent, "view": {**sent["view"], "hash": "2"}, "trigger_id": "other"}  # type: ignore[dict-item]

    assert receipt_of(sent) == receipt_of(again) == "view_submission:V1:form"


@pytest.mark.parametrize("change", [{"user": "U2"}, {"action_ts": "1.2"}])
def test_another_person_or_press_is_another_click(change: dict[str, Any]) -> None:
    assert receipt_of(click()) == receipt_of(click())
    assert receipt_of(click()) != receipt_of(click(**change))


def test_a_click_in_a_view_is_told_by_its_view() -> None:
    first = click(container={"type": "view", "view_id": "V1"})
    second = click(container={"type": "view", "view_id": "V2"})

    assert receipt_of(first) != receipt_of(second)


def test_a_command_is_told_by_its_trigger() -> None:
    assert receipt_of({"command": "/ticket", "trigger_id": "1.2.a"}) == "command:1.2.a"
