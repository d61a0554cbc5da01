"""Forms as Slack's client handles them: first values, what is kept, what it refuses to send."""

from typing import Any

import pytest

from sandbox.blueprint import build
from sandbox.client_checks import refusals
from sandbox.inputs import first_values, given_value, kept_values
from sandbox.wire import RefusalError

Json = dict[str, Any]
WORKSPACE = build({"users": [{"id": "U0ANN"}], "channels": [{"id": "C0TECH", "name": "tech"}]})


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def options(*values: str) -> list[Json]:
    return [{"text": plain(value), "value": value} for value in values]


def field(element: Json, block_id: str = "b", **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "element": {"action_id": "v", **element}, **more}


def filled(element: Json, value: object, **more: Any) -> dict[str, str]:
    blocks = [field(element, **more)]
    values = first_values(blocks)
    values["b"]["v"] = given_value(WORKSPACE, blocks[0]["element"], value)
    return refusals(blocks, values)


TEXT = {"type": "plain_text_input"}
NUMBER = {"type": "number_input", "is_decimal_allowed": False}


@pytest.mark.parametrize(
    ("element", "good", "bad"),
    [
        (TEXT, "x", ""),
        (TEXT, "x" * 3_000, "x" * 3_001),
        ({**TEXT, "min_length": 2}, "xx", "x"),
        ({**TEXT, "max_length": 2}, "xx", "xxx"),
        (NUMBER, "3", "3.5"),
        (NUMBER, "-3", "three"),
        ({**NUMBER, "is_decimal_allowed": True, "max_value": "2.5"}, "2.5", "2.6"),
        ({**NUMBER, "min_value": "1"}, "1", "0"),
        ({"type": "email_text_input"}, "a@b.cn", "a@b"),
        ({"type": "url_text_input"}, "https://x.cn", "x.cn"),
        ({"type": "datepicker"}, "2026-11-24", "2026-02-30"),
        ({"type": "timepicker"}, "23:59", "24:00"),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["U0ANN"], ["U0ANN", "U0ANN"]),
        ({"type": "checkboxes", "options": options("a")}, ["a"], []),
    ],
)
def test_the_client_sends_only_what_fits_the_field(element: Json, good: object, bad: object):
    assert filled(element, good) == {}
    assert set(filled(element, bad)) == {"b"}


def test_an_optional_field_may_stay_empty():
    assert filled(TEXT, "", optional=True) == {}


def test_a_single_line_holds_no_line_break():
    assert given_value(WORKSPACE, TEXT, "a\nb")["value"] == "a b"
    assert given_value(WORKSPACE, {**TEXT, "multiline": True}, "a\nb")["value"] == "a\nb"


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "static_select", "options": options("a")}, "b"),
        ({"type": "external_select"}, "typed"),
        ({"type": "users_select"}, "U0NOBODY"),
        ({"type": "conversations_select"}, "C0NONE"),
        ({"type": "file_input"}, ["F0NONE"]),
    ],
)
def test_what_was_not_offered_cannot_be_chosen(element: Json, value: object):
    with pytest.raises(RefusalError):
        given_value(WORKSPACE, element, value)


def test_every_input_has_a_value_from_the_start():
    blocks = [
        field(TEXT, "text"),
        field(
            {"type": "static_select", "options": options("a"), "initial_option": options("a")[0]},
            "pick",
        ),
        field({"type": "checkboxes", "options": options("a")}, "ticks"),
        {
            "type": "actions",
            "block_id": "row",
            "elements": [
                {"type": "button", "action_id": "go"},
                {"type": "datepicker", "action_id": "day"},
            ],
        },
    ]

    values = first_values(blocks)

    assert values["text"]["v"] == {"type": "plain_text_input", "value": None}
    assert values["pick"]["v"]["selected_option"]["value"] == "a"
    assert values["ticks"]["v"]["selected_options"] == []
    assert values["row"] == {"day": {"type": "datepicker", "selected_date": None}}


def test_a_re_render_keeps_the_same_ids_and_starts_others_anew():
    old = {"b": {"v": {"type": "plain_text_input", "value": "typed"}}}

    same = kept_values(old, [field({**TEXT, "initial_value": "first"})])
    renamed = kept_values(old, [field({**TEXT, "initial_value": "first"}, "other")])
    retyped = kept_values(old, [field({"type": "datepicker"})])

    assert same["b"]["v"]["value"] == "typed"
    assert renamed["other"]["v"]["value"] == "first"
    assert retyped["b"]["v"] == {"type": "datepicker", "selected_date": None}


def test_an_option_that_is_offered_no_more_is_not_kept():
    had = {"b": {"v": {"type": "static_select", "selected_option": options("a")[0]}}}

    kept = kept_values(had, [field({"type": "static_select", "options": options("a", "b")})])
    lost = kept_values(had, [field({"type": "static_select", "options": options("b")})])

    assert kept["b"]["v"]["selected_option"]["value"] == "a"
    assert lost["b"]["v"]["selected_option"] is None
