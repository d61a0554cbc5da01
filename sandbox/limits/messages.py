"""Messages: text, blocks, attachments and metadata, as the chat methods check them."""

import json
import re
from collections.abc import Iterator

from sandbox.limits.blocks import ON_MESSAGE, most_of, unique_ids
from sandbox.limits.schema import Report, listing
from sandbox.wire import Json, RefusalError

LONGEST_TEXT = 40_000  # then truncated
LONGEST_UPDATE = 4_000
LONGEST_BLOCKS = 13_200  # undocumented: bolt-js#2509
BLOCK_ITSELF = 26  # what a block counts besides its words; bolt-js#2867 saw containers count
LONGEST_MARKDOWN = 12_000
MOST_ATTACHMENTS = 100
LARGEST_METADATA = 4_000
_EVENT_TYPE = re.compile(r"[A-Za-z0-9_.:-]+")
_BLOCKS = listing(ON_MESSAGE, 0, 50)


def checked_blocks(given: object) -> list[Json]:
    """Give blocks that Slack would post.

    Raises RefusalError `invalid_blocks_format`, `invalid_blocks` with JSON pointers or `msg_blocks_too_long`.
    """
    blocks = _decoded(given)
    report = Report()
    _BLOCKS(blocks, "/blocks", report)
    unique_ids(blocks, "/blocks", report)
    most_of("table", 1)(blocks, "/blocks", report)
    if _markdown_length(blocks) > LONGEST_MARKDOWN:
        report.add("/blocks", f"markdown must be less than {LONGEST_MARKDOWN + 1} characters")
    if report.problems:
        raise RefusalError(
            "invalid_blocks",
            errors=[problem.removeprefix("[ERROR] ") for problem in report.problems],
            response_metadata={"messages": report.problems},
        )
    if blocks_length(blocks) > LONGEST_BLOCKS:
        raise RefusalError("msg_blocks_too_long")
    return blocks


def blocks_length(blocks: list[Json]) -> int:
    """Count the characters of all words in blocks, and a little for each block itself."""
    return sum(len(word) for word in _words(blocks)) + BLOCK_ITSELF * len(blocks)


def checked_metadata(given: object) -> tuple[Json | None, list[str]]:
    """Give metadata that Slack would keep, and warnings; a bad event_type loses it silently.

    Raises RefusalError `invalid_metadata_format`, `invalid_metadata_schema` or `metadata_too_large`.
    """
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            raise RefusalError("invalid_metadata_format") from None
    if not isinstance(given, dict):
        raise RefusalError("invalid_metadata_format")
    if not given:
        return None, []
    kind, payload = given.get("event_type"), given.get("event_payload")
    if not isinstance(kind, str) or not isinstance(payload, dict) or len(given) != 2:
        raise RefusalError("invalid_metadata_schema")
    if len(json.dumps(given, ensure_ascii=False).encode()) > LARGEST_METADATA:
        raise RefusalError("metadata_too_large")
    if not _EVENT_TYPE.fullmatch(kind) or len(kind) > 255:
        return None, ["invalid_metadata_schema"]
    return given, []


def checked_attachments(given: object) -> list[Json]:
    """Give attachments that Slack would post; raises `invalid_attachments` or `too_many_attachments`."""
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            raise RefusalError("invalid_attachments") from None
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise RefusalError("invalid_attachments")
    if len(given) > MOST_ATTACHMENTS:
        raise RefusalError("too_many_attachments")
    for attachment in given:
        if "blocks" in attachment:
            checked_blocks(attachment["blocks"])
    return given


def _decoded(given: object) -> list[Json]:
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            raise RefusalError("invalid_blocks_format") from None
    if not isinstance(given, list):
        raise RefusalError("invalid_blocks_format")
    return given


def _markdown_length(blocks: list[Json]) -> int:
    texts = (b.get("text") for b in blocks if isinstance(b, dict) and b.get("type") == "markdown")
    return sum(len(text) for text in texts if isinstance(text, str))


def _words(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for item in part:
            yield from _words(item)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key not in {"type", "style"}:
                yield from _words(value)
