"""The team's tables as rows: column for column, in a reader's words, masked unless a full export was approved."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from bot.papers.markdown import flat
from bot.readers import Readers
from handlers.views import labels
from handlers.views.customer import customer_type, masked_contact, masked_name
from handlers.views.rich import absolute, weave
from handlers.views.timeline_words import sentence_of, spoken
from tickets.case import facts as f
from tickets.case.codec import write
from tickets.case.log import DESK, OPERATOR, Event
from tickets.case.values import Kind, Number, PersonId, Status
from tickets.desk.context import Desk
from tickets.desk.take_out import Taken, taken
from tickets.handbook import Handbook
from tickets.insight.daily import DayFigures
from tickets.people.privacy import Masked, masked
from tickets.ports import Unit
from tickets.sheets.tables import COLUMNS, Table, fields_of
from tickets.time.calendar import Calendar
from tickets.tongue import Tongue

_SERVICES = {Kind.AFTER_SALES: "after", Kind.COMPLAINT: "complaint"}
_TO_CUSTOMER = (
    f.Contacted,
    f.CustomerTold,
    f.ToldAgain,
    f.Confirmed,
    f.CallbackTried,
    f.SupervisorCalled,
)
_UNSAID = (
    f.Logged,
    f.Imported,
    f.Archived,
    f.DeadlineMoved,
    f.StageReached,
    f.Heard,
    f.Revealed,
    f.DossierMade,
    f.Scored,
    f.Opinion,
)
_ENDED = {Status.ARCHIVED: Status.CLOSED}

_OWN: Mapping[Table, Mapping[str, str]] = {
    Table.AFTER_SALES: {"urgency": "priority", "status": "progress"},
    Table.CRM: {"due_at": "planned", "remarks": "special"},
}
"""What a table means by a column's name where others mean something else."""

Cells = Mapping[str, str]


def headings(table: Table, tongue: Tongue) -> list[str]:
    """Give a table's headings in order."""
    return [tongue(f"sheet.{table}.{name}") for name in COLUMNS[table]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Writes cases as rows in one reader's words; `is_full` opens what is masked otherwise."""

    handbook: Handbook
    calendar: Calendar
    tongue: Tongue
    is_full: bool = False

    def row(self, table: Table, one: Taken) -> Cells:
        """Give a case's cells by column; what its sheet said stands where we know no better."""
        own = _OWN.get(table, {})
        cells = {name: _CELLS[own.get(name, name)](self, one) for name in COLUMNS[table]}
        return {**cells, **self._of_sheet(one, cells)}

    def scores(self, one: Taken) -> Iterator[Cells]:
        """Give a row for each score of a case (R92)."""
        for event in one.events:
            fact = event.fact
            if isinstance(fact, f.Scored):
                yield {
                    "customer": self.customer(one),
                    "service": self.tongue(
                        f"sheet.service.{_SERVICES.get(one.ticket.intake.kind, 'before')}"
                    ),
                    "score": str(fact.score),
                    "words": self.words(one, fact.words),
                    "suggestions": self.words(one, fact.suggestions),
                    "scored_at": self.moment(event.at),
                    "follower": self.person(event.by),
                }

    def day(self, day: str, figures: DayFigures) -> Cells:
        """Give a day's row (R105)."""
        told, cause = figures.answered, figures.cause
        named = self.tongue(f"late_cause.{cause.cause}") if cause and cause.cause else ""
        said = cause.words if cause else ""
        return {
            "day": day,
            "total": str(told.total),
            "minutes": _figure(told.response_minutes),
            "response_rate": _figure(told.response_rate),
            "solved_rate": _figure(told.solved_rate),
            "overdue": str(figures.overdue),
            "cause": f"{named}({said})" if named and said else named or said,
        }

    # --- what columns are made of ------------------------------------------------------------------

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
            who=self.person(event.by) or _nobody(event.by, tongue),
            what=flat(weave(tongue, what, **pieces)),
        )
        return " ".join([line, *said]).replace("\n", " ")

    def _of_sheet(self, one: Taken, cells: Cells) -> Cells:
        """Give what the sheet it came with said in columns that are empty here."""
        return {
            name: word
            for name, word in _labels(one)
            if name in cells and not cells[name] and name not in {"process", "talk", "closed_on"}
        }


