"""The rich_text block: sections, lists, quotes, and the inline elements in them."""

from sandbox.limits.composition import ADDRESS
from sandbox.limits.schema import (
    Check,
    boolean,
    by_type,
    integer,
    listing,
    one_of,
    pattern,
    record,
    string,
)

MOST_ELEMENTS = 1_000  # Slack names no number; the message's total length is what binds

_STYLE = record(
    {},
    {
        "bold": boolean,
        "italic": boolean,
        "strike": boolean,
        "underline": boolean,
        "code": boolean,
        "highlight": boolean,
        "client_highlight": boolean,
        "unlink": boolean,
    },
)
_INLINE = by_type(
    {
        "text": record({"text": string(13_200)}, {"style": _STYLE}),
        "link": record(
            {"url": ADDRESS}, {"text": string(13_200), "unsafe": boolean, "style": _STYLE}
        ),
        "user": record({"user_id": pattern(r"[UW][A-Z0-9]+")}, {"style": _STYLE}),
        "usergroup": record({"usergroup_id": pattern(r"S[A-Z0-9]+")}, {"style": _STYLE}),
        "channel": record({"channel_id": pattern(r"[CDG][A-Z0-9]+")}, {"style": _STYLE}),
        "broadcast": record({"range": one_of("here", "channel", "everyone")}, {"style": _STYLE}),
        "emoji": record(
            {"name": string(255)}, {"unicode": string(100), "url": string(3_000), "style": _STYLE}
        ),
        "color": record({"value": pattern(r"#[0-9A-Fa-f]{6}")}, {"style": _STYLE}),
        "date": record(
            {"timestamp": integer(0, 9_999_999_999), "format": string(255)},
            {"url": ADDRESS, "fallback": string(3_000), "style": _STYLE},
        ),
    },
    "rich text element",
)
_INLINES = listing(_INLINE, 1, MOST_ELEMENTS)
_BORDER = integer(0, 1)
_SECTION: Check = record({"elements": _INLINES})
_PARTS = by_type(
    {
        "rich_text_section": _SECTION,
        "rich_text_preformatted": record(
            {"elements": _INLINES}, {"border": _BORDER, "language": string(100)}
        ),
        "rich_text_quote": record({"elements": _INLINES}, {"border": _BORDER}),
        "rich_text_list": record(
            {
                "style": one_of("bullet", "ordered"),
                "elements": listing(by_type({"rich_text_section": _SECTION}), 1, MOST_ELEMENTS),
            },
            {"indent": integer(0, 8), "offset": integer(0, 10_000), "border": _BORDER},
        ),
    },
    "rich text element",
)
RICH_TEXT = record({"elements": listing(_PARTS, 1, MOST_ELEMENTS)}, {"block_id": string(255)})
