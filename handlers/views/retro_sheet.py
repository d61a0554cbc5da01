"""One retrospective before one reader: what all its screens are drawn from."""

from dataclasses import dataclass

from slack_sdk.models.blocks import ContextBlock

from handlers.views import retro_words
from handlers.views.text import plain
from tickets.desk.retro_look import RetroView
from tickets.handbook import Handbook
from tickets.tongue import Tongue

HEADER_LIMIT = 150
POINTS = ("review", "highlights", "shortfalls")
DIRECTIONS = ("process", "system", "training")


@dataclass(frozen=True, slots=True, kw_only=True)
class RetroSheet:
    """One retrospective before one reader."""

    view: RetroView
    handbook: Handbook
    tongue: Tongue

    @property
    def name(self) -> str:
        """Say what it is about."""
        one = self.view
        return retro_words.name(one.retro, one.ticket, self.handbook, self.tongue)

    @property
    def is_hidden(self) -> bool:
        """Tell whether a high risk keeps what is said of it out of channels (R30)."""
        return self.view.ticket is not None and self.view.ticket.is_restricted

    @property
    def title(self) -> str:
        """Name it."""
        return self.tongue("retro.title", name=self.name)


def asked_in(sheet: RetroSheet) -> ContextBlock:
    """Say above a form which one it is about."""
    return ContextBlock(elements=[plain(sheet.title)])