def _nobody(who: PersonId, tongue: Tongue) -> str:
    return tongue("audit.operator" if who == OPERATOR else "timeline.desk")


def _labels(one: Taken) -> Iterator[tuple[str, str]]:
    said = next((e.fact.labels for e in one.events if isinstance(e.fact, f.Imported)), None)
    for part in (said or "").split("; "):
        heading, _, word = part.partition(": ")
        for name in fields_of(heading, str) if word else ():
            yield name, one.redact(word)


def _figure(value: int | None) -> str:
    return "" if value is None else str(value)


def _level(place: int) -> Callable[[Writer, Taken], str]:
    def name(writer: Writer, one: Taken) -> str:
        key, handbook, tongue = one.ticket.category, writer.handbook, writer.tongue
        if not key:
            return ""
        if place == 1:
            return labels.category(key.partition("/")[0], handbook, tongue)
        return labels.category(key, handbook, tongue) if "/" in key else ""

    return name


def _category(writer: Writer, one: Taken) -> str:
    key = one.ticket.category
    return labels.category_path(key, writer.handbook, writer.tongue) if key else ""


def _status(writer: Writer, one: Taken) -> str:
    status = one.ticket.status
    return labels.status(_ENDED.get(status, status), writer.handbook, writer.tongue)


def _progress(writer: Writer, one: Taken) -> str:
    """In the words of R69 a closed case is 已解决."""
    if one.ticket.status in {Status.CLOSED, Status.ARCHIVED}:
        return writer.tongue("sheet.solved")
    return _status(writer, one)


def _due(writer: Writer, one: Taken) -> str:
    own = one.ticket.intake.resolve_by
    return writer.moment(own or (one.resolution.due_at if one.resolution else None))


def _planned(writer: Writer, one: Taken) -> str:
    """预计解决时间 is what was planned; without a plan, what is owed (R58)."""
    plan, own = one.ticket.plan, one.ticket.intake.resolve_by
    return writer.moment(plan.finish_by) if plan and not own else _due(writer, one)


def _special(writer: Writer, one: Taken) -> str:
    """Special wishes, what other departments helped with, what is compensated (R101)."""
    facts = [event.fact for event in one.events]
    asked = [fact.need for fact in facts if isinstance(fact, f.CollaboratorsNamed)]
    cost = [fact.cost for fact in facts if isinstance(fact, f.Planned)][-1:]
    parts = [one.ticket.intake.remarks, *asked, *cost]
    return "; ".join(writer.words(one, part).strip("。. ") for part in parts if part)


def _remarks(writer: Writer, one: Taken) -> str:
    """Special wishes, and why each further round began (R77)."""
    parts = [writer.words(one, one.ticket.intake.remarks)]
    for event in one.events:
        fact = event.fact
        if isinstance(fact, f.RoundBegun):
            named = labels.round_name(fact.round, writer.tongue)
            low = fact.dissatisfaction
            why = writer.tongue(f"dissatisfaction.{low}") if low else writer.words(one, fact.reason)
            parts.append(writer.tongue("sheet.said", label=named, text=why) if why else named)
    return "; ".join(part.strip("。. ") for part in parts if part)


def _process(writer: Writer, one: Taken) -> str:
    return writer.entries(one, (e for e in one.events if not isinstance(e.fact, _UNSAID)))


def _talk(writer: Writer, one: Taken) -> str:
    return writer.entries(one, (e for e in one.events if isinstance(e.fact, _TO_CUSTOMER)))


def _feedback(writer: Writer, one: Taken) -> str:
    said = [e.fact.answer for e in one.events if isinstance(e.fact, f.CustomerTold | f.ToldAgain)]
    said += [e.fact.words for e in one.events if isinstance(e.fact, f.Scored)]
    return "\n".join(writer.words(one, text) for text in said if text)


