"""The sentence for the customer outside opening hours, in a block of its own that Slack lets people copy whole (R67)."""

from slack_sdk.models.blocks import ContextBlock, RichTextBlock
from slack_sdk.models.blocks.block_elements import (
    RichTextElementParts,
    RichTextPreformattedElement,
)
from slack_sdk.models.views import View

from handlers.views.modal import Sheet, sentence, shown, which
from handlers.views.telling import Node, text_for
from handlers.views.text import plain, seen
from tickets.care.answering import answered_by


def to_copy(sheet: Sheet) -> View:
    """Show the sentence alone; nobody sends it but a person."""
    tongue = sheet.tongue
    if answered_by(sheet.case.deadlines) is None:
        return sentence(tongue("button.copy"), tongue("telling.copy_over"), tongue)
    text = seen(text_for(Node.ACKNOWLEDGE, sheet.about()))
    alone = RichTextPreformattedElement(elements=[RichTextElementParts.Text(text=text)])
    blocks = [
        which(sheet),
        RichTextBlock(elements=[alone]),
        ContextBlock(elements=[plain(tongue("telling.copy_says"))]),
    ]
    return shown(tongue("button.copy"), blocks, tongue)
