"""Every row of SLACK.md 2.1 about views and inputs: one that Slack takes, one that it refuses."""

from typing import Any

import pytest

from sandbox.limits.views import checked_view
from sandbox.wire import RefusalError

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "title": plain("Title"),
        "submit": plain("Send"),
        "blocks": list(blocks) or [{"type": "divider"}],
        **more,
    }


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Label"), "element": element, **more}


def typed(**more: Any) -> Json:
    return modal(field({"type": "plain_text_input", **more}))


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [{"type": "divider"}], **more}


NUMBER = {"type": "number_input", "is_decimal_allowed": False}
FILES = {"type": "file_input"}

ROWS: list[tuple[str, Json, Json]] = [
    ("blocks in a modal", modal(*[{"type": "divider"}] * 100), modal(*[{"type": "divider"}] * 101)),
    ("title", modal(title=plain("x" * 24)), modal(title=plain("x" * 25))),
    ("title is plain", modal(), modal(title={"type": "mrkdwn", "text": "x"})),
    ("title is needed", modal(), {"type": "modal", "blocks": [{"type": "divider"}]}),
    ("submit", modal(submit=plain("x" * 24)), modal(submit=plain("x" * 25))),
    ("close", modal(close=plain("x" * 24)), modal(close=plain("x" * 25))),
    (
        "submit with inputs",
        typed(),
        {k: v for k, v in typed().items() if k != "submit"},
    ),
    ("private_metadata", modal(private_metadata="x" * 3_000), modal(private_metadata="x" * 3_001)),
    ("callback_id", modal(callback_id="x" * 255), modal(callback_id="x" * 256)),
    ("external_id", modal(external_id="x" * 255), modal(external_id="x" * 256)),
    ("unknown property", modal(), modal(colour="red")),
    ("input label", modal(field({"type": "plain_text_input"}, label=plain("x" * 2_000))), modal(field({"type": "plain_text_input"}, label=plain("x" * 2_001)))),
    ("input hint", modal(field({"type": "plain_text_input"}, hint=plain("x" * 2_000))), modal(field({"type": "plain_text_input"}, hint=plain("x" * 2_001)))),
    ("label is plain", typed(), modal(field({"type": "plain_text_input"}, label={"type": "mrkdwn", "text": "x"}))),
    ("placeholder", typed(placeholder=plain("x" * 150)), typed(placeholder=plain("x" * 151))),
    ("min_length", typed(min_length=3_000), typed(min_length=3_001)),
    ("max_length", typed(max_length=3_000), typed(max_length=3_001)),
    ("max_length is not zero", typed(max_length=1), typed(max_length=0)),
    ("initial_value", typed(initial_value="x" * 3_000), typed(initial_value="x" * 3_001)),
    ("dispatch config", typed(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]}), typed(dispatch_action_config={"trigger_actions_on": ["on_blur"]})),
    ("max_files", modal(field({**FILES, "max_files": 10})), modal(field({**FILES, "max_files": 11}))),
    ("files only in modals", modal(field(FILES)), modal({"type": "section", "text": plain("x"), "accessory": FILES})),
    ("number says decimals", modal(field(NUMBER)), modal(field({"type": "number_input"}))),
    ("number bounds are strings", modal(field({**NUMBER, "min_value": "1"})), modal(field({**NUMBER, "min_value": 1}))),
    ("date form", modal(field({"type": "datepicker", "initial_date": "2026-11-24"})), modal(field({"type": "datepicker", "initial_date": "24.11.2026"}))),
    ("time form", modal(field({"type": "timepicker", "initial_time": "09:30"})), modal(field({"type": "timepicker", "initial_time": "9:30"}))),
    ("moment form", modal(field({"type": "datetimepicker", "initial_date_time": 1_795_000_000})), modal(field({"type": "datetimepicker", "initial_date_time": 1}))),
    ("min_query_length", modal(field({"type": "external_select", "min_query_length": 0})), modal(field({"type": "external_select", "min_query_length": "0"}))),
    ("no button as input", modal(field({"type": "radio_buttons", "options": [{"text": plain("x"), "value": "v"}]})), modal(field({"type": "button", "text": plain("x")}))),
    ("length bounds in order", typed(min_length=2, max_length=2), typed(min_length=3, max_length=2)),
    ("first value inside its bounds", typed(max_length=2, initial_value="xx"), typed(max_length=2, initial_value="xxx")),
    ("number bounds in order", modal(field({**NUMBER, "min_value": "1", "max_value": "1"})), modal(field({**NUMBER, "min_value": "2", "max_value": "1"}))),
    ("first number inside its bounds", modal(field({**NUMBER, "max_value": "3", "initial_value": "3"})), modal(field({**NUMBER, "max_value": "3", "initial_value": "4"}))),
    ("first choices within the most", modal(field({"type": "multi_users_select", "max_selected_items": 1, "initial_users": ["U0A"]})), modal(field({"type": "multi_users_select", "max_selected_items": 1, "initial_users": ["U0A", "U0B"]}))),
    ("a view has blocks", modal(), modal() | {"blocks": []}),
    ("one focus", typed(focus_on_load=True), modal(field({"type": "plain_text_input", "focus_on_load": True}), field({"type": "email_text_input", "focus_on_load": True}))),
    ("alert", modal({"type": "alert", "text": plain("x" * 200), "level": "warning"}), modal({"type": "alert", "text": plain("x" * 201)})),
    ("rich text input", modal(field({"type": "rich_text_input"})), modal({"type": "actions", "elements": [{"type": "rich_text_input"}]})),
    ("workspace's own types", modal(field({"type": "multi_users_select"})), modal(field({"type": "everybody_select"}))),
]  # fmt: skip


@pytest.mark.parametrize(("row", "taken", "refused"), ROWS, ids=[row[0] for row in ROWS])
def test_a_modal_at_the_limit_passes_and_beyond_it_is_refused(row: str, taken: Json, refused: Json):
    assert checked_view(taken, "modal")

    with pytest.raises(RefusalError) as refusal:
        checked_view(refused, "modal")

    assert refusal.value.error == "invalid_arguments"
    assert "[json-pointer:/view" in refusal.value.details["response_metadata"]["messages"][0]


def test_a_home_page_takes_inputs_but_no_files_and_no_title():
    assert checked_view(home(field({"type": "plain_text_input"})), "home")

    for wrong in (home(field(FILES)), home(title=plain("x")), home(*[{"type": "divider"}] * 101)):
        with pytest.raises(RefusalError, match="invalid_arguments"):
            checked_view(wrong, "home")


def test_each_surface_takes_only_its_own_kind_of_view():
    with pytest.raises(RefusalError, match="invalid_arguments"):
        checked_view(home(), "modal")
    with pytest.raises(RefusalError, match="invalid_arguments"):
        checked_view(modal(), "home")


def test_a_view_of_more_than_250_kilobytes_is_too_large():
    options = [{"text": plain("单" * 75), "value": f"{n}" + "值" * 140} for n in range(100)]
    fields = [field({"type": "static_select", "options": options}) for _ in range(5)]

    with pytest.raises(RefusalError, match="view_too_large"):
        checked_view(modal(*fields), "modal")


def test_a_view_may_come_as_text():
    assert checked_view('{"type": "home", "blocks": [{"type": "divider"}]}', "home")
    with pytest.raises(RefusalError, match="invalid_arguments"):
        checked_view("{", "home")
