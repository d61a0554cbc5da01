"""What a message is: its blocks, and the full sentence a phone's notification shows."""

from dataclasses import dataclass

from slack_sdk.models.blocks import Block


@dataclass(frozen=True, slots=True)
class Screen:
    """A message as it goes out; `text` is escaped already and holds no customer's words."""

    text: str
    blocks: tuple[Block, ...]
