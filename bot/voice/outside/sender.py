"""The voice beyond Slack: tells robots and webhooks at least once, when they may be disturbed."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.voice.outside.breaker import CLOSED, Breakers
from bot.voice.outside.guard import Guard
from bot.voice.outside.letters import Letters
from bot.voice.outside.reach import Answer, Letter, Lost, Reach
from bot.voice.outside.robots import DIALECTS
from bot.voice.outside.verdicts import TOLD_TO_WAIT, is_failure, robot_verdict, webhook_verdict
from scheduler.pace import Pace
from tickets.delivery import Absent, Claim, Finding, Never, NotNow, Outcome
from tickets.handbook import RobotKind
from tickets.notices import Notice, Place, PlaceKind, Urgency

PATIENCE = timedelta(hours=24)  # a destination may be away for a day, then the admins are told
SEND_WITHIN = timedelta(seconds=40)  # of a claim's lease of 60 s
POST = "post"
Away = Callable[[Notice, str], None]
AWAY = "no_answer_for_long"
UNCLEAR_TWICE = "unclear_twice"


@dataclass(slots=True, kw_only=True)
class OutsideVoice:
    """Delivers what is addressed to robots and webhooks.

    Nothing out there can be read back: what is unclear is repeated once, marked, and parked when that
    is unclear too (DESIGN.md, delivery states).
    """

    letters: Letters
    reach: Reach
    away: Away = lambda _notice, _why: None  # tells the admins, once a day for each reason
    breakers: Breakers = field(default_factory=Breakers)
    robot_paces: Mapping[RobotKind, Pace] = field(
        default_factory=lambda: {
            kind: Pace(every=dialect.every, burst=dialect.burst)
            for kind, dialect in DIALECTS.items()
        }
    )
    webhook_pace: Pace = field(
        default_factory=lambda: Pace(every=timedelta(milliseconds=100), burst=10)
    )
    _tries: Counter[str] = field(default_factory=Counter)  # really sent by this process

    def deliver(self, claim: Claim) -> Outcome:
        """Send a notice once, if its destination may be disturbed now."""
        notice = claim.notice
        letter = self.letters.of(notice, is_repeat=claim.looked_into > 0)
        outcome = self._sent(claim, letter) if isinstance(letter, Letter) else letter
        if isinstance(outcome, NotNow) and self._now() - claim.first_sent_at > PATIENCE:
            outcome = Never(outcome.why)
        if isinstance(outcome, NotNow) and self.breakers.is_away(name_of(notice.place)):
            self.away(notice, AWAY)
        if not isinstance(outcome, NotNow):
            del self._tries[notice.key]
        return outcome

    def find(self, claim: Claim) -> Finding:
        """Have it said once more; the second time nobody can tell, and the admins are told so."""
        return Never(UNCLEAR_TWICE) if claim.looked_into else Absent()

    def is_wanted(self) -> bool:
        """Tell whether the desk has anybody out there."""
        handbook = self.letters.desk.handbook()
        return bool(handbook.robots or handbook.webhooks)

    def send(self, place: Place, letter: Letter, *, tries: int = 1) -> Outcome:
        """Post a letter, note how its destination does, and judge the answer."""
        came = self._reach().post(letter)
        name, at = name_of(place), self._now()
        if is_failure(came):
            self.breakers.failed(name, at=at)
        else:
            self.breakers.worked(name)
        outcome = self._verdict(place, came, tries=tries)
        if isinstance(outcome, NotNow) and outcome.why == TOLD_TO_WAIT:
            self._pace(place).hold(POST, place.key, until=at + outcome.after)
        return outcome

    def _sent(self, claim: Claim, letter: Letter) -> Outcome:
        notice, at = claim.notice, self._now()
        if at - claim.last_sent_at > SEND_WITHIN:
            return NotNow(timedelta(0), "the lease ran out before sending")
        wait = self._wait(notice, at)
        if wait is not None:
            return wait
        self._tries[notice.key] += 1
        return self.send(notice.place, letter, tries=self._tries[notice.key])

    def _wait(self, notice: Notice, at: datetime) -> NotNow | None:
        """Keep to the destination's pace, and leave one alone that keeps failing."""
        place = notice.place
        wait = self.breakers.ask(name_of(place), at=at)
        if wait > CLOSED:
            return NotNow(wait, "left alone")
        wait = self._pace(place).ask(POST, place.key, urgency=Urgency.PRIVATE, at=at)
        return NotNow(wait, "pace") if wait > CLOSED else None

    def _verdict(self, place: Place, came: Answer | Lost, *, tries: int) -> Outcome:
        where, at = name_of(place), self._now()
        if place.kind is PlaceKind.WEBHOOK:
            return webhook_verdict(came, where, tries=tries, at=at)
        kind = self.letters.desk.handbook().robots[place.key].kind
        return robot_verdict(came, DIALECTS[kind], where, tries=tries, at=at)

    def _pace(self, place: Place) -> Pace:
        robot = self.letters.desk.handbook().robots.get(place.key)
        if place.kind is PlaceKind.WEBHOOK or robot is None:
            return self.webhook_pace
        return self.robot_paces[robot.kind]

    def _reach(self) -> Reach:
        """Take the hosts of the desk file in force: a reload may have named another."""
        allowed = self.letters.desk.handbook().allow_hosts
        return replace(self.reach, guard=Guard(allowed, self.reach.guard.resolve))

    def _now(self) -> datetime:
        return self.letters.real.now()


def name_of(place: Place) -> str:
    """Name a destination in logs and to admins; its address is a secret."""
    return f"{place.kind} {place.key}"
