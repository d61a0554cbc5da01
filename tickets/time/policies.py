"""Which target holds for a case: policies matched top to bottom, each key on its own (DESK.md 3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tickets.case.conditions import CaseFacts, fits
from tickets.handbook import Duration, EscalationStep, PolicyRow
from tickets.time.deadline import DeadlineKind

WARN_BEFORE = Duration(2, "h")  # R49, S0 超时前2小时
SUPERVISOR_CALLS_WITHIN = Duration(24, "h")  # R62


class Start(StrEnum):
    """What a clock may start from."""

    LOGGED = "logged"
    ASSIGNED = "assigned"
    RESOLVED = "resolved"
    TOLD = "told"
    CONFIRMED = "confirmed"


STARTS: Mapping[DeadlineKind, tuple[Start, ...]] = {  # the first of them that has come
    DeadlineKind.ACCEPT: (Start.ASSIGNED,),
    DeadlineKind.RESPONSE: (Start.LOGGED,),
    DeadlineKind.WORKAROUND: (Start.LOGGED,),
    DeadlineKind.PLAN: (Start.ASSIGNED,),
    DeadlineKind.RESOLUTION: (Start.LOGGED,),
    DeadlineKind.CUSTOMER_FEEDBACK: (Start.RESOLVED,),
    DeadlineKind.CALLBACK: (Start.TOLD, Start.RESOLVED),
}


@dataclass(frozen=True, slots=True)
class Target:
    """How long a case may take in one respect, from when, and which row of the policy says so."""

    within: Duration
    starts: tuple[Start, ...] = ()
    policy: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """Everything the policies say about one case."""

    by_kind: Mapping[DeadlineKind, Target]
    internal: Mapping[str, Target]  # the department asked → its answer
    warn_before: Duration = WARN_BEFORE
    escalate: tuple[EscalationStep, ...] = ()


NO_TARGETS = Targets(by_kind={}, internal={})


def targets_for(policies: Sequence[PolicyRow], case: CaseFacts) -> Targets:
    """Resolve every key for a case: the first fitting row that names it gives it."""
    rows = [row for row in policies if fits(row.when, case)]
    ends = next((row.ends for row in rows if row.ends), "close")
    by_kind = {DeadlineKind.SUPERVISOR_CALLBACK: Target(SUPERVISOR_CALLS_WITHIN)}
    by_kind |= {kind: target for row in reversed(rows) for kind, target in _named(row, ends)}
    return Targets(
        by_kind=by_kind,
        internal={
            department: Target(_ending(within, ends), policy=row.place)
            for row in reversed(rows)
            for department, within in row.internal.items()
        },
        warn_before=next((row.warn_before for row in rows if row.warn_before), WARN_BEFORE),
        escalate=next((row.escalate for row in rows if row.escalate is not None), ()),
    )


def _named(row: PolicyRow, ends: str) -> Iterable[tuple[DeadlineKind, Target]]:
    for key, within in row.targets.items():
        kind = DeadlineKind(key)
        said = row.starts.get(key)
        starts = (Start(said),) if said else STARTS.get(kind, ())
        yield kind, Target(_ending(within, ends), starts, row.place)


def _ending(within: Duration, ends: str) -> Duration:
    return within if within.unit != "wd" or within.ends else replace(within, ends=ends)
