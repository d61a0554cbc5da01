"""The tour: plays the sources' worked cases in the sandbox and says what happens; it leaves the desk open."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from math import ceil
from zoneinfo import ZoneInfo

import httpx
import structlog
from opencc import OpenCC

from bot.running import Running
from bot.speech import desk_words, speech
from bot.trial.cases import Case, Said, load_cases
from bot.trial.play import Stage
from bot.trial.player import LOOK_EVERY_S, PATIENCE_S, NothingSeen, NotTaken, Player
from bot.trial.process import SandboxProcess
from bot.trial.varied import varied
from bot.trial.walks import load_walk
from tickets.case.values import Number
from tickets.desk.context import Desk
from tickets.desk.log_case import log_case
from tickets.tongue import Tongue

log = structlog.get_logger(__name__)

Announce = Callable[[str], None]
Opened = Callable[[Running, SandboxProcess], None]

POSTED_WITHIN_S = 1.2  # a ticket, measured: one message a second a channel (SLACK.md 2.3)
PATIENCE_A_TICKET_S = 3.0  # more than twice that


def guide(*, tour: bool, many: int, announce: Announce, of: str | None = None) -> Opened:
    """Make what to do once the desk is open: log varied tickets, play the cases (of a ready desk: its walk)."""

    def opened(running: Running, sandbox: SandboxProcess) -> None:
        desk = running.bot.desk
        guided = Guide(desk, sandbox.address, announce, _terminal(running), patience(many), of)
        if tour or many:
            shown = partial(guided.show, tour=tour, many=many)
            threading.Thread(target=shown, name="tour", daemon=True).start()

    return opened


def patience(many: int) -> float:
    """Say how long a step may take, in seconds, behind that many tickets whose cards are waiting."""
    return PATIENCE_S + many * PATIENCE_A_TICKET_S


def _terminal(running: Running) -> Tongue:
    """Speak the language the terminal is set to: either Chinese script, else English."""
    desk, named = running.bot.desk, running.settings.terminal_language
    language = "en"
    if named.startswith("zh"):
        language = "zh-Hant" if named[3:5] in {"TW", "HK", "MO"} else "zh-Hans"
    handbook = desk.handbook()
    return speech(desk.clock).tongue(
        language, handbook.timezone, names=str, words=desk_words(handbook)
    )


@dataclass(frozen=True, slots=True)
class Guide:
    """Shows one open desk to whoever watches."""

    desk: Desk
    address: str
    announce: Announce
    tongue: Tongue
    patience_s: float = PATIENCE_S
    of: str | None = None  # the ready desk whose walk it is

    def show(self, *, tour: bool, many: int) -> None:
        """Log varied tickets first, then play the cases."""
        logged = self.log_varied(many) if many else frozenset()
        if tour:
            self.play_cases(others=logged)

    def log_varied(self, many: int) -> frozenset[Number]:
        """Log varied tickets by the desk's own agents, through the use case that the form uses."""
        logged: set[Number] = set()
        self.announce(self.tongue("tour.logging", tickets=many))
        handbook, now = self.desk.handbook(), self.desk.clock.now()
        agents = sorted(handbook.people.agents)
        for place, intake in enumerate(varied(many, handbook=handbook, now=now)):
            receipt = f"varied:{now.isoformat()}:{place}"
            case = log_case(self.desk, intake, by=agents[place % len(agents)], receipt=receipt)
            logged.add(case.ticket.number)
        minutes = ceil(many * POSTED_WITHIN_S / 60)
        self.announce(self.tongue("tour.logged", tickets=many, minutes=minutes))
        return frozenset(logged)

    def play_cases(self, *, others: frozenset[Number] = frozenset()) -> None:
        """Play every worked case, if the desk has its people and categories."""
        cases = load_walk(self.of) if self.of else load_cases()
        if missing := self._missing(cases.values()):
            self.announce(self.tongue("tour.elsewhere", missing=", ".join(missing)))
            return
        self.announce(self.tongue("tour.begins", cases=len(cases), address=self.address))
        player = Player(self.address, patience_s=self.patience_s)
        try:
            for place, case in enumerate(cases.values(), start=1):
                head = self.tongue(
                    "tour.case", place=place, cases=len(cases), title=self._said(case.title)
                )
                self.announce(f"\n{head}")
                self._play(case, player, others)
        except (NothingSeen, NotTaken) as trouble:
            log.warning("tour ended early", why=str(trouble))
            self.announce(self.tongue("tour.stuck", why=str(trouble), address=self.address))
        except httpx.TransportError:
            log.info("tour ended with the sandbox")
        else:
            self.announce(f"\n{self.tongue('tour.done', address=self.address)}")
        finally:
            player.close()

    def _play(self, case: Case, player: Player, others: frozenset[Number]) -> None:
        stage = Stage(
            case=case,
            player=player,
            cast=self._cast(player),
            zone=ZoneInfo(self.desk.handbook().timezone),
            clock_follows=self._wait_for_clock,
            others=others,
        )
        opening = self.desk.calendar().next_opening(self.desk.clock.now())
        player.move_clock(opening)
        self._wait_for_clock(opening)
        stage.shift = opening - stage.moment(case.starts)
        for step in case.steps:
            stage.play(step, begins=partial(self._narrate, step.say))
        self.announce(self.tongue("tour.ended", number=stage.number))

    def _narrate(self, said: Said) -> None:
        local = self.desk.clock.now().astimezone(ZoneInfo(self.desk.handbook().timezone))
        self.announce(f"  {local:%m-%d %H:%M}  {self._said(said)}")

    def _said(self, said: Said) -> str:
        text = said.in_(self.tongue.language)
        return OpenCC("s2twp").convert(text) if self.tongue.language == "zh-Hant" else text

    def _cast(self, player: Player) -> dict[str, str]:
        """Name people as the workspace does."""
        users = player.read("state")["users"]
        return {user["name"]: user["id"] for user in users if not user["is_bot"]}

    def _missing(self, cases: Iterable[Case]) -> list[str]:
        handbook = self.desk.handbook()
        player = Player(self.address)
        present = self._cast(player).keys()
        player.close()
        wanted = [case.people - present for case in cases]
        wanted += [{c for c in case.categories if not handbook.subcategory(c)} for case in cases]
        return sorted(set().union(*wanted))

    def _wait_for_clock(self, moment: datetime) -> None:
        """The bot looks at the sandbox's clock a few times a second."""
        while self.desk.clock.now() < moment - timedelta(seconds=1):
            threading.Event().wait(LOOK_EVERY_S)
