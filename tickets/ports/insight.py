"""What figures and work lists are made of: cases as they stood, and cases whose end is near."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

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


class Insight(Protocol):
    """Looks at many cases at once; nothing here folds a log or, but for reasons of lateness, opens words."""

    def taken_down(self, start: datetime, end: datetime, *, as_of: datetime) -> Sequence[Case]:
        """Give the cases logged from `start` to before `end`, as they stood at `as_of`."""
        ...

    def missed(self, start: datetime, end: datetime) -> Sequence[Number]:
        """Name the cases a deadline of which passed unmet from `start` to before `end`."""
        ...

    def lateness(self, numbers: Sequence[Number], *, as_of: datetime) -> Sequence[Lateness]:
        """Give the last reason said by `as_of` of each of these cases that has one."""
        ...

    def standing(self, numbers: Sequence[Number]) -> Mapping[Number, Ending]:
        """Give how each of these cases stands now, whatever became of it."""
        ...

    def versions(self, numbers: Sequence[Number]) -> Mapping[Number, int]:
        """Tell at which version each of these cases is: whether anything happened to it at all."""
        ...

    def unfinished(self) -> Sequence[Ending]:
        """Give every case that is resolved or watched, oldest first."""
        ...

    def repeats(self, start: datetime, end: datetime) -> Sequence[Repeat]:
        """Give the calls from `start` to before `end` on which an answer was told again (R79)."""
        ...

    def complaints(self, start: datetime, end: datetime) -> Sequence[Complaint]:
        """Give the complaints logged from `start` to before `end`, with what they are about (R29)."""
        ...

    def counts(self, start: datetime, end: datetime) -> Mapping[str, int]:
        """Count the cases logged from `start` to before `end` by category; no invalid or merged ones."""
        ...

    def advice(self, start: datetime, end: datetime, *, as_of: datetime) -> Sequence[Advice]:
        """List what customers of the cases logged in a time advised by `as_of`, the newest first."""
        ...

    def answers(self, start: datetime, end: datetime) -> Iterator[Answer]:
        """Give what was answered about the cases logged in a time, of every round, the newest case first."""
        ...

    def logged_by(
        self, start: datetime, end: datetime, *, most: int, agent: PersonId | None = None
    ) -> tuple[Mapping[PersonId, int], Sequence[Number]]:
        """Count what each agent (or one) logged in a time, and name the newest of each, so many at most."""
        ...

    def parents(self, start: datetime, end: datetime) -> Sequence[NewProblem]:
        """List the parent cases opened from `start` to before `end`."""
        ...

    def promises_owed(self, person: PersonId) -> Sequence[OwedPromise]:
        """Give the promises on the open cases a person took or solves, the earliest due first."""
        ...

    def waiting_for_word(self) -> Sequence[Waiting]:
        """Give the cases under work that somebody else took, with when their customers heard last (R42)."""
        ...

    def supervisor_calls(self) -> Sequence[OwedCall]:
        """Give the calls that supervisors owe after a low score, the earliest due first."""
        ...

    def over(self, *, at_most: int) -> tuple[Sequence[Ending], int]:
        """Give the oldest cases that are closed or invalid and not archived, and how many there are."""
        ...
