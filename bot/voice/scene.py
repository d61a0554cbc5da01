"""The scene: everything a renderer may look at, read in one transaction just before the notice is sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.readers import Readers
from bot.voice.places import Destination
from handlers.views.customer import customer_line
from handlers.views.notices import Reader
from handlers.views.signal_words import described
from handlers.views.telling import About
from tickets.case.facts import HandedBack
from tickets.case.fold import fold
from tickets.case.listing import Page
from tickets.case.log import DESK, Event
from tickets.case.ticket import Ticket
from tickets.case.values import Number, PersonId
from tickets.desk.context import Desk
from tickets.desk.pointing import NOTHING, Pointed, pointed
from tickets.desk.shift import left_by
from tickets.notices import Notice, NoticeKind, Plain
from tickets.people.customers import Customer
from tickets.people.privacy import Masked, masked, redact
from tickets.ports import Unit
from tickets.time.calendar import Calendar
from tickets.time.deadline import Deadline
from tickets.time.deadlines import owed

ROWS = 20  # SCREENS.md: twenty rows a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A ticket as its card shows it."""

    ticket: Ticket
    deadlines: Sequence[Deadline]
    customer_line: str
    seen: Masked  # the customer
    redacted: str  # the description with personal data taken out
    hand_back_reason: str = ""  # of the last hand-back, redacted likewise
    pause_reason: str = ""  # why it waits now, redacted likewise
    order_no: str = ""  # redacted likewise
    reported: tuple[
        tuple[str, str], ...
    ] = ()  # label and words of what the customer wants, likewise
    log: tuple[Event, ...] = ()
    clean: Callable[[str], str] = str  # takes personal data out of a person's words
    last_entry_at: datetime | None = None  # by a person; what time did is no work


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A notice, its reader and the records as they are now."""

    notice: Notice
    reader: Reader
    case: Case | None
    link: str | None  # to the ticket's card, for a direct message
    is_open: bool  # whether the desk is open now
    calendar: Calendar
    unit: Unit  # the transaction it was read in, for digests and meetings
    left: Page  # what a handover leaves to the next shift
    pointed: Pointed = NOTHING  # what there is to say about somebody's own words
    members: Sequence["Scene"] = ()  # what a roll-up lists

    @property
    def known(self) -> Case:
        """Give the case of a notice that is about one."""
        if self.case is None:
            raise ValueError(f"a {self.notice.kind} notice without its ticket")
        return self.case

    @property
    def ticket(self) -> Ticket:
        """Give the ticket of a notice that is about one."""
        return self.known.ticket

    @property
    def about(self) -> About:
        """Give what a text for the customer is filled from."""
        return About(
            ticket=self.ticket,
            customer=self.known.seen,
            redact=self.known.clean,
            deadlines=tuple(self.known.deadlines),
            handbook=self.reader.handbook,
            tongue=self.reader.tongue,
        )

    def text(self, name: str) -> str:
        """Give a parameter as text; "" where it is not given."""
        given = self.notice.params.get(name)
        return "" if given is None else str(given)


@dataclass(frozen=True, slots=True)
class SceneReader:
    """Reads scenes out of the records."""

    desk: Desk
    readers: Readers

    def of(self, unit: Unit, notice: Notice, there: Destination, *, link: str | None) -> Scene:
        """Read what a notice is about, as it is now."""
        now = self.desk.clock.now()
        case = self.case(unit, notice.number, there) if notice.number else None
        return Scene(
            notice=_past(case.ticket.complaint.about, notice) if case else notice,
            reader=self.reader(unit, there),
            case=case,
            link=link,
            is_open=self.desk.calendar().is_open(now),
            calendar=self.desk.calendar(),
            unit=unit,
            left=self._left(unit, notice),
            pointed=self._pointed(unit, notice),
        )

    def reader(self, unit: Unit, there: Destination) -> Reader:
        """Make the reader of a place: one person, or a channel in the desk's language."""
        people = self.readers
        return Reader(
            tongue=people.person(there.person, unit.directory)
            if there.person
            else people.channel(unit.directory),
            handbook=self.desk.handbook(),
            present=there.members,
            now=self.desk.clock.now(),
            is_channel=there.person is None,
        )

    def case(self, unit: Unit, number: Number, there: Destination) -> Case:
        """Read a ticket as its card shows it, in the language of the place."""
        log = unit.tickets.events(number)
        ticket = fold(log)
        customer = unit.customers.get(ticket.customer_id)
        seen = masked(customer, phone_mask=self.desk.handbook().privacy.phone_mask)

        def without_names(text: str) -> str:
            return redact(text, names=_names_of(customer), phones=self.desk.phones.spans)

        return Case(
            ticket=ticket,
            deadlines=self._owed(log),
            customer_line=customer_line(
                seen,
                ticket.intake,
                self.reader(unit, there).tongue,
                handbook=self.desk.handbook(),
                redact=without_names,
            ),
            seen=seen,
            redacted=described(
                ticket,
                without_names(ticket.intake.description),
                self.desk.handbook(),
                self.reader(unit, there).tongue,
            ),
            hand_back_reason=without_names(_last_hand_back(log)),
            pause_reason=without_names(ticket.pause.reason if ticket.pause else ""),
            order_no=without_names(ticket.intake.order_no or ""),
            reported=_reported(ticket, without_names) if ticket.round > 1 else (),
            log=log,
            clean=without_names,
            last_entry_at=_last_entry(log),
        )

    def _left(self, unit: Unit, notice: Notice) -> Page:
        person = notice.params.get("person")
        if notice.kind is not NoticeKind.HANDOVER or person is None:
            return Page((), 0, 1, ROWS)
        lines = left_by(self.desk, unit, PersonId(str(person)))
        return Page(lines[:ROWS], len(lines), 1, ROWS)

    def _pointed(self, unit: Unit, notice: Notice) -> Pointed:
        is_about_words = notice.kind is NoticeKind.POINTED_OUT
        return pointed(self.desk, unit, notice) if is_about_words else NOTHING

    def _owed(self, log: tuple[Event, ...]) -> Sequence[Deadline]:
        handbook = self.desk.handbook()
        return owed(log, handbook.policies, self.desk.calendar(), pauses=handbook.pauses)


def _reported(ticket: Ticket, clean: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    """What a further round begins from: the facts and the demand, nothing of what was done (R46)."""
    intake = ticket.intake
    words = (
        ("form.description", intake.description),
        ("form.when", intake.when),
        ("form.where", intake.where),
        ("form.expectation", intake.expectation),
        ("form.product", intake.product),
        ("form.order_no", intake.order_no),
    )
    return tuple((label, clean(said)) for label, said in words if said)


def _names_of(customer: Customer) -> tuple[str, ...]:
    return (customer.name,) if customer.name else ()


def _last_hand_back(log: Sequence[Event]) -> str:
    reasons = [event.fact.reason for event in log if isinstance(event.fact, HandedBack)]
    return reasons[-1] if reasons else ""


def _last_entry(log: Sequence[Event]) -> datetime | None:
    return next((event.at for event in reversed(log) if event.by != DESK), None)


def _past(about: frozenset[PersonId], notice: Notice) -> Notice:
    """Leave out of a notice whom the complaint is about: it names and calls everybody else (R25)."""
    if not about:
        return notice
    params = {name: _without(value, about) for name, value in notice.params.items()}
    return replace(notice, params=params)


def _without(value: Plain, about: frozenset[PersonId]) -> Plain:
    if not isinstance(value, str) or not about & set(value.split(",")):
        return value
    return ",".join(one for one in value.split(",") if one not in about) or None
