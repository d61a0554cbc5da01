"""Views: modals and home pages, as views.open, push, update and publish check them."""

import json

from sandbox.limits.blocks import ON_HOME, ON_MODAL, one_focus, unique_ids
from sandbox.limits.composition import plain
from sandbox.limits.schema import Report, boolean, by_type, listing, record, string, without_none
from sandbox.wire import Json, RefusalError

LARGEST = 250_000  # bytes of JSON

_MODAL = record(
    {"title": plain(24), "blocks": listing(ON_MODAL, 1, 100)},
    {
        "submit": plain(24),
        "close": plain(24),
        "private_metadata": string(3_000, 0),
        "callback_id": string(255, 0),
        "external_id": string(255, 0),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_HOME = record(
    {"blocks": listing(ON_HOME, 1, 100)},
    {
        "private_metadata": string(3_000, 0),
        "callback_id": string(255, 0),
        "external_id": string(255, 0),
    },
)
_VIEW = by_type({"modal": _MODAL, "home": _HOME}, "view type")


def checked_view(given: object, kind: str) -> Json:
    """Give a view that Slack would take on this surface (`modal` or `home`).

    Raises RefusalError `view_too_large` or `invalid_arguments` with JSON pointers.
    """
    view = _decoded(given)
    if len(json.dumps(view, ensure_ascii=False).encode()) > LARGEST:
        raise RefusalError("view_too_large")
    report = Report()
    _VIEW(view, "/view", report)
    if view.get("type") in {"modal", "home"} and view["type"] != kind:
        report.add("/view/type", f"must be {kind}")
    blocks = view.get("blocks")
    if isinstance(blocks, list):
        unique_ids(blocks, "/view/blocks", report)
        one_focus(blocks, "/view/blocks", report)
        _submit_for_inputs(view, blocks, report)
    if report.problems:
        raise RefusalError("invalid_arguments", response_metadata={"messages": report.problems})
    return view


def _decoded(given: object) -> Json:
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            given = None
    if not isinstance(given, dict):
        messages = ["[ERROR] missing required field: view [json-pointer:/view]"]
        raise RefusalError("invalid_arguments", response_metadata={"messages": messages})
    return without_none(given)


def _submit_for_inputs(view: Json, blocks: list[Json], report: Report) -> None:
    has_input = any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)
    if view.get("type") == "modal" and has_input and "submit" not in view:
        report.add("/view", "missing required field: submit (there are input blocks)")
