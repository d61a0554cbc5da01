"""Notices: what people are told in a thread or privately, one sentence a line, the next step beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement, ContextBlock
from slack_sdk.models.blocks.block_elements import RichTextElementParts

from handlers.views import labels
from handlers.views.buttons import button, row, step
from handlers.views.ids import ActionId
from handlers.views.meta import pack
from handlers.views.owed import owed_line
from handlers.views.rich import (
    Bold,
    Mention,
    Piece,
    Run,
    absolute,
    counted,
    joined,
    lines,
    weave,
    words,
)
from handlers.views.screen import Screen
from handlers.views.text import escaped, plain
from tickets.case.listing import Line
from tickets.case.ticket import Ticket
from tickets.case.values import Number, PersonId
from tickets.handbook import Handbook
from tickets.message import Who
from tickets.time.deadline import Deadline
from tickets.tongue import Tongue


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence twice: woven for the screen, and as inert text for a phone's notification."""

    run: Run
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads: their tongue, the desk's words, whom a mention would reach, the moment."""

    tongue: Tongue
    handbook: Handbook
    present: frozenset[PersonId]  # members of the channel; nobody in a direct message
    now: datetime
    is_channel: bool = False  # and so learns of a high-risk case its number and priority alone

    def say(self, message_id: str, /, **pieces: Piece) -> Said:
        """Say a sentence; a mention becomes one only for those who are there."""
        reached = {name: self._reached(piece) for name, piece in pieces.items()}
        text = {name: self._text(piece) for name, piece in reached.items()}
        inert = self.tongue(message_id, **(text | counted(reached)))
        return Said(weave(self.tongue, message_id, **reached), inert)

    def title(self, ticket: Ticket) -> str:
        """Say which ticket it is; to a channel not what a restricted one is about (R30)."""
        if self.is_veiled(ticket):
            return labels.restricted_title(ticket, self.handbook, self.tongue)
        return labels.title(ticket, self.handbook, self.tongue)

    def is_veiled(self, ticket: Ticket) -> bool:
        """Tell whether a ticket is restricted and more than one person reads of it."""
        return ticket.is_restricted and self.is_channel

    def owed(self, ticket: Ticket, deadlines: Sequence[Deadline]) -> Run:
        """Say what is owed by when; a clock's name may tell what a restricted case is about."""
        if self.is_veiled(ticket):
            return []
        return owed_line(
            ticket, deadlines, handbook=self.handbook, tongue=self.tongue, now=self.now
        )

    def person(self, person: PersonId | None) -> str:
        """Name somebody without calling them."""
        return labels.person(person, self.tongue)

    def department(self, key: str) -> str:
        """Name a department; a case without one is with the desk itself."""
        if not key:
            return self.handbook.name.in_(self.tongue.language)
        return labels.department(key, self.handbook, self.tongue)

    def _reached(self, piece: Piece) -> Piece:
        if isinstance(piece, Mention) and piece.person not in self.present:
            return Who(piece.person)
        return piece

    def _text(self, piece: Piece) -> str:
        match piece:
            case Mention(person):
                return f"<@{person}>"
            case Who(person):
                return escaped(f"@{self.tongue.name(person)}")
            case datetime():
                return f"{absolute(piece, self.tongue)} {self.tongue.timezone}"
            case Bold():
                return escaped(piece.words)
            case _:
                return escaped(str(piece))


def message(
    *sentences: Said,
    under: Iterable[Run] = (),
    buttons: Sequence[ButtonElement] = (),
    link: Run | None = None,
) -> Screen:
    """Put a notice together: its sentences, what stands under them, buttons, a link to the card."""
    said = [one for one in sentences if one.run]
    blocks: list[Block] = [lines(*(one.run for one in said), *under, link or [])]
    if buttons:
        blocks.append(row(buttons))
    return Screen(" ".join(one.text for one in said), tuple(blocks))


def below(head: Said, whole: Screen) -> Screen:
    """Put a sentence above a whole card."""
    return Screen(head.text, (lines(head.run), *whole.blocks))


def detour(heads: Sequence[str], screen: Screen) -> Screen:
    """Say above a notice that it was meant for another place."""
    first = ContextBlock(elements=[plain(" ".join(heads))])
    text = " ".join([*(escaped(head) for head in heads), screen.text])
    return Screen(text, (first, *screen.blocks))


def takeable(reader: Reader, case: Line, *, of: PersonId) -> tuple[Block, ...]:
    """Show one case of somebody's handover with the button that takes it from them."""
    grade = labels.priority(case.priority, reader.handbook, reader.tongue)
    what = labels.category(case.category, reader.handbook, reader.tongue)
    status = labels.standing(case, reader.handbook, reader.tongue)
    title = [case.number, *([] if case.restricted else [what]), grade, status]
    due = case.next_due_at
    owed = "notice.next_overdue" if due and due <= reader.now else "notice.next_due"
    until = reader.say(owed, due=due).run if due else []
    take = button(ActionId.TAKE, reader.tongue("button.take"), pack(n=case.number, of=of))
    return (lines(words(" · ".join(title)), until), row([take]))


def calling(people: Sequence[PersonId], reader: Reader, then: Said) -> Said:
    """Call several people by name, those who are there by a mention, and go on on the same line."""
    each = [reader.say("notice.person", who=Mention(person)) for person in people]
    return Said(
        joined([*(one.run for one in each), then.run], " "),
        " ".join([*(one.text for one in each), then.text]),
    )


def link_to(url: str | None, number: Number, tongue: Tongue) -> Run | None:
    """Link to a ticket's card."""
    if url is None:
        return None
    return [RichTextElementParts.Link(url=url, text=tongue("notice.open_card", number=number))]


def step_button(action: ActionId, number: Number, tongue: Tongue) -> ButtonElement:
    """Make the button of the step a notice asks for."""
    return step(action, number, tongue, style="primary")


def draft_button(draft_id: str, tongue: Tongue) -> ButtonElement:
    """Make the button that continues with a kept text."""
    return button(ActionId.DRAFT, tongue("notice.continue"), draft_id, style="primary")
