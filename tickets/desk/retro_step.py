"""The one way a retrospective changes: right, step, next look, notices, audit and receipt in one transaction."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from tickets.case.values import Number, PersonId, Text
from tickets.desk.asking import asked
from tickets.desk.change import present_actor
from tickets.desk.context import Desk
from tickets.desk.surely import surely
from tickets.handbook import Handbook
from tickets.meetings.improvement import Improvement
from tickets.message import Message, say
from tickets.notices import Notice, Place, to_person, under
from tickets.people import roles
from tickets.people.privacy import redact
from tickets.people.roles import Action, Actor
from tickets.ports import AuditEntry, Receipt, Unit
from tickets.retrospectives import rights
from tickets.retrospectives.chasing import next_look_at
from tickets.retrospectives.posts import head_key, redrawn
from tickets.retrospectives.retrospective import OPEN, Retrospective, Standing
from tickets.time.calendar import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What a step looks at; all of one transaction."""

    desk: Desk
    unit: Unit
    who: Actor
    handbook: Handbook
    calendar: Calendar
    now: datetime

    def clean(self, text: Text | None, number: Number | None) -> Text:
        """Take personal data out of words, of a case its customer's name too."""
        names: tuple[str, ...] = ()
        if number:
            customer = self.unit.customers.get(self.unit.tickets.get(number).customer_id)
            names = (customer.name,) if customer.name else ()
        return Text(redact(text or "", names=names, phones=self.desk.phones.spans).strip())

    def plan(self, *notices: Notice) -> None:
        """Have something said."""
        self.unit.notices.plan(notices)


Step = Callable[[Turn, Retrospective], Retrospective]


@contextmanager
def turn_of(desk: Desk, by: PersonId, action: Action) -> Iterator[Turn]:
    """Open a writing transaction for somebody; a refusal in it is put on the audit log."""
    with asked(desk, by, action), desk.records.write() as unit:
        yield Turn(
            desk=desk,
            unit=unit,
            who=present_actor(unit, by, desk.handbook()),
            handbook=desk.handbook(),
            calendar=desk.calendar(),
            now=desk.clock.now(),
        )


def take(
    desk: Desk, retro_id: str, step: Step, *, by: PersonId, action: Action, receipt: str
) -> Retrospective:
    """Take a retrospective one step further, once per receipt. Raises Refused, IllegalMove, Incomplete."""

    def once() -> tuple[Retrospective, bool]:
        with turn_of(desk, by, action) as turn:
            retro = turn.unit.retrospectives.hold(retro_id)
            require_for(turn.unit, turn.who, rights.needed_for(action, turn.handbook), retro)
            if turn.unit.receipts.find(receipt):
                return retro, False
            after = step(turn, retro)
            if after is not retro:
                after = kept(turn, after)
            finish(turn, after, action, receipt, is_done=after is not retro)
            return after, after is not retro

    after, changed = surely(once)
    if changed:
        desk.wake()
    return after


def kept(turn: Turn, retro: Retrospective) -> Retrospective:
    """Save a change with its next look, and have the head drawn anew where there is one."""
    after = replace(retro, changes=retro.changes + 1, look_at=next_look_at(retro, turn.calendar))
    turn.unit.retrospectives.save(after)
    if after.standing in OPEN or after.standing is Standing.APPROVED or after.held_at:
        turn.plan(redrawn(after, at=turn.now))
    return after


def finish(
    turn: Turn, retro: Retrospective, action: Action, receipt: str, *, is_done: bool
) -> None:
    """Keep the receipt and put the deed on the audit log: ids and codes alone."""
    turn.unit.receipts.keep(Receipt(key=receipt, kind=action), at=turn.now)
    turn.unit.audit.write(
        AuditEntry(
            at=turn.now,
            by=turn.who.id,
            action=action,
            number=retro.number,
            outcome="done" if is_done else "noop",
            detail={"retrospective": retro.id, "standing": retro.standing},
        )
    )


def require_for(unit: Unit, who: Actor, action: Action, retro: Retrospective) -> None:
    """Raise Refused of who may not, and of whom the case's complaint is about, whatever their role (R25)."""
    _require_unconcerned(unit, who, retro)
    rights.require(who, action, retro)


def require_owner_for(unit: Unit, who: Actor, item: Improvement, retro: Retrospective) -> None:
    """Raise Refused of who neither owns it nor looks after all, and of whom the complaint is about (R25)."""
    _require_unconcerned(unit, who, retro)
    rights.require_owner(who, item)


def _require_unconcerned(unit: Unit, who: Actor, retro: Retrospective) -> None:
    if retro.number in unit.retrospectives.complained_of(who.id) and retro.number:
        roles.require(who, Action.SEE, unit.tickets.get(retro.number))


def unfit(turn: Turn, retro: Retrospective, people: Sequence[PersonId | None]) -> Message | None:
    """Say why one of these cannot take part or own anything; None: all of them can."""
    some = {one for one in people if one}
    if retro.number and some & turn.unit.tickets.get(retro.number).complaint.about:
        return say("retro.complained_about")
    if any(present_actor(turn.unit, one, turn.handbook).is_stranger for one in some):
        return say("retro.not_of_the_desk")
    return None


def channel_of(handbook: Handbook) -> str:
    """Give the channel retrospectives are run in; without one of their own, the supervisors'."""
    return handbook.retrospectives.channel or handbook.channel


def place_of_papers(turn: Turn, retro: Retrospective) -> Place:
    """Under the head; what is about a high risk goes to the chair alone (R30)."""
    if retro.number and retro.chair and turn.unit.tickets.get(retro.number).is_restricted:
        return to_person(retro.chair)
    return under(head_key(retro))


def others(people: Sequence[PersonId | None], but: PersonId) -> tuple[PersonId, ...]:
    """Leave out who did it: they know."""
    return tuple(one for one in people if one and one != but)
