"""Composition objects: texts, options, confirmations, filters."""

from sandbox.limits.schema import (
    Check,
    Report,
    boolean,
    both,
    by_type,
    exactly_one,
    listing,
    one_of,
    pattern,
    record,
    string,
)

LONGEST_TEXT = 3_000


def plain(most: int = LONGEST_TEXT) -> Check:
    """Accept a plain_text object."""
    return by_type({"plain_text": record({"text": string(most)}, {"emoji": boolean})}, "text kind")


def text(most: int = LONGEST_TEXT) -> Check:
    """Accept a plain_text or mrkdwn object."""
    return by_type(
        {
            "plain_text": record({"text": string(most)}, {"emoji": boolean}),
            "mrkdwn": record({"text": string(most)}, {"verbatim": boolean}),
        },
        "text kind",
    )


WEB_ADDRESS = pattern(r"https?://\S+")
ADDRESS = pattern(r"(?:https?://|mailto:|tel:|slack://)\S+")
PLACEHOLDER = plain(150)
SHORT_ID = string(255)
CONFIRM = record(
    {"title": plain(100), "text": plain(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
OPTION = record({"text": plain(75), "value": string(150)}, {"description": plain(75)})
LINK_OPTION = record(
    {"text": plain(75), "value": string(150)}, {"description": plain(75), "url": ADDRESS}
)
RICH_OPTION = record({"text": text(75), "value": string(150)}, {"description": text(75)})
OPTION_GROUP = record({"label": plain(75), "options": listing(OPTION, 1, 100)})
DISPATCH = record(
    {},
    {"trigger_actions_on": listing(one_of("on_enter_pressed", "on_character_entered"), 1, 2)},
)
FILTER = record(
    {},
    {
        "include": listing(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)


def _unique_values(value: object, at: str, report: Report) -> None:
    if not isinstance(value, dict):
        return
    options = list(value.get("options") or [])
    for group in value.get("option_groups") or []:
        options += group.get("options") or [] if isinstance(group, dict) else []
    values = [option.get("value") for option in options if isinstance(option, dict)]
    if len(values) != len({str(each) for each in values}):
        report.add(at, "option values must be unique")


def _initial_offered(value: object, at: str, report: Report) -> None:
    if not isinstance(value, dict):
        return
    options = list(value.get("options") or [])
    for group in value.get("option_groups") or []:
        options += group.get("options") or [] if isinstance(group, dict) else []
    chosen = list(value.get("initial_options") or [])
    if "initial_option" in value:
        chosen.append(value["initial_option"])
    if any(option not in options for option in chosen):
        report.add(at, "initial option must match one of the options")


OFFERS = both(exactly_one("options", "option_groups"), _unique_values, _initial_offered)
CHOICES = both(_unique_values, _initial_offered)
