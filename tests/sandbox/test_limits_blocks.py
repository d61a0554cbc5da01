"""Every row of SLACK.md 2.1 about blocks: one that Slack takes, one that it refuses."""

from typing import Any

import pytest

from sandbox.limits.messages import checked_blocks
from sandbox.limits.views import checked_view
from sandbox.wire import RefusalError

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(length: int) -> Json:
    return {"type": "section", "text": plain("x" * length)}


def button(**more: Any) -> Json:
    return {"type": "button", "action_id": "go", "text": plain("Go"), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def buttons(count: int) -> Json:
    return actions(*(button(action_id=f"b{n}") for n in range(count)))


def option(n: int, text: str = "x", value: str = "v") -> Json:
    return {"text": plain(text), "value": f"{value}{n}"}


def options(count: int) -> list[Json]:
    return [option(n) for n in range(count)]


def confirm(**more: Json) -> Json:
    texts = {"title": "t", "text": "x", "confirm": "y", "deny": "n"}
    return {**{key: plain(text) for key, text in texts.items()}, **more}


def context(*elements: Json) -> Json:
    return {"type": "context", "elements": list(elements)}


def rich(*inline: Json) -> Json:
    section = {"type": "rich_text_section", "elements": list(inline)}
    return {"type": "rich_text", "elements": [section]}


def image(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://x.cn/a.png", "alt_text": "a", **more}


ROWS: list[tuple[str, list[Json], list[Json]]] = [
    ("blocks in a message", [section(1)] * 50, [section(1)] * 51),
    ("block_id length", [{"type": "divider", "block_id": "b" * 255}], [{"type": "divider", "block_id": "b" * 256}]),
    ("block_id empty", [{"type": "divider", "block_id": "b"}], [{"type": "divider", "block_id": ""}]),
    (
        "block_id unique",
        [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "b"}],
        [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}],
    ),
    (
        "action_id unique in its block",
        [actions(button(action_id="a"), button(action_id="b"))],
        [actions(button(action_id="a"), button(action_id="a"))],
    ),
    ("action_id length", [actions(button(action_id="a" * 255))], [actions(button(action_id="a" * 256))]),
    ("section text", [section(3_000)], [section(3_001)]),
    ("section text is not empty", [section(1)], [section(0)]),
    ("section needs text or fields", [{"type": "section", "fields": [plain("x")]}], [{"type": "section"}]),
    (
        "section fields",
        [{"type": "section", "fields": [plain("x")] * 10}],
        [{"type": "section", "fields": [plain("x")] * 11}],
    ),
    (
        "section field length",
        [{"type": "section", "fields": [plain("x" * 2_000)]}],
        [{"type": "section", "fields": [plain("x" * 2_001)]}],
    ),
    ("unknown property", [section(1)], [{**section(1), "colour": "red"}]),
    ("text kind", [{"type": "section", "text": mrkdwn("x")}], [{"type": "section", "text": {"type": "markdown", "text": "x"}}]),
    ("emoji is plain_text's", [{"type": "section", "text": {**plain("x"), "emoji": True}}], [{"type": "section", "text": {**mrkdwn("x"), "emoji": True}}]),
    ("header length", [{"type": "header", "text": plain("x" * 150)}], [{"type": "header", "text": plain("x" * 151)}]),
    ("header is plain", [{"type": "header", "text": plain("x")}], [{"type": "header", "text": mrkdwn("x")}]),
    ("context elements", [context(*[plain("x")] * 10)], [context(*[plain("x")] * 11)]),
    ("context holds texts and images", [context(mrkdwn("x"), image())], [context(button())]),
    ("actions elements", [buttons(25)], [buttons(26)]),
    ("actions holds no text input", [actions({"type": "datetimepicker"})], [actions({"type": "plain_text_input"})]),
    ("actions holds no multi select", [actions({"type": "static_select", "options": options(1)})], [actions({"type": "multi_static_select", "options": options(1)})]),
    ("no datetimepicker as accessory", [{**section(1), "accessory": {"type": "datepicker"}}], [{**section(1), "accessory": {"type": "datetimepicker"}}]),
    ("button text", [actions(button(text=plain("x" * 75)))], [actions(button(text=plain("x" * 76)))]),
    ("button text is plain", [actions(button())], [actions(button(text=mrkdwn("x")))]),
    ("button value", [actions(button(value="x" * 2_000))], [actions(button(value="x" * 2_001))]),
    ("button url", [actions(button(url="https://x.cn/" + "a" * 2_987))], [actions(button(url="https://x.cn/" + "a" * 2_988))]),
    ("button url is an address", [actions(button(url="https://x.cn"))], [actions(button(url="javascript:alert(1)"))]),
    ("button accessibility_label", [actions(button(accessibility_label="x" * 75))], [actions(button(accessibility_label="x" * 76))]),
    ("button style", [actions(button(style="danger"))], [actions(button(style="default"))]),
    ("confirm title", [actions(button(confirm=confirm(title=plain("x" * 100))))], [actions(button(confirm=confirm(title=plain("x" * 101))))]),
    ("confirm text", [actions(button(confirm=confirm(text=plain("x" * 300))))], [actions(button(confirm=confirm(text=plain("x" * 301))))]),
    ("confirm confirm", [actions(button(confirm=confirm(confirm=plain("x" * 30))))], [actions(button(confirm=confirm(confirm=plain("x" * 31))))]),
    ("confirm deny", [actions(button(confirm=confirm(deny=plain("x" * 30))))], [actions(button(confirm=confirm(deny=plain("x" * 31))))]),
    ("confirm is whole", [actions(button(confirm=confirm()))], [actions(button(confirm={"title": plain("x")}))]),
    ("select options", [actions({"type": "static_select", "options": options(100)})], [actions({"type": "static_select", "options": options(101)})]),
    ("select has options", [actions({"type": "static_select", "options": options(1)})], [actions({"type": "static_select", "options": []})]),
    (
        "options or groups, not both",
        [actions({"type": "static_select", "option_groups": [{"label": plain("g"), "options": options(1)}]})],
        [actions({"type": "static_select", "options": options(1), "option_groups": [{"label": plain("g"), "options": options(1)}]})],
    ),
    ("option text", [actions({"type": "static_select", "options": [option(0, "x" * 75)]})], [actions({"type": "static_select", "options": [option(0, "x" * 76)]})]),
    ("option value", [actions({"type": "static_select", "options": [option(0, "x", "v" * 149)]})], [actions({"type": "static_select", "options": [option(0, "x", "v" * 150)]})]),
    (
        "option description",
        [actions({"type": "static_select", "options": [{**option(0), "description": plain("x" * 75)}]})],
        [actions({"type": "static_select", "options": [{**option(0), "description": plain("x" * 76)}]})],
    ),
    ("select option is plain", [actions({"type": "static_select", "options": options(1)})], [actions({"type": "static_select", "options": [{"text": mrkdwn("x"), "value": "v"}]})]),
    (
        "initial option is offered",
        [actions({"type": "static_select", "options": options(2), "initial_option": option(1)})],
        [actions({"type": "static_select", "options": options(2), "initial_option": option(2)})],
    ),
    ("placeholder", [actions({"type": "users_select", "placeholder": plain("x" * 150)})], [actions({"type": "users_select", "placeholder": plain("x" * 151)})]),
    ("overflow options", [actions({"type": "overflow", "options": options(5)})], [actions({"type": "overflow", "options": options(6)})]),
    ("checkboxes options", [actions({"type": "checkboxes", "options": options(10)})], [actions({"type": "checkboxes", "options": options(11)})]),
    ("radio options", [actions({"type": "radio_buttons", "options": options(10)})], [actions({"type": "radio_buttons", "options": options(11)})]),
    ("image url", [image(image_url="https://x.cn/" + "a" * 2_987)], [image(image_url="https://x.cn/" + "a" * 2_988)]),
    ("image alt_text", [image(alt_text="x" * 2_000)], [image(alt_text="x" * 2_001)]),
    ("image needs alt_text", [image()], [{"type": "image", "image_url": "https://x.cn/a.png"}]),
    ("image title", [image(title=plain("x" * 2_000))], [image(title=plain("x" * 2_001))]),
    ("markdown length", [{"type": "markdown", "text": "x" * 12_000}], [{"type": "markdown", "text": "x" * 6_001}] * 2),
    (
        "one table",
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}],
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2,
    ),
    (
        "table rows",
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 100}],
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 101}],
    ),
    (
        "table columns",
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 20]}],
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]}],
    ),
    (
        "even table rows",
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 2}],
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}], [{"type": "raw_text", "text": "x"}] * 2]}],
    ),
    ("image has one source", [image()], [image(slack_file={"id": "F0A"})]),
    ("rich text word", [rich({"type": "text", "text": "<!channel>"})], [rich({"type": "text", "text": ""})]),
    ("rich text kind", [rich({"type": "user", "user_id": "U0ANN"})], [rich({"type": "mrkdwn", "text": "x"})]),
    ("rich text style", [rich({"type": "text", "text": "x", "style": {"bold": True}})], [rich({"type": "text", "text": "x", "style": {"red": True}})]),
    ("block type", [{"type": "divider"}], [{"type": "ruler"}]),
    ("no input in a message", [section(1)], [{"type": "input", "label": plain("x"), "element": {"type": "plain_text_input"}}]),
    ("no alert in a message", [section(1)], [{"type": "alert", "text": plain("x")}]),
]  # fmt: skip


