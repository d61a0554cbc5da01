"""Slack's people and channels as last heard, so that nobody waits for the network (DESIGN.md)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, false, or_, select

from storage.tables import channel_members, channels, members
from storage.upsert import upsert
from storage.words import Fold, folded, is_han
from tickets.case.values import PersonId
from tickets.ports import Channel, Member

_PERSON = select(members).where(members.c.id == bindparam("of_id"))
_GONE = select(members.c.id).where(
    members.c.is_active == false(), members.c.id.in_(bindparam("of_ids", expanding=True))
)
_NAMES = select(members.c.id, members.c.name).where(
    members.c.id.in_(bindparam("of_ids", expanding=True))
)
_CHANNEL = (
    select(channels)
    .where(or_(channels.c.id == bindparam("of_id"), channels.c.name == bindparam("of_name")))
    # A name may live on in an archived channel.
    .order_by(channels.c.is_archived, channels.c.id)
    .limit(1)
)
_MEMBERS = select(channel_members.c.person).where(
    channel_members.c.channel_id == bindparam("of_id")
)
_EMPTY = delete(channel_members).where(channel_members.c.channel_id == bindparam("of_id"))
_LEFT = _EMPTY.where(channel_members.c.person == bindparam("of_person"))


@dataclass(frozen=True, slots=True)
class SqlDirectory:
    """Satisfies tickets.ports.Directory."""

    connection: Connection
    fold_text: Fold

    def person(self, person: PersonId) -> Member | None:
        """Give what is known of a member."""
        row = self.connection.execute(_PERSON, {"of_id": person}).first()
        return Member(**row._mapping) if row else None

    def gone(self, people: Collection[PersonId]) -> frozenset[PersonId]:
        """Tell which of these people have left the workspace; who is not known has not."""
        left = self.connection.execute(_GONE, {"of_ids": list(people)}).scalars()
        return frozenset(PersonId(person) for person in left)

    def called(self, typed: str, among: Collection[PersonId]) -> Mapping[PersonId, str]:
        """Find who of these is called so (tickets.ports.Directory says how)."""
        said = self._alike(typed)
        rows = self.connection.execute(_NAMES, {"of_ids": list(among)}) if said.strip() else ()
        names = {PersonId(row.id): row.name for row in rows}
        for fits in _ways(said):
            found = {one: name for one, name in names.items() if fits(self._alike(name))}
            if found:
                return found
        return {}

    def _alike(self, name: str) -> str:
        """Make names alike that differ in width, case, script or blanks; a blank at either end."""
        return f" {' '.join(folded(name, self.fold_text).split())} "

    def channel(self, reference: str) -> Channel | None:
        """Find a channel by `#name` or id."""
        wanted = {"of_id": reference, "of_name": reference.removeprefix("#")}
        row = self.connection.execute(_CHANNEL, wanted).first()
        if row is None:
            return None
        people = self.connection.execute(_MEMBERS, {"of_id": row.id}).scalars()
        return Channel(
            id=row.id,
            name=row.name,
            is_archived=row.is_archived,
            has_bot=row.has_bot,
            members=frozenset(PersonId(person) for person in people),
        )

    def keep_person(self, member: Member) -> None:
        """Note a member as Slack describes them now."""
        row = {
            "id": member.id,
            "name": member.name,
            "language": member.language,
            "timezone": member.timezone,
            "is_active": member.is_active,
            "is_guest": member.is_guest,
            "is_bot": member.is_bot,
        }
        upsert(self.connection, members, [row])

    def keep_channel(self, channel: Channel) -> None:
        """Note a channel and its members as Slack describes them now."""
        row = {
            "id": channel.id,
            "name": channel.name,
            "is_archived": channel.is_archived,
            "has_bot": channel.has_bot,
        }
        upsert(self.connection, channels, [row])
        self.connection.execute(_EMPTY, {"of_id": channel.id})
        rows = [{"channel_id": channel.id, "person": person} for person in sorted(channel.members)]
        upsert(self.connection, channel_members, rows)

    def joined(self, channel_id: str, person: PersonId) -> None:
        """Note that somebody joined."""
        upsert(self.connection, channel_members, [{"channel_id": channel_id, "person": person}])

    def left(self, channel_id: str, person: PersonId) -> None:
        """Note that somebody left."""
        self.connection.execute(_LEFT, {"of_id": channel_id, "of_person": person})


def _ways(said: str) -> tuple[Callable[[str], bool], ...]:
    """Say how a name may fit, the surest way first: whole, by a word of it, by a piece."""
    piece = said.strip() if is_han(said.strip()) else said.rstrip()
    return said.__eq__, lambda name: said in name, lambda name: piece in name
