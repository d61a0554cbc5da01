"""The columns of the team's tables: what each says of a case."""

from collections.abc import Callable, Mapping

from bot.papers.team_writer import Writer
from handlers.views import labels
from handlers.views.customer import customer_type, masked_contact
from tickets.case import facts as f
from tickets.case.values import Status
from tickets.desk.take_out import Taken
from tickets.sheets.moments import first_day_in

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
    ended = _ENDED.get(one.ticket.status)
    if ended:
        return labels.status(ended, writer.handbook, writer.tongue)
    return labels.standing(one.ticket, writer.handbook, writer.tongue)


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
    day = writer.calendar.date_of(plan.finish_by)
    is_said = first_day_in(plan.measures, day) == day
    until = "" if is_said else writer.tongue("sheet.until", day=f"{day}")
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


CELLS: Mapping[str, Callable[[Writer, Taken], str]] = {
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
    "channel": lambda w, one: labels.channel(one.ticket.contact_channel, w.tongue),
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