def without_repeats(blocks: list[Json]) -> list[Json]:
    return [dict(block) for block in blocks]


@pytest.mark.parametrize(("row", "taken", "refused"), ROWS, ids=[row[0] for row in ROWS])
def test_a_message_at_the_limit_passes_and_beyond_it_is_refused(
    row: str, taken: list[Json], refused: list[Json]
):
    assert checked_blocks(without_repeats(taken))

    with pytest.raises(RefusalError) as refusal:
        checked_blocks(without_repeats(refused))

    assert refusal.value.error == "invalid_blocks"
    assert "[json-pointer:/blocks" in refusal.value.details["response_metadata"]["messages"][0]
    assert refusal.value.details["errors"]


def test_a_refusal_points_at_the_place():
    with pytest.raises(RefusalError) as refusal:
        checked_blocks([{"type": "divider"}, section(3_001)])

    assert refusal.value.details["errors"] == [
        "must be less than 3001 characters [json-pointer:/blocks/1/text/text]"
    ]


def test_lengths_count_characters_not_bytes():
    assert checked_blocks([{"type": "header", "text": plain("单" * 150)}])


def test_all_blocks_together_have_a_length():
    short = [section(2_600)] * 5
    long = [section(3_000)] * 5

    assert checked_blocks(short)
    with pytest.raises(RefusalError, match="msg_blocks_too_long"):
        checked_blocks(long)


@pytest.mark.parametrize("broken", ["{", "7", '{"type": "section"}'])
def test_what_is_no_list_of_blocks_has_its_own_error(broken: str):
    with pytest.raises(RefusalError, match="invalid_blocks_format"):
        checked_blocks(broken)


@pytest.mark.parametrize("kind", ["table", "markdown", "container", "carousel", "data_table"])
def test_message_only_blocks_are_refused_in_a_modal(kind: str):
    view = {"type": "modal", "title": plain("T"), "blocks": [{"type": kind, "text": "x"}]}

    with pytest.raises(RefusalError, match="invalid_arguments"):
        checked_view(view, "modal")
