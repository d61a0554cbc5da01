"""Rich-text lines: translated sentences with moments, names and a person's words woven in.

A sentence is translated with marks in its places and only then cut at the marks, so that nothing a
person typed is ever read as a template, a mention or a link.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import RichTextBlock
from slack_sdk.models.blocks.block_elements import (
    RichTextElement,
    RichTextElementParts,
    RichTextSectionElement,
)

from handlers.views.text import seen
from tickets.message import PersonId, Who
from tickets.tongue import Tongue

_MARK = re.compile("⟦(\\w+)⟧")
_NEAR = "{date_short_pretty} {time}"
_CODED = re.compile("`([^`\n]+)`")
_CODE = RichTextElementParts.TextStyle(code=True)
_BOLD = RichTextElementParts.TextStyle(bold=True)

Run = list[RichTextElement]


@dataclass(frozen=True, slots=True)
class Bold:
    """Words that lead their line."""

    words: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A member, shown as Slack shows members; only ever made of a verified id (X16)."""

    person: PersonId


Piece = str | int | datetime | Who | Bold | Mention | Run


def weave(tongue: Tongue, message_id: str, /, **pieces: Piece) -> Run:
    """Translate a sentence and weave its pieces in; moments show in each reader's own zone.

    What stands between backticks is set as code, with the pieces in it; `count` picks the plural form.
    """
    marked = {name: f"⟦{name}⟧" for name in pieces}
    sentence = tongue(message_id, **(marked | counted(pieces)))
    run: Run = []
    is_code = False
    for place, part in enumerate(_MARK.split(sentence)):
        if place % 2:
            run += _coded(pieces[part]) if is_code else _elements(pieces[part], tongue)
            continue
        for step, spoken in enumerate(part.split("`")):
            is_code ^= step > 0
            if spoken:
                run.append(RichTextElementParts.Text(text=spoken, style=_CODE if is_code else None))
    return run


def counted(pieces: Mapping[str, Piece]) -> dict[str, int]:
    """Give the number that decides between "1 ticket" and "2 tickets"; it cannot be woven in as a piece."""
    count = pieces.get("count")
    return {"count": count} if isinstance(count, int) else {}


def words(text: str) -> Run:
    """Make a run of any words."""
    return [RichTextElementParts.Text(text=seen(text))] if text else []


def with_commands(text: str) -> Run:
    """Make a run of a sentence; what stands between backticks is set as code, as Slack sets it in mrkdwn."""
    return [
        RichTextElementParts.Text(text=part, style=_CODE if place % 2 else None)
        for place, part in enumerate(_CODED.split(seen(text)))
        if part
    ]


def bold(text: str) -> Run:
    """Make a run of words that lead their line."""
    return [RichTextElementParts.Text(text=seen(text), style=_BOLD)] if text else []


def joined(runs: Sequence[Run], between: str = " · ") -> Run:
    """Put runs on one line."""
    line: Run = []
    for run in runs:
        if run:
            line += [*([RichTextElementParts.Text(text=between)] if line else []), *run]
    return line


def lines(*runs: Run, block_id: str | None = None) -> RichTextBlock:
    """Make a block with one run a line; empty runs are left out."""
    return RichTextBlock(
        elements=[RichTextSectionElement(elements=joined(runs, "\n"))], block_id=block_id
    )


def absolute(at: datetime, tongue: Tongue) -> str:
    """Write a moment out in the tongue's zone, for where Slack cannot show it."""
    return at.astimezone(ZoneInfo(tongue.timezone)).strftime("%Y-%m-%d %H:%M")


def _coded(piece: Piece) -> Run:
    return [RichTextElementParts.Text(text=seen(str(piece)), style=_CODE)]


def _elements(piece: Piece, tongue: Tongue) -> Run:
    return piece if isinstance(piece, list) else [_element(piece, tongue)]


def _element(piece: str | int | datetime | Who | Bold | Mention, tongue: Tongue) -> RichTextElement:
    match piece:
        case datetime():
            return RichTextElementParts.Date(
                timestamp=int(piece.timestamp()), format=_NEAR, fallback=absolute(piece, tongue)
            )
        case Mention(person):
            return RichTextElementParts.User(user_id=person)
        case Who(person):
            return RichTextElementParts.Text(text=seen(f"@{tongue.name(person)}"))
        case Bold(leading):
            return RichTextElementParts.Text(text=seen(leading), style=_BOLD)
        case _:
            return RichTextElementParts.Text(text=seen(str(piece)))
