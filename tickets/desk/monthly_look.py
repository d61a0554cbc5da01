"""What the monthly meeting's messages show besides the frozen report: decisions so far, advice in the customers' words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tickets.case import facts as f
from tickets.case.fold import fold
from tickets.case.values import ERASED
from tickets.errors import NotFound
from tickets.insight.findings import Advice
from tickets.meetings.improvement import Improvement, Source
from tickets.people.privacy import Spans, redact
from tickets.ports import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceWords:
    """One customer's advice as it may be shown in a channel; no words: they are not for it, or gone."""

    advice: Advice
    words: str = ""
    is_restricted: bool = False


def decided_on(unit: Unit, period: str) -> Mapping[str, Sequence[Improvement]]:
    """Give what a month's meeting decided, by the point it was decided on."""
    found: dict[str, list[Improvement]] = {}
    for item in unit.improvements.decided_in(Source.MONTHLY, period):
        found.setdefault(item.point, []).append(item)
    return found


def items_of(unit: Unit, ids: Sequence[str]) -> tuple[Improvement, ...]:
    """Give these items as they stand now."""
    return tuple(unit.improvements.get(one) for one in ids)


def advice_words(unit: Unit, advice: Advice, phones: Spans | None) -> AdviceWords:
    """Read an advice anew, redacted, as the case stands now."""
    try:
        events = unit.tickets.events(advice.number)
    except NotFound:
        return AdviceWords(advice=advice)
    ticket = fold(events)
    if ticket.is_restricted:
        return AdviceWords(advice=advice, is_restricted=True)
    fact = next((one.fact for one in events if one.seq == advice.seq), None)
    said = fact.suggestions if isinstance(fact, f.Scored) else None
    if said is None or said == ERASED:
        return AdviceWords(advice=advice)
    name = unit.customers.get(ticket.customer_id).name
    return AdviceWords(
        advice=advice, words=redact(said, names=[name] if name else (), phones=phones)
    )
