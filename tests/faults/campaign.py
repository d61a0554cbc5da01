"""A campaign: workers killed with -9 again and again, at random moments and at labelled places, beside a Slack that fails."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from datetime import time as time_of_day

from sandbox.faults import Fault
from tests.faults.crash_points import LABELS
from tests.faults.nursery import Worker
from tests.faults.plant import MONDAY, Figures, Plant
from tickets.case.values import Number, Priority

HIT_WITHIN_S = 2.0  # a label that nobody comes by is left for a kill at random
MOST_AT_ONCE = 12  # cases that are open; more only make each worker slower
PATIENCE_S = 900.0  # until all that many killed ones left behind is said, on a busy machine too
TELL_EVERY = 25
OFTEN = 0.3  # a case is logged between two kills
OPEN_AGAIN = time_of_day(10)  # by then everything that waited for the morning is due

FAULTS = (
    ("chat.postMessage", "reply_lost", 0.08, {}),
    ("chat.postMessage", "accepted_late", 0.05, {"delay_s": 0.6}),
    ("chat.postMessage", "http_error", 0.04, {"status": 503}),
    ("chat.postMessage", "http_error", 0.03, {"status": 500, "accepted": True}),
    ("chat.postMessage", "error", 0.03, {"error": "fatal_error"}),
    ("chat.postMessage", "ratelimited", 0.04, {"retry_after_s": 1}),
    ("chat.postMessage", "slow", 0.02, {"delay_s": 1.2}),  # longer than we wait
    ("chat.update", "reply_lost", 0.05, {}),
    ("chat.update", "ratelimited", 0.05, {"retry_after_s": 1}),
    ("conversations.history", "http_error", 0.05, {"status": 502}),
    ("conversations.replies", "ratelimited", 0.05, {"retry_after_s": 1}),
    ("files.completeUploadExternal", "reply_lost", 0.1, {}),
)


@dataclass(slots=True)
class Campaign:
    """Kills, and what they came to."""

    plant: Plant
    kills: int
    seed: int
    tell: Callable[[str], None] = lambda _line: None
    at_labels: Counter[str] = field(default_factory=Counter)
    at_random: int = 0
    cases: int = 0
    faults: list[Fault] = field(default_factory=list)
    took_s: float = 0.0
    later: timedelta = timedelta(0)
    _open: list[Number] = field(default_factory=list)
    _told: int = 0
    _begun: float = 0.0
    _dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        """Seed the dice."""
        self._dice = random.Random(self.seed)

    def run(self) -> Figures:
        """Kill so many workers, let one finish in peace, and count."""
        self._begun = time.monotonic()
        self.faults = [
            self.plant.slack.fault(
                method, kind, times=None, probability=share, seed=self.seed + place, **how
            )
            for place, (method, kind, share, how) in enumerate(FAULTS)
        ]
        while self.killed < self.kills:
            self._act()
            self._kill_one()
            self._tell()
        self.plant.slack.look(self.plant.slack.sandbox.faults.clear)
        last = self.plant.start(later=self._next_morning(), sweeps=True)
        self.plant.settle(last, patience_s=PATIENCE_S)
        self.plant.wait_for_sweep()
        assert last.stop() == 0
        self.took_s = time.monotonic() - self._begun
        return self.plant.figures()

    @property
    def killed(self) -> int:
        """Count the kills."""
        return self.at_random + self.at_labels.total()

    def lines(self, figures: Figures) -> Iterator[str]:
        """Write what came of it."""
        yield f"kills                {self.killed} (seed {self.seed})"
        yield f"  at random moments  {self.at_random}"
        yield f"  at labelled places {self.at_labels.total()} ({len(self.at_labels)} of {len(LABELS)} places)"
        yield f"cases logged         {self.cases}"
        yield f"notices              {', '.join(f'{count} {state}' for state, count in sorted(figures.states.items()))}"
        for fault in self.faults:
            yield f"  {fault.method:<30} {fault.kind:<14} {fault.hits} times"
        yield f"lost                 {len(figures.lost)}"
        yield f"doubled              {len(figures.doubled)}"
        yield f"never planned        {len(figures.strange)}"
        yield f"unsaid               {figures.unsaid}"
        yield f"seconds              {self.took_s:.0f}"

    def _act(self) -> None:
        """Have people do something between two kills: log a case, accept one, give the oldest up."""
        self.plant.clock.at = MONDAY + self.later
        if self._dice.random() < OFTEN:
            self._open.append(self.plant.log(self._dice.choice(list(Priority))))
            self.cases += 1
        if self._open and self._dice.random() < 0.1:
            self.plant.accept(self._dice.choice(self._open))
        if len(self._open) > MOST_AT_ONCE:
            self.plant.give_up(self._open.pop(0))

    def _next_morning(self) -> timedelta:
        tomorrow = MONDAY + self.later + timedelta(days=1)
        return datetime.combine(tomorrow, OPEN_AGAIN, MONDAY.tzinfo) - MONDAY

    def _tell(self) -> None:
        """Say from time to time how far it is."""
        if self.killed - self._told < TELL_EVERY and self.killed < self.kills:
            return
        self._told = self.killed
        unfinished, seconds = self.plant.unfinished(), time.monotonic() - self._begun
        self.tell(
            f"{self.killed:>5} of {self.kills} killed after {seconds:.0f} s: "
            f"{self.cases} cases, {self.plant.said().total()} notices said, {unfinished} under way"
        )

    def _kill_one(self) -> None:
        """Kill one of one or two workers; time goes on by up to three hours."""
        self.later += timedelta(minutes=self._dice.randint(0, 180))
        other = self._start() if self._dice.random() < 0.25 else None
        label = self._dice.choice(LABELS) if self._dice.random() < 0.5 else ""
        victim = self._start(label)
        if label and victim.dies_within(HIT_WITHIN_S):
            self.at_labels[label] += 1
        else:
            time.sleep(0 if label else self._dice.uniform(0.05, 0.9))
            victim.kill()
            self.at_random += 1
        if other:
            other.kill()
            self.at_random += 1

    def _start(self, label: str = "") -> Worker:
        return self.plant.start(
            later=self.later,
            crash_at=label,
            nth=self._dice.randint(1, 3),
            waiting=self._dice.choice([2, 20]),
            sweeps=label.startswith(("sweep", "delete")),
        )
