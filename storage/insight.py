"""Figures and work lists, asked of the rows of many cases at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from storage.answers import answers_of
from storage.calls_owed import supervisor_calls
from storage.cohort import cases_of, missed_in, reasons_of
from storage.complaints import complaints_of
from storage.endings import over, standing, unfinished, versions
from storage.findings import advice_of, counts_of, parents_of
from storage.logged_by import newest_of_each
from storage.promises_owed import promises_owed
from storage.repeats import repeats_of
from storage.vault import Vault
from storage.waiting_for_word import waiting_for_word
from tickets.case.values import Number, PersonId
from tickets.insight.calls import OwedCall
from tickets.insight.cohort import Case, Lateness
from tickets.insight.ending import Ending
from tickets.insight.findings import Advice, NewProblem
from tickets.insight.frequency import Complaint
from tickets.insight.promises import OwedPromise
from tickets.insight.questionnaire import Answer
from tickets.insight.repeats import Repeat
from tickets.insight.silence import Waiting


@dataclass(frozen=True, slots=True)
class SqlInsight:
    """Satisfies tickets.ports.insight.Insight."""

    connection: Connection
    vault: Vault

    def taken_down(self, start: datetime, end: datetime, *, as_of: datetime) -> Sequence[Case]:
        """Give the cases logged from `start` to before `end`, as they stood at `as_of`.

        What happened is exact to the moment; due moments, department and category are today's.
        """
        return cases_of(self.connection, start, end, as_of=as_of)

    def missed(self, start: datetime, end: datetime) -> Sequence[Number]:
        """Name the cases a deadline of which passed unmet from `start` to before `end`."""
        return missed_in(self.connection, start, end)

    def lateness(self, numbers: Sequence[Number], *, as_of: datetime) -> Sequence[Lateness]:
        """Give the last reason said by `as_of` of each of these cases that has one."""
        return reasons_of(self.connection, self.vault, numbers, as_of=as_of)

    def standing(self, numbers: Sequence[Number]) -> Mapping[Number, Ending]:
        """Give how each of these cases stands now, whatever became of it."""
        return standing(self.connection, numbers)

    def versions(self, numbers: Sequence[Number]) -> Mapping[Number, int]:
        """Tell at which version each of these cases is: whether anything happened to it at all."""
        return versions(self.connection, numbers)

    def unfinished(self) -> Sequence[Ending]:
        """Give every case that is resolved or watched, oldest first."""
        return unfinished(self.connection)

    def repeats(self, start: datetime, end: datetime) -> Sequence[Repeat]:
        """Give the calls from `start` to before `end` on which an answer was told again (R79)."""
        return repeats_of(self.connection, start, end)

    def complaints(self, start: datetime, end: datetime) -> Sequence[Complaint]:
        """Give the complaints logged from `start` to before `end`, with what they are about (R29)."""
        return complaints_of(self.connection, self.vault, start, end)

    def counts(self, start: datetime, end: datetime) -> Mapping[str, int]:
        """Count the cases logged from `start` to before `end` by category; no invalid or merged ones."""
        return counts_of(self.connection, start, end)

    def advice(self, start: datetime, end: datetime, *, as_of: datetime) -> Sequence[Advice]:
        """List what customers of the cases logged in a time advised by `as_of`, the newest first."""
        return advice_of(self.connection, self.vault, start, end, as_of=as_of)

    def answers(self, start: datetime, end: datetime) -> Iterator[Answer]:
        """Give what was answered about the cases logged in a time, of every round, the newest case first."""
        return answers_of(self.connection, start, end)

    def logged_by(
        self, start: datetime, end: datetime, *, most: int, agent: PersonId | None = None
    ) -> tuple[Mapping[PersonId, int], Sequence[Number]]:
        """Count what each agent (or one) logged in a time, and name the newest of each, so many at most."""
        return newest_of_each(self.connection, start, end, most=most, agent=agent)

    def parents(self, start: datetime, end: datetime) -> Sequence[NewProblem]:
        """List the parent cases opened from `start` to before `end`."""
        return parents_of(self.connection, start, end)

    def promises_owed(self, person: PersonId) -> Sequence[OwedPromise]:
        """Give the promises on the open cases a person took or solves, the earliest due first."""
        return list(promises_owed(self.connection, person))

    def waiting_for_word(self) -> Sequence[Waiting]:
        """Give the cases under work that somebody else took, with when their customers heard last (R42)."""
        return list(waiting_for_word(self.connection))

    def supervisor_calls(self) -> Sequence[OwedCall]:
        """Give the calls that supervisors owe after a low score, the earliest due first."""
        return list(supervisor_calls(self.connection))

    def over(self, *, at_most: int) -> tuple[Sequence[Ending], int]:
        """Give the oldest cases that are closed or invalid and not archived, and how many there are."""
        return over(self.connection, at_most=at_most)
