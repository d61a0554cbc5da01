"""The people a desk file names: member ids, user groups and e-mail addresses become members."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.desk_config.problems import Finding, Path
from bot.desk_config.references import GROUP, MAIL
from bot.desk_config.schema import DeskSchema
from bot.desk_config.schema_people import ROLES
from tickets.handbook import Assign, AssignWay
from tickets.message import PersonId


class Lookup(Protocol):
    """Whoever can say which member an address or a group stands for (Slack, or a sandbox)."""

    def by_email(self, address: str) -> str | None:
        """Give the member id behind an e-mail address, None if there is none."""

    def group(self, group_id: str) -> tuple[str, ...] | None:
        """Give the member ids of a user group, None if there is no such group."""


@dataclass(frozen=True, slots=True)
class Members:
    """References and the members they stand for; what nobody could resolve stands for itself."""

    known: Mapping[str, tuple[PersonId, ...]]

    def one(self, ref: str) -> PersonId:
        """Give the member a reference to one person stands for."""
        return self.known.get(ref, (PersonId(ref),))[0]

    def many(self, refs: Iterable[str]) -> tuple[PersonId, ...]:
        """Give the members of a list, groups spread out, each once, in order."""
        spread = (member for ref in refs for member in self.known.get(ref, (PersonId(ref),)))
        return tuple(dict.fromkeys(spread))

    def assign(self, assign: Assign) -> Assign:
        """Give a way of picking with its person resolved."""
        return assign if assign.person is None else Assign(assign.way, self.one(assign.person))


def resolve(desk: DeskSchema, lookup: Lookup | None) -> tuple[Members, list[Finding]]:
    """Look up every address and group once; findings name those that stand for nobody.

    Without a lookup they stay as written and each is a finding too.
    """
    references = [(path, ref) for path, ref in references_in(desk) if _needs_lookup(ref)]
    if lookup is None:
        return Members({}), [
            Finding(path, f"'{ref}' was not looked up") for path, ref in references
        ]
    answers = {ref: _ask(lookup, ref) for ref in dict.fromkeys(ref for _, ref in references)}
    findings = [Finding(path, _nobody(ref)) for path, ref in references if not answers[ref]]
    return Members({ref: found for ref, found in answers.items() if found}), findings


def _needs_lookup(ref: str) -> bool:
    return bool(MAIL.fullmatch(ref) or GROUP.fullmatch(ref))


def _ask(lookup: Lookup, ref: str) -> tuple[PersonId, ...]:
    if GROUP.fullmatch(ref):
        return tuple(PersonId(member) for member in lookup.group(ref) or ())
    member = lookup.by_email(ref)
    return () if member is None else (PersonId(member),)


def _nobody(ref: str) -> str:
    if GROUP.fullmatch(ref):
        return f"expected a user group with members; '{ref}' is unknown or empty"
    return f"expected the e-mail address of a member; nobody has '{ref}'"


def references_in(desk: DeskSchema) -> Iterator[tuple[Path, str]]:
    """Give every reference to a person or group and its path."""
    for role in ROLES:
        yield from _listed(("people", role), desk.people.refs(role))
    for person, deputy in desk.people.deputies.items():
        yield from ((("people", "deputies", person), ref) for ref in (person, deputy))
    for person in desk.people.staff_no:
        yield ("people", "staff_no", person), person
    for person in desk.people.model_extra or {}:
        yield ("people", person), person
    yield from _department_references(desk)
    yield from _rule_references(desk)
    if desk.retrospectives.chair:
        yield ("retrospectives", "chair"), desk.retrospectives.chair


def _department_references(desk: DeskSchema) -> Iterator[tuple[Path, str]]:
    for key, department in desk.departments.items():
        yield ("departments", key, "lead"), department.lead
        yield from _listed(("departments", key, "members"), department.members)
        yield from _assigned(("departments", key, "assign"), department.assign)
    for key, shifts in desk.rosters.items():
        for place, shift in enumerate(shifts):
            yield from _listed(("rosters", key, place, "people"), shift.people)


def _rule_references(desk: DeskSchema) -> Iterator[tuple[Path, str]]:
    for place, rule in enumerate(desk.routing):
        yield from _assigned(("routing", place, "assign"), rule.assign)
        yield from _listed(("routing", place, "tell"), rule.tell)
    for place, row in enumerate(desk.deadlines):
        for step, rung in enumerate(row.escalate or ()):
            yield from _listed(("deadlines", place, "escalate", step, "tell"), rung.tell)


def _listed(path: Path, refs: Iterable[str]) -> Iterator[tuple[Path, str]]:
    return (((*path, place), ref) for place, ref in enumerate(refs))


def _assigned(path: Path, assign: Assign | None) -> Iterator[tuple[Path, str]]:
    if assign is not None and assign.way is AssignWay.PERSON and assign.person is not None:
        yield path, assign.person
