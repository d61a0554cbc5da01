"""One voice for every place: Slack's, and the one beyond it."""

from dataclasses import dataclass

from bot.voice.outside.sender import OutsideVoice
from tickets.delivery import Claim, Finding, Outcome, Voice
from tickets.ports import Card


@dataclass(frozen=True, slots=True)
class Voices:
    """Satisfies tickets.delivery.Voice; each notice is for the voice that speaks to its place."""

    slack: Voice
    outside: OutsideVoice

    def deliver(self, claim: Claim) -> Outcome:
        """Say a notice where it belongs."""
        if claim.notice.place.is_outside:
            return self.outside.deliver(claim)
        return self.slack.deliver(claim)

    def find(self, claim: Claim) -> Finding:
        """Look where a notice was said."""
        if claim.notice.place.is_outside:
            return self.outside.find(claim)
        return self.slack.find(claim)

    def answers(self) -> bool:
        """Tell whether Slack answers; others are left alone one by one (breaker.py)."""
        return self.slack.answers()

    def show(self, card: Card) -> tuple[Outcome, int]:
        """Bring a card up to date; there are none outside Slack."""
        return self.slack.show(card)
