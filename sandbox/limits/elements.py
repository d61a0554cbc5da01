"""Interactive elements and where each may stand."""

from collections.abc import Mapping
from types import MappingProxyType

from sandbox.limits.bounds import most_selected, number_bounds, text_bounds
from sandbox.limits.composition import (
    ADDRESS,
    CHOICES,
    CONFIRM,
    DISPATCH,
    FILTER,
    LINK_OPTION,
    OFFERS,
    OPTION,
    OPTION_GROUP,
    PLACEHOLDER,
    RICH_OPTION,
    SHORT_ID,
    WEB_ADDRESS,
    plain,
)
from sandbox.limits.rich_text import RICH_TEXT
from sandbox.limits.schema import (
    Check,
    boolean,
    both,
    by_type,
    exactly_one,
    integer,
    listing,
    one_of,
    pattern,
    record,
    string,
)

_COMMON: Mapping[str, Check] = MappingProxyType(
    {"action_id": SHORT_ID, "focus_on_load": boolean, "confirm": CONFIRM}
)
_PICK: Mapping[str, Check] = MappingProxyType({**_COMMON, "placeholder": PLACEHOLDER})
_MANY: Mapping[str, Check] = MappingProxyType({**_PICK, "max_selected_items": integer(1, 1_000)})
_OPTIONS: Mapping[str, Check] = MappingProxyType(
    {"options": listing(OPTION, 1, 100), "option_groups": listing(OPTION_GROUP, 1, 100)}
)
_TEXT: Mapping[str, Check] = MappingProxyType(
    {
        "action_id": SHORT_ID,
        "focus_on_load": boolean,
        "placeholder": PLACEHOLDER,
        "dispatch_action_config": DISPATCH,
        "initial_value": string(3_000, 0),
    }
)
_MEMBER = pattern(r"[UW][A-Z0-9]+", 255)
_PLACE = pattern(r"[CDG][A-Z0-9]+", 255)
_NUMBER = pattern(r"-?\d+(\.\d+)?", 100)

BUTTON = record(
    {"text": plain(75)},
    {
        "action_id": SHORT_ID,
        "url": ADDRESS,
        "value": string(2_000),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
)
OVERFLOW = both(
    record({"options": listing(LINK_OPTION, 1, 5)}, {"action_id": SHORT_ID, "confirm": CONFIRM}),
    CHOICES,
)
IMAGE = both(
    record(
        {"alt_text": string(2_000)},
        {
            "image_url": WEB_ADDRESS,
            "slack_file": record({}, {"id": SHORT_ID, "url": string(3_000)}),
        },
    ),
    exactly_one("image_url", "slack_file"),
)

_SELECTS: dict[str, Check] = {
    "static_select": both(record({}, {**_PICK, **_OPTIONS, "initial_option": OPTION}), OFFERS),
    "external_select": record(
        {}, {**_PICK, "initial_option": OPTION, "min_query_length": integer(0, 1_000)}
    ),
    "users_select": record({}, {**_PICK, "initial_user": _MEMBER}),
    "conversations_select": record(
        {},
        {
            **_PICK,
            "initial_conversation": _PLACE,
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": FILTER,
        },
    ),
    "channels_select": record(
        {}, {**_PICK, "initial_channel": _PLACE, "response_url_enabled": boolean}
    ),
}
_MULTI_SELECTS: dict[str, Check] = {
    "multi_static_select": both(
        record({}, {**_MANY, **_OPTIONS, "initial_options": listing(OPTION, 1, 100)}), OFFERS
    ),
    "multi_external_select": record(
        {},
        {
            **_MANY,
            "initial_options": listing(OPTION, 1, 100),
            "min_query_length": integer(0, 1_000),
        },
    ),
    "multi_users_select": record({}, {**_MANY, "initial_users": listing(_MEMBER, 1, 1_000)}),
    "multi_conversations_select": record(
        {},
        {
            **_MANY,
            "initial_conversations": listing(_PLACE, 1, 1_000),
            "default_to_current_conversation": boolean,
            "filter": FILTER,
        },
    ),
    "multi_channels_select": record({}, {**_MANY, "initial_channels": listing(_PLACE, 1, 1_000)}),
}
_PICKERS: dict[str, Check] = {
    "datepicker": record({}, {**_PICK, "initial_date": pattern(r"\d{4}-\d{2}-\d{2}")}),
    "timepicker": record(
        {}, {**_PICK, "initial_time": pattern(r"[0-2]\d:[0-5]\d"), "timezone": string(100)}
    ),
    "radio_buttons": both(
        record(
            {"options": listing(RICH_OPTION, 1, 10)}, {**_COMMON, "initial_option": RICH_OPTION}
        ),
        CHOICES,
    ),
    "checkboxes": both(
        record(
            {"options": listing(RICH_OPTION, 1, 10)},
            {**_COMMON, "initial_options": listing(RICH_OPTION, 1, 10)},
        ),
        CHOICES,
    ),
}
_MOMENT: dict[str, Check] = {
    "datetimepicker": record(
        {}, {**_COMMON, "initial_date_time": integer(1_000_000_000, 9_999_999_999)}
    )
}
_TYPED: dict[str, Check] = {
    "plain_text_input": both(
        record(
            {},
            {
                **_TEXT,
                "multiline": boolean,
                "min_length": integer(0, 3_000),
                "max_length": integer(1, 3_000),
            },
        ),
        text_bounds,
    ),
    "email_text_input": record({}, _TEXT),
    "url_text_input": record({}, _TEXT),
    "number_input": both(
        record(
            {"is_decimal_allowed": boolean},
            {**_TEXT, "initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
        ),
        number_bounds,
    ),
    "rich_text_input": record({}, {**_TEXT, "initial_value": by_type({"rich_text": RICH_TEXT})}),
}
_FILES: dict[str, Check] = {
    "file_input": record(
        {},
        {
            "action_id": SHORT_ID,
            "filetypes": listing(string(20), 1, 100),
            "max_files": integer(1, 10),
        },
    )
}
_PRESSED: dict[str, Check] = {"button": BUTTON, "overflow": OVERFLOW}

_MULTI = {name: both(check, most_selected) for name, check in _MULTI_SELECTS.items()}

IN_SECTION = by_type({**_PRESSED, **_SELECTS, **_MULTI, **_PICKERS, "image": IMAGE}, "type")
IN_ACTIONS = by_type({**_PRESSED, **_SELECTS, **_PICKERS, **_MOMENT}, "type")
IN_INPUT_HOME = by_type({**_SELECTS, **_MULTI, **_PICKERS, **_MOMENT, **_TYPED}, "type")
IN_INPUT_MODAL = by_type({**_SELECTS, **_MULTI, **_PICKERS, **_MOMENT, **_TYPED, **_FILES}, "type")
