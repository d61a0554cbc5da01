"""What every modal about one ticket shares: whose it is, its title, its memory, the fields used by many."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from slack_sdk.models.blocks import Block, ContextBlock, InputBlock, Option, SectionBlock
from slack_sdk.models.views import View

from handlers.views import labels
from handlers.views.ids import CallbackId, FieldId
from handlers.views.inputs import field, moment, option, paragraph, radio, select
from handlers.views.meta import Opaque, pack
from handlers.views.telling import About
from handlers.views.text import plain
from tickets.case.ticket import Ticket
from tickets.case.values import ContactChannel, ContactOutcome
from tickets.desk.look import CaseView
from tickets.handbook import Handbook
from tickets.knowledge.shelves import Suggestion
from tickets.tongue import Tongue

TITLE_LIMIT = 24  # SLACK.md 2.1; also submit and close


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One ticket before one reader; identity and words in it are masked already or through `case.redact`."""

    case: CaseView
    handbook: Handbook
    tongue: Tongue
    now: datetime
    item: str = ""  # which of several things the form is about, e.g. a question's key
    offered: tuple[Suggestion, ...] = ()  # articles that may help
    inserted: str = ""  # what the result holds, where an article was taken over
    for_another: bool = False  # the reader does the assignee's work and has to say why

    @property
    def ticket(self) -> Ticket:
        """Give the ticket."""
        return self.case.ticket

    def about(self, said: Mapping[str, str] | None = None) -> About:
        """Give what a text for the customer is filled from; `said` is what a form says by now."""
        return About(
            ticket=self.ticket,
            customer=self.case.customer,
            redact=self.case.redact,
            deadlines=self.case.deadlines,
            handbook=self.handbook,
            tongue=self.tongue,
            said=said or {},
        )


Opener = Callable[[Sheet], View]


def modal(
    sheet: Sheet,
    callback_id: CallbackId,
    title: str,
    blocks: Iterable[Block],
    **memory: Opaque | None,
) -> View:
    """Make a form about a ticket: which one it is stands first, its number is remembered."""
    packed = pack(n=sheet.ticket.number, **memory)
    return saving(callback_id, title, packed, [which(sheet), *blocks], sheet.tongue)


def saving(
    callback_id: CallbackId, title: str, memory: str, blocks: Iterable[Block], tongue: Tongue
) -> View:
    """Make a form whose words are saved when it is sent."""
    return View(
        type="modal",
        callback_id=callback_id,
        title=plain(title, TITLE_LIMIT),
        submit=plain(tongue("modals.save"), TITLE_LIMIT),
        close=plain(tongue("button.cancel"), TITLE_LIMIT),
        private_metadata=memory,
        blocks=list(blocks),
    )


def shown(title: str, blocks: Iterable[Block], tongue: Tongue, **memory: Opaque | None) -> View:
    """Make a view that is only read."""
    return View(
        type="modal",
        callback_id=CallbackId.SHOWN,
        title=plain(title, TITLE_LIMIT),
        close=plain(tongue("button.close_view"), TITLE_LIMIT),
        private_metadata=pack(**memory),
        blocks=list(blocks),
    )


def sentence(title: str, said: str, tongue: Tongue) -> View:
    """Say one thing in a view of its own: what happened, why, what to do."""
    return shown(title, [SectionBlock(text=plain(said))], tongue)


def which(sheet: Sheet) -> ContextBlock:
    """Say which ticket this is about."""
    return ContextBlock(elements=[plain(labels.title(sheet.ticket, sheet.handbook, sheet.tongue))])


def say(sheet: Sheet, message_id: str) -> SectionBlock:
    """Put a sentence between the fields."""
    return SectionBlock(text=plain(sheet.tongue(message_id)))


def text_field(
    sheet: Sheet,
    name: str,
    label: str,
    *,
    hint: str = "",
    initial: str = "",
    required: bool = False,
) -> InputBlock:
    """Ask for words; label and hint are message ids."""
    return field(
        name,
        sheet.tongue(label),
        paragraph(initial),
        hint=sheet.tongue(hint) if hint else "",
        optional=not required,
    )


def moment_field(
    sheet: Sheet, name: FieldId, label: str, *, at: datetime | None = None, required: bool = False
) -> InputBlock:
    """Ask for a day and minute."""
    return field(name, sheet.tongue(label), moment(at), optional=not required)


def reason_field(sheet: Sheet) -> InputBlock:
    """Ask why."""
    return text_field(sheet, FieldId.REASON, "modals.reason", required=True)


def why_for_another(sheet: Sheet) -> list[Block]:
    """Ask a lead or supervisor why they do the assignee's work; the assignee nothing."""
    return [say(sheet, "modals.work_for_another"), reason_field(sheet)] if sheet.for_another else []


def way_field(sheet: Sheet, label: str) -> InputBlock:
    """Ask how the customer was reached; the way they prefer, else the one the case came in, stands first."""
    first = sheet.case.customer.preferred or sheet.ticket.contact_channel or ContactChannel.PHONE
    ways = sorted(ContactChannel, key=lambda one: one is not first)
    offered = [option(one, sheet.tongue(f"contact_channel.{one}")) for one in ways]
    chosen = select(offered, first)
    return field(FieldId.WAY, sheet.tongue(label), chosen, optional=False)


def outcome_field(sheet: Sheet, offered: Iterable[ContactOutcome], chosen: str = "") -> InputBlock:
    """Ask how an attempt ended."""
    options = [option(one, sheet.tongue(f"contact_outcome.{one}")) for one in offered]
    label = sheet.tongue("modals.outcome")
    return field(FieldId.OUTCOME, label, radio(options, chosen), optional=False)


def choices(kind: type[StrEnum], word: Callable[[str], str]) -> list[Option]:
    """Offer a whole closed set."""
    return [option(one, word(one)) for one in kind]
