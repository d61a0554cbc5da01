"""Values of input elements: the first ones, those a person gives, and Slack's shape of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.wire import Json, RefusalError
from sandbox.workspace import Workspace

# element type -> (key in view.state.values, key of the initial value, many at once)
SHAPES: dict[str, tuple[str, str, bool]] = {
    "plain_text_input": ("value", "initial_value", False),
    "email_text_input": ("value", "initial_value", False),
    "url_text_input": ("value", "initial_value", False),
    "number_input": ("value", "initial_value", False),
    "rich_text_input": ("rich_text_value", "initial_value", False),
    "file_input": ("files", "", True),
    "static_select": ("selected_option", "initial_option", False),
    "external_select": ("selected_option", "initial_option", False),
    "radio_buttons": ("selected_option", "initial_option", False),
    "checkboxes": ("selected_options", "initial_options", True),
    "multi_static_select": ("selected_options", "initial_options", True),
    "multi_external_select": ("selected_options", "initial_options", True),
    "users_select": ("selected_user", "initial_user", False),
    "multi_users_select": ("selected_users", "initial_users", True),
    "conversations_select": ("selected_conversation", "initial_conversation", False),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", True),
    "channels_select": ("selected_channel", "initial_channel", False),
    "multi_channels_select": ("selected_channels", "initial_channels", True),
    "datepicker": ("selected_date", "initial_date", False),
    "timepicker": ("selected_time", "initial_time", False),
    "datetimepicker": ("selected_date_time", "initial_date_time", False),
}
_OPTIONS = {"static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow"}
_EXTERNAL = {"external_select", "multi_external_select"}


@dataclass(frozen=True, slots=True)
class Placed:
    """An interactive element and the block it stands in."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        """Give the block's id."""
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        """Give the element's id."""
        return str(self.element["action_id"])

    @property
    def dispatches(self) -> bool:
        """Tell whether using it sends `block_actions`."""
        return self.block["type"] != "input" or bool(self.block.get("dispatch_action"))


def elements_of(blocks: list[Json]) -> Iterator[Placed]:
    """Walk over the interactive elements of blocks, top to bottom."""
    for block in blocks:
        parts = block.get("elements", []) if block["type"] == "actions" else []
        for element in (*parts, block.get("element"), block.get("accessory")):
            if isinstance(element, dict) and "action_id" in element:
                yield Placed(block, element)


def find(blocks: list[Json], block_id: str | None, action_id: str) -> Placed:
    """Find an element by its ids; raises `element_not_found`."""
    for placed in elements_of(blocks):
        if placed.action_id == action_id and block_id in {None, placed.block_id}:
            return placed
    raise RefusalError("element_not_found", detail=f"{block_id}/{action_id}")


def first_values(blocks: list[Json]) -> dict[str, Json]:
    """Give `state.values` of blocks that nobody has touched."""
    values: dict[str, Json] = {}
    for placed in elements_of(blocks):
        if placed.element["type"] in SHAPES:
            values.setdefault(placed.block_id, {})[placed.action_id] = first_value(placed.element)
    return values


def first_value(element: Json) -> Json:
    """Give an element's entry of `state.values` as the app set it."""
    kind = str(element["type"])
    key, initial, many = SHAPES[kind]
    value = element.get(initial) if initial else None
    if many:
        value = list(value or [])
    return {"type": kind, key: value}


def kept_values(old: dict[str, Json], blocks: list[Json]) -> dict[str, Json]:
    """Give the values after a re-render: same block_id and action_id keep what was typed."""
    values = first_values(blocks)
    for placed in elements_of(blocks):
        had = old.get(placed.block_id, {}).get(placed.action_id)
        if had and had["type"] == placed.element["type"] and _still_offered(placed.element, had):
            values[placed.block_id][placed.action_id] = had
    return values


def given_value(workspace: Workspace, element: Json, plain: object) -> Json:
    """Turn a page's plain value (page_api.md) into an entry of `state.values`.

    Raises RefusalError `invalid_value` for what the client could not have produced.
    """
    kind = str(element["type"])
    key, _, many = SHAPES[kind]
    if plain is None or plain == "":
        return {"type": kind, key: [] if many else None}
    if many:
        items = plain if isinstance(plain, list) else [plain]
        return {"type": kind, key: [_item(workspace, element, item) for item in items]}
    return {"type": kind, key: _item(workspace, element, plain)}


def offered(element: Json) -> list[Json]:
    """List the options that an element offers by itself."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def _item(workspace: Workspace, element: Json, plain: object) -> object:
    kind = str(element["type"])
    if kind in _OPTIONS:
        return _option(element, plain)
    if kind == "file_input":
        return _file(workspace, str(plain))
    if "users_select" in kind:
        return workspace.person(str(plain)).id
    if "conversations_select" in kind or "channels_select" in kind:
        return workspace.channel(str(plain)).id
    return _typed(element, plain)


def _typed(element: Json, plain: object) -> object:
    kind = str(element["type"])
    if kind in _EXTERNAL:
        return _suggested(plain)
    if kind == "rich_text_input":
        return plain if isinstance(plain, dict) else _rich(str(plain))
    if kind == "datetimepicker":
        return int(str(plain))
    if kind == "plain_text_input" and not element.get("multiline"):
        return " ".join(str(plain).splitlines())
    return str(plain)


def _suggested(plain: object) -> Json:
    if not isinstance(plain, dict) or "value" not in plain:
        raise RefusalError("invalid_value", detail="an option object was expected")
    return plain


def _option(element: Json, plain: object) -> Json:
    wanted = plain.get("value") if isinstance(plain, dict) else plain
    for option in offered(element):
        if option["value"] == wanted:
            return option
    raise RefusalError("invalid_value", detail=f"{wanted!r} is not offered")


def _file(workspace: Workspace, file_id: str) -> Json:
    if (stored := workspace.files.get(file_id)) is None:
        raise RefusalError("file_not_found")
    stored.given_to_app = True
    return stored.body


def _rich(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def _still_offered(element: Json, had: Json) -> bool:
    if element["type"] not in _OPTIONS:
        return True
    values = {option["value"] for option in offered(element)}
    chosen = had.get("selected_options") or [had.get("selected_option")]
    return all(option is None or option["value"] in values for option in chosen)
