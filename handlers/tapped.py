"""Buttons that act at once, without a form: what they do is kept before the tap is acknowledged; answers come after."""

from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.answers import sentence, whisper
from handlers.lazy import later
from handlers.payloads import Json, value_of
from handlers.refreshing import refresh
from handlers.views.screen import Screen
from tickets.desk.context import Desk
from tickets.message import PersonId
from tickets.tongue import Tongue

Press = Callable[..., BoltResponse]
"""A listener, its parameters filled in by their names."""

Step = Callable[..., object]
"""A use case: `step(desk, which, by=…, receipt=…)`."""


@dataclass(frozen=True, slots=True)
class Tap:
    """One press: what the button is about, whose it is, and how it is answered."""

    value: str
    desk: Desk
    person: PersonId
    receipt: str
    tongue: Tongue
    request: BoltRequest

    def then(self, work: Callable[..., None]) -> None:
        """Do this once it is acknowledged."""
        later(self.request, work)

    def say(self, text: str) -> None:
        """Say privately what followed."""
        self.show(sentence(text))

    def show(self, screen: Screen) -> None:
        """Show privately what followed."""
        self.then(lambda: whisper(self.request, screen))

    def refresh(self) -> None:
        """Draw anew what the button stands on."""
        self.then(refresh)


def at_once(act: Callable[[Tap], None]) -> Press:
    """Make the listener of a button out of what its tap does."""

    def press(
        ack: Ack,
        action: Json,
        desk: Desk,
        person: PersonId,
        receipt: str,
        tongue: Tongue,
        request: BoltRequest,
    ) -> BoltResponse:
        act(Tap(value_of(action), desk, person, receipt, tongue, request))
        return ack()

    press.__name__ = act.__name__
    press.__doc__ = act.__doc__
    return press


def tapped(step: Step, said: str = "", *, read: Callable[[str], object] = str) -> Press:
    """Make the listener of a button that takes something further; `read` tells by its value what it is about.

    Nothing is `said` where the courier brings up to date what the button stands under.
    """

    def act(tap: Tap) -> None:
        step(tap.desk, read(tap.value), by=tap.person, receipt=tap.receipt)
        if said:
            tap.say(tap.tongue(said))

    act.__doc__ = step.__doc__
    return at_once(act)
