"""Writes what cells are made of, in one reader's words: moments, people, customers, entries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.papers.markdown import flat
from handlers.views.customer import masked_name
from handlers.views.history import by_whom
from handlers.views.rich import absolute, weave
from handlers.views.timeline_words import sentence_of, spoken
from tickets.case.codec import write
from tickets.case.log import DESK, OPERATOR, Event
from tickets.case.values import PersonId
from tickets.desk.take_out import Taken
from tickets.handbook import Handbook
from tickets.people.privacy import Masked, masked
from tickets.time.calendar import Calendar
from tickets.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Writes parts of cases in one reader's words; `is_full` opens what is masked otherwise."""

    handbook: Handbook
    calendar: Calendar
    tongue: Tongue
    is_full: bool = False

    def words(self, one: Taken, text: str | None) -> str:
        """Give somebody's words, redacted unless all is to be seen."""
        return (text or "") if self.is_full else one.redact(text or "")

    def moment(self, at: datetime | None) -> str:
        """Write a moment to the minute, in the desk's zone."""
        return absolute(at, self.tongue) if at else ""

    def seen(self, one: Taken) -> Masked:
        """Give the customer as this export shows them."""
        who = masked(one.customer, phone_mask=self.handbook.privacy.phone_mask)
        if not self.is_full or one.customer.is_erased:
            return who
        return replace(
            who, name=one.customer.name, phone=one.customer.phone, email=one.customer.email
        )

    def name(self, one: Taken) -> str:
        """Address the customer; nobody is, where no name is known."""
        seen = self.seen(one)
        return masked_name(seen, self.tongue) if seen.name or seen.is_erased else ""

    def customer(self, one: Taken) -> str:
        """Give name and id (客户名称/ID)."""
        return f"{self.name(one)}/{one.customer.code}"

    def person(self, who: PersonId | None) -> str:
        """Name a member; the desk itself and the operator are no people."""
        if who is None or who in {DESK, OPERATOR}:
            return ""
        return self.tongue.name(who)

    def entries(self, one: Taken, events: Iterable[Event]) -> str:
        """Write entries a line each: when, who, what, and what was said."""
        return "\n".join(self._entry(one, event) for event in events)

    def _entry(self, one: Taken, event: Event) -> str:
        fact, tongue = event.fact, self.tongue
        what, pieces = sentence_of(fact, self.handbook, tongue)
        said = [
            tongue(
                "sheet.said",
                label=tongue(f"timeline.words.{name}"),
                text=spoken(fact, self.words(one, text), self.handbook, tongue),
            )
            for name, text in write(fact).words.items()
            if text.strip()
        ]
        line = tongue(
            "sheet.entry",
            at=self.moment(event.happened_at),
            who=self.person(event.by) or by_whom(event, tongue),
            what=flat(weave(tongue, what, **pieces)),
        )
        return " ".join([line, *said]).replace("\n", " ")
