"""How much room a message's blocks take, measured as Slack measures them (SLACK.md 2.1)."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from handlers.views.graphemes import width

ROOM = 12_600  # characters in all blocks of a message; Slack refuses about 13,200
BLOCK_ITSELF = 26


def room_of(blocks: Sequence[Block]) -> int:
    """Measure blocks as Slack does: every word in them, and a little for each block."""
    return sum(BLOCK_ITSELF + _length(block.to_dict()) for block in blocks)


def _length(part: object) -> int:
    if isinstance(part, str):
        return width(part)
    if isinstance(part, dict):
        return sum(_length(value) for key, value in part.items() if key not in {"type", "style"})
    return sum(_length(one) for one in part) if isinstance(part, list) else 0
