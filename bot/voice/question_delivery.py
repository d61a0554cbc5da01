"""A question's message once it is settled, or its channel may not read it any more: drawn anew (R44, R25)."""

from dataclasses import dataclass

from bot.voice.parents import parent_of
from bot.voice.places import Destination
from bot.voice.render_between import drawn_anew
from bot.voice.scene import SceneReader
from bot.voice.wire import Wire
from tickets.delivery import Absent, Claim, Finding, Never, Outcome, Pointless
from tickets.desk.context import Desk
from tickets.message import PersonId
from tickets.notices import NoticeKind, Urgency
from tickets.ports import Posting

OF_QUESTIONS = frozenset({NoticeKind.QUESTION_REDRAWN})
"""What is not posted as a message of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDelivery:
    """Brings a question's message up to date; no transaction is open while talking to Slack."""

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
            screen = drawn_anew(self.scenes.of(unit, notice, there, link=None))
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
