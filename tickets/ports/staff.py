"""Who is who in Slack, who is away, and what was kept for whom."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from tickets.case.values import PersonId
from tickets.people.absence import Absence
from tickets.ports.kept import Channel, Draft, Member


class Directory(Protocol):
    """Slack's people and channels as last heard; no network."""

    def person(self, person: PersonId) -> Member | None:
        """Give what is known of a member."""
        ...

    def gone(self, people: Collection[PersonId]) -> frozenset[PersonId]:
        """Tell which of these people have left the workspace."""
        ...

    def called(self, typed: str, among: Collection[PersonId]) -> Mapping[PersonId, str]:
        """Find who of these is called so, with their names: by the whole name, else by a word of it, else by
        a piece (what is no Chinese begins a word). Scripts, case and width count as alike.
        """
        ...

    def channel(self, reference: str) -> Channel | None:
        """Find a channel by `#name` or id."""
        ...

    def keep_person(self, member: Member) -> None:
        """Note a member as Slack describes them now."""
        ...

    def keep_channel(self, channel: Channel) -> None:
        """Note a channel and its members as Slack describes them now."""
        ...

    def joined(self, channel_id: str, person: PersonId) -> None:
        """Note that somebody joined."""
        ...

    def left(self, channel_id: str, person: PersonId) -> None:
        """Note that somebody left."""
        ...


class Absences(Protocol):
    """Who is away (离岗) and whose turn it is."""

    def away(self, at: datetime) -> frozenset[PersonId]:
        """List who is away at a moment: gone from their desk, or as it was planned."""
        ...

    def leave(self, person: PersonId, *, at: datetime) -> None:
        """Note that somebody left their desk."""
        ...

    def plan(self, absence: Absence) -> None:
        """Note a time that somebody will be away; one that begins at the same moment is replaced."""
        ...

    def coming(self, person: PersonId, at: datetime) -> tuple[Absence, ...]:
        """List a person's planned absences that are not over, the first first."""
        ...

    def come_back(self, person: PersonId, at: datetime) -> datetime | None:
        """Note that somebody is back, a planned time is cut short; tell since when they were away."""
        ...

    def turns(self) -> Mapping[str, PersonId]:
        """Tell who was last in each department's round robin."""
        ...

    def turned(self, department: str, person: PersonId) -> None:
        """Note whose turn it was."""
        ...


class Drafts(Protocol):
    """Text kept for a person because a form could not open; sealed."""

    def keep(self, draft: Draft) -> None:
        """Keep a draft."""
        ...

    def take(self, draft_id: str, person: PersonId) -> Draft | None:
        """Give a draft to its author; None for anybody else."""
        ...

    def drop(self, draft_id: str) -> None:
        """Forget a draft once it became a ticket."""
        ...

    def purge(self, before: datetime) -> int:
        """Forget drafts kept before then; tell how many."""
        ...
