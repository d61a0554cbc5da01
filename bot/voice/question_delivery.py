"""What was asked, once it is settled: a question's message (R44, R25), or a decision's, is drawn anew where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.voice.parents import parent_of
from bot.voice.places import Destination
from bot.voice.render import Renderer, decided
from bot.voice.render_between import drawn_anew
from bot.voice.scene import SceneReader
from bot.voice.wire import Wire
from tickets.delivery import Absent, Claim, Finding, Never, Outcome, Pointless
from tickets.desk.context import Desk
from tickets.message import PersonId
from tickets.notices import NoticeKind, Urgency
from tickets.ports import Posting

_DRAWN: Mapping[NoticeKind, Renderer] = MappingProxyType(
    {NoticeKind.QUESTION_REDRAWN: drawn_anew, NoticeKind.DECISION_REDRAWN: decided}
)
OF_QUESTIONS = frozenset(_DRAWN)
"""What is not posted as a message of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDelivery:
    """Brings the message of a question up to date; no transaction is open while talking to Slack."""

    desk: Desk
    wire: Wire
    scenes: SceneReader

    def deliver(self, claim: Claim) -> Outcome:
        """Draw the message anew where it stands."""
        notice = claim.notice
        with self.desk.records.read() as unit:
            stands = parent_of(unit, notice)
            if not isinstance(stands, Posting):
                return stands
            person = notice.params.get("person")
            there = Destination(
                channel_id=stands.channel_id, person=PersonId(str(person)) if person else None
            )
            screen = _DRAWN[notice.kind](self.scenes.of(unit, notice, there, link=None))
        if isinstance(screen, Pointless):
            return screen
        outcome = self.wire.update(
            stands.channel_id, stands.message_ts, screen, urgency=Urgency.CARD
        )
        # Somebody took the message away: there is nothing left to bring up to date.
        return Pointless(outcome.why) if isinstance(outcome, Never) else outcome

    def find(self, _claim: Claim) -> Finding:
        """Say that it may be drawn again: that does no harm."""
        return Absent()
