"""Every input element and every block that the page draws, as an app would send them."""

from typing import Any

Json = dict[str, Any]
CALLBACK = "every"
NOON = 1_790_000_000


def plain(text: str) -> Json:
    """Give a plain_text object."""
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Json:
    """Give a mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str, description: str = "") -> Json:
    """Give an option object."""
    more = {"description": plain(description)} if description else {}
    return {"text": plain(text), "value": value, **more}


def labelled(name: str, label: str, element: Json, **block: Any) -> Json:
    """Give an input block whose block_id and action_id are `name`."""
    held = {"action_id": name, **element}
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": held,
        "optional": True,
        **block,
    }


CATEGORIES = [option("Fault", "fault", "Something is broken"), option("Billing", "billing")]
CATEGORY = labelled(
    "category",
    "Category",
    {"type": "static_select", "options": CATEGORIES, "placeholder": plain("Pick a category")},
    dispatch_action=True,
)
TEXT = labelled(
    "text",
    "What happened",
    {"type": "plain_text_input", "multiline": True, "min_length": 5, "max_length": 200},
    optional=False,
    hint=plain("Figures help: '27 ℃ after 30 min'."),
)
GROUPS = [
    {"label": plain("After-sales"), "options": [option("Repair", "repair")]},
    {"label": plain("Orders"), "options": [option("Delivery", "delivery")]},
]
FEELINGS = [option("Worried", "worried"), option("Angry", "angry"), option("Calm", "calm")]
URGENCIES = [option("P1 urgent", "P1", "Danger, all stopped"), option("P2 normal", "P2")]
TICKS = [
    {"text": mrkdwn("*Read back* to the customer"), "value": "read_back"},
    option("Answered on the spot", "answered"),
]


def every_input() -> list[Json]:
    """List an input block for every element there is."""
    return [
        CATEGORY,
        TEXT,
        labelled("line", "Customer name", {"type": "plain_text_input", "initial_value": "Ms Li"}),
        labelled("grouped", "Second level", {"type": "static_select", "option_groups": GROUPS}),
        labelled("external", "Ticket", {"type": "external_select", "min_query_length": 2}),
        labelled("feelings", "Feelings", {"type": "multi_static_select", "options": FEELINGS}),
        labelled("person", "Assignee", {"type": "users_select"}),
        labelled("people", "Collaborators", {"type": "multi_users_select"}),
        labelled("place", "Conversation", {"type": "conversations_select"}),
        labelled("channel", "Channel", {"type": "channels_select"}),
        labelled("date", "Wished date", {"type": "datepicker", "initial_date": "2026-11-30"}),
        labelled("time", "Wished time", {"type": "timepicker"}),
        labelled("moment", "Promised for", {"type": "datetimepicker", "initial_date_time": NOON}),
        labelled("urgency", "Urgency", {"type": "radio_buttons", "options": URGENCIES}),
        labelled("ticks", "Confirmed", {"type": "checkboxes", "options": TICKS}),
        labelled(
            "number",
            "Units sold",
            {
                "type": "number_input",
                "is_decimal_allowed": False,
                "min_value": "1",
                "max_value": "120",
            },
        ),
        labelled("mail", "E-mail", {"type": "email_text_input"}),
        labelled("link", "Web page", {"type": "url_text_input"}),
        labelled(
            "files", "Evidence", {"type": "file_input", "filetypes": ["txt", "png"], "max_files": 2}
        ),
        labelled("remarks", "Remarks", {"type": "rich_text_input"}),
    ]


def after_category(chosen: str) -> list[Json]:
    """List the inputs again, the second level now that of the chosen category."""
    deeper = [option(f"{chosen} at home", "home"), option(f"{chosen} at work", "work")]
    second = labelled("deeper", "Second level", {"type": "static_select", "options": deeper})
    return [second if block["block_id"] == "grouped" else block for block in every_input()]


def ticket_options(typed: str) -> list[Json]:
    """List what the external select finds."""
    return [option(f"{typed} – case {number}", f"case-{number}") for number in (1, 2, 3)]


def modal(title: str, blocks: list[Json]) -> Json:
    """Give a modal view."""
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "notify_on_close": True,
        "title": plain(title),
        "submit": plain("Send"),
        "close": plain("Cancel"),
        "blocks": blocks,
    }


def home() -> Json:
    """Give a home view with a button."""
    button = {"type": "button", "action_id": "home_button", "text": plain("Refresh my work")}
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("My work")},
            {"type": "actions", "block_id": "home_actions", "elements": [button]},
        ],
    }


def card(status: str) -> list[Json]:
    """Give a card with a button to accept, one that asks first, a menu and one that never answers."""
    sure = {
        "title": plain("Hand it back?"),
        "text": plain("It returns to the service desk."),
        "confirm": plain("Hand back"),
        "deny": plain("Keep it"),
        "style": "danger",
    }
    elements = [
        {"type": "button", "action_id": "accept", "text": plain("Accept"), "style": "primary"},
        {
            "type": "button",
            "action_id": "hand_back",
            "text": plain("Hand back…"),
            "style": "danger",
            "confirm": sure,
        },
        {"type": "button", "action_id": "stuck", "text": plain("Never answers")},
        {
            "type": "overflow",
            "action_id": "more",
            "options": [option("Why these deadlines", "why")],
        },
    ]
    return [
        {"type": "header", "text": plain(":red_circle: 20250922003 · Fault repair · P1")},
        {"type": "section", "block_id": "status", "text": mrkdwn(f"Status: *{status}*")},
        {"type": "actions", "block_id": "card", "elements": elements},
    ]


def _text(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def _section(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


RICH = {
    "type": "rich_text",
    "elements": [
        _section(
            _text("Bold words", bold=True),
            _text(" for "),
            {"type": "user", "user_id": "U0ANN"},
            _text(" in "),
            {"type": "channel", "channel_id": "C0DESK"},
            _text(" "),
            {"type": "emoji", "name": "tada"},
            {"type": "link", "url": "https://example.com/page", "text": "the page"},
            _text(" by "),
            {
                "type": "date",
                "timestamp": NOON,
                "format": "{date_num} {time}",
                "fallback": "some day",
            },
        ),
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [_section(_text("first point")), _section(_text("second point"))],
        },
        {"type": "rich_text_quote", "elements": [_text("what the customer said")]},
        {"type": "rich_text_preformatted", "elements": [_text("raw <b>text</b>")]},
    ],
}


def _cell(text: str) -> Json:
    return {"type": "raw_text", "text": text}


TABLE = {
    "type": "table",
    "rows": [[_cell("Number"), _cell("Status")], [_cell("20250922003"), _cell("In progress")]],
    "column_settings": [{"align": "left"}, {"align": "right"}],
}
MARKDOWN = {"type": "markdown", "text": "## A heading\n\nSome **strong** words\n\n- a point"}
PICKER = {
    "type": "static_select",
    "action_id": "picked",
    "placeholder": plain("Pick one"),
    "options": CATEGORIES,
}
BLOCKS: list[Json] = [
    {"type": "header", "text": plain("A header :wave:")},
    {
        "type": "section",
        "block_id": "with_picker",
        "text": mrkdwn("*Bold* _slanted_ ~gone~ `code` &lt;b&gt; <https://example.com|a link>"),
        "accessory": PICKER,
    },
    {"type": "section", "fields": [mrkdwn("*Customer*\nMs Li"), mrkdwn("*Product*\nKF-35")]},
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn("Sent here by rule 2")]},
    RICH,
    MARKDOWN,
    TABLE,
    {"type": "image", "image_url": "https://example.com/elsewhere.png", "alt_text": "A far chart"},
    {
        "type": "actions",
        "block_id": "row",
        "elements": [
            {"type": "datepicker", "action_id": "day", "placeholder": plain("A day")},
            {"type": "users_select", "action_id": "whom", "placeholder": plain("Assign to")},
            {"type": "button", "action_id": "press", "text": plain("Press me"), "value": "7"},
        ],
    },
]