def _plan(writer: Writer, one: Taken) -> str:
    plan = one.ticket.plan
    if plan is None:
        return ""
    day = f"{writer.calendar.date_of(plan.finish_by)}"
    until = "" if day in plan.measures else writer.tongue("sheet.until", day=day)
    return writer.words(one, plan.measures) + until


def _score(_writer: Writer, one: Taken) -> str:
    return str(one.ticket.scores[-1]) if one.ticket.scores else ""


def _owner(writer: Writer, one: Taken) -> str:
    department = labels.department(one.ticket.department, writer.handbook, writer.tongue)
    person = writer.person(one.ticket.assignee)
    return f"{department}/{person}" if department or person else ""


def _closed_on(writer: Writer, one: Taken) -> str:
    at = one.ticket.closed_at
    return writer.calendar.date_of(at).isoformat() if at else ""


def _grade(writer: Writer, one: Taken) -> str:
    return _without_grade(labels.priority(one.ticket.priority, writer.handbook, writer.tongue))


def _urgency(writer: Writer, one: Taken) -> str:
    return _without_grade(
        labels.priority(one.ticket.intake.urgency, writer.handbook, writer.tongue)
    )


def _without_grade(label: str) -> str:
    return label.partition(" ")[2] or label


def _filed(writer: Writer, one: Taken) -> str:
    filed = one.ticket.status is Status.ARCHIVED
    return writer.tongue("sheet.filed" if filed else "sheet.not_filed")


_CELLS: Mapping[str, Callable[[Writer, Taken], str]] = {
    "number": lambda _, one: one.ticket.number,
    "received_at": lambda w, one: w.moment(one.ticket.received_at),
    "peak": lambda w, one: w.tongue(
        "sheet.peak" if w.calendar.is_peak(one.ticket.received_at) else "sheet.idle"
    ),
    "name": lambda w, one: w.name(one),
    "contact": lambda w, one: masked_contact(w.seen(one)),
    "customer_type": lambda w, one: customer_type(one.ticket.intake.customer_type, "", w.tongue),
    "category_1": _level(1),
    "category_2": _level(2),
    "category": _category,
    "description": lambda w, one: w.words(one, one.ticket.intake.description),
    "urgency": _urgency,
    "priority": _grade,
    "department": lambda w, one: labels.department(one.ticket.department, w.handbook, w.tongue),
    "assignee": lambda w, one: w.person(one.ticket.assignee),
    "due_at": _due,
    "status": _status,
    "progress": _progress,
    "process": _process,
    "result": lambda w, one: w.words(one, one.ticket.result),
    "feedback": _feedback,
    "score": _score,
    "closed_on": _closed_on,
    "remarks": _remarks,
    "product": lambda w, one: w.words(one, one.ticket.intake.product),
    "channel": lambda w, one: w.tongue(f"contact_channel.{one.ticket.intake.contact_channel}"),
    "owner": _owner,
    "plan": _plan,
    "talk": _talk,
    "archived": _filed,
    "customer": lambda w, one: w.customer(one),
    "kind": lambda w, one: w.tongue(f"kind.{one.ticket.intake.kind}"),
    "planned": _planned,
    "special": _special,
    "done_at": lambda w, one: w.moment(one.ticket.resolved_at),
}


def renderer(
    desk: Desk, readers: Readers, said: Sequence[str]
) -> Callable[[Unit, Number, Table], Sequence[Cells]]:
    """Give what writes a case as the table whose headings are these would: masked, and opened."""

    def shown(unit: Unit, number: Number, table: Table) -> Sequence[Cells]:
        one = taken(desk, unit, number)
        tongue = readers.channel(unit.directory, language=_language(table))
        made = Writer(handbook=desk.handbook(), calendar=desk.calendar(), tongue=tongue)
        return [replace(made, is_full=full).row(table, one) for full in (False, True)]

    @cache
    def _language(table: Table) -> str:
        with desk.records.read() as unit:
            counts = {
                language: len(
                    set(said)
                    & set(headings(table, readers.channel(unit.directory, language=language)))
                )
                for language in LANGUAGES
            }
        return max(counts, key=lambda one: counts[one])

    return shown


LANGUAGES = ("zh-Hans", "zh-Hant", "en")
