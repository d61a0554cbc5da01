"""Blocks by surface, and what must be unique among them."""

from collections.abc import Iterator

from sandbox.limits.bounds import even_rows
from sandbox.limits.composition import SHORT_ID, WEB_ADDRESS, plain, text
from sandbox.limits.elements import IMAGE as IMAGE_ELEMENT
from sandbox.limits.elements import IN_ACTIONS, IN_INPUT_HOME, IN_INPUT_MODAL, IN_SECTION
from sandbox.limits.rich_text import RICH_TEXT
from sandbox.limits.schema import (
    Check,
    Report,
    at_least_one,
    boolean,
    both,
    by_type,
    exactly_one,
    listing,
    one_of,
    record,
    string,
)
from sandbox.wire import Json

_ID: dict[str, Check] = {"block_id": SHORT_ID}
_CONTEXT_TEXT = {"plain_text": text(2_000), "mrkdwn": text(2_000), "image": IMAGE_ELEMENT}

_EVERYWHERE: dict[str, Check] = {
    "section": both(
        record(
            {},
            {
                **_ID,
                "text": text(3_000),
                "fields": listing(text(2_000), 1, 10),
                "accessory": IN_SECTION,
                "expand": boolean,
            },
        ),
        at_least_one("text", "fields"),
    ),
    "header": record({"text": plain(150)}, _ID),
    "divider": record({}, _ID),
    "context": record({"elements": listing(by_type(_CONTEXT_TEXT), 1, 10)}, _ID),
    "actions": record({"elements": listing(IN_ACTIONS, 1, 25)}, _ID),
    "image": both(
        record(
            {"alt_text": string(2_000)},
            {
                **_ID,
                "image_url": WEB_ADDRESS,
                "slack_file": record({}, {"id": SHORT_ID, "url": string(3_000)}),
                "title": plain(2_000),
            },
        ),
        exactly_one("image_url", "slack_file"),
    ),
    "rich_text": RICH_TEXT,
}


def _input(element: Check) -> Check:
    return record(
        {"label": plain(2_000), "element": element},
        {**_ID, "dispatch_action": boolean, "hint": plain(2_000), "optional": boolean},
    )


_CELL = by_type({"raw_text": record({"text": string(3_000)}), "rich_text": RICH_TEXT}, "table cell")
_TABLE = both(
    record(
        {"rows": listing(listing(_CELL, 1, 20), 1, 100)},
        {
            **_ID,
            "column_settings": listing(
                record({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean}),
                1,
                20,
            ),
        },
    ),
    even_rows,
)
_ALERT = record(
    {"text": text(200)},
    {**_ID, "level": one_of("default", "info", "warning", "error", "success")},
)
_MARKDOWN = record({"text": string(12_000)}, _ID)
ON_MESSAGE = by_type({**_EVERYWHERE, "markdown": _MARKDOWN, "table": _TABLE}, "type")
ON_MODAL = by_type({**_EVERYWHERE, "input": _input(IN_INPUT_MODAL), "alert": _ALERT}, "type")
ON_HOME = by_type({**_EVERYWHERE, "input": _input(IN_INPUT_HOME), "table": _TABLE}, "type")


def unique_ids(blocks: list[Json], at: str, report: Report) -> None:
    """Note block_ids that repeat in the list and action_ids that repeat inside a block."""
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        if not isinstance(block, dict):
            continue
        block_id = block.get("block_id")
        if isinstance(block_id, str) and block_id in seen:
            report.add(f"{at}/{index}/block_id", f"block_id `{block_id}` already exists")
        seen.add(str(block_id)) if block_id else None
        _unique_actions(block, f"{at}/{index}", report)


def one_focus(blocks: list[Json], at: str, report: Report) -> None:
    """Note a second `focus_on_load` in a view."""
    focused = [
        element for block in blocks for element in _elements(block) if element.get("focus_on_load")
    ]
    if len(focused) > 1:
        report.add(at, "only one element can have focus_on_load")


def most_of(kind: str, most: int) -> Check:
    """Note more than `most` blocks of a kind."""

    def check(value: object, at: str, report: Report) -> None:
        blocks = value if isinstance(value, list) else []
        if sum(isinstance(b, dict) and b.get("type") == kind for b in blocks) > most:
            report.add(at, f"no more than {most} {kind} allowed")

    return check


def _unique_actions(block: Json, at: str, report: Report) -> None:
    actions = [e["action_id"] for e in _elements(block) if isinstance(e.get("action_id"), str)]
    for action_id in {action for action in actions if actions.count(action) > 1}:
        report.add(f"{at}/elements", f"action_id `{action_id}` already exists")


def _elements(block: object) -> Iterator[Json]:
    if not isinstance(block, dict):
        return
    parts = block.get("elements") if block.get("type") == "actions" else []
    for part in (
        *(parts if isinstance(parts, list) else []),
        block.get("element"),
        block.get("accessory"),
    ):
        if isinstance(part, dict):
            yield part
