"""What Slack would say to a screen: refused, crashed, alive, or shown as typed and nothing more."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from slack_sdk.models.views import View

from handlers.views.screen import Screen
from sandbox.limits.messages import checked_blocks
from sandbox.limits.views import checked_view
from sandbox.mrkdwn import live_in_blocks, live_in_message
from sandbox.wire import Json, RefusalError
from tests.handlers.views.slack_rules import check_screen, check_view
from tests.proofs.hostile.outlets import OUTLETS, Shown

_Tokens = Counter[tuple[str, str]]


@dataclass(slots=True)
class Tally:
    """How many screens were made of hostile texts, and what went wrong with which."""

    screens: int = 0
    crashed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    alive: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing lived, broke or was refused."""
        return self.screens > 0 and not (self.crashed or self.refused or self.alive)

    def __str__(self) -> str:
        """Print the figures in a line."""
        return (
            f"{self.screens} screens: {len(self.alive)} live mentions or links,"
            f" {len(self.crashed)} crashes, {len(self.refused)} refusals by Slack's limits"
        )


def shown_on(texts: Iterable[str], *, outlets_each: int) -> Tally:
    """Put each text on some of the screens, one after another, so that all of them get their share."""
    tally, names, turn = Tally(), list(OUTLETS), 0
    still = {name: _alive(OUTLETS[name]("x")) for name in names}
    for text in texts:
        for _ in range(outlets_each):
            name = names[turn % len(names)]
            turn += 1
            _judge(name, text, still[name], tally)
    return tally


def _judge(name: str, text: str, still: _Tokens, tally: Tally) -> None:
    tally.screens += 1
    about = f"{name}: {text[:60]!r}"
    try:
        screen = OUTLETS[name](text)
        _check(screen)
    except (RefusalError, AssertionError) as refusal:
        tally.refused.append(f"{about} {refusal}")
    except Exception as trouble:  # noqa: BLE001  whatever it is, it is a crash
        tally.crashed.append(f"{about} {trouble!r}")
    else:
        if _alive(screen) - still:
            tally.alive.append(f"{about} {_alive(screen) - still}")


def _check(screen: Shown) -> None:
    """Hold it against Slack's own models, our limits and the sandbox's strict validator."""
    if isinstance(screen, View):
        made: Json = check_view(screen)
        checked_view(made, made["type"])
    else:
        checked_blocks(check_screen(screen))


def as_json(screen: Shown) -> list[Json]:
    """Give what goes over the wire."""
    if isinstance(screen, View):
        return [screen.to_dict()]
    return [block.to_dict() for block in screen.blocks]


def _alive(screen: Shown) -> _Tokens:
    """Count what mentions, links or dates; whatever the words, it must be what the desk itself put there."""
    if isinstance(screen, Screen):
        blocks = [block.to_dict() for block in screen.blocks]
        found = live_in_message({"text": screen.text, "blocks": blocks})
    else:
        found = live_in_blocks(screen.to_dict())
    return Counter((token.kind, token.target) for token in found)
