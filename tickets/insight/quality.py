"""Quality of records for appraisal: completeness, vague words, time from call to log, for each agent with n (R1, R10–R12).

Of the cases an agent logged in a period, the newest up to MOST; imported ones and those the desk opened itself are
not theirs, of erased ones nothing can be said any more. Four elements
are when, where, what happened and what is wished (R10). A record is complete with those its form asks for – all four,
of a call logged and closed in three fields what happened alone (R36) –, with nothing owed of
the fast lane and with a way to reach the customer, or the word that there is none. Results are asked of what is
solved, callbacks of what the customer was told and whose call is due: a score, or why there is none (R93).
The delay is from the agent's own call: a case merged into theirs may have come in days before.
Vague words are looked for in the description, in the agent's own notes and results; quoted words are the customer's.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import ERASED, Number, PersonId, Text
from tickets.case.wording import graphemes, vague_word
from tickets.insight.ending import Ending
from tickets.insight.figures import Bin, Spread, spread

MOST = 200  # cases of one agent, the newest
SHORTEST = 10  # graphemes of what happened (DESK.md 1)
ELEMENTS = ("when", "where", "event", "demand")
READ_BACK = "read_back"
_WHOLE_FORM = frozenset({*ELEMENTS, READ_BACK})
_QUICK_FORM = frozenset({"event"})  # of nobody in particular, answered and over (R36)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One case as its agent took it down."""

    number: Number
    agent: PersonId
    elements: frozenset[str]
    is_filled: bool  # no required field is missing
    is_read_back: bool  # 已复述确认
    asked: frozenset[str] = _WHOLE_FORM  # what its form asks for
    has_result: bool | None = None  # None: nothing is solved yet
    has_callback: bool | None = None  # None: nobody has to call yet
    is_vague: bool = False
    delay: timedelta | None = None  # from call to log; None: written down afterwards, 补录

    @property
    def is_complete(self) -> bool:
        """Tell whether all elements its form asks for and all required fields are there."""
        return self.is_filled and not any(self.misses(name) for name in ELEMENTS)

    def misses(self, name: str) -> bool:
        """Tell whether an element, or the reading back, was asked for and is not there."""
        is_there = self.is_read_back if name == READ_BACK else name in self.elements
        return name in self.asked and not is_there

    @property
    def lacks(self) -> tuple[str, ...]:
        """Name what a figure of records misses here; nothing of a record that is as it should be."""
        others = (
            ("filled", self.is_filled),
            (READ_BACK, not self.misses(READ_BACK)),
            ("result", self.has_result is not False),
            ("callback", self.has_callback is not False),
            ("vague", not self.is_vague),
        )
        gone = (name for name in ELEMENTS if self.misses(name))
        return (*gone, *(name for name, is_there in others if not is_there))


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentQuality:
    """One agent's records: counts, each of `n` unless another is named; elements and reading back of `asked`."""

    person: PersonId
    logged: int  # in the period; `n` of them were looked at
    n: int
    elements: Mapping[str, int]
    complete: int
    filled: int
    read_back: int
    vague: int
    results: int
    solved: int  # results are of these
    callbacks: int
    due: int  # callbacks are of these
    delay: Spread | None  # minutes
    backfilled: int  # no delay is taken of these
    asked: Mapping[str, int] = field(default_factory=dict)  # of how many, by element

    def of(self, name: str) -> int:
        """Tell how many records an element, or the reading back, was asked of."""
        return self.asked.get(name, self.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """A period's records by agent, by name of person: nobody is ranked."""

    agents: tuple[AgentQuality, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """A page of one agent's records that something is missing in, the newest first."""

    person: PersonId
    records: Sequence[Record]
    total: int
    page: int


def record_of(
    ticket: Ticket,
    log: Sequence[Event],
    ending: Ending | None,
    *,
    vague_words: Sequence[str],
    spare: Sequence[str],
    is_due: bool,
) -> Record | None:
    """Look at one case as it stands; None of one that no agent took down, and of one whose words are gone."""
    intake, agent = ticket.intake, ticket.logged_by
    is_theirs = intake.imported_at is None and ticket.signal is None
    if not is_theirs or intake.description == ERASED:
        return None
    has_way = intake.has_contact or intake.anonymous or intake.withholds_contact
    told = ending is not None and ending.is_told and is_due
    own = [intake.description, *_written_by(agent, log)]
    return Record(
        number=ticket.number,
        agent=agent,
        elements=frozenset(_elements(ticket)),
        is_filled=has_way and bool(intake.category) and not (ending and ending.owes_fields),
        is_read_back=intake.read_back_at is not None,
        asked=_QUICK_FORM if _is_quick(ticket, log) else _WHOLE_FORM,
        has_result=bool(ending.has_result) if ending and ticket.resolved_at else None,
        has_callback=(ending.is_scored or ending.needs_no_score) if ending and told else None,
        is_vague=any(vague_word(one, vague_words, spare) for one in own if one != ERASED),
        delay=None if intake.backfilled else ticket.logged_at - intake.received_at,
    )


def quality_of(records: Iterable[Record], logged: Mapping[PersonId, int]) -> Quality:
    """Count records by agent."""
    theirs: dict[PersonId, list[Record]] = {}
    for one in records:
        theirs.setdefault(one.agent, []).append(one)
    return Quality(
        agents=tuple(
            _counted(person, theirs[person], logged.get(person, len(theirs[person])))
            for person in sorted(theirs)
        )
    )


def _counted(person: PersonId, records: Sequence[Record], logged: int) -> AgentQuality:
    solved = [one.has_result for one in records if one.has_result is not None]
    due = [one.has_callback for one in records if one.has_callback is not None]
    delays = [one.delay for one in records if one.delay is not None]
    return AgentQuality(
        person=person,
        logged=logged,
        n=len(records),
        elements={name: sum(map(_has(name), records)) for name in ELEMENTS},
        complete=sum(one.is_complete for one in records),
        filled=sum(one.is_filled for one in records),
        read_back=sum(map(_has(READ_BACK), records)),
        vague=sum(one.is_vague for one in records),
        results=sum(solved),
        solved=len(solved),
        callbacks=sum(due),
        due=len(due),
        delay=spread(_bins(delays)),
        backfilled=len(records) - len(delays),
        asked={name: sum(name in one.asked for one in records) for name in sorted(_WHOLE_FORM)},
    )


def _has(name: str) -> Callable[[Record], bool]:
    return lambda one: name in one.asked and not one.misses(name)


def _is_quick(ticket: Ticket, log: Sequence[Event]) -> bool:
    """Tell an answered call of nobody in particular that was over the moment it was logged (`/ticket quick`)."""
    over_at_once = any(isinstance(one.fact, f.Closed) and one.at == log[0].at for one in log)
    return over_at_once and ticket.on_the_spot and ticket.intake.anonymous


def _elements(ticket: Ticket) -> Iterable[str]:
    intake = ticket.intake
    said = {
        "when": bool(intake.when),
        "where": bool(intake.where),
        "event": graphemes(intake.description) >= SHORTEST,
        "demand": bool(intake.expectation),
    }
    return (name for name, is_there in said.items() if is_there)


def _written_by(agent: PersonId, log: Sequence[Event]) -> Iterable[Text]:
    for event in log:
        if event.by != agent:
            continue
        match event.fact:
            case f.Noted(text=text):
                yield text
            case f.Resolved(result=result):
                yield result
            case _:
                continue


def _bins(delays: Iterable[timedelta]) -> Iterable[Bin]:
    for delay in delays:
        seconds = max(0, int(delay.total_seconds()))
        yield Bin(minutes=(seconds + 30) // 60, count=1, seconds=seconds)
