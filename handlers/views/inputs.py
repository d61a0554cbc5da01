"""Inputs of forms: labels, options and what stands in them already, within Slack's limits."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from zlib import crc32

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    DateTimePickerElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    OptionGroup,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
)

from handlers.views.ids import VALUE
from handlers.views.text import TEXT_LIMIT, pieces, plain

LABEL_LIMIT, PLACEHOLDER_LIMIT, OPTION_LIMIT = 2000, 150, 75  # SLACK.md 2.1
MOST_OPTIONS = 100

_UNSENDABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def field(
    block_id: str,
    label: str,
    element: InputInteractiveElement,
    *,
    hint: str = "",
    optional: bool = True,
    dispatch: bool = False,
) -> InputBlock:
    """Put an input under its label; errors find it by its block id."""
    return InputBlock(
        block_id=block_id,
        label=plain(label, LABEL_LIMIT),
        element=element,
        hint=plain(hint, LABEL_LIMIT) if hint else None,
        optional=optional,
        dispatch_action=dispatch or None,
    )


def line(
    initial: str = "", *, placeholder: str = "", action_id: str = VALUE
) -> PlainTextInputElement:
    """Make an input of one line."""
    return PlainTextInputElement(
        action_id=action_id,
        initial_value=fitting(" ".join(initial.split())),
        placeholder=plain(placeholder, PLACEHOLDER_LIMIT) if placeholder else None,
    )


def paragraph(initial: str = "", *, placeholder: str = "") -> PlainTextInputElement:
    """Make an input of several lines."""
    return PlainTextInputElement(
        action_id=VALUE,
        multiline=True,
        initial_value=fitting(initial),
        max_length=TEXT_LIMIT,
        placeholder=plain(placeholder, PLACEHOLDER_LIMIT) if placeholder else None,
    )


def fitting(text: str) -> str | None:
    """Give what an input can hold of a text; None where there is nothing to hold."""
    return next(pieces(sendable(text)), None)


def sendable(text: str) -> str:
    """Leave out what JSON and Slack cannot carry; the rest stays exactly as typed."""
    return _UNSENDABLE.sub("", text)


def option(value: str, words: str, description: str = "") -> Option:
    """Make one choice."""
    return Option(
        value=value,
        text=plain(words, OPTION_LIMIT),
        description=plain(description, OPTION_LIMIT) if description else None,
    )


def select(
    options: Sequence[Option], chosen: str = "", *, placeholder: str = "", action_id: str = VALUE
) -> StaticSelectElement:
    """Make a list to pick one from."""
    offered = list(options)[:MOST_OPTIONS]
    return StaticSelectElement(
        action_id=action_id,
        options=offered,
        initial_option=_among(offered, chosen),
        placeholder=plain(placeholder, PLACEHOLDER_LIMIT) if placeholder else None,
    )


def grouped(
    groups: Iterable[tuple[str, Sequence[Option]]], chosen: str = "", *, placeholder: str = ""
) -> StaticSelectElement:
    """Make a list to pick one from, under headings."""
    offered = _under_headings(groups)
    every = [one for group in offered for one in group.options or ()]
    return StaticSelectElement(
        action_id=VALUE,
        option_groups=offered,
        initial_option=_among(every, chosen),
        placeholder=plain(placeholder, PLACEHOLDER_LIMIT) if placeholder else None,
    )


def _under_headings(groups: Iterable[tuple[str, Sequence[Option]]]) -> list[OptionGroup]:
    """Group options as Slack takes them: a hundred groups, a hundred options in each (SLACK.md 2.1)."""
    return [
        OptionGroup(label=plain(name, OPTION_LIMIT), options=list(options)[:MOST_OPTIONS])
        for name, options in groups
        if options
    ][:MOST_OPTIONS]


def several(
    options: Sequence[Option], chosen: Collection[str] = (), *, placeholder: str = ""
) -> StaticMultiSelectElement:
    """Make a list to pick several from; those that are picked stay among them however long it is."""
    offered = sorted(options, key=lambda one: one.value not in chosen)[:MOST_OPTIONS]
    kept = [one for one in options if one in offered]
    return StaticMultiSelectElement(
        action_id=VALUE,
        options=kept,
        initial_options=[one for one in kept if one.value in chosen] or None,
        placeholder=plain(placeholder, PLACEHOLDER_LIMIT) if placeholder else None,
    )


def several_grouped(
    groups: Iterable[tuple[str, Sequence[Option]]], chosen: Collection[str] = ()
) -> StaticMultiSelectElement:
    """Make a list to pick several from, under headings: a hundred of them, a hundred beneath each."""
    offered = _under_headings(groups)
    every = [one for group in offered for one in group.options or ()]
    initial = [one for one in every if one.value in chosen]
    return StaticMultiSelectElement(
        action_id=VALUE, option_groups=offered, initial_options=initial or None
    )


def day(on: date | None = None) -> DatePickerElement:
    """Make a picker of a day."""
    return DatePickerElement(action_id=VALUE, initial_date=on.isoformat() if on else None)


def radio(
    options: Sequence[Option], chosen: str = "", *, action_id: str = VALUE
) -> RadioButtonsElement:
    """Make a few choices that are all seen at once."""
    return RadioButtonsElement(
        action_id=action_id, options=list(options), initial_option=_among(options, chosen)
    )


def ticks(options: Sequence[Option], ticked: Collection[str] = ()) -> CheckboxesElement:
    """Make boxes to tick."""
    initial = [one for one in options if one.value in ticked]
    return CheckboxesElement(
        action_id=VALUE, options=list(options), initial_options=initial or None
    )


def moment(at: datetime | None = None) -> DateTimePickerElement:
    """Make a picker of day and minute; Slack shows it in the reader's own zone."""
    return DateTimePickerElement(
        action_id=VALUE, initial_date_time=int(at.timestamp()) if at else None
    )


def _among(options: Iterable[Option], chosen: str) -> Option | None:
    return next((one for one in options if one.value == chosen), None)


def anew(text: str) -> str:
    """Name a block so that Slack shows the text that was put into it, not what was typed before."""
    return f".{crc32(text.encode()):08x}" if text else ""
